"""What was imported, and how it is taken back: history and undo."""

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
    Preview,
    err,
    fail,
    import_number,
    open_database,
    out,
    print_json,
    progress_bar,
    settings_of,
)
from rosterkey.core.history import ImportKind
from rosterkey.core.model import Gate

if TYPE_CHECKING:
    from rosterkey.usecases.settings import Settings
    from rosterkey.usecases.undo import Undone


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("undo", rich_help_panel=Panel.JOB)(undo_command)
    app.command("history", rich_help_panel=Panel.JOB)(history_command)


def history_command(
    number: Annotated[
        int | None,
        typer.Argument(
            metavar="[IMPORT]",
            parser=import_number,
            help="An import, to see each field that it changed.",
        ),
    ] = None,
    account: Annotated[
        str | None,
        typer.Option(
            "--account",
            metavar="WHO",
            help="The trail of one student: who has or had this username, Student ID or id.",
            show_default=False,
        ),
    ] = None,
    out_file: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="Write the trail: .xlsx, .csv or .json.",
            show_default=False,
        ),
    ] = None,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """List the imports, show what one of them changed, or what happened to one student."""
    settings = settings_of(database, district)
    if account is not None and number is None:
        _show_trail(account, out_file, settings, as_json)
        return
    if account is not None or out_file is not None:
        raise fail("--account goes without an IMPORT, and --out with --account.", ExitCode.USAGE)
    _show_imports(number, settings, as_json)


def _show_trail(who: str, out_file: Path | None, settings: Settings, as_json: bool) -> None:
    from rosterkey.report import history_text
    from rosterkey.usecases.trail import read_trail, write_trail_file

    with open_database(settings) as store:
        trail = read_trail(who, store, settings)
    if out_file is not None:
        write_trail_file(trail, out_file)
    if as_json:
        print_json(trail.as_dict())
    elif out_file is not None:
        out.print(Text(f"The trail was written to {out_file}. Only you can open this file."))
    else:
        title = f"{trail.now}, account id {trail.account_id}"
        out.print(history_text.trail_table(title, trail.steps))


def _show_imports(number: int | None, settings: Settings, as_json: bool) -> None:
    from rosterkey.core.source import Key
    from rosterkey.report import history_text
    from rosterkey.usecases.undo import find_import
    from rosterkey.usecases.validate import choose_district

    with open_database(settings) as store:
        code = choose_district(store, settings)
        entries = store.imports(code) if number is None else [find_import(store, code, number)]
        changes = [] if number is None else store.field_changes(code, number)
        with store.reading(code) as snapshot:
            snapshot.ask(Key.ACCOUNT, {c.account_id for c in changes})
    if as_json:
        told = [history_text.entry_as_dict(entry) for entry in entries]
        if number is None:
            print_json({"imports": told})
        else:
            shown = [history_text.change_as_dict(c) for c in changes]
            print_json({**told[0], "changes": shown})
        return
    if not entries:
        out.print("Nothing was imported yet.")
        return
    out.print(history_text.history_table(entries))
    if number is not None:
        names = {i: f"{a.name} ({a.username})" for i, a in snapshot.accounts.items()}
        for line in history_text.decided_lines(entries[0]):
            out.print(Text(line))
        out.print(history_text.changes_table(changes, names))


def undo_command(
    number: Annotated[
        int,
        typer.Argument(metavar="IMPORT", parser=import_number, help="The number of the import."),
    ],
    confirm: Confirmed = None,
    preview: Preview = False,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Take an import back, field by field; what somebody changed since then stays.

    An undo is an import of its own and can be undone.
    """
    from rosterkey.usecases.undo import undo_import

    given = confirmed_reasons(ImportKind.UNDO, confirm)
    settings = settings_of(database, district)
    with open_database(settings) as store:

        def attempt(digest: str | None, confirmed: Sequence[str]) -> Undone:
            with progress_bar(as_json) as progress:
                return undo_import(
                    number, store, settings,
                    confirmed=confirmed, preview=preview, digest=digest, progress=progress,
                )  # fmt: skip

        done = attempt_and_ask(attempt, None, given, as_json=as_json, preview=preview)
    raise typer.Exit(_tell_undo(done, preview, as_json))


def _undo_code(done: Undone, preview: bool) -> ExitCode:
    if done.mismatches:
        return ExitCode.DIFFERS
    if done.plan.gate is Gate.BLOCK:
        return ExitCode.ERRORS
    return ExitCode.UNCONFIRMED if done.unconfirmed and not preview else ExitCode.DONE


def _tell_undo(done: Undone, preview: bool, as_json: bool) -> ExitCode:
    from rosterkey.report.history_text import entry_as_dict
    from rosterkey.report.plan_json import plan_as_dict
    from rosterkey.report.undo_text import undo_table

    code = _undo_code(done, preview)
    if as_json:
        told = plan_as_dict(done.plan)
        told |= {
            "undoes": entry_as_dict(done.entry),
            "import": done.number if done.number is not None else done.already,
            "written": done.number is not None,
            "unconfirmed": list(done.unconfirmed),
            "mismatches": done.mismatches,
        }
        print_json(told)
        for mismatch in done.mismatches:
            err.print(Text(mismatch, "bold red"))
        return code
    out.print(undo_table(done.plan))
    for finding in done.plan.findings:
        out.print(Text(finding.message))
    _print_result(done, preview)
    return code


def _print_result(done: Undone, preview: bool) -> None:
    number = done.entry.number
    if done.number is not None:
        said = f"Import {number} was taken back; this is import {done.number}."
        out.print(Text(said, "bold green"))
        out.print(Text(f"To take the undo back: rosterkey undo {done.number}"))
    elif done.already is not None:
        out.print(Text(f"This undo was done before, as import {done.already}.", "bold"))
    elif preview:
        out.print(Text("This is a preview. Nothing was written.", "bold"))
    else:
        for confirmation in done.plan.confirm:
            out.print(Text(f"  --confirm {confirmation.reason}"))
        out.print(Text("Nothing was written.", "bold"))
    for mismatch in done.mismatches:
        err.print(Text(mismatch, "bold red"))
