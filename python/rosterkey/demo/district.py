"""Lincoln Unified: the demo's district, its schools and classes, and its accounts as a dump."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rosterkey.demo.sample import Student
from rosterkey.demo.usernames import numbered, short

CODE = "LINCOLN"
NAME = "Lincoln Unified"
ELEMENTARY, MIDDLE, HIGH = "Lincoln Elementary", "Roosevelt Middle", "Washington High"
SCHOOLS = (ELEMENTARY, MIDDLE, HIGH)
GRADES = ("PK", "K", *(str(grade) for grade in range(1, 13)))
_LAST_OF_ELEMENTARY, _LAST_OF_MIDDLE = GRADES.index("5"), GRADES.index("8")
_CLASS_SIZE = 25

HashPassword = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Known:
    """What the demo knows of an account because it made it: whose it is, and the password."""

    account_id: str
    student: Student
    password: str


def school_of(grade: str) -> str:
    """The school that teaches a grade: PK to 5, 6 to 8, 9 to 12."""
    place = GRADES.index(grade)
    if place <= _LAST_OF_ELEMENTARY:
        return ELEMENTARY
    return MIDDLE if place <= _LAST_OF_MIDDLE else HIGH


def next_grade(grade: str) -> str | None:
    """The grade of the next school year; None after the last one."""
    place = GRADES.index(grade) + 1
    return GRADES[place] if place < len(GRADES) else None


def grades_by_age(students: Sequence[Student]) -> dict[str, str]:
    """A grade for each Student ID: as many students in each grade, the oldest in the 12th.

    The sample's children are born in twelve years, and the district has fourteen grades, so the
    order of the birth dates decides and not the dates themselves.
    """
    youngest_first = sorted(students, key=lambda s: (s.born, s.student_id), reverse=True)
    return {
        student.student_id: GRADES[place * len(GRADES) // len(students)]
        for place, student in enumerate(youngest_first)
    }


def classes_of(grades: Mapping[str, str]) -> dict[str, str]:
    """A class such as `3B` for each key of a mapping to grades, about 25 students in each."""
    members: dict[str, list[str]] = {}
    for key, grade in grades.items():
        members.setdefault(grade, []).append(key)
    found = {}
    for grade, keys in members.items():
        classes = max(1, round(len(keys) / _CLASS_SIZE))
        for place, key in enumerate(keys):
            found[key] = f"{grade}{_letter(place % classes)}"
    return found


def _letter(number: int) -> str:
    """The letters of a count from 0: A to Z, then AA, AB and so on."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def known_accounts(students: Sequence[Student]) -> list[Known]:
    """An account and a password for each student."""
    return [
        Known(f"lu-{number:06d}", student, f"first-day-{number}")
        for number, student in enumerate(students, start=1)
    ]


def dump_lines(known: Sequence[Known], hash_password: HashPassword) -> Iterator[dict[str, Any]]:
    """The district and its accounts before the story, in the form of a dump: no Student IDs."""
    yield {
        "kind": "district",
        "code": CODE,
        "name": NAME,
        "schools": list(SCHOOLS),
        "grades": list(GRADES),
    }
    grades = grades_by_age([k.student for k in known])
    classes = classes_of({k.student.student_id: grades[k.student.student_id] for k in known})
    wanted = (short(k.student.first_name, k.student.last_name) for k in known)
    for each, username in zip(known, numbered(wanted), strict=True):
        student = each.student
        yield {
            "kind": "account",
            "district": CODE,
            "account": each.account_id,
            "username": username,
            "first_name": student.first_name,
            "last_name": student.last_name,
            "school": school_of(grades[student.student_id]),
            "grade": grades[student.student_id],
            "classes": [classes[student.student_id]],
            "password_hash": hash_password(each.password),
        }
