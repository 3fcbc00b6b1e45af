"""Rows that would create an account for somebody who has one (semantics, "People")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import log2

from rosterkey.core.grades import grade_key
from rosterkey.core.keys import id_key
from rosterkey.core.model import Account
from rosterkey.core.people.evidence import Clue, Comparison, clues
from rosterkey.core.people.folding import fold_name, joined
from rosterkey.core.people.frequencies import Frequencies
from rosterkey.core.people.names import Likeness
from rosterkey.core.people.nearby import Nearby
from rosterkey.core.people.newcomer import Newcomer, Resemblance
from rosterkey.core.people.usernames import UsernameLikeness

__all__ = [
    "ALARM",
    "Newcomer",
    "Resemblance",
    "expected_bits",
    "probable_duplicates",
    "resemblance",
    "same_name_other_id",
]

ALARM = 0.5
"""From this score on a resemblance is worth a confirmation."""

_MOST_NAMED = 3
_EXPECTED_TWICE = -2.0
"""Bits: one in five new rows is thought to be somebody with an account, before anything is seen."""

_FEWEST_CANDIDATES = 100
_SURE, _LIKELY = 0.9, 0.6
_NEAR = {Likeness.SAME, Likeness.NICKNAME, Likeness.TYPO, Likeness.SPELLING}


def probable_duplicates(
    newcomers: Sequence[Newcomer],
    candidates: Iterable[Account],
    frequencies: Frequencies,
    *,
    among: int | None = None,
    alarm: float = ALARM,
    most: int = _MOST_NAMED,
) -> dict[int, tuple[Resemblance, ...]]:
    """The accounts that rows would double, by row number: at most `most`, the best first.

    `candidates` are the student accounts of the district that no row of the sheet claims, active
    and archived, or those of them that `asking.ask_for_resembling` asks for; then `among` is the
    number of all. `frequencies` tells how common the names are. Only scores from `alarm` on are
    given. Two different Student IDs prove two people; a Student ID on one side only proves
    nothing. The result does not depend on the order of the rows or the accounts.
    """
    if not newcomers:
        return {}
    nearby = Nearby(newcomers, candidates)
    expected = expected_bits(len(nearby.accounts) if among is None else among)
    found: dict[int, tuple[Resemblance, ...]] = {}
    for newcomer in newcomers:
        pairs = (resemblance(newcomer, a, frequencies, expected) for a in nearby.of(newcomer))
        alarming = [r for r in pairs if r and r.score >= alarm]
        if alarming:
            alarming.sort(key=lambda r: (-r.score, r.account.account_id))
            found[newcomer.row] = tuple(alarming[:most])
    return found


def expected_bits(candidates: int) -> float:
    """The logarithm (base 2) of the odds, before anything is seen, that one of so many is meant."""
    return _EXPECTED_TWICE - log2(max(candidates, _FEWEST_CANDIDATES))


def resemblance(
    newcomer: Newcomer, account: Account, frequencies: Frequencies, expected: float
) -> Resemblance | None:
    """The resemblance of a pair, or None where it is proven or plain that they are two people.

    `expected` is the logarithm (base 2) of the odds before anything is seen. A clearly different
    first name means a sibling, unless the usernames differ only in a mail domain.
    """
    found = weigh(newcomer, account, frequencies, expected)
    if found is None:
        return None
    return replace(found, speaks_for=(*found.speaks_for, _words_for_ids(newcomer, account)))


def weigh(
    newcomer: Newcomer, account: Account, frequencies: Frequencies, expected: float
) -> Resemblance | None:
    """As `resemblance`, with no word about the Student IDs where these tell nothing."""
    if _two_ids(newcomer.student_id, account.student_id):
        return None
    pair = Comparison.of(newcomer, account)
    if pair.sibling and pair.username is not UsernameLikeness.MAILBOX:
        return None
    seen = list(clues(pair, frequencies))
    bits = expected + sum(clue.bits for clue in seen)
    score = max(1 / (1 + 2 ** -max(-60.0, min(60.0, bits))), _at_least(pair))
    speaks_for, speaks_against = _in_words(seen)
    return Resemblance(account, round(score, 3), speaks_for, speaks_against)


def same_name_other_id(
    newcomers: Iterable[Newcomer], students: Iterable[Account]
) -> dict[int, tuple[Account, ...]]:
    """The namesakes of rows: other Student ID, but the same name, school and grade.

    The IDs prove two people; the hint is for the district that gave one child two IDs.
    """
    rows = [n for n in newcomers if n.student_id and n.first_name and n.last_name]
    wanted = {(n.first_name, n.last_name) for n in rows}
    keys = {_name(*names) for names in wanted}
    namesakes: defaultdict[tuple[str, str], list[Account]] = defaultdict(list)
    for account in students:
        if account.student_id:
            name = _name(account.first_name, account.last_name)
            if name in keys:
                namesakes[name].append(account)
    found: dict[int, tuple[Account, ...]] = {}
    for row in rows:
        alike = namesakes.get(_name(row.first_name, row.last_name), ())
        others = tuple(a for a in alike if _namesake(row, a))
        if others:
            found[row.row] = tuple(sorted(others, key=lambda a: a.account_id))
    return found


def _namesake(row: Newcomer, account: Account) -> bool:
    same_school = fold_name(row.school or "") == fold_name(account.school or "")
    same_grade = grade_key(row.grade or "") == grade_key(account.grade or "")
    return same_school and same_grade and _two_ids(row.student_id, account.student_id)


def _name(first: str, last: str) -> tuple[str, str]:
    return joined(first), joined(last)


def _two_ids(one: str | None, two: str | None) -> bool:
    return bool(one and two) and id_key(one or "") != id_key(two or "")


def _at_least(pair: Comparison) -> float:
    # However common the name is: the same child twice in one grade of one school is worth a
    # question, where no ID tells them apart.
    if not pair.same_place:
        return 0.0
    if pair.first is pair.last is Likeness.SAME:
        return _SURE
    near = _NEAR.issuperset((pair.first, pair.last))
    return _LIKELY if pair.swapped or near else 0.0


def _in_words(seen: Iterable[Clue]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ranked = sorted(seen, key=lambda clue: -abs(clue.bits))
    speaks_for = tuple(clue.words for clue in ranked if clue.bits > 0)
    return speaks_for, tuple(clue.words for clue in ranked if clue.bits < 0)


def _words_for_ids(newcomer: Newcomer, account: Account) -> str:
    if newcomer.student_id:
        return "the account has no Student ID"
    return "the row has no Student ID" if account.student_id else "neither has a Student ID"
