"""A made-up roster as a list with known truth: with brothers, sisters and twins among the new.

The published lists know no siblings, so that a method may call any two of one family name and
address one person. In a school that would alarm every second child of a family.
"""

from __future__ import annotations

from bench.faults import doubles, genuine
from bench.faults.town import Town
from bench.linkage.febrl import Lists, Person
from rosterkey.core.model import Account

_CHANGES: tuple[tuple[doubles.Change, ...], ...] = (
    (),
    (doubles.nickname,),
    (doubles.typo_first,),
    (doubles.typo_last,),
    (doubles.typo_first, doubles.typo_last),
    (doubles.exchanged,),
    (doubles.double_last,),
    (doubles.up,),
    (doubles.moved,),
    (doubles.nickname, doubles.up),
    (doubles.new_family_name,),
)
"""What happened to a child who gets a second account; each as often as the others."""

_NEW = (genuine.stranger, genuine.sibling, genuine.twin)


def roster(seed: int, students: int, rows: int) -> Lists:
    """As many rows that double a student as rows of new children, `rows` in all."""
    town = Town(seed, students, with_ids=False)
    known = [_person(f"a{i}", i, a) for i, a in enumerate(town.students)]
    twice = town.rng.sample(list(enumerate(town.students)), rows // 2)
    second = [
        _person(f"n{i}", i, _changed(town, account, _CHANGES[n % len(_CHANGES)]))
        for n, (i, account) in enumerate(twice)
    ]
    new = [
        _person(f"x{n}", len(known) + n, _NEW[n % len(_NEW)](town)) for n in range(rows - rows // 2)
    ]
    return Lists(f"{len(known):,}", known, [*second, *new], replaced_names=False)


def _changed(town: Town, account: Account, changes: tuple[doubles.Change, ...]) -> Account:
    for change in changes:
        account = change(town, account)
    return account


def _person(key: str, number: int, account: Account) -> Person:
    a = account
    return Person(key, number, a.first_name, a.last_name, a.school or "", "", a.grade)
