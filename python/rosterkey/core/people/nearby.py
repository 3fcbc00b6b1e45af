"""Which accounts are worth comparing with a newcomer: never all pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rosterkey.core.grades import grade_key
from rosterkey.core.model import Account
from rosterkey.core.people.folding import name_key
from rosterkey.core.people.newcomer import Newcomer
from rosterkey.core.people.usernames import local_part, stem_key
from rosterkey.core.people.vocabulary import Vocabulary

_MOST_NAMESAKES = 12
"""Accounts of one name that are compared with one newcomer: those of its school and grade first."""

_MOST_OF_A_BLOCK = 25
"""A larger group of one first name in one grade, or of one username stem, proves nothing."""

_Place = tuple[str | None, str]


class Nearby:
    """The accounts of a district, ready to be asked for those that resemble one of some newcomers.

    Accounts that resemble none of the newcomers are not kept.
    """

    def __init__(self, newcomers: Iterable[Newcomer], accounts: Iterable[Account]) -> None:
        # In the order of their ids, so that no answer depends on the order of the accounts.
        self.accounts = sorted(accounts, key=lambda a: a.account_id)
        self._joined = {
            text: name_key(text).joined
            for text in {t for a in self.accounts for t in (a.first_name, a.last_name)}
        }
        first_names = {a.first_name for a in self.accounts}
        self._firsts = Vocabulary(first_names, short_forms=True)
        self._lasts = Vocabulary({a.last_name for a in self.accounts}, short_forms=False)
        self._grades = {a.grade: grade_key(a.grade or "") for a in self.accounts}
        newcomers = tuple(newcomers)
        self._by_name = self._index_of_names(newcomers)
        self._by_place = self._index_of_places(newcomers)
        self._by_mailbox, self._by_stem = self._index_of_usernames(newcomers)
        self._places_of: dict[tuple[str, str], dict[_Place, list[Account]]] = {}

    def _index_of_names(self, newcomers: Iterable[Newcomer]) -> dict[str, _ByName]:
        names = {text for n in newcomers for text in (n.first_name, n.last_name)}
        wanted = {key for text in names for key in self._lasts.like(text)}
        index: dict[str, _ByName] = {last: {} for last in wanted}
        for account in self.accounts:
            by_first = index.get(self._joined[account.last_name])
            if by_first is not None:
                by_first.setdefault(self._joined[account.first_name], []).append(account)
        return index

    def _index_of_places(
        self, newcomers: Iterable[Newcomer]
    ) -> dict[tuple[str, str | None, str], list[Account]]:
        wanted = {name_key(n.first_name).joined for n in newcomers}
        index: defaultdict[tuple[str, str | None, str], list[Account]] = defaultdict(list)
        for account in self.accounts:
            first = self._joined[account.first_name]
            if first in wanted:
                index[first, account.school, self._grades[account.grade]].append(account)
        return index

    def _index_of_usernames(
        self, newcomers: Iterable[Newcomer]
    ) -> tuple[dict[str, list[Account]], dict[str, list[Account]]]:
        mailboxes: dict[str, list[Account]] = {local_part(n.username): [] for n in newcomers}
        stems: dict[str, list[Account]] = {stem_key(n.username): [] for n in newcomers}
        stems.pop("", None)
        for account in self.accounts:
            if (mailbox := local_part(account.username)) in mailboxes:
                mailboxes[mailbox].append(account)
            if (stem := stem_key(account.username)) in stems:
                stems[stem].append(account)
        return mailboxes, stems

    def of(self, newcomer: Newcomer) -> list[Account]:
        """The accounts worth comparing with one of the newcomers, each once."""
        found = {a.account_id: a for group in self._groups(newcomer) for a in group}
        return list(found.values())

    def _groups(self, newcomer: Newcomer) -> Iterator[Iterable[Account]]:
        first, last = newcomer.first_name, newcomer.last_name
        yield from self._named(first, last, newcomer)
        # First and last name may be exchanged.
        yield from self._named(last, first, newcomer)
        key = name_key(first).joined
        for grade in _grade_and_one_below(newcomer.grade):
            yield _unless_many(self._by_place.get((key, newcomer.school, grade), []))
        yield _unless_many(self._by_mailbox[local_part(newcomer.username)])
        yield _unless_many(self._by_stem.get(stem_key(newcomer.username), []))

    def _named(self, first: str, last: str, newcomer: Newcomer) -> Iterator[Iterable[Account]]:
        firsts = self._firsts.like(first)
        for last_key in self._lasts.like(last):
            by_first = self._by_name[last_key]
            few = by_first if len(by_first) < len(firsts) else firsts
            for first_key in few:
                if first_key in firsts and first_key in by_first:
                    accounts = by_first[first_key]
                    if len(accounts) > _MOST_NAMESAKES:
                        accounts = self._closest(first_key, last_key, newcomer)
                    yield accounts

    def _closest(self, first: str, last: str, newcomer: Newcomer) -> list[Account]:
        namesakes = self._by_name[last][first]
        if (first, last) not in self._places_of:
            places: dict[_Place, list[Account]] = {}
            for account in namesakes:
                place = account.school, self._grades[account.grade]
                places.setdefault(place, []).append(account)
            self._places_of[first, last] = places
        places = self._places_of[first, last]
        closest = [
            account
            for grade in _grade_and_one_below(newcomer.grade)
            for account in places.get((newcomer.school, grade), ())[:_MOST_NAMESAKES]
        ]
        return [*closest, *namesakes[:_MOST_NAMESAKES]][:_MOST_NAMESAKES]


_ByName = dict[str, list[Account]]


def _grade_and_one_below(grade: str | None) -> tuple[str, ...]:
    key = grade_key(grade or "")
    below = {"K": "PK", "1": "K"}.get(key) or (str(int(key) - 1) if key.isdecimal() else None)
    return (key, below) if below else (key,)


def _unless_many(accounts: list[Account]) -> list[Account]:
    return accounts if len(accounts) <= _MOST_OF_A_BLOCK else []
