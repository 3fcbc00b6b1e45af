"""Rows that are to the letter what is stored cost next to nothing: no rule has a say on them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from operator import attrgetter
from typing import Any

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import FIELDS, Account, Role, Status
from rosterkey.core.reading.rows import Row
from rosterkey.core.snapshot import Snapshot

Settled = tuple[int, Account]
"""A row, by number, that is to the letter what is stored of an account."""


def set_aside(
    rows: Sequence[Row],
    snapshot: Snapshot,
    sheet_fields: frozenset[str],
    spoken_of: Collection[int],
) -> tuple[list[Settled], list[Row]]:
    """Part the rows that are stored to the letter, and that no other row touches, from the rest.

    A row is touched by another one that has its account's Student ID or username in any cell of a
    key, itself repeated among them: then the rules tell what they do to each other. `spoken_of`
    are rows, by number, that something is to be said of.
    """
    stored = StoredLines(snapshot, sheet_fields)
    settled: dict[str, Settled] = {}
    again: set[str] = set()
    rest: list[Row] = []
    for row in rows:
        account = None if row.raw or row.number in spoken_of else stored.account_of(row)
        if account is None:
            rest.append(row)
        elif account.account_id in settled:
            again.add(account.account_id)
            rest.append(row)
        else:
            settled[account.account_id] = row.number, account
    woken = {settled.pop(i)[0] for i in again | _touched(rest, snapshot) if i in settled}
    if woken:
        open_numbers = woken.union(row.number for row in rest)
        rest = [row for row in rows if row.number in open_numbers]
    return list(settled.values()), rest


def _touched(rows: Iterable[Row], snapshot: Snapshot) -> set[str]:
    """The ids of the accounts that have a Student ID or username of one of the rows."""
    found: set[str] = set()
    for row in rows:
        for texts in (row.values, row.raw):
            for name in ("student_id", "old_student_id"):
                if name in texts:
                    holders = snapshot.with_student_id(id_key(texts[name]))
                    found.update(account.account_id for account in holders)
            if "username" in texts and (
                holder := snapshot.with_username(username_key(texts["username"]))
            ):
                found.add(holder.account_id)
    return found


def settle(
    entries: Iterable[Entry], snapshot: Snapshot, sheet_fields: frozenset[str]
) -> list[Entry]:
    """Mark the entries that are what is stored already as settled; return the others.

    Every check after this one may pass them over: what is stored is never an alarm, and an account
    that does not change cannot hurt another.
    """
    stored = StoredLines(snapshot, sheet_fields)
    open_entries = []
    for entry in entries:
        alone = len(entry.rows) == 1 and not entry.findings
        entry.settled = alone and (
            entry.account is not None and stored.account_of(entry.lead) is entry.account
        )
        if not entry.settled:
            open_entries.append(entry)
    return open_entries


class StoredLines:
    """Which account a row is to the letter, in the columns that the sheet has."""

    def __init__(self, snapshot: Snapshot, sheet_fields: frozenset[str]) -> None:
        self._snapshot = snapshot
        self._names = [name for name in FIELDS if name in sheet_fields and name != "classes"]
        # One more, so that it gives a tuple for any number of columns.
        self._texts_of: Callable[[Account], tuple[Any, ...]] = attrgetter(*self._names, "version")
        self._with_classes = "classes" in sheet_fields

    def account_of(self, row: Row) -> Account | None:
        """The active student whose username the row has, if every cell is what is stored of it.

        None where anything is to be said of a cell, and where the Student ID is that of another
        account too (old damage).
        """
        values = row.values
        username = values.get("username")
        if username is None or row.findings or row.broken:
            return None
        account = self._snapshot.with_username(username_key(username))
        if account is None or not self._is_stored(values, account):
            return None
        usable = account.status is Status.ACTIVE and account.role is Role.STUDENT
        return account if usable and not self._is_doubled(values) else None

    def _is_stored(self, values: dict[str, str], account: Account) -> bool:
        line = (*map(values.get, self._names),)
        filled = len(line) - line.count(None)
        if self._with_classes:
            text = values.get("classes")
            if (text or "") != "; ".join(account.classes):
                return False
            filled += text is not None
        if filled != len(values):  # a password, an old Student ID
            return False
        texts = self._texts_of(account)[:-1]
        return line == texts or line == (*(text or None for text in texts),)

    def _is_doubled(self, values: dict[str, str]) -> bool:
        doubled = self._snapshot.doubled_ids
        return bool(doubled) and "student_id" in values and id_key(values["student_id"]) in doubled
