"""Accounts that are probably one student's, in clusters (semantics: Existing duplicates)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Account, DecidedPair, Role, Status
from rosterkey.core.people.duplicates import ALARM, weigh
from rosterkey.core.people.evidence import grade_step
from rosterkey.core.people.frequencies import Frequencies
from rosterkey.core.people.names import fold_name
from rosterkey.core.people.nearby import Nearby
from rosterkey.core.people.newcomer import Newcomer, Resemblance
from rosterkey.core.rules import people
from rosterkey.core.snapshot import Snapshot

_EXPECTED_TWICE = -3.0
"""Bits: one in nine accounts is thought to be a second one, before anything is seen."""

_FEWEST = 100
_SAME_ID = 0.99
"""The least score of two accounts with one Student ID whose names can be one person's."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts that are probably one student's; `stays` is the one that the rule would keep.

    `score` and what speaks for and against are as for a new row beside an account.
    """

    stays: Account
    goes: Account
    score: float
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


def find_clusters(snapshot: Snapshot) -> tuple[tuple[Pair, ...], ...]:
    """The clusters of accounts that are probably one student's, the surest first.

    A cluster of n accounts has n - 1 pairs, each with an account that goes. Staff never, and not
    two accounts with different Student IDs, also not by way of a third. A pair that somebody has
    called two persons is left out. Candidates come from blocking, never from all pairs.
    """
    students = [a for a in snapshot.accounts.values() if a.role is Role.STUDENT]
    known = _Apart(snapshot.decided)
    pairs = [p for p in _pairs(students) if not known.apart(p.stays, p.goes)]
    pairs.sort(key=lambda p: (-p.score, p.stays.account_id, p.goes.account_id))
    clusters = _Grouping(known)
    for pair in pairs:
        clusters.join(pair)
    return clusters.told(pairs)


def rank(account: Account) -> tuple[object, ...]:
    """The order in which accounts stay: the least stays (docs: Which account stays).

    The one with the Student ID, then the one in use, the one that was changed most often, the one
    with most former usernames; the account id decides at last.
    """
    return (
        account.student_id is None,
        account.status is not Status.ACTIVE,
        -account.version,
        -len(account.past_usernames),
        account.account_id,
    )


def _pairs(students: Sequence[Account]) -> Iterator[Pair]:
    """Every pair that is worth a question, each once."""
    by_id: dict[str, int] = {}
    for account in students:
        if account.student_id:
            by_id[id_key(account.student_id)] = by_id.get(id_key(account.student_id), 0) + 1
    # Two different IDs prove two people, so one of a pair has none, or both have the same.
    doubtful = [a for a in students if not a.student_id or by_id[id_key(a.student_id)] > 1]
    if not doubtful:
        return
    frequencies = Frequencies(students)
    nearby = Nearby([_newcomer(a) for a in doubtful], students)
    expected = _EXPECTED_TWICE - log2(max(len(students), _FEWEST))
    seen: set[tuple[str, str]] = set()
    for account in doubtful:
        for other in (*nearby.of(_newcomer(account)), *_of_one_id(account, doubtful, by_id)):
            ids = _ids(account, other)
            if account is not other and ids not in seen:
                seen.add(ids)
                found = _compare(account, other, frequencies, expected)
                if found and found.score >= ALARM:
                    yield found


def _of_one_id(
    account: Account, doubtful: Iterable[Account], by_id: Mapping[str, int]
) -> list[Account]:
    """The others with the Student ID of an account, which is old damage."""
    if not account.student_id:
        return []
    key = id_key(account.student_id)
    return [a for a in doubtful if a.student_id and id_key(a.student_id) == key]


def _compare(
    one: Account, other: Account, frequencies: Frequencies, expected: float
) -> Pair | None:
    stays, goes = sorted((one, other), key=rank)
    # The newer one of the two may be a grade higher.
    step = grade_step(stays.grade, goes.grade)
    older, newer = (goes, stays) if step is not None and step < 0 else (stays, goes)
    found = weigh(_newcomer(newer), older, frequencies, expected)
    if found is None:
        return None
    score, words = _with_ids(found, stays, goes)
    return Pair(stays, goes, score, (*found.speaks_for, words), found.speaks_against)


def _with_ids(found: Resemblance, stays: Account, goes: Account) -> tuple[float, str]:
    if stays.student_id and goes.student_id:
        return max(found.score, _SAME_ID), f"both have the Student ID {stays.student_id}"
    if stays.student_id or goes.student_id:
        return found.score, "only one has a Student ID"
    return found.score, "neither has a Student ID"


def _newcomer(account: Account) -> Newcomer:
    a = account
    return Newcomer(
        0, a.student_id, a.username, a.first_name, a.last_name, a.school, a.grade, a.classes
    )


def _ids(one: Account, other: Account) -> tuple[str, str]:
    first, second = sorted((one.account_id, other.account_id))
    return first, second


def decided_pair(one: Account, other: Account) -> DecidedPair:
    """The key under which "not the same" is remembered of two accounts."""
    first, second = _ids(one, other)
    return people.SAME_PERSON_TWO_ACCOUNTS.code, first, "", second


class _Apart:
    """Who is known not to be one person: by what was decided, and by two Student IDs."""

    def __init__(self, decided: Mapping[DecidedPair, str]) -> None:
        self._decided = decided

    def apart(self, one: Account, other: Account) -> bool:
        """Whether two accounts are known to be two people's."""
        if one.student_id and other.student_id:
            return id_key(one.student_id) != id_key(other.student_id)
        if not self._decided:
            return False
        keys = [decided_pair(one, other)]
        keys += [
            (people.PROBABLE_DUPLICATE.code, key, name, account.account_id)
            for row, account in ((one, other), (other, one))
            for key, name in _as_row(row)
        ]
        return any(key in self._decided for key in keys)


