"""How common names, schools and grades are: what is common says little about one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from math import log2

from rosterkey.core.grades import grade_key
from rosterkey.core.model import Account
from rosterkey.core.people.folding import fold_name, joined

_IMAGINED = 200
"""Students with names of their own that are added in thought: without them, every name of a
district of three accounts would be a common one."""


class Frequencies:
    """Counts of names, schools and grades among a district's students; weights are in bits."""

    def __init__(self, students: Iterable[Account]) -> None:
        students = tuple(students)
        # Counting the texts as they are is fast; only the distinct ones are folded.
        self._set(
            Counter(a.first_name for a in students),
            Counter(a.last_name for a in students),
            Counter(a.school or "" for a in students),
            Counter(a.grade or "" for a in students),
            len(students),
        )

    @classmethod
    def counted(
        cls,
        firsts: Mapping[str, int],
        lasts: Mapping[str, int],
        schools: Mapping[str, int],
        grades: Mapping[str, int],
        students: int,
    ) -> Frequencies:
        """What was counted by somebody else; names that nobody asks for may be left out."""
        counts = cls(())
        counts._set(firsts, lasts, schools, grades, students)
        return counts

    def _set(
        self,
        firsts: Mapping[str, int],
        lasts: Mapping[str, int],
        schools: Mapping[str, int],
        grades: Mapping[str, int],
        students: int,
    ) -> None:
        self.students = students
        self._first = _regroup(firsts, joined)
        self._last = _regroup(lasts, joined)
        self._school = _regroup(schools, fold_name)
        self._grade = _regroup(grades, grade_key)

    def first_name(self, text: str) -> int:
        """How many students have this first name, after accents, case and hyphens."""
        return self._first[joined(text)]

    def last_name(self, text: str) -> int:
        """How many students have this last name, after accents, case and hyphens."""
        return self._last[joined(text)]

    def bits_of_name(self, count: int) -> float:
        """What an agreement on a name weighs that `count` students have, 1 to 11 bits."""
        return min(11.0, max(1.0, log2((self.students + _IMAGINED) / (count + 1))))

    def bits_of_school(self, text: str) -> float:
        """What an agreement on this school weighs, 1 to 9 bits."""
        return self._bits_of_place(self._school[fold_name(text)], 9.0)

    def bits_of_grade(self, text: str) -> float:
        """What an agreement on this grade weighs, 1 to 4 bits."""
        return self._bits_of_place(self._grade[grade_key(text)], 4.0)

    def _bits_of_place(self, count: int, most: float) -> float:
        # Two imagined students in all: one of every ten students in a small, unknown place.
        share = (count + 2) / (self.students + 20)
        return min(most, max(1.0, -log2(share)))


def _regroup(counts: Mapping[str, int], key: Callable[[str], str]) -> Counter[str]:
    grouped: Counter[str] = Counter()
    for text, count in counts.items():
        grouped[key(text)] += count
    return grouped
