"""A roster to measure with: the accounts, a sheet with known changes, and the end that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from bench.faults.doubles import moved, new_family_name
from bench.faults.town import Town, export_order, up_a_grade
from rosterkey.core.model import Account, District

_WITHOUT_ID = 0.02
"""The share of the accounts that have no Student ID and are matched by username."""


class Kind(StrEnum):
    """What the sheet does to the accounts that it names."""

    TYPICAL = "typical"
    """90 % unchanged, 8 % updated, 1 % renamed, 1 % created."""

    RENAMED = "renamed"
    """The worst case: every student has another username."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet: the account that it is about, and what that is to be.

    `before` is None for a new student. `typed` tells that somebody typed or pasted the row, so
    that its Student ID is a number with a format of zeros and no text.
    """

    after: Account
    before: Account | None
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """The district, its accounts before, and the rows of the sheet in their order."""

    district: District
    accounts: list[Account]
    rows: list[Row]

    def expected(self) -> Iterator[Account]:
        """The accounts after a right import; those that it creates come last."""
        changed = {row.before.account_id: row.after for row in self.rows if row.before}
        for account in self.accounts:
            yield changed.get(account.account_id, account)
        yield from (row.after for row in self.rows if row.before is None)


def make_roster(rows: int, accounts: int, kind: Kind, seed: int = 1) -> Roster:
    """The same roster for the same arguments: `rows` rows against at least as many accounts.

    A sheet of fewer rows than there are accounts is that of the first schools.
    """
    town = Town(seed, accounts)
    if kind is Kind.TYPICAL:
        town.students = [_perhaps_without_id(town, a) for a in town.students]
    listed = sorted(town.students, key=export_order)[:rows]
    known = list(town.students)
    made = _typical(town, listed) if kind is Kind.TYPICAL else _renamed(town, listed)
    return Roster(town.snapshot.district, known, made)


def _typical(town: Town, listed: list[Account]) -> list[Row]:
    """Some of the listed students have left, as many new ones have come."""
    rng, one_percent = town.rng, max(2, len(listed) // 100)
    left = set(rng.sample(range(len(listed)), one_percent))
    rows = [Row(a, a) for i, a in enumerate(listed) if i not in left]
    touched = rng.sample(range(len(rows)), 9 * one_percent)
    with_id = [i for i in touched if rows[i].after.student_id]
    renamed = with_id[:one_percent]
    for i, username in zip(renamed, _other_usernames(town, rows, renamed, 0.1), strict=True):
        _change(town, rows, i, lambda _, a, name=username: replace(a, username=name))
    for i in set(touched) - set(renamed):
        _change(town, rows, i, _updated)
    return [*rows, *(Row(_newcomer(town, listed), None, True) for _ in range(one_percent))]


def _renamed(town: Town, listed: list[Account]) -> list[Row]:
    rows = [Row(a, a) for a in listed]
    every = range(len(rows))
    for i, username in zip(every, _other_usernames(town, rows, every, 0.01), strict=True):
        _change(town, rows, i, lambda _, a, name=username: replace(a, username=name))
    return rows


def _other_usernames(
    town: Town, rows: list[Row], places: list[int] | range, exchanged: float
) -> list[str]:
    """New usernames for these rows; two and two of the first share exchange theirs."""
    pairs = max(1, int(len(places) * exchanged) // 2)
    old = [rows[i].after.username for i in places[: 2 * pairs]]
    swapped = [name for n in range(0, len(old), 2) for name in (old[n + 1], old[n])]
    pattern = town.another_pattern()
    rest = (rows[i].after for i in places[2 * pairs :])
    return [*swapped, *(town.new_username(a.first_name, a.last_name, pattern) for a in rest)]


def _change(
    town: Town, rows: list[Row], place: int, change: Callable[[Town, Account], Account]
) -> None:
    row = rows[place]
    rows[place] = Row(change(town, row.after), row.before, town.rng.random() < 0.5)


def _updated(town: Town, account: Account) -> Account:
    """Next year's grade and class for most; another class, school or family name for some."""
    share = town.rng.random()
    if share < 0.6 and account.grade != "12":
        return up_a_grade(account)
    if share < 0.8:
        return _other_class(town, account)
    return moved(town, account) if share < 0.9 else _with_family_name(town, account)


def _other_class(town: Town, account: Account) -> Account:
    grade, letter = account.classes[0][:-1], account.classes[0][-1]
    return replace(account, classes=(grade + town.rng.choice("ABC".replace(letter, "")),))


def _with_family_name(town: Town, account: Account) -> Account:
    named = new_family_name(town, account)
    return named if named != account else _other_class(town, account)


def _newcomer(town: Town, listed: list[Account]) -> Account:
    """A new student at a school of the sheet; one in ten has no Student ID yet."""
    beside = town.rng.choice(listed)
    first, last = town.names.first(), town.names.last()
    account = town.account(first, last, beside.grade, beside.school)
    return replace(account, student_id=None) if town.rng.random() < 0.1 else account


def _perhaps_without_id(town: Town, account: Account) -> Account:
    return replace(account, student_id=None) if town.rng.random() < _WITHOUT_ID else account
