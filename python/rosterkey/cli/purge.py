"""Retention: purge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from rosterkey.cli.account_plans import Wish, account_plan
from rosterkey.cli.asking import attempt_and_ask
from rosterkey.cli.frame import ExitCode, Panel, fail, open_database, out, print_json
from rosterkey.core.history import ImportKind

if TYPE_CHECKING:
    from rosterkey.usecases.purge import Purged


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("purge", rich_help_panel=Panel.DATABASE)(purge_command)


def _day(text: str) -> dt.date:
    """A day as somebody has typed it; whatever else it is ends the command."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        said = f'"{text}" is not a day; write it as 2021-07-01.'
        raise fail(said, ExitCode.USAGE) from None


@account_plan(ImportKind.PURGE)
def purge_command(
    wish: Wish,
    before: Annotated[
        dt.date,
        typer.Option(
            "--before",
            metavar="DATE",
            parser=_day,
            help="The day, such as 2021-07-01: imports before it lose what they changed.",
        ),
    ],
) -> ExitCode:
    """Delete from the history what old imports changed; the line of each import stays.

    The accounts are not touched. This cannot be undone, and is itself a line of the history.
    """
    from rosterkey.usecases.purge import purge

    with open_database(wish.settings) as store:

        def attempt(digest: str | None, confirmed: Sequence[str]) -> Purged:
            return purge(
                before, store, wish.settings,
                confirmed=confirmed, preview=wish.preview, digest=digest, reason=wish.reason,
            )  # fmt: skip

        done = attempt_and_ask(
            attempt, wish.plan, wish.given, as_json=wish.as_json, preview=wish.preview
        )
    _tell(done, preview=wish.preview, as_json=wish.as_json)
    return ExitCode.UNCONFIRMED if done.unconfirmed and not wish.preview else ExitCode.DONE


def _tell(done: Purged, *, preview: bool, as_json: bool) -> None:
    from rosterkey.report.history_text import entry_as_dict, history_table

    if as_json:
        number = done.number if done.number is not None else done.already
        reasons = [{"reason": c.reason, "message": c.message} for c in done.confirm]
        print_json(
            {
                "plan": done.digest,
                "confirm": reasons,
                "imports": [entry_as_dict(entry) for entry in done.entries],
                "import": number,
                "written": done.number is not None,
                "already_imported": done.already is not None,
                "unconfirmed": list(done.unconfirmed),
            }
        )
        return
    if done.entries:
        out.print(history_table(done.entries))
    for confirmation in done.confirm if done.number is None else ():
        out.print(Text(confirmation.message))
    for line in _result(done, preview):
        out.print(Text(line, "bold"))


def _result(done: Purged, preview: bool) -> list[str]:
    if done.number is not None:
        count = "1 import" if len(done.entries) == 1 else f"{len(done.entries):,} imports"
        return [f"What {count} changed was purged; this is import {done.number}."]
    if done.already is not None:
        return [f"This was purged before, as import {done.already}. Nothing was written."]
    if not done.entries:
        return ["No import is older. Nothing was written."]
    asked = [f"  --confirm {c.reason}" for c in done.confirm]
    end = "This is a preview. Nothing was written." if preview else "Nothing was written."
    return [*asked, f"Plan: {done.digest}", end]
