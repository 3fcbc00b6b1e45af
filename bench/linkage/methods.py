"""Ways to find the account that a new row doubles, all judged alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bench.linkage.febrl import Lists, Person, accounts, newcomers
from rosterkey.core.people.duplicates import ALARM, probable_duplicates
from rosterkey.core.people.frequencies import Frequencies

Found = dict[str, tuple[str, float]]
"""The best account of each new row that has one, with its score."""


@dataclass(frozen=True, slots=True)
class Judged:
    """How well a method did.

    `right` alarms name the doubled account, `wrong_person` another one, `new` are alarms on rows
    that double nobody; `doubles` and `strangers` are how many rows there were of each.
    `siblings` are doubles that look like a brother or sister; `right_siblings` and
    `wrong_siblings` are alarms on them.
    """

    right: int
    wrong_person: int
    new: int
    doubles: int
    strangers: int
    siblings: int = 0
    right_siblings: int = 0
    wrong_siblings: int = 0

    @property
    def precision(self) -> float:
        """Right alarms of all alarms."""
        said = self.right + self.wrong_person + self.new
        return self.right / said if said else 0.0

    @property
    def recall(self) -> float:
        """Doubles found, of all."""
        return self.right / self.doubles

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def but_siblings(self) -> Judged:
        """The same without the doubles that look like a brother or sister."""
        return Judged(
            self.right - self.right_siblings,
            self.wrong_person - self.wrong_siblings,
            self.new,
            self.doubles - self.siblings,
            self.strangers,
        )

    @property
    def new_alarmed(self) -> float:
        """The share of really new rows that got an alarm."""
        return self.new / self.strangers


def rosterkey(lists: Lists, *, with_grade: bool) -> tuple[Found, float]:
    """The product's own search, with the CPU seconds that it took."""
    known, rows = accounts(lists, with_grade=with_grade), newcomers(lists, with_grade=with_grade)
    start = time.process_time()
    alarms = probable_duplicates(rows, known, Frequencies(known))
    seconds = time.process_time() - start
    best = {lists.rows[row].key: (r[0].account.account_id, r[0].score) for row, r in alarms.items()}
    return best, seconds


def exact(lists: Lists, key: Callable[[Person], tuple[str, ...]]) -> tuple[Found, float]:
    """Equal keys; a key with a blank part matches nothing. With the CPU seconds that it took."""
    start = time.process_time()
    known = {key(person): person.key for person in lists.known if all(key(person))}
    best = {row.key: (known[key(row)], 1.0) for row in lists.rows if key(row) in known}
    return best, time.process_time() - start


def name_and_school(person: Person) -> tuple[str, ...]:
    """First name, last name, suburb."""
    return person.given_name, person.surname, person.suburb


def name_and_birth(person: Person) -> tuple[str, ...]:
    """First name, last name, date of birth."""
    return person.given_name, person.surname, person.born


def best_of(pairs: Iterable[tuple[str, str, float]]) -> Found:
    """The best account of each row from scored pairs."""
    best: Found = {}
    for row, account, score in sorted(pairs, key=lambda pair: (-pair[2], pair[1])):
        best.setdefault(row, (account, score))
    return best


def judge(found: Found, lists: Lists, alarm: float = ALARM) -> Judged:
    """Hold the alarms from a score on against the truth."""
    truth, siblings = lists.truth, lists.like_siblings
    right: set[str] = set()
    wrong = new = wrong_siblings = 0
    for row, (account, score) in found.items():
        if score >= alarm:
            right |= {row} if truth[row] == account else set()
            new += truth[row] is None
            wrong += truth[row] not in (None, account)
            wrong_siblings += row in siblings and truth[row] != account
    doubles = sum(account is not None for account in truth.values())
    strangers = len(truth) - doubles
    of_siblings = (len(siblings), len(right & siblings), wrong_siblings)
    return Judged(len(right), wrong, new, doubles, strangers, *of_siblings)


def best_threshold(found: Found, lists: Lists) -> float:
    """The threshold with the highest F1: chosen with the truth at hand, so a gift."""
    thresholds = [n / 100 for n in range(1, 100)] + [0.995, 0.999, 0.9999]
    return max(thresholds, key=lambda alarm: judge(found, lists, alarm).f1)
