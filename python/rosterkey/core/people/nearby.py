"""Which accounts are worth comparing with a newcomer: never all pairs."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rosterkey.core.grades import grade_key
from rosterkey.core.model import Account
from rosterkey.core.people.evidence import grade_step
from rosterkey.core.people.folding import name_key
from rosterkey.core.people.newcomer import Newcomer
from rosterkey.core.people.usernames import local_part, stem_key
from rosterkey.core.people.vocabulary import Vocabulary

_MOST_NAMESAKES = 30
"""Accounts of one name that are compared with one newcomer: those of its school and grade first."""

_MOST_OF_A_BLOCK = 25
"""A larger group of one first name in one grade, or of one username stem, proves nothing."""


class Nearby:
    """The accounts of a district, ready to be asked for those that resemble a newcomer."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.accounts = tuple(accounts)
        self._by_name: defaultdict[str, defaultdict[str, list[Account]]]
        self._by_name = defaultdict(lambda: defaultdict(list))
        self._by_place: defaultdict[tuple[str, str | None, str], list[Account]]
        self._by_place = defaultdict(list)
        self._by_stem: defaultdict[str, list[Account]] = defaultdict(list)
        self._by_mailbox: defaultdict[str, list[Account]] = defaultdict(list)
        first_names = {a.first_name for a in self.accounts}
        last_names = {a.last_name for a in self.accounts}
        self._firsts = Vocabulary.of_first_names(first_names)
        self._lasts = Vocabulary.of_last_names(last_names)
        joined = {text: name_key(text).joined for text in first_names | last_names}
        grades = {a.grade: grade_key(a.grade or "") for a in self.accounts}
        for account in self.accounts:
            first = joined[account.first_name]
            self._by_name[joined[account.last_name]][first].append(account)
            self._by_place[first, account.school, grades[account.grade]].append(account)
            self._by_stem[stem_key(account.username)].append(account)
            self._by_mailbox[local_part(account.username)].append(account)

    def of(self, newcomer: Newcomer) -> list[Account]:
        """The accounts worth comparing, each once."""
        found = {a.account_id: a for group in self._groups(newcomer) for a in group}
        return list(found.values())

    def _groups(self, newcomer: Newcomer) -> Iterator[list[Account]]:
        first, last = newcomer.first_name, newcomer.last_name
        for key in self._lasts.like(last):
            yield from self._named(key, self._firsts.like(first), newcomer)
        # First and last name may be exchanged.
        for key in self._lasts.like(first):
            yield from self._named(key, self._firsts.like(last), newcomer)
        yield from self._of_changed_family_name(newcomer)
        yield self._by_mailbox.get(local_part(newcomer.username), [])
        if stem := stem_key(newcomer.username):
            yield _unless_many(self._by_stem.get(stem, []))

    def _named(
        self, last: str, firsts: frozenset[str], newcomer: Newcomer
    ) -> Iterator[list[Account]]:
        by_first = self._by_name[last]
        keys = firsts & by_first.keys() if len(firsts) < len(by_first) else by_first.keys() & firsts
        for first in keys:
            yield _closest(by_first[first], newcomer)

    def _of_changed_family_name(self, newcomer: Newcomer) -> Iterator[list[Account]]:
        first = name_key(newcomer.first_name).joined
        for grade in _grade_and_one_below(newcomer.grade):
            yield _unless_many(self._by_place.get((first, newcomer.school, grade), []))


def _grade_and_one_below(grade: str | None) -> tuple[str, ...]:
    key = grade_key(grade or "")
    below = {"K": "PK", "1": "K"}.get(key) or (str(int(key) - 1) if key.isdecimal() else None)
    return (key, below) if below else (key,)


def _unless_many(accounts: list[Account]) -> list[Account]:
    return accounts if len(accounts) <= _MOST_OF_A_BLOCK else []


def _closest(accounts: list[Account], newcomer: Newcomer) -> list[Account]:
    if len(accounts) <= _MOST_NAMESAKES:
        return accounts

    def distance(account: Account) -> tuple[bool, bool]:
        step = grade_step(account.grade, newcomer.grade)
        return account.school != newcomer.school, step not in (0, 1)

    return heapq.nsmallest(_MOST_NAMESAKES, accounts, key=distance)
