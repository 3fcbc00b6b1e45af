"""Pairs of one name against whom nothing speaks, without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rosterkey.core.checks.context import fold_entry
from rosterkey.core.model import Account
from rosterkey.core.people.evidence import grade_step
from rosterkey.core.people.folding import name_key
from rosterkey.core.people.newcomer import Newcomer


def fitting(
    accounts: Sequence[Account], newcomers: Mapping[str, Newcomer]
) -> Iterator[tuple[str, str]]:
    """Every pair of an account and the key of a newcomer with the same first and last name.

    Neither the school nor the grade may differ where both sides have one; the newcomers may all
    be one grade higher, because a list may be of this year or of the next.
    """
    by_name: defaultdict[tuple[str, ...], list[Account]] = defaultdict(list)
    for account in accounts:
        for name in _name_keys(account.first_name, account.last_name):
            by_name[name].append(account)
    for key, newcomer in newcomers.items():
        near = {
            account.account_id: account
            for name in _name_keys(newcomer.first_name, newcomer.last_name)
            for account in by_name.get(name, ())
        }
        for account in near.values():
            if _fits(newcomer, account):
                yield account.account_id, key


def _name_keys(first: str, last: str) -> set[tuple[str, ...]]:
    """The keys of which two names share one if, and only if, they are the same name.

    They are those by which `core.people.names` calls names the same.
    """
    one, two = name_key(first), name_key(last)
    if not one.whole or not two.whole:
        return set()
    firsts = {("joined", one.joined), ("loose", one.loose)}
    lasts = {("joined", two.joined), ("loose", two.loose), ("words", *sorted(two.core))}
    return {(*first_key, *last_key) for first_key in firsts for last_key in lasts}


def _fits(newcomer: Newcomer, account: Account) -> bool:
    schools = newcomer.school, account.school
    if schools[0] and schools[1] and fold_entry(schools[0]) != fold_entry(schools[1]):
        return False
    return grade_step(account.grade, newcomer.grade) in (None, 0, 1)
