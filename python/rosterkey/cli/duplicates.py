"""Accounts that are probably one student's: list them, review them, merge them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from rosterkey.cli.account_plans import Wish, account_plan, run_action, tell
from rosterkey.cli.frame import (
    AsJson,
    Database,
    DistrictCode,
    ExitCode,
    Panel,
    open_database,
    out,
    print_json,
    progress_bar,
    settings_of,
)
from rosterkey.core.history import ImportKind
from rosterkey.core.model import Plan


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("duplicates", rich_help_panel=Panel.ACCOUNTS)(duplicates_command)
    app.command("merge", rich_help_panel=Panel.ACCOUNTS)(merge_command)


def duplicates_command(
    out_file: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write the review as this .xlsx: the evidence, and a drop-down for a decision.",
            show_default=False,
        ),
    ] = None,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:
    """List accounts that are probably one student's. Nothing is changed.

    Decide in the review and take it to the command merge.
    """
    from rosterkey.report.duplicates_text import clusters_as_dict, clusters_text
    from rosterkey.usecases.duplicates import list_duplicates

    settings = settings_of(database, district)
    with open_database(settings) as store, progress_bar(as_json) as progress:
        found = list_duplicates(store, settings, to=out_file, progress=progress)
    if as_json:
        print_json(clusters_as_dict(found))
        return
    out.print(clusters_text(found))
    if out_file and not found:
        out.print(Text(f"There is nothing to decide in {out_file}."))
    elif out_file:
        out.print(Text(f"\nThe review is {out_file}. Decide, save, then: rosterkey merge FILE"))
    elif found:
        out.print(Text("\nTo decide: rosterkey duplicates --out FILE.xlsx"))


@account_plan(ImportKind.MERGE)
def merge_command(
    wish: Wish,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The review that rosterkey duplicates wrote.")
    ],
) -> ExitCode:
    """Merge the accounts that a review calls one student's, and remember who is not the same.

    It is an import of its own and can be undone.
    """
    from rosterkey.report.duplicates_text import merges_as_dict
    from rosterkey.usecases.duplicates import of_review

    done = run_action(
        lambda _, granted, progress: of_review(file, granted, wish.reason, progress=progress), wish
    )
    return tell(done, wish, shown=_merges, as_dict=merges_as_dict)


def _merges(plan: Plan, done: bool) -> Iterator[RenderableType]:
    from rosterkey.report.duplicates_text import apart_sentence, merges_table

    if plan.changes:
        yield merges_table(plan, done=done)
    if plan.decisions:
        yield Text(apart_sentence(plan, done=done))
