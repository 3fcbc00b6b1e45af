"""Rows that would give a second account to a child who has one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bench.faults.kinds import SHARE, Kind, account_of, codes, some
from bench.faults.names import NICKNAMES, typo, without_accents
from bench.faults.town import Line, Town, level_of, line_of, up_a_grade
from rosterkey.core.model import Account

GROUP = "second accounts"
HARD = "second accounts, name changed"
GONE = 0.1
"""The share of the students who have left and are not on a sheet."""
Change = Callable[[Town, Account], Account]


def nickname(_: Town, a: Account) -> Account:
    """The name that everybody calls the child by."""
    first, *more = a.first_name.split()
    return replace(a, first_name=" ".join((NICKNAMES.get(first, first), *more)))


def typo_first(town: Town, a: Account) -> Account:
    """A slip in the first name."""
    return replace(a, first_name=typo(town.rng, a.first_name))


def typo_last(town: Town, a: Account) -> Account:
    """A slip in the last name."""
    return replace(a, last_name=typo(town.rng, a.last_name))


def exchanged(_: Town, a: Account) -> Account:
    """First and last name exchanged."""
    return replace(a, first_name=a.last_name, last_name=a.first_name)


def accents(_: Town, a: Account) -> Account:
    """No accents, capital letters."""
    first, last = without_accents(a.first_name), without_accents(a.last_name)
    return replace(a, first_name=first, last_name=last.upper())


def double_last(town: Town, a: Account) -> Account:
    """Half of a double family name, or a second one added."""
    parts = a.last_name.removeprefix("de la ").replace("-", " ").split()
    if len(parts) > 1:
        return replace(a, last_name=town.rng.choice(parts))
    return replace(a, last_name=f"{a.last_name}-{town.names.last().split()[-1]}")


def up(_: Town, a: Account) -> Account:
    """One grade higher."""
    return up_a_grade(a)


def moved(town: Town, a: Account) -> Account:
    """Another school of the same kind."""
    level = town.schools[level_of(a.grade or "K")]
    return replace(a, school=town.rng.choice([s for s in level if s != a.school]))


def new_family_name(town: Town, a: Account) -> Account:
    """Another family name, at the same school and in the same class."""
    return replace(a, last_name=town.names.last())


def doubled(town: Town, *, changes: tuple[Change, ...], one_school: bool = False) -> list[Line]:
    """A sheet on which some students stand under new usernames that match nothing.

    Each of the `changes` alters every one of them. The district has Student IDs and the row has
    none; or the district has none yet, and half of the rows have one. A tenth of the students has
    left and is not on the sheet; with `one_school` no other school is on it either.
    """
    stay = town.rng.sample(town.students, int(len(town.students) * (1 - GONE)))
    if one_school:
        stay = [account for account in stay if account.school == town.schools[0][0]]
    lines = town.export(stay)
    pattern = town.another_pattern()
    count = max(2, int(len(lines) * SHARE))
    for line, account in account_of(town, some(town, lines, 1.0)):
        seen = _all_changed(town, account, changes)
        if seen is None or not count:
            continue
        count -= 1
        username = town.new_username(seen.first_name, seen.last_name, pattern)
        row = line_of(replace(seen, username=username))
        line.cells.update(row.cells)
        line.touched = True
    return _with_some_ids(town, lines)


def _all_changed(town: Town, account: Account, changes: tuple[Change, ...]) -> Account | None:
    """The account after every change, or None where one of them has nothing to change."""
    for change in changes:
        before, account = account, change(town, account)
        if account == before:
            return None
    return account


def _with_some_ids(town: Town, lines: list[Line]) -> list[Line]:
    for number, line in enumerate(lines):
        if town.with_ids and line.touched:
            line.cells["Student ID"] = None
        elif not town.with_ids and town.rng.random() < 0.5:
            line.cells["Student ID"] = f"77{number:05}"
    return lines


_CHANGES: dict[str, tuple[Change, ...]] = {
    "same name": (),
    "nickname": (nickname,),
    "typo in the first name": (typo_first,),
    "typo in the last name": (typo_last,),
    "first and last name exchanged": (exchanged,),
    "accents and case": (accents,),
    "double family name": (double_last,),
    "one grade higher": (up,),
    "nickname, one grade higher": (nickname, up),
    "two typos": (typo_first, typo_last),
    "other school": (moved,),
    "other school, one grade higher": (moved, up),
    "other school, nickname": (moved, nickname),
}
_FROM_ONE_SCHOOL = {k: _CHANGES[k] for k in ("same name", "nickname", "two typos")}
_DOUBLED = codes("probable-duplicate")
KINDS = (
    *(
        Kind(
            f"{name}{', no IDs stored' if not ids else ''}",
            GROUP,
            partial(doubled, changes=changes),
            _DOUBLED,
            0.97,
            town={"with_ids": ids},
        )
        for ids in (True, False)
        for name, changes in _CHANGES.items()
    ),
    *(
        Kind(
            f"{name}, sheet of one school",
            GROUP,
            partial(doubled, changes=changes, one_school=True),
            _DOUBLED,
            0.97,
        )
        for name, changes in _FROM_ONE_SCHOOL.items()
    ),
    Kind("new family name", HARD, partial(doubled, changes=(new_family_name,)), _DOUBLED, 0.0),
    Kind("new family name, no IDs stored", HARD, partial(doubled, changes=(new_family_name,)),
         _DOUBLED, 0.0, town={"with_ids": False}),
)  # fmt: skip
