"""Rows that are to the letter what is stored cost next to nothing: no rule has a say on them."""

from __future__ import annotations

from collections.abc import Iterable

from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import Account, Status


def settle(entries: Iterable[Entry], sheet_fields: frozenset[str]) -> list[Entry]:
    """Mark the entries that are what is stored already as settled; return the others.

    Most rows of a roster are like that, and every check after this one may pass them over: what
    is stored is never an alarm, and an account that does not change cannot hurt another.
    """
    names = sorted(sheet_fields - {"password", "old_student_id"})
    open_entries = []
    for entry in entries:
        entry.settled = _is_stored(entry, names)
        if not entry.settled:
            open_entries.append(entry)
    return open_entries


def _is_stored(entry: Entry, names: list[str]) -> bool:
    account, row = entry.account, entry.rows[0]
    if account is None or entry.findings or row.findings or row.broken or len(entry.rows) > 1:
        return False
    return account.status is Status.ACTIVE and row.values == _as_on_a_sheet(account, names)


def _as_on_a_sheet(account: Account, names: list[str]) -> dict[str, str]:
    stored = ((n, _text(account, n)) for n in names)
    return {name: text for name, text in stored if text}


def _text(account: Account, name: str) -> str | None:
    if name == "classes":
        return "; ".join(account.classes)
    text: str | None = getattr(account, name)
    return text
