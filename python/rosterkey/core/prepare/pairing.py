"""Which student of a list is which account: what is sure, and what somebody has to decide.

Exact evidence comes first, then name, school and grade with the scores of `core.people`. A pair
is sure only where it is the only one on both sides; all else is doubtful, and nobody is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rosterkey.core.checks.context import fold_entry
from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Account
from rosterkey.core.people.duplicates import (
    Resemblance,
    expected_bits,
    probable_duplicates,
    resemblance,
)
from rosterkey.core.people.frequencies import Frequencies
from rosterkey.core.people.names import different_person
from rosterkey.core.people.newcomer import Newcomer
from rosterkey.core.prepare.listed import Listed
from rosterkey.core.prepare.same_name import fitting

SURE = 0.9
"""From this score on a name, school and grade that are the only ones of their kind are sure."""

WORTH_ASKING = 0.1
"""From this score on somebody on the list is offered as a candidate."""

_MOST_ASKED = 10
"""Candidates that are kept for one student of the list."""

BY_ID = "by the Student ID"
BY_LOGIN = "by username or mail address"
BY_MARK = "by a key of the list"
BY_NAME = "by name, school and grade"
WAYS = (BY_ID, BY_LOGIN, BY_MARK, BY_NAME)
"""How a pair can be sure, the strongest evidence first."""

_RIVALS = ", but others fit as well"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on the list who may be the student of an account, and why that is not sure.

    `score` goes from 0 to 1.
    """

    listed: Listed
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """What was found, by account id.

    `sure` are pairs with how they were found, `doubtful` the candidates of an account, the best
    first. `missing` are accounts that nobody on the list is, `new` those on the list whom no
    account is and who are no candidate. `contradictions` are sentences about accounts whose
    Student ID the list gives to another person.
    """

    sure: dict[str, tuple[Listed, str]] = field(default_factory=dict)
    doubtful: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    new: tuple[Listed, ...] = ()
    contradictions: tuple[str, ...] = ()


def pair(accounts: Sequence[Account], students: Sequence[Listed]) -> Pairing:
    """Find for every account its student on the list. No order of either side plays a part."""
    found = _Search(accounts, students)
    found.by_id()
    found.by_keys()
    found.by_name()
    return found.result()


def spelled_as(accounts: Iterable[Account], students: Iterable[Listed]) -> list[Listed]:
    """The students with their schools as the accounts spell them.

    A school that no account has is left out of the comparison: another system has other names.
    """
    schools = {fold_entry(a.school): a.school for a in accounts if a.school}
    return [replace(s, school=schools.get(fold_entry(s.school or ""))) for s in students]


