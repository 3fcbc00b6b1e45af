"""What was imported, and taking an import back: the buttons History and Undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rosterkey.core.history import ImportEntry, ImportKind
from rosterkey.core.model import Gate
from rosterkey.excel.errors import ButtonStopped
from rosterkey.excel.frame import Session, open_database
from rosterkey.excel.places import table_of, write_named
from rosterkey.excel.state import count, now, say_connected
from rosterkey.excel.writing import Row, fill_table, text
from rosterkey.report.words import counted
from rosterkey.store.contract import Store
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.undo import Undone, undo_import
from rosterkey.usecases.validate import choose_district
from rosterkey.workbook.layout import HISTORY, HISTORY_HEADINGS

if TYPE_CHECKING:
    from xlwings import Book

_NOTHING = "Nothing was written to the accounts."


def history_now(session: Session) -> None:
    """Fill the sheet History and show it."""
    settings = session.settings()
    with open_database(settings) as store:
        session.progress("Reading the history", 0.0)
        district = choose_district(store, settings)
        entries = store.imports(district)
        say_connected(session.book, settings.database, store.snapshot(district))
    write_history(session.book, entries)
    session.book.sheets[HISTORY].activate()
    if not entries:
        session.tell("Nothing was imported yet.")


def write_history(book: Book, entries: Iterable[ImportEntry]) -> None:
    """Write one line an import, newest first. Raises NotTheTemplate and CannotWriteSheet."""
    rows: list[Row] = []
    for entry in entries:
        header = entry.header
        what = header.source + (f" ({header.reason})" if header.reason else "")
        rows.append(
            (
                entry.number,
                header.at.strftime("%Y-%m-%d %H:%M"),
                header.actor,
                text(what),
                counted(entry.header.counts),
                f"taken back by {entry.undone_by}" if entry.undone_by else None,
            )
        )
    fill_table(table_of(book, HISTORY), HISTORY_HEADINGS, rows)


def undo_now(session: Session) -> None:
    """Take an import back: the chosen line of History, else the last one; a preview first."""
    settings = session.settings()
    with open_database(settings) as store:
        session.progress("Reading the history", 0.0)
        district = choose_district(store, settings)
        entry = _which(session, store.imports(district))
        preview = undo_import(entry.number, store, settings, preview=True)
        given = _asked(session, preview)
        done = undo_import(
            entry.number,
            store,
            settings,
            confirmed=given,
            digest=preview.plan.digest,
            progress=session.progress,
        )
        if done.number is None:
            raise ButtonStopped(_done_text(done) or f"The accounts changed meanwhile. {_NOTHING}")
        session.done = _done_text(done)
        _write_done(session, store, settings, done)
    session.tell(session.done, trouble=bool(done.mismatches))


def _which(session: Session, entries: list[ImportEntry]) -> ImportEntry:
    """The import that is meant; never another than the chosen one.

    Raises ButtonStopped where there is none to take back.
    """
    chosen = _chosen_number(session)
    if chosen is not None:
        for entry in entries:
            if str(entry.number) == chosen:
                if entry.undone_by:
                    raise ButtonStopped(
                        f"Import {chosen} was taken back already, by import {entry.undone_by}. "
                        f"{_NOTHING}"
                    )
                return entry
        raise ButtonStopped(
            f"The chosen line of the sheet {HISTORY} says {chosen}, and this district has no "
            f"import with that number. Press History, choose the line again, and press Undo. "
            f"{_NOTHING}"
        )
    for entry in entries:
        if entry.header.kind is ImportKind.SHEET and not entry.undone_by:
            return entry
    raise ButtonStopped(f"There is no import that could be taken back. {_NOTHING}")


def _chosen_number(session: Session) -> str | None:
    """What the selected line of the sheet History has as its number, if that sheet is in front."""
    selection = session.app.selection
    if selection is None or selection.sheet.name != HISTORY:
        return None
    body = table_of(session.book, HISTORY).data_body_range
    if body is None or not body.row <= selection.row < body.row + body.shape[0]:
        return None
    value = body.sheet.range((selection.row, body.column)).value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None if value is not None else None


def _asked(session: Session, preview: Undone) -> list[str]:
    """The reasons that were confirmed: all of them. Raises ButtonStopped otherwise."""
    plan = preview.plan
    if plan.gate is Gate.BLOCK or not plan.changes:
        raise ButtonStopped("\n\n".join([*(f.message for f in plan.findings), _NOTHING]))
    if not session.ask(_question(preview)):
        raise ButtonStopped(_NOTHING)
    given = session.ask_each(plan.confirm)
    if len(given) < len(plan.confirm):
        raise ButtonStopped(f"Not confirmed. {_NOTHING}")
    return given


def _question(preview: Undone) -> str:
    header = preview.entry.header
    when = header.at.strftime("%Y-%m-%d %H:%M")
    lines = [
        f"Take back import {preview.entry.number} ({when} UTC, by {header.actor}, "
        f"{header.source})?",
        f"{count(len(preview.plan.changes), 'account')} would go back to what they were.",
    ]
    told = [finding.message for finding in preview.plan.findings]
    lines += [f"- {message}" for message in told[:5]]
    if len(told) > 5:
        lines.append(f"- and {len(told) - 5} more that stay as they are")
    return "\n".join(lines)


def _done_text(done: Undone) -> str:
    if done.already is not None:
        return f"This undo was done before, as import {done.already}. {_NOTHING}"
    if done.number is None:
        return ""
    lines = [
        f"Import {done.entry.number} was taken back; this is import {done.number}: "
        f"{count(len(done.plan.changes), 'account')} written, all read again."
    ]
    return "\n".join([*lines, *done.mismatches])


def _write_done(session: Session, store: Store, settings: Settings, done: Undone) -> None:
    book = session.book
    said = f"{now()}: import {done.entry.number} taken back by import {done.number}"
    write_named(book, "StartImported", said)
    write_history(book, store.imports(choose_district(store, settings)))
