"""The three commands of the ribbon: export, validate, import."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from rosterkey.cli.asking import attempt_and_ask, confirmed_reasons
from rosterkey.cli.frame import (
    AsJson,
    Confirmed,
    Database,
    DistrictCode,
    ExitCode,
    Panel,
    PlanDigest,
    Reason,
    Said,
    err,
    open_database,
    out,
    print_json,
    progress_bar,
    settings_of,
)
from rosterkey.core.history import ImportKind
from rosterkey.core.model import Gate, Plan

if TYPE_CHECKING:
    from rosterkey.usecases.import_ import Imported

SheetFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="The roster: .xlsx, .xlsm, .csv or .txt.")
]
SheetName = Annotated[
    str | None,
    typer.Option(
        "--sheet", metavar="NAME", help="The sheet, where several look like a roster.",
        show_default=False,
    ),
]  # fmt: skip
AllRows = Annotated[bool, typer.Option("--all-rows", help="List unchanged rows in JSON too.")]
Full = Annotated[bool, typer.Option("--full", help="Show every finding, not five of a kind.")]
LeaveOut = Annotated[
    bool,
    typer.Option(
        "--leave-out-errors",
        help="Leave out the rows with errors and every row that depends on them.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("export", rich_help_panel=Panel.JOB)(export_command)
    app.command("validate", rich_help_panel=Panel.JOB)(validate_command)
    app.command("import", rich_help_panel=Panel.JOB)(import_command)


def export_command(
    out_file: Annotated[
        Path,
        typer.Option("--out", metavar="FILE", help="The file to write: .xlsx or .csv."),
    ] = Path("roster.xlsx"),
    school: Annotated[
        str | None, typer.Option(help="Only this school.", show_default=False)
    ] = None,
    grade: Annotated[str | None, typer.Option(help="Only this grade.", show_default=False)] = None,
    class_: Annotated[
        str | None, typer.Option("--class", help="Only this class.", show_default=False)
    ] = None,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:
    """Write the roster into a workbook or a CSV, ready to be edited and validated."""
    from rosterkey.usecases.export import Filters, export

    settings = settings_of(database, district)
    with open_database(settings) as store:
        done = export(out_file, store, settings, Filters(school, grade, class_))
    if as_json:
        print_json({"file": str(done.path), "students": done.students})
    else:
        out.print(Text(f"{done.students:,} students were exported to {done.path}."))


def validate_command(
    file: SheetFile,
    sheet: SheetName = None,
    mark: Annotated[
        bool, typer.Option("--mark", help="Write the findings into the workbook itself.")
    ] = False,
    leave_out_errors: LeaveOut = False,
    said: Said = None,
    full: Full = False,
    all_rows: AllRows = False,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:
    """Show what an import would do: every row, every finding, and whether it may go ahead.

    Nothing is written to the accounts.
    """
    from rosterkey.usecases.validate import validate

    settings = settings_of(database, district)
    with open_database(settings) as store, progress_bar(as_json) as progress:
        done = validate(
            file,
            store,
            settings,
            sheet_name=sheet,
            leave_out_errors=leave_out_errors,
            said=said or (),
            progress=progress,
        )
    if mark:
        from rosterkey.usecases.mark import mark_findings

        mark_findings(file, done)
    if as_json:
        _print_plan_json(done.plan, all_rows)
    else:
        _print_plan(done.plan, full)
        if mark:
            out.print(Text(f"The findings were written into {file}."))
    raise typer.Exit(_gate_code(done.plan))


def import_command(
    file: SheetFile,
    plan: PlanDigest = None,
    confirm: Confirmed = None,
    leave_out_errors: LeaveOut = False,
    reason: Reason = "",
    sheet: SheetName = None,
    said: Said = None,
    full: Full = False,
    all_rows: AllRows = False,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Import a sheet: exactly its plan in one transaction, or nothing.

    Without --plan the sheet is validated first.
    In a terminal each missing confirmation is asked for.
    Elsewhere the command stops with exit code 3.
    """
    from rosterkey.usecases.import_ import import_sheet

    given = confirmed_reasons(ImportKind.SHEET, confirm)
    settings = settings_of(database, district)
    with open_database(settings) as store:

        def attempt(digest: str | None, confirmed: Sequence[str]) -> Imported:
            with progress_bar(as_json) as progress:
                return import_sheet(
                    file,
                    store,
                    settings,
                    digest=digest,
                    confirmed=confirmed,
                    leave_out_errors=leave_out_errors,
                    reason=reason,
                    sheet_name=sheet,
                    said=said or (),
                    progress=progress,
                )

        done = attempt_and_ask(
            attempt, plan, given, as_json=as_json, show=lambda done: _print_plan(done.plan, full)
        )
    raise typer.Exit(_tell_import(done, as_json, all_rows, full))


def _gate_code(plan: Plan) -> ExitCode:
    codes = {Gate.GO: ExitCode.DONE, Gate.CONFIRM: ExitCode.UNCONFIRMED}
    return codes.get(plan.gate, ExitCode.ERRORS)


def _import_code(done: Imported) -> ExitCode:
    if done.number is not None or done.already is not None:
        return ExitCode.DIFFERS if done.mismatches else ExitCode.DONE
    if done.plan.gate is Gate.BLOCK:
        return ExitCode.ERRORS
    return ExitCode.UNCONFIRMED if done.unconfirmed else ExitCode.DONE


def _tell_import(done: Imported, as_json: bool, all_rows: bool, full: bool) -> ExitCode:
    code = _import_code(done)
    if as_json:
        from rosterkey.report.plan_json import plan_as_dict

        told = plan_as_dict(done.plan, all_rows=all_rows)
        told |= {
            "import": done.number if done.number is not None else done.already,
            "written": done.number is not None,
            "already_imported": done.already is not None,
            "unconfirmed": list(done.unconfirmed),
            "mismatches": done.mismatches,
            "new_passwords": str(done.handout) if done.handout else None,
        }
        print_json(told)
        for mismatch in done.mismatches:
            err.print(Text(mismatch, "bold red"))
        return code
    if done.number is None and done.already is None:
        _print_plan(done.plan, full, gate=code is not ExitCode.DONE)
    _print_result(done)
    return code


def _print_result(done: Imported) -> None:
    from rosterkey.report.plan_text import counts_table, print_lines

    if done.already is not None:
        said = f"This very plan was imported before, as import {done.already}. Nothing was written."
        print_lines(out, [said], "bold")
    elif done.number is None:
        if done.plan.gate is Gate.BLOCK or done.unconfirmed:
            print_lines(out, ["Nothing was written."], "bold")
        else:
            print_lines(out, ["The sheet changes nothing. Nothing was written."], "bold")
    else:
        out.print(counts_table(done.plan))
        said = f"Import {done.number} is done. Every account was read again"
        if done.mismatches:
            print_lines(err, [f"{said}, and these differ from the plan:"], "bold red")
            print_lines(err, done.mismatches)
        else:
            print_lines(out, [f"{said} and equals the plan."], "bold green")
        print_lines(out, [f"To take it back: rosterkey undo {done.number}"])
    if done.handout:
        said = f"The new passwords are listed in {done.handout}. Only you can open this file."
        print_lines(out, [said], "bold")


def _print_plan(plan: Plan, full: bool, *, gate: bool = True) -> None:
    from rosterkey.report.plan_text import plan_text

    out.print(plan_text(plan, full=full, gate=gate))


def _print_plan_json(plan: Plan, all_rows: bool) -> None:
    from rosterkey.report.plan_json import plan_as_dict

    print_json(plan_as_dict(plan, all_rows=all_rows))
