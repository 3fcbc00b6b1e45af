"""The students of the demo: made-up children of the Ed-Fi sample, and more of their kind.

The list is `edfi_students.csv` of the Ed-Fi Alliance (Apache License 2.0, beside it in the
package). No child of the sample exists.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

ID_DIGITS = 8
"""Student IDs have so many digits, with zeros in front: that is what Excel damages."""

FEWEST = 60
"""Fewer students would leave grades too small for the story."""

_STEP = 37
_NEXT_BIRTHS = "2018-03-15"


@dataclass(frozen=True, slots=True)
class Student:
    """A made-up child; `born` is a date in ISO form, which sorts by age."""

    student_id: str
    first_name: str
    last_name: str
    born: str


def read_sample() -> list[Student]:
    """The 960 students of the shipped list, in its order."""
    shipped = files("rosterkey").joinpath("data", "edfi_students.csv")
    return [
        Student(
            line["StudentUniqueId"].zfill(ID_DIGITS),
            line["FirstName"],
            line["LastSurname"],
            line["BirthDate"],
        )
        for line in csv.DictReader(shipped.read_text("utf-8").splitlines())
    ]


def students(count: int) -> list[Student]:
    """The first `count` students; beyond the sample its first and last names are recombined.

    The same count gives the same students. Raises ValueError below `FEWEST`.
    """
    if count < FEWEST:
        raise ValueError(f"the demo needs at least {FEWEST} students")
    sample = read_sample()
    chosen = sample[:count]
    return chosen + more_students(count - len(chosen), chosen, sample)


def more_students(
    count: int, known: Sequence[Student], sample: Sequence[Student], born: str | None = None
) -> list[Student]:
    """`count` students with names that no one of `known` has, and with the IDs after theirs.

    All are `born` on that day, or like the children whose first names they have.
    """
    taken = {(s.first_name, s.last_name) for s in known}
    number = max(int(s.student_id) for s in (*known, *sample))
    made: list[Student] = []
    for first, last in _pairs(sample):
        if len(made) >= count:
            break
        if (first.first_name, last.last_name) not in taken:
            taken.add((first.first_name, last.last_name))
            number += 1
            new_id = str(number).zfill(ID_DIGITS)
            made.append(Student(new_id, first.first_name, last.last_name, born or first.born))
    return made


def newcomers(count: int, known: Sequence[Student]) -> list[Student]:
    """The children who start in kindergarten after the summer."""
    return more_students(count, known, read_sample(), born=_NEXT_BIRTHS)


def _pairs(sample: Sequence[Student]) -> Iterator[tuple[Student, Student]]:
    """Every student's first name with the last name of another, block by block."""
    for block in range(1, len(sample)):
        for i, first in enumerate(sample):
            yield first, sample[(i + _STEP * block) % len(sample)]
