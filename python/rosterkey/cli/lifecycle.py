"""Accounts apart from any sheet's rows: archive, restore, delete, missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

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
    open_database,
    out,
    print_json,
    progress_bar,
    settings_of,
)
from rosterkey.cli.roster import (
    PlanDigest,
    Reason,
    SheetFile,
    SheetName,
    ask_for,
    can_ask,
    tell_stale,
)
from rosterkey.core.model import Gate

if TYPE_CHECKING:
    from rosterkey.core.lifecycle import Step
    from rosterkey.store.contract import Store
    from rosterkey.usecases.carry_out import Action, CarriedOut
    from rosterkey.usecases.progress import Progress
    from rosterkey.usecases.settings import Settings

    MakeAction = Callable[[Store, Settings, Progress], Action]
    """Makes the action, with the settings as the database lets them be."""

Who = Annotated[
    list[str],
    typer.Argument(metavar="WHO...", help="Usernames, Student IDs or account ids."),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("missing", rich_help_panel=Panel.ACCOUNTS)(missing_command)
    app.command("archive", rich_help_panel=Panel.ACCOUNTS)(archive_command)
    app.command("restore", rich_help_panel=Panel.ACCOUNTS)(restore_command)
    app.command("delete", rich_help_panel=Panel.ACCOUNTS)(delete_command)


def missing_command(
    file: SheetFile,
    sheet: SheetName = None,
    out_file: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="List them in this .xlsx or .csv.", show_default=False
        ),
    ] = None,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:
    """List the students who have an account and are not on a full roster. Nothing is written.

    A sheet speaks about the schools of its students only.
    """
    from rosterkey.report.lifecycle_text import missing_as_dict, missing_text
    from rosterkey.usecases.lifecycle import list_missing

    settings = settings_of(database, district)
    with open_database(settings) as store, progress_bar(as_json) as progress:
        listed = list_missing(
            file, store, settings, sheet_name=sheet, to=out_file, progress=progress
        )
    if as_json:
        print_json(missing_as_dict(listed.missing))
    else:
        out.print(missing_text(listed.missing))
        if listed.file:
            out.print(Text(f"They are listed in {listed.file}."))
    raise typer.Exit(ExitCode.ERRORS if listed.missing.findings else ExitCode.DONE)


def archive_command(
    who: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WHO]...", help="Usernames, Student IDs or account ids."),
    ] = None,
    missing_from: Annotated[
        Path | None,
        typer.Option(
            "--missing-from",
            metavar="FILE",
            help="Archive the students who are not on this full roster.",
            show_default=False,
        ),
    ] = None,
    sheet: SheetName = None,
    plan: PlanDigest = None,
    confirm: Confirmed = None,
    preview: Preview = False,
    reason: Reason = "",
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Take students out of use: they cannot sign in, and everything of them stays.

    Name them, or give the full roster that they are missing from. It is an import of its own and
    can be undone.
    """
    from rosterkey.core.lifecycle import Step
    from rosterkey.usecases.lifecycle import of_missing, of_named

    if bool(who) == (missing_from is not None):
        raise fail("Name the students, or give --missing-from FILE: one of both.", ExitCode.USAGE)
    settings = settings_of(database, district)

    def make(store: Store, granted: Settings, progress: Progress) -> Action:
        if missing_from is None:
            return of_named(Step.ARCHIVE, who or (), granted, reason)
        return of_missing(missing_from, store, granted, reason, sheet_name=sheet, progress=progress)

    raise typer.Exit(
        _run(make, settings, confirm or [], plan=plan, preview=preview, as_json=as_json)
    )


def restore_command(
    who: Who,
    plan: PlanDigest = None,
    confirm: Confirmed = None,
    preview: Preview = False,
    reason: Reason = "",
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Bring archived students back into use. It is an import of its own and can be undone."""
    from rosterkey.core.lifecycle import Step

    settings = settings_of(database, district)
    make = _named(Step.RESTORE, who, reason)
    raise typer.Exit(
        _run(make, settings, confirm or [], plan=plan, preview=preview, as_json=as_json)
    )


def delete_command(
    who: Who,
    plan: PlanDigest = None,
    confirm: Confirmed = None,
    preview: Preview = False,
    reason: Reason = "",
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Delete accounts, best those that were archived; their history and old usernames stay.

    It is an import of its own and can be undone until the history is purged.
    """
    from rosterkey.core.lifecycle import Step

    settings = settings_of(database, district)
    make = _named(Step.DELETE, who, reason)
    raise typer.Exit(
        _run(make, settings, confirm or [], plan=plan, preview=preview, as_json=as_json)
    )


def _named(step: Step, who: list[str], reason: str) -> MakeAction:
    from rosterkey.usecases.lifecycle import of_named

    return lambda _, granted, __: of_named(step, who, granted, reason)


def _run(
    make: MakeAction,
    settings: Settings,
    given: list[str],
    *,
    plan: str | None,
    preview: bool,
    as_json: bool,
) -> ExitCode:
    """Carry out an action; in a terminal each missing confirmation is asked for."""
    from rosterkey.usecases.carry_out import carry_out
    from rosterkey.usecases.import_ import StalePlan
    from rosterkey.usecases.validate import as_granted, choose_district

    with open_database(settings) as store:
        granted = as_granted(settings, store)
        code = choose_district(store, granted)

        def attempt(digest: str | None, confirmed: list[str]) -> CarriedOut:
            with progress_bar(as_json) as progress:
                return carry_out(
                    make(store, granted, progress), code, store, granted,
                    confirmed=confirmed, preview=preview, digest=digest, progress=progress,
                )  # fmt: skip

        try:
            done = attempt(plan, given)
            if done.unconfirmed and not preview and can_ask(as_json):
                confirmed = [*given, *ask_for(done.plan.confirm, done.unconfirmed)]
                done = attempt(done.plan.digest, confirmed)
        except StalePlan as stale:
            return tell_stale(stale.differences, as_json)
    return _tell(done, preview=preview, as_json=as_json)


def exit_code(done: CarriedOut, preview: bool) -> ExitCode:
    """How a command ends whose plan was carried out, or was not (interface: exit codes)."""
    if done.number is not None or done.already is not None:
        return ExitCode.DIFFERS if done.mismatches else ExitCode.DONE
    if done.plan.gate is Gate.BLOCK:
        return ExitCode.ERRORS
    return ExitCode.UNCONFIRMED if done.unconfirmed and not preview else ExitCode.DONE


def _tell(done: CarriedOut, *, preview: bool, as_json: bool) -> ExitCode:
    from rosterkey.report.lifecycle_text import accounts_table, done_as_dict
    from rosterkey.report.plan_text import findings_text, gate_text

    if as_json:
        print_json(done_as_dict(done.plan, done.number, done.already) | {
            "unconfirmed": list(done.unconfirmed),
            "mismatches": done.mismatches,
        })  # fmt: skip
    elif done.already is not None:
        said = f"This very plan was done before, as import {done.already}. Nothing was written."
        out.print(Text(said, "bold"))
    elif done.number is not None:
        out.print(accounts_table(done.plan, done=True))
        out.print(Text(f"This is import {done.number}.", "bold green"))
        out.print(Text(f"To take it back: rosterkey undo {done.number}"))
    else:
        out.print(accounts_table(done.plan, done=False))
        for line in (*findings_text(done.plan, full=True), gate_text(done.plan, of_sheet=False)):
            out.print(line)
        said = "This is a preview. Nothing was written." if preview else "Nothing was written."
        out.print(Text(said, "bold"))
    for mismatch in done.mismatches:
        err.print(Text(mismatch, "bold red"))
    return exit_code(done, preview)
