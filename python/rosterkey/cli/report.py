"""A page for whoever approves an import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from rosterkey.cli.frame import (
    AsJson,
    Database,
    DistrictCode,
    Panel,
    open_database,
    out,
    print_json,
    progress_bar,
    settings_of,
)
from rosterkey.cli.roster import LeaveOut, SheetName

Subject = Annotated[
    str, typer.Argument(metavar="FILE|IMPORT", help="A sheet, or the number of an import.")
]
OutFile = Annotated[Path, typer.Option("--out", metavar="FILE", help="The page to write, .html.")]
Full = Annotated[bool, typer.Option("--full", help="List everything, however long it gets.")]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("report", rich_help_panel=Panel.LISTS)(report_command)


def report_command(
    subject: Subject,
    out_file: OutFile = Path("report.html"),
    full: Full = False,
    sheet: SheetName = None,
    leave_out_errors: LeaveOut = False,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:
    """Write what a sheet would change, or an import has changed, as a page to read and print.

    Nothing is written to the accounts.
    """
    from rosterkey.usecases.report import report_import, report_plan
    from rosterkey.usecases.validate import validate

    settings = settings_of(database, district)
    path = Path(subject)
    with open_database(settings) as store, progress_bar(as_json) as progress:
        # A file of that name comes first: sheets may be called 2026.
        if subject.isascii() and subject.isdigit() and not path.exists():
            changed = report_import(out_file, int(subject), store, settings, full=full)
        else:
            done = validate(
                path,
                store,
                settings,
                sheet_name=sheet,
                leave_out_errors=leave_out_errors,
                progress=progress,
            )
            changed = report_plan(out_file, path, done, full=full)
    if as_json:
        print_json({"file": str(out_file), "accounts": changed})
    else:
        out.print(Text(f"{out_file} tells of {changed:,} accounts. Only you can open it."))
