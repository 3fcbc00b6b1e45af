"""What speaks for and against a newcomer being the person of an account.

The weights are those of Fellegi and Sunter ("A Theory for Record Linkage", 1969): for each
agreement the logarithm to base 2 of how much likelier it is for one person than for two. An
agreement on a rare name weighs more than one on a common name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rosterkey.core.grades import grade_key
from rosterkey.core.model import Account, Status
from rosterkey.core.people.folding import fold_name, name_key
from rosterkey.core.people.frequencies import Frequencies
from rosterkey.core.people.names import Likeness, exchanged, same_first_name, same_last_name
from rosterkey.core.people.newcomer import Newcomer
from rosterkey.core.people.short_forms import short_and_full
from rosterkey.core.people.usernames import UsernameLikeness, same_username

_PENALTY = {
    Likeness.SAME: 0.0,
    Likeness.DOUBLE: 2.0,
    Likeness.NICKNAME: 2.0,
    Likeness.SPELLING: 3.0,
    Likeness.TYPO: 3.0,
    Likeness.SHORTENED: 3.5,
}
"""Bits that an agreement loses where the names are not spelled the same."""

_INITIAL = 2.5
_OTHER_FIRST_NAME = -12.0
_OTHER_LAST_NAME = -5.0
_EXCHANGED = -3.0
_TWO_COMMON_NAMES = -2.0
_ONLY_A_PART = -3.0
_COMMON = 5
"""From so many students on, a near name is taken for another name rather than for a slip."""

_OTHER_SCHOOL = -2.0
_NEXT_GRADE = -1.0
_OTHER_GRADE = -5.0
_GRADES_APART = -9.0
_OLDER_ARCHIVED = -1.0
_SAME_CLASS = 3.0
_MOST_OF_PLACE = 12.0
"""Bits that school, grade and class weigh together where the family names differ: some first names
stand twice in a class, however large the district is."""

_NO_WEIGHT = -0.01
_WORTH_SAYING = 10
"""From so many students on, the words say that a name is common."""

_USERNAMES = {
    UsernameLikeness.MAILBOX: (14.0, "the usernames differ only in the mail domain"),
    UsernameLikeness.STEM: (6.0, "the usernames have the same letters"),
    UsernameLikeness.TURNED: (6.0, "the usernames are the same parts in another order"),
}
_MADE_FROM_NAME = 1.0
"""Bits that like usernames weigh where the names are like, too: one follows from the other."""


class Clue(NamedTuple):
    """One thing seen: its weight in bits, negative where it speaks against, and its words."""

    bits: float
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A newcomer beside an account, with what their names and usernames have in common."""

    newcomer: Newcomer
    account: Account
    first: Likeness
    last: Likeness
    swapped: bool
    username: UsernameLikeness

    @classmethod
    def of(cls, newcomer: Newcomer, account: Account) -> Comparison:
        """Compare the names and the usernames."""
        first = same_first_name(account.first_name, newcomer.first_name)
        last = same_last_name(account.last_name, newcomer.last_name)
        names = (account.first_name, account.last_name, newcomer.first_name, newcomer.last_name)
        swapped = first is Likeness.DIFFERENT and exchanged(*names)
        likeness = same_username(newcomer.username, account.username)
        return cls(newcomer, account, first, last, swapped, likeness)

    @property
    def sibling(self) -> bool:
        """Whether the first names are clearly two: a twin, a brother or sister, or a stranger."""
        return not self.first.alike and not self.swapped

    @property
    def same_place(self) -> bool:
        """Whether school and grade agree; the grade may be one higher, for a new school year."""
        school, other = self.newcomer.school, self.account.school
        if not school or not other or fold_name(school) != fold_name(other):
            return False
        return grade_step(self.account.grade, self.newcomer.grade) in (0, 1)


def grade_step(before: str | None, after: str | None) -> int | None:
    """How many grades lie between two; 0 where they are equal, None where it cannot be told."""
    if not before or not after:
        return None
    one, two = grade_key(before), grade_key(after)
    if one == two:
        return 0
    numbers = {"PK": -1, "K": 0} | {str(n): n for n in range(1, 14)}
    return numbers[two] - numbers[one] if one in numbers and two in numbers else None


def clues(pair: Comparison, frequencies: Frequencies) -> Iterator[Clue]:
    """Everything that speaks for or against the pair being one person."""
    yield from _name_clues(pair, frequencies)
    place = list(_place_clues(pair, frequencies))
    yield from place
    if set(pair.newcomer.classes) & set(pair.account.classes):
        left = _MOST_OF_PLACE - sum(clue.bits for clue in place)
        bits = _SAME_CLASS if pair.last.alike else min(_SAME_CLASS, left)
        yield Clue(max(bits, -_NO_WEIGHT), "same class")
    if pair.username in _USERNAMES:
        bits, words = _USERNAMES[pair.username]
        follows = pair.last.alike and pair.username is not UsernameLikeness.MAILBOX
        yield Clue(_MADE_FROM_NAME if follows else bits, words)


