"""The command `demo`: the main job on a shipped sample, start to end."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from rosterkey.cli.frame import AsJson, ExitCode, Panel, fail, out, print_json, progress_bar


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("demo", rich_help_panel=Panel.SETUP)(demo_command)


def demo_command(
    rows: Annotated[
        int,
        typer.Option(min=60, max=100_000, help="How many made-up students the district has."),
    ] = 960,
    folder: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="A new or empty folder. Without it: rosterkey-demo in the current folder.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Play the whole job on a made-up district: export, IDs, faults, renames, new year, undo.

    Everything happens in a fresh folder with a database of its own, and stays there to look at.
    Each claim is compared with the database; if one does not hold, the exit code is 1.
    """
    from rosterkey.demo.folder import FolderInUse, fresh_folder
    from rosterkey.demo.run import run_demo

    try:
        made = fresh_folder(folder)
    except FolderInUse as error:
        raise fail(str(error), ExitCode.USAGE) from None
    if as_json:
        story = run_demo(made, rows)
        print_json(story.as_dict())
    else:
        from rosterkey.demo.screen import Screen

        screen = Screen(out)
        screen.open(made, rows)
        story = run_demo(made, rows, screen.hear, partial(progress_bar, as_json))
        screen.close(story)
    raise typer.Exit(ExitCode.DONE if story.proved else ExitCode.ERRORS)