class _Search:
    """The search in the making: who is placed, who is in doubt."""

    def __init__(self, accounts: Sequence[Account], students: Sequence[Listed]) -> None:
        self._accounts = {a.account_id: a for a in accounts}
        self._students = {id_key(s.student_id): s for s in spelled_as(accounts, students)}
        self._asked = {id_key(s.student_id): s for s in students}
        self._sure: dict[str, tuple[str, str]] = {}
        self._placed: set[str] = set()
        self._doubts: defaultdict[str, dict[str, Candidate]] = defaultdict(dict)
        self._contradictions: list[str] = []

    def by_id(self) -> None:
        """Accounts that have their Student ID already; it is never given to another one."""
        for account in self._accounts.values():
            key = id_key(account.student_id or "")
            listed = self._students.get(key)
            if listed is None:
                continue
            self._placed.add(key)
            if different_person(account, listed.first_name or None, listed.last_name or None):
                self._contradictions.append(
                    f"{_who(account)} has the Student ID {account.student_id}, which the list "
                    f"gives to {listed.name} (row {listed.row} of the list). Look who is right."
                )
            else:
                self._sure[account.account_id] = key, BY_ID

    def by_keys(self) -> None:
        """Usernames, mail addresses and keys of the other system that are usernames here."""
        for way, keys_of in ((BY_LOGIN, _logins), (BY_MARK, _marks)):
            holders: defaultdict[str, list[str]] = defaultdict(list)
            for account in self._open_accounts():
                for name in {username_key(account.username), _local(account.username)}:
                    holders[name].append(account.account_id)
            pairs = {
                (account_id, key)
                for key, listed in self._students.items()
                if key not in self._placed
                for name in keys_of(listed)
                for account_id in holders.get(name, ())
            }
            self._settle(pairs, way)

    def _settle(self, pairs: set[tuple[str, str]], way: str) -> None:
        """Take the pairs that are the only ones on both sides; the others are doubts."""
        accounts, students = _counted(pairs)
        for account_id, key in sorted(pairs):
            account, listed = self._accounts[account_id], self._students[key]
            alone = len(accounts[account_id]) == len(students[key]) == 1
            stranger = different_person(
                account, listed.first_name or None, listed.last_name or None
            )
            if alone and not stranger:
                self._take(account_id, key, way)
            else:
                why = "another name" if stranger else "not the only one with this key"
                self._doubt(account_id, key, 0.5, f"found {way}, but {why}")

    def by_name(self) -> None:
        """The only ones of a name, school and grade; then whoever is like one of the others."""
        accounts = self._open_accounts()
        expected = expected_bits(len(accounts))
        frequencies = Frequencies(self._accounts.values())
        left = self._newcomers()
        fits = set(fitting(accounts, left))
        partners, askers = _counted(fits)
        doubted = {key for asked in self._doubts.values() for key in asked}
        for account_id, key in sorted(fits):
            alone = len(partners[account_id]) == len(askers[key]) == 1
            if alone and account_id not in self._doubts and key not in doubted:
                account = self._accounts[account_id]
                found = resemblance(left[key], account, frequencies, expected)
                if found and found.score >= SURE:
                    self._take(account_id, key, BY_NAME)
        self._by_likeness(frequencies, fits)

    def _by_likeness(self, frequencies: Frequencies, fits: set[tuple[str, str]]) -> None:
        """Candidates for everybody who is left; `fits` are those against whom nothing speaks."""
        keys = list(self._newcomers())
        found = probable_duplicates(
            list(self._newcomers().values()),
            self._open_accounts(),
            frequencies,
            alarm=WORTH_ASKING,
            most=_MOST_ASKED,
        )
        partners, askers = _counted(fits)
        for row, resemblances in found.items():
            for one in resemblances:
                account_id, key = one.account.account_id, keys[row]
                if key not in self._doubts.get(account_id, ()):
                    several = max(len(partners[account_id]), len(askers[key])) > 1
                    said = _RIVALS if (account_id, key) in fits and several else ""
                    self._doubt(account_id, key, one.score, _words(one) + said)

    def _newcomers(self) -> dict[str, Newcomer]:
        left = ((key, s) for key, s in self._students.items() if key not in self._placed)
        return {key: _newcomer(row, s) for row, (key, s) in enumerate(left)}

    def _take(self, account_id: str, key: str, way: str) -> None:
        self._sure[account_id] = key, way
        self._placed.add(key)

    def _doubt(self, account_id: str, key: str, score: float, why: str) -> None:
        self._doubts[account_id][key] = Candidate(self._asked[key], score, why)

    def _open_accounts(self) -> list[Account]:
        return [
            a
            for a in self._accounts.values()
            if not a.student_id and a.account_id not in self._sure
        ]

    def result(self) -> Pairing:
        """What was found, without candidates who turned out to be somebody else for sure."""
        doubtful: dict[str, tuple[Candidate, ...]] = {}
        for account in self._open_accounts():
            asked = self._doubts.get(account.account_id, {})
            left = [c for key, c in asked.items() if key not in self._placed]
            if left:
                left.sort(key=lambda c: (-c.score, id_key(c.listed.student_id)))
                doubtful[account.account_id] = tuple(left)
        offered = {id_key(c.listed.student_id) for group in doubtful.values() for c in group}
        known = self._placed | offered
        new = [s for key, s in self._asked.items() if key not in known]
        missing = [i for i in self._accounts if i not in self._sure and i not in doubtful]
        return Pairing(
            {account_id: (self._asked[key], way) for account_id, (key, way) in self._sure.items()},
            doubtful,
            tuple(missing),
            tuple(sorted(new, key=lambda s: s.row)),
            tuple(self._contradictions),
        )


def _counted(
    pairs: Iterable[tuple[str, str]],
) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
    """The partners of every account and of every student."""
    accounts: defaultdict[str, set[str]] = defaultdict(set)
    students: defaultdict[str, set[str]] = defaultdict(set)
    for account_id, key in pairs:
        accounts[account_id].add(key)
        students[key].add(account_id)
    return accounts, students


def _newcomer(row: int, listed: Listed) -> Newcomer:
    return Newcomer(
        row,
        listed.student_id,
        listed.username,
        listed.first_name,
        listed.last_name,
        listed.school,
        listed.grade,
        listed.classes,
    )


def _logins(listed: Listed) -> set[str]:
    return {name for login in listed.logins for name in (username_key(login), _local(login))}


def _marks(listed: Listed) -> set[str]:
    return {username_key(mark) for mark in (listed.student_id, *listed.marks)}


def _local(login: str) -> str:
    return username_key(login).partition("@")[0]


def _words(found: Resemblance) -> str:
    # The last reason is about Student IDs: here the account never has one.
    against = f"; against it: {', '.join(found.speaks_against)}" if found.speaks_against else ""
    return f"{', '.join(found.speaks_for[:-1])}{against}"


def _who(account: Account) -> str:
    return f"{account.name or 'a student'} ({account.username})"