def _name_clues(pair: Comparison, frequencies: Frequencies) -> Iterator[Clue]:
    new, old = pair.newcomer, pair.account
    first = _first_name_clue(pair, frequencies)
    last = _last_name_clue(pair, frequencies)
    if pair.swapped:
        counts = (frequencies.first_name(old.first_name), frequencies.last_name(old.last_name))
        bits = sum(map(frequencies.bits_of_name, counts)) + _EXCHANGED
        yield Clue(bits, f"first and last name are swapped ({new.name}, {old.name})")
    elif pair.first is pair.last is Likeness.SAME:
        yield Clue(first.bits + last.bits, "same first and last name")
    else:
        yield from (first, last)
    commons = (
        (pair.last, old.last_name, frequencies.last_name(old.last_name)),
        (pair.first, old.first_name, frequencies.first_name(old.first_name)),
    )
    for likeness, name, count in commons:
        if likeness is Likeness.SAME and count >= _WORTH_SAYING:
            yield Clue(_NO_WEIGHT, f"the name {name} is common here ({count} students)")


def _first_name_clue(pair: Comparison, frequencies: Frequencies) -> Clue:
    new, old = pair.newcomer.first_name, pair.account.first_name
    if pair.first is Likeness.SAME:
        common = max(map(frequencies.first_name, (new, old)))
        return Clue(frequencies.bits_of_name(common), "same first name")
    if not pair.first.alike:
        return Clue(_OTHER_FIRST_NAME, f"the first names differ ({new}, {old})")
    if pair.first is Likeness.INITIAL:
        return Clue(_INITIAL, f"the first names have the same initial ({new}, {old})")
    bits = _bits_of_near(pair.first, new, old, frequencies.first_name, frequencies)
    return Clue(bits, _words_for_first(pair.first, new, old))


def _last_name_clue(pair: Comparison, frequencies: Frequencies) -> Clue:
    new, old = pair.newcomer.last_name, pair.account.last_name
    if pair.last is Likeness.SAME:
        common = max(map(frequencies.last_name, (new, old)))
        return Clue(frequencies.bits_of_name(common), "same last name")
    if not pair.last.alike:
        return Clue(_OTHER_LAST_NAME, f"the last names differ ({new}, {old})")
    if pair.last is Likeness.INITIAL:
        return Clue(_INITIAL, f"the last names have the same initial ({new}, {old})")
    bits = _bits_of_near(pair.last, new, old, frequencies.last_name, frequencies)
    shared = "share a last name" if pair.last is Likeness.DOUBLE else "are spelled nearly the same"
    return Clue(bits, f"{new} and {old} {shared}")


def _bits_of_near(
    likeness: Likeness, new: str, old: str, count: Callable[[str], int], frequencies: Frequencies
) -> float:
    one, two = name_key(new).core, name_key(old).core
    common, bits = max(map(count, (new, old))), -_PENALTY[likeness]
    if likeness is Likeness.DOUBLE:
        # What weighs is the part that both have, however rare the double name is.
        shared = set(one) & set(two)
        common = min(map(count, shared)) if shared else max(map(count, {*one, *two}))
        # Garcia Lopez and Lopez Ruiz: each has a part that the other lacks.
        if not (set(one) < set(two) or set(two) < set(one)):
            bits += _ONLY_A_PART
    if likeness is Likeness.TYPO and min(map(count, (new, old))) >= _COMMON:
        bits += _TWO_COMMON_NAMES
    return max(1.0, bits + frequencies.bits_of_name(common))


def _words_for_first(likeness: Likeness, new: str, old: str) -> str:
    if likeness is Likeness.DOUBLE:
        return f"{new} and {old} share a first name"
    if likeness is Likeness.SHORTENED:
        short, full = sorted((new, old), key=len)
        return f"{short} may be short for {full}"
    if likeness is Likeness.NICKNAME:
        short, full = sorted((new, old), key=len)
        if short_and_full(fold_name(new), fold_name(old)):
            return f"{short} is a short form of {full}"
        return f"{short} and {full} are forms of one name"
    return f"{new} and {old} are spelled nearly the same"


def _place_clues(pair: Comparison, frequencies: Frequencies) -> Iterator[Clue]:
    school = _school_clue(pair, frequencies)
    grade = _grade_clue(pair, frequencies)
    if school and grade and school.words == "same school" and grade.words == "same grade":
        yield Clue(school.bits + grade.bits, "same school and grade")
        return
    yield from (clue for clue in (school, grade) if clue)


def _school_clue(pair: Comparison, frequencies: Frequencies) -> Clue | None:
    new, old = pair.newcomer.school, pair.account.school
    if not new or not old:
        return None
    if fold_name(new) == fold_name(old):
        return Clue(frequencies.bits_of_school(old), "same school")
    return Clue(_OTHER_SCHOOL, f"other school ({new}, not {old})")


def _grade_clue(pair: Comparison, frequencies: Frequencies) -> Clue | None:
    new, old = pair.newcomer.grade, pair.account.grade
    if not new or not old:
        return None
    bits, step = frequencies.bits_of_grade(old), grade_step(old, new)
    if step == 0:
        return Clue(bits, "same grade")
    if step == 1:
        return Clue(
            bits + _NEXT_GRADE, f"one grade higher ({new} after {old}), as in a new school year"
        )
    if step and 1 < step <= 4 and pair.account.status is Status.ARCHIVED:
        return Clue(
            _OLDER_ARCHIVED,
            f"{step} grades higher ({new} after {old}), but the account is archived",
        )
    near = step is None or step == -1
    return Clue(_OTHER_GRADE if near else _GRADES_APART, f"other grade ({new}, not {old})")
