"""One grade up: which grade and which school a student goes to, in the district's own order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rosterkey.core.grades import grade_key
from rosterkey.core.model import Account, District

_SHARE_OF_LARGEST = 0.1
"""A school has a grade if so many students are in it, measured by the school's largest grade: one
student with a wrong grade makes no sixth grade of an elementary school."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a student is next year. `why` is said where somebody should look.

    `schools` are those that it may be, where there are several; `school` is None then. A student
    who `leaves` has no grade above his own.
    """

    grade: str | None
    school: str | None
    schools: tuple[str, ...] = ()
    leaves: bool = False
    why: str = ""


class Ladder:
    """The grades of a district in their order, and which schools have them."""

    def __init__(self, district: District, accounts: Sequence[Account]) -> None:
        self.grades = district.grades
        self._steps = {grade_key(grade): step for step, grade in enumerate(district.grades)}
        self._schools = district.schools or tuple(sorted({a.school for a in accounts if a.school}))
        self._grades_of = {school: self._grades_in(school, accounts) for school in self._schools}

    def _grades_in(self, school: str, accounts: Sequence[Account]) -> set[int]:
        counts = Counter(self.step(a.grade) for a in accounts if a.school == school)
        counts.pop(None, None)
        least = max(counts.values(), default=0) * _SHARE_OF_LARGEST
        return {step for step, count in counts.items() if step is not None and count >= least}

    def step(self, grade: str | None) -> int | None:
        """Where a grade stands in the district's order, None for one that it does not list."""
        return self._steps.get(grade_key(grade)) if grade else None

    def up(self, account: Account) -> Place:
        """Where a student goes who moves up one grade."""
        step = self.step(account.grade)
        if step is None:
            why = (
                f"the grade {account.grade} is not on the district's list"
                if account.grade
                else ("there is no grade to move up from")
            )
            return Place(account.grade, account.school, why=why)
        following = step + 1
        if following >= len(self.grades):
            return Place(None, None, leaves=True, why=f"{account.grade} is the highest grade")
        grade = self.grades[following]
        if account.school is None or following in self._grades_of.get(account.school, ()):
            return Place(grade, account.school)
        schools = tuple(s for s in self._schools if following in self._grades_of[s])
        if not schools:
            why = f"no school has grade {grade}, so {account.grade} is the last one"
            return Place(None, None, leaves=True, why=why)
        if len(schools) == 1:
            why = f"{account.school} has no grade {grade}: on to {schools[0]}"
            return Place(grade, schools[0], why=why)
        why = f"{account.school} has no grade {grade}: choose among {', '.join(schools)}"
        return Place(grade, None, schools, why=why)
