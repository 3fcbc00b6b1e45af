"""Accounts apart from any sheet's rows: archive, restore, delete, missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from rosterkey.cli.account_plans import MakeAction, Wish, account_plan, run_action, tell
from rosterkey.cli.frame import (
    AsJson,
    Database,
    DistrictCode,
    ExitCode,
    Panel,
    fail,
    open_database,
    out,
    print_json,
    progress_bar,
    settings_of,
)
from rosterkey.cli.roster import SheetFile, SheetName
from rosterkey.core.history import ImportKind

if TYPE_CHECKING:
    from rosterkey.core.lifecycle import Step
    from rosterkey.store.contract import Store
    from rosterkey.usecases.carry_out import Action
    from rosterkey.usecases.progress import Progress
    from rosterkey.usecases.settings import Settings

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


@account_plan(ImportKind.ARCHIVE)
def archive_command(
    wish: Wish,
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
) -> ExitCode:
    """Take students out of use: they cannot sign in, and everything of them stays.

    Name them, or give the full roster that they are missing from. It is an import of its own and
    can be undone.
    """
    from rosterkey.core.lifecycle import Step
    from rosterkey.usecases.lifecycle import of_missing

    if bool(who) == (missing_from is not None):
        raise fail("Name the students, or give --missing-from FILE: one of both.", ExitCode.USAGE)
    if missing_from is None:
        return _do(Step.ARCHIVE, who or [], wish)

    def make(store: Store, granted: Settings, progress: Progress) -> Action:
        return of_missing(
            missing_from, store, granted, wish.reason, sheet_name=sheet, progress=progress
        )

    return _run(make, wish)


@account_plan(ImportKind.RESTORE)
def restore_command(wish: Wish, who: Who) -> ExitCode:
    """Bring archived students back into use. It is an import of its own and can be undone."""
    from rosterkey.core.lifecycle import Step

    return _do(Step.RESTORE, who, wish)


@account_plan(ImportKind.DELETE)
def delete_command(wish: Wish, who: Who) -> ExitCode:
    """Delete accounts, best those that were archived; their history and old usernames stay.

    It is an import of its own and can be undone until the history is purged.
    """
    from rosterkey.core.lifecycle import Step

    return _do(Step.DELETE, who, wish)


def _do(step: Step, who: list[str], wish: Wish) -> ExitCode:
    from rosterkey.usecases.lifecycle import of_named

    return _run(lambda _, granted, __: of_named(step, who, granted, wish.reason), wish)


def _run(make: MakeAction, wish: Wish) -> ExitCode:
    from rosterkey.report.lifecycle_text import accounts_table, done_as_dict

    done = run_action(make, wish)
    return tell(
        done,
        wish,
        shown=lambda plan, done: [accounts_table(plan, done=done)],
        as_dict=done_as_dict,
    )
