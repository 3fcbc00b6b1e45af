"""Sheets and accounts written as text: cells are divided by bars."""

from __future__ import annotations

from rosterkey.core.model import Account
from rosterkey.core.prepare.listed import Listed
from rosterkey.core.sheet import Cell, Sheet


def sheet(text: str, name: str = "List", first_row: int = 1) -> Sheet:
    """A sheet of text cells; a cell of nothing is blank."""
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    for number, line in enumerate(text.strip().splitlines(), start=first_row):
        rows.append((number, tuple(cell.strip() or None for cell in line.split("|"))))
    return Sheet(name, tuple(rows))


def account(
    key: str, name: str, school: str | None = "Lincoln", grade: str | None = "3", **more: str
) -> Account:
    """A student account without a Student ID, whose username is its key unless it is given."""
    first, _, last = name.partition(" ")
    return Account(
        key,
        more.get("username", key),
        more.get("student_id"),
        first,
        last,
        school,
        grade,
    )


def listed(
    number: int,
    name: str,
    school: str | None = "Lincoln",
    grade: str | None = "3",
    *,
    login: str = "",
    marks: tuple[str, ...] = (),
) -> Listed:
    """Somebody on the list, with the Student ID 000 and his number."""
    first, _, last = name.partition(" ")
    logins = (login,) if login else ()
    return Listed(number, f"000{number}", first, last, school, grade, (), logins, marks)
