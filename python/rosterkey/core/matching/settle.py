"""Rows that are to the letter what is stored cost next to nothing: no rule has a say on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.matching.asking import ask_for_rows
from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import FIELDS
from rosterkey.core.reading.rows import Roster, Row
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.stored import Stored, line_of, texts_of

Aside = tuple[Row, Stored]
"""A row that is to the letter what is stored, and the account that it is."""


@dataclass(slots=True)
class Settled:
    """The rows that are what is stored and that no other row touches.

    `found` has the number of each with its account, `fields` are the columns of their lines. The
    rows themselves are not kept: they are most of a sheet.
    """

    fields: tuple[str, ...] = ()
    found: list[tuple[int, Stored]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.found)

    def ids(self) -> set[str]:
        """The ids of their accounts."""
        return {stored.account_id for _, stored in self.found}

    def rows(self) -> Iterator[Row]:
        """The rows, made anew of their lines."""
        for number, stored in self.found:
            yield Row(number, texts_of(stored.line, self.fields))


class Lines:
    """The accounts of a snapshot by the line that the sheet of a roster would have of them."""

    def __init__(self, roster: Roster, snapshot: Snapshot) -> None:
        self.fields = tuple(name for name in FIELDS if name in roster.fields)
        self._more = roster.fields.difference(FIELDS)
        if not snapshot.worth_scanning(len(roster.rows)):
            ask_for_rows(roster.rows, snapshot)
        known = "username" in self.fields
        self._stored = snapshot.lines(self.fields, len(roster.rows)) if known else {}

    def settled(self, aside: Iterable[Aside]) -> Settled:
        """What is kept of rows that are what is stored."""
        return Settled(self.fields, [(row.number, stored) for row, stored in aside])

    def stored(self, row: Row) -> Stored | None:
        """The active student that the row is, if every cell is what is stored.

        None where anything is to be said of a cell, where a cell says more than an account has,
        such as a password, and where another account has the Student ID too (old damage).
        """
        if row.findings or row.broken or (self._more and not self._more.isdisjoint(row.values)):
            return None
        return self._stored.get(line_of(row.values, self.fields))


def set_aside(
    rows: Iterable[Row], lines: Lines, spoken_of: Collection[int]
) -> tuple[list[Aside], list[Row]]:
    """Part the rows that are what is stored, and that no other row touches, from the rest.

    `spoken_of` are rows, by number, that something is to be said of.
    """
    aside: list[Aside] = []
    rest: list[Row] = []
    for row in rows:
        stored = None if row.raw or row.number in spoken_of else lines.stored(row)
        if stored is None:
            rest.append(row)
        else:
            aside.append((row, stored))
    return wake(aside, rest)


def wake(aside: Sequence[Aside], rest: Sequence[Row]) -> tuple[list[Aside], list[Row]]:
    """Put the rows that another row touches back among the rest, in the order of the sheet.

    A row is touched by one that has its Student ID or its username in any cell of a key, and where
    it stands twice: the rules tell what such rows do to each other.
    """
    ids, usernames = _keys(rest)
    times = Counter(stored.account_id for _, stored in aside)
    twice = {account_id for account_id, count in times.items() if count > 1}
    asleep: list[Aside] = []
    woken: list[Row] = []
    for one in aside:
        row, stored = one
        touched = stored.account_id in twice or _is_among(row.values, ids, usernames)
        if touched:
            woken.append(row)
        else:
            asleep.append(one)
    return asleep, sorted([*rest, *woken], key=lambda row: row.number)


def _keys(rows: Iterable[Row]) -> tuple[set[str], set[str]]:
    """Every Student ID and every username of the rows, before and after cleaning, as keys."""
    ids: set[str] = set()
    usernames: set[str] = set()
    for row in rows:
        for texts in (row.values, row.raw):
            ids.update(id_key(texts[name]) for name in _IDS if name in texts)
            if "username" in texts:
                usernames.add(username_key(texts["username"]))
    return ids, usernames


_IDS = ("student_id", "old_student_id")


def _is_among(values: Mapping[str, str], ids: set[str], usernames: set[str]) -> bool:
    student_id = values.get("student_id")
    if student_id is not None and id_key(student_id) in ids:
        return True
    return username_key(values["username"]) in usernames


def settle(entries: Iterable[Entry], lines: Lines) -> list[Entry]:
    """Mark the entries that are what is stored already as settled; return the others.

    Every check after this one may pass them over: what is stored is never an alarm, and an account
    that does not change cannot hurt another.
    """
    open_entries = []
    for entry in entries:
        if entry.account and len(entry.rows) == 1 and not entry.findings:
            stored = lines.stored(entry.lead)
            entry.settled = stored is not None and stored.account_id == entry.account.account_id
        if not entry.settled:
            open_entries.append(entry)
    return open_entries
