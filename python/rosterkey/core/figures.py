"""Figures of a whole district, so that a guard on the sum needs no look at every account.

A database keeps them beside the accounts, and `count` says what is counted, for both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rosterkey.core.model import Account, Role, Status


class Trait(StrEnum):
    """What is counted: accounts, classes and numeric Student IDs of all, the rest of students."""

    ACCOUNT = "account"
    STUDENT = "student"
    ACTIVE = "active"
    ACTIVE_WITH_ID = "active-with-id"
    SCHOOL = "school"
    GRADE = "grade"
    CLASS = "class"
    ID_WIDTH = "id-width"
    """The number of digits of a Student ID that has nothing else."""
    ID_WITH_ZERO = "id-with-zero"
    FIRST_NAME = "first-name"
    LAST_NAME = "last-name"


NAMES = (Trait.FIRST_NAME, Trait.LAST_NAME)
"""Traits with so many values that only those in question are read."""

COUNTED = frozenset(
    ("student_id", "first_name", "last_name", "school", "grade", "classes", "role", "status")
)
"""The fields of an account on which its traits rest; the username is none of them."""

Counted = tuple[Trait, str]
"""A trait and its value; the value is empty where there is only one."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many accounts there are, how many students, how many of them in use and with an ID.

    `schools` and `grades` count students by what is stored, an empty text for none.
    `id_widths` are the lengths of the Student IDs that are digits alone.
    """

    accounts: int = 0
    students: int = 0
    active: int = 0
    active_with_id: int = 0
    schools: Mapping[str, int] = field(default_factory=dict)
    grades: Mapping[str, int] = field(default_factory=dict)
    class_names: frozenset[str] = frozenset()
    id_widths: frozenset[int] = frozenset()
    ids_with_zeros: bool = False

    @classmethod
    def of(cls, accounts: Iterable[Account]) -> Figures:
        """The figures of these accounts."""
        return cls.counted(count(accounts))

    @classmethod
    def counted(cls, numbers: Mapping[Counted, int]) -> Figures:
        """The figures by how many accounts have each trait; names may be left out."""
        by_trait: dict[Trait, dict[str, int]] = {trait: {} for trait in Trait}
        for (trait, key), number in numbers.items():
            if number > 0:
                by_trait[trait][key] = number
        return cls(
            by_trait[Trait.ACCOUNT].get("", 0),
            by_trait[Trait.STUDENT].get("", 0),
            by_trait[Trait.ACTIVE].get("", 0),
            by_trait[Trait.ACTIVE_WITH_ID].get("", 0),
            by_trait[Trait.SCHOOL],
            by_trait[Trait.GRADE],
            frozenset(by_trait[Trait.CLASS]),
            frozenset(map(int, by_trait[Trait.ID_WIDTH])),
            bool(by_trait[Trait.ID_WITH_ZERO]),
        )

    @property
    def common_id_width(self) -> int:
        """The number of digits that all numeric Student IDs share, 0 where none starts with 0."""
        return next(iter(self.id_widths)) if len(self.id_widths) == 1 and self.ids_with_zeros else 0


def count(accounts: Iterable[Account]) -> Counter[Counted]:
    """How many accounts have each trait, names among them."""
    accounts = tuple(accounts)
    # By columns, because a counter takes a column of texts many times faster than single ones.
    students = [a for a in accounts if a.role is Role.STUDENT]
    active = [a for a in students if a.status is Status.ACTIVE]
    digits = [n for a in accounts if (n := a.student_id) and n.isdigit()]
    columns: dict[Trait, Iterable[str]] = {
        Trait.CLASS: (name for a in accounts for name in a.classes),
        Trait.ID_WIDTH: map(str, map(len, digits)),
        Trait.FIRST_NAME: (a.first_name for a in students),
        Trait.LAST_NAME: (a.last_name for a in students),
        Trait.SCHOOL: (a.school or "" for a in students),
        Trait.GRADE: (a.grade or "" for a in students),
    }
    numbers: Counter[Counted] = Counter()
    for trait, column in columns.items():
        for key, number in Counter(column).items():
            numbers[trait, key] = number
    numbers[Trait.ACCOUNT, ""] = len(accounts)
    numbers[Trait.STUDENT, ""] = len(students)
    numbers[Trait.ACTIVE, ""] = len(active)
    numbers[Trait.ACTIVE_WITH_ID, ""] = sum(1 for a in active if a.student_id)
    numbers[Trait.ID_WITH_ZERO, ""] = sum(1 for n in digits if n.startswith("0"))
    return numbers