def _as_row(account: Account) -> Iterator[tuple[str, str]]:
    """How an account was remembered when it was a row that an import called really new."""
    name = f"{fold_name(account.first_name)} {fold_name(account.last_name)}".strip()
    if account.student_id:
        yield f"id {id_key(account.student_id)}", name
    for username in (account.username, *account.past_usernames):
        yield f"username {username_key(username)}", name


class _Grouping:
    """Accounts that belong together, joined pair by pair, the surest first."""

    def __init__(self, known: _Apart) -> None:
        self._known = known
        self._group_of: dict[str, list[Account]] = {}

    def join(self, pair: Pair) -> None:
        """Put the groups of two accounts together, unless that would join two people."""
        one, other = self._group(pair.stays), self._group(pair.goes)
        if one is other or any(self._known.apart(a, b) for a in one for b in other):
            return
        one += other
        self._group_of |= dict.fromkeys((a.account_id for a in other), one)

    def told(self, pairs: Sequence[Pair]) -> tuple[tuple[Pair, ...], ...]:
        """Every group as pairs, in the order of their surest."""
        of_group: dict[int, list[Pair]] = {}
        for pair in pairs:
            group = self._group(pair.stays)
            if group is self._group(pair.goes):
                of_group.setdefault(id(group), []).append(pair)
        return tuple(_tree(self._group(of[0].stays), of) for of in of_group.values())

    def _group(self, account: Account) -> list[Account]:
        return self._group_of.setdefault(account.account_id, [account])


def _tree(group: Sequence[Account], pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Each account beside the one that stays, or beside another where only that one is alike."""
    stays = min(group, key=rank)
    reached, told = {stays.account_id}, []
    left = sorted(pairs, key=lambda p: stays not in (p.stays, p.goes))
    while len(reached) < len(group):
        pair = next(p for p in left if len(reached & {p.stays.account_id, p.goes.account_id}) == 1)
        if pair.stays.account_id not in reached:
            pair = replace(pair, stays=pair.goes, goes=pair.stays)
        reached.add(pair.goes.account_id)
        told.append(pair)
    return tuple(told)
