"""Commands that make a sheet ready for an import: add-ids."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from rosterkey.cli.frame import AsJson, ExitCode, Said, fail, out, print_json

Roster = Annotated[
    Path, typer.Argument(metavar="ROSTER", help="The roster: .xlsx, .xlsm, .csv or .txt.")
]
RosterSheet = Annotated[
    str | None,
    typer.Option("--sheet", metavar="NAME", help="The roster's sheet.", show_default=False),
]
Source = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="The list with the Student IDs: a workbook, a CSV, a OneRoster users.csv or zip. "
        "Without it: another sheet of the roster's workbook, see --from-sheet.",
        show_default=False,
    ),
]
SourceSheet = Annotated[
    str | None,
    typer.Option("--from-sheet", metavar="NAME", help="The list's sheet.", show_default=False),
]
WithIds = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FILE",
        help="The file to write: .xlsx or .csv. Without it: ROSTER-with-ids.xlsx.",
        show_default=False,
    ),
]
Full = Annotated[bool, typer.Option("--full", help="Show everybody, not ten of a kind.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("add-ids")(add_ids_command)


def add_ids_command(
    roster: Roster,
    source: Source = None,
    source_sheet: SourceSheet = None,
    out_file: WithIds = None,
    sheet: RosterSheet = None,
    said: Said = None,
    full: Full = False,
    as_json: AsJson = False,
) -> None:
    """Fill the Student IDs of a roster from another system's list, into a new file.

    Only what is sure is filled in. A doubtful student stays blank, with the candidates in a
    drop-down of the cell. Neither the roster nor the list is changed, nor any account.
    """
    from rosterkey.usecases.add_ids import add_ids_to_file

    if source is None and source_sheet is None:
        raise fail(
            "Say where the Student IDs are: --from FILE or --from-sheet NAME.", ExitCode.USAGE
        )
    done = add_ids_to_file(
        roster, source or roster, out_file, sheet=sheet, source_sheet=source_sheet, said=said or ()
    )
    from rosterkey.report.ids import ids_as_dict, ids_text

    if as_json:
        print_json({"file": str(done.path)} | ids_as_dict(done.added))
        return
    out.print(ids_text(done.added, full=full))
    out.print(Text(f"\nThe roster was written to {done.path}. Nothing else was changed."))
