"""The list of a student information system: any sheet that has a Student ID and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rosterkey.core.keys import id_key
from rosterkey.core.model import Severity
from rosterkey.core.people.names import fold_name
from rosterkey.core.reading.columns import (
    HEADING,
    Header,
    column_letter,
    find_header,
    fold_heading,
)
from rosterkey.core.reading.contents import looks_like_ids
from rosterkey.core.reading.rows import Row, read_rows
from rosterkey.core.rules import sheets
from rosterkey.core.sheet import Cell, Sheet

_MAIL = frozenset({"email", "emailaddress", "mail", "studentemail", "schoolemail"})
_USED = ("student_id", "username", "first_name", "last_name", "school", "grade", "classes")


class ListError(Exception):
    """A list that cannot be used; the text is a sentence or two that say why and what to do."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One student of the list. `row` is the row number there.

    `logins` are usernames and mail addresses that the list has for the student, `marks` further
    keys of that system, such as a sourcedId.
    """

    row: int
    student_id: str
    first_name: str = ""
    last_name: str = ""
    school: str | None = None
    grade: str | None = None
    classes: tuple[str, ...] = ()
    logins: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """First and last name as a person would say them."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def username(self) -> str:
        """The username that the list has for the student: before the @ of a mail address."""
        return self.logins[0].partition("@")[0] if self.logins else ""


@dataclass(frozen=True, slots=True)
class StudentList:
    """A list as it was read.

    `columns` says of which column each field was read, `left_out` are sentences about rows that
    cannot be used, `notices` about the list as a whole.
    """

    name: str
    students: tuple[Listed, ...]
    columns: dict[str, str]
    left_out: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def read_list(sheet: Sheet) -> StudentList:
    """Read any sheet that has a Student ID and names, usernames or mail addresses.

    The header is found as on a roster. A student may stand in several rows that differ in Class
    only. Raises ListError.
    """
    header = find_header(sheet)
    heading_cells = next((cells for number, cells in sheet.rows if number == header.row), ())
    mails = [p for p, cell in enumerate(heading_cells) if _folded(cell) in _MAIL]
    _refuse(sheet, header, heading_cells, mails)
    roster = read_rows(sheet, header)
    cells_of = dict(sheet.rows)
    students: list[Listed] = []
    left_out = [f.message for row in roster.not_students for f in row.findings]
    for row in roster.rows:
        problem = _unusable(row)
        if problem:
            left_out.append(problem)
        else:
            addresses = _texts(cells_of[row.number], mails)
            students.append(_listed(row, addresses))
    merged, contradicting = merge(students)
    numbers = sum("student_id" in row.numeric for row in roster.rows)
    columns = {
        HEADING[name]: f"{heading_cells[header.positions[name]]} "
        f"({column_letter(header.positions[name])})"
        for name in _USED
        if name in header.positions
    }
    if mails:
        columns["E-mail"] = f"{heading_cells[mails[0]]} ({column_letter(mails[0])})"
    return StudentList(
        sheet.name, merged, columns, (*left_out, *contradicting), tuple(_about_numbers(numbers))
    )


def likely_id(sheet: Sheet) -> str | None:
    """The heading over what looks like Student IDs, where no column is known to hold them."""
    header = find_header(sheet)
    if not header.positions or "student_id" in header.positions:
        return None
    cells = next(cells for number, cells in sheet.rows if number == header.row)
    free = _free(header, cells)
    return next((h for h in free if looks_like_ids(sheet, header.row, cells.index(h))), None)


def _free(header: Header, cells: Sequence[Cell]) -> Iterator[str]:
    """The headings that are text and mean nothing."""
    taken = set(header.positions.values())
    return (c for p, c in enumerate(cells) if isinstance(c, str) and p not in taken)


def merge(students: Iterable[Listed]) -> tuple[tuple[Listed, ...], tuple[str, ...]]:
    """Put the rows of one student together, by Student ID.

    Rows with one ID and different names are nobody's: none of them is used, and a sentence says
    so for each ID.
    """
    groups: dict[str, list[Listed]] = {}
    for student in students:
        groups.setdefault(id_key(student.student_id), []).append(student)
    merged: list[Listed] = []
    contradicting: list[str] = []
    for group in groups.values():
        names = {(fold_name(s.first_name), fold_name(s.last_name)) for s in group}
        if len(names) > 1:
            rows = ", ".join(f"row {s.row} ({s.name or 'no name'})" for s in group)
            contradicting.append(
                f"The Student ID {group[0].student_id} stands on the list for several persons: "
                f"{rows}. Nobody gets it; correct the list."
            )
        else:
            merged.append(_together(group))
    return tuple(merged), tuple(contradicting)


def _together(group: Sequence[Listed]) -> Listed:
    if len(group) == 1:
        return group[0]
    first = group[0]
    return replace(
        first,
        school=next((s.school for s in group if s.school), None),
        grade=next((s.grade for s in group if s.grade), None),
        classes=tuple(dict.fromkeys(name for s in group for name in s.classes)),
        logins=tuple(dict.fromkeys(login for s in group for login in s.logins)),
        marks=tuple(dict.fromkeys(mark for s in group for mark in s.marks)),
    )


def _folded(cell: Cell) -> str:
    return fold_heading(cell) if isinstance(cell, str) else ""


def _texts(cells: Sequence[Cell], places: Iterable[int]) -> tuple[str, ...]:
    found = (cells[place] for place in places if place < len(cells))
    return tuple(text for cell in found if isinstance(cell, str) and (text := cell.strip()))


def _refuse(sheet: Sheet, header: Header, cells: Sequence[Cell], mails: Sequence[int]) -> None:
    for finding in header.findings:
        if finding.severity is Severity.ERROR and finding.code != sheets.MISSING_HEADER.code:
            raise ListError(f"The list cannot be used. {finding.message}")
    told = ", ".join(f'"{cell}"' for cell in cells if isinstance(cell, str))
    if "student_id" not in header.positions:
        raise ListError(
            f'The list "{sheet.name}" has no column that is known to hold the Student ID. Its '
            f"headings are {told}. Say which one it is, for example: --map "
            f'"{likely_id(sheet) or next(_free(header, cells), "Heading")}=Student ID"'
        )
    if not mails and not header.positions.keys() & {"username", "first_name", "last_name"}:
        raise ListError(
            f'The list "{sheet.name}" has Student IDs, but neither names nor usernames nor mail '
            f"addresses, so nobody can tell whose they are. Its headings are {told}."
        )


def _unusable(row: Row) -> str | None:
    wrong = (f for f in row.findings if f.severity is Severity.ERROR and f.column == "Student ID")
    said = next((f.message for f in wrong), None)
    if said is None and not row.get("student_id"):
        said = f"Row {row.number}, Student ID: {row.name or 'a student'} has none on the list."
    return said


def _listed(row: Row, addresses: tuple[str, ...]) -> Listed:
    username = row.get("username")
    return Listed(
        row.number,
        row.values["student_id"],
        row.get("first_name") or "",
        row.get("last_name") or "",
        row.get("school"),
        row.get("grade"),
        row.classes,
        (username, *addresses) if username else addresses,
    )


def _about_numbers(count: int) -> Iterator[str]:
    if count:
        yield (
            f"{count:,} Student IDs on the list are numbers, not text: leading zeros, if there "
            "were any, are lost. Compare one with the student information system."
        )
