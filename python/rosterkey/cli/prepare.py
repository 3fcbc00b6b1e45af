"""Commands that make a sheet ready for an import: add-ids and rollover."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from rosterkey.cli.asking import can_ask
from rosterkey.cli.frame import (
    AsJson,
    Database,
    DistrictCode,
    ExitCode,
    Panel,
    Said,
    fail,
    open_database,
    out,
    print_json,
    settings_of,
)

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
NextYear = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="Next year's list: a workbook, a CSV, a OneRoster users.csv or zip. Without it "
        "everybody moves up one grade.",
        show_default=False,
    ),
]
NewSheet = Annotated[
    Path, typer.Option("--out", metavar="FILE", help="The file to write: .xlsx or .csv.")
]
Full = Annotated[bool, typer.Option("--full", help="Show everybody, not ten of a kind.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("add-ids", rich_help_panel=Panel.PREPARE)(add_ids_command)
    app.command("rollover", rich_help_panel=Panel.PREPARE)(rollover_command)


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
        roster,
        source or roster,
        out_file,
        sheet=sheet,
        source_sheet=source_sheet,
        said=said or (),
        agree=partial(_is_the_id, as_json),
    )
    from rosterkey.report.ids import ids_as_dict, ids_text

    if as_json:
        print_json({"file": str(done.path)} | ids_as_dict(done.added))
        return
    out.print(ids_text(done.added, full=full))
    out.print(Text(f"\nThe roster was written to {done.path}. Nothing else was changed."))


def _is_the_id(as_json: bool, heading: str) -> bool:
    """Whether a person at the terminal says that a heading is the Student ID."""
    question = f'No column is known to be the Student ID. Is it "{heading}"?'
    return can_ask(as_json) and typer.confirm(question, default=False)


def rollover_command(
    source: NextYear = None,
    source_sheet: SourceSheet = None,
    out_file: NewSheet = Path("next-year.xlsx"),
    said: Said = None,
    full: Full = False,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:
    """Make the import sheet of the new school year: grades, schools, classes, new students.

    Who leaves is listed and is not on the sheet. Nothing is written to the accounts: look through
    the sheet, validate it and import it.
    """
    from rosterkey.usecases.add_ids import list_from_file, refuse_source
    from rosterkey.usecases.rollover import roll_over_to_file

    if source is None and (source_sheet or said):
        raise fail("--from-sheet and --map are about a list: name it with --from.", ExitCode.USAGE)
    settings = settings_of(database, district)
    listed = None
    if source is not None:
        refuse_source(out_file, (source,))
        agree = partial(_is_the_id, as_json)
        listed = list_from_file(source, sheet=source_sheet, said=said or (), agree=agree)
    with open_database(settings) as store:
        done = roll_over_to_file(out_file, store, settings, listed)
    from rosterkey.report.rollover import rollover_as_dict, rollover_text

    if as_json:
        print_json({"file": str(done.path)} | rollover_as_dict(done.made))
        return
    out.print(rollover_text(done.made, full=full))
    out.print(Text(f"\nThe new year was written to {done.path}. Nothing else was changed."))
