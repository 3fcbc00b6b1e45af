"""Turns the tables of a rule's example into a sheet and into accounts.

A line is a row, its cells are divided by `|`, a blank cell is blank. The braces of
`rule.Example` are understood, and two more notations for sheets of many rows:

- `25x {i:05d} | s{i} | {first} | {last}` stands for 25 lines, with i from 1 to 25;
  `26..50x …` counts from 26 to 50.
- In such a line `{first}` and `{last}` are the names of student i, and `{next}`,
  `{next first}`, `{next last}` speak of the line below (of the first line, in the last one).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rosterkey.core.model import Account, District, Role, Status
from rosterkey.core.rules.rule import Example
from rosterkey.core.sheet import Cell, ErrorCell, FormulaCell, NumberCell, Sheet

EXAMPLE_DISTRICT = District(
    code="D1",
    name="Lincoln Unified",
    schools=("Lincoln Elementary", "Roosevelt Middle"),
    grades=("PK", "K", *(str(grade) for grade in range(1, 13))),
)
"""The district that every example plays in."""

FIRST_NAMES = ("Ana", "Bo", "Chi", "Daniela", "Eoin", "Farah", "Zane", "Maria")
LAST_NAMES = (
    *("Smith", "Jones", "Lee", "Garcia", "O'Brien", "Khan"),
    *("Fox", "Nguyen", "Patel", "Okafor", "Novak"),
)
"""8 and 11 names have no common divisor: 88 students differ, neighbours in both names."""

_REPEAT = re.compile(r"(?:(\d+)\.\.)?(\d+)x\s+(?=\S)")
_COUNTED = re.compile(r"\{(?:(next)[ ]?)?(i|first|last)?(?::0(\d)d)?\}")
_DIVIDER = re.compile(r"\|(?![^{}]*\})")
_WHOLE_CELL = re.compile(r"\{(number|date|error|formula|true|false)(?: (.*))?\}")
_IN_TEXT = re.compile(r"\{(nbsp|zwsp|U\+[0-9A-F]{4,6})\}")
_BRACES = re.compile(r"\{[^{}]*\}")
_NAMED = {"nbsp": "\u00a0", "zwsp": "\u200b"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an example table: its number from 1 and its cells as they are written.

    `block` is the number of the first row that the same written line stands for, and `of` the
    count of those rows; 1 for a line that is not repeated.
    """

    number: int
    cells: tuple[str, ...]
    block: int
    of: int = 1


def example_lines(table: str) -> tuple[Line, ...]:
    """Every row of a table, with repeated lines written out.

    Raises ValueError where a brace is not of the notation.
    """
    lines: list[Line] = []
    for written in table.splitlines():
        if not written.strip():
            continue
        copies = list(_copies(written))
        block = len(lines) + 1
        for copy in copies:
            cells = tuple(cell.strip(" ") for cell in _DIVIDER.split(copy))
            lines.append(Line(len(lines) + 1, cells, block, len(copies)))
    return tuple(lines)


def example_sheet(example: Example) -> Sheet:
    """The sheet of an example; its first line is Excel row 1. Empty where only words tell it.

    Raises ValueError where a cell is not of the notation.
    """
    lines = example_lines(example.sheet)
    rows = tuple((line.number, tuple(example_cell(text) for text in line.cells)) for line in lines)
    return Sheet("Import", rows)


def example_accounts(example: Example) -> tuple[Account, ...]:
    """The accounts of an example, with the ids a1, a2, … in the order of the lines.

    A column that the table does not have takes Lincoln Elementary, grade 3, active, student.
    Raises ValueError where a line has not as many cells as the header, or a status or a role
    that there is not.
    """
    lines = example_lines(example.accounts)
    if not lines:
        return ()
    header = lines[0].cells
    rows = (dict(zip(header, line.cells, strict=True)) for line in lines[1:])
    return tuple(_account(f"a{number}", row) for number, row in enumerate(rows, start=1))


def example_cell(written: str) -> Cell:
    """What a cell of the notation stands for: `{number 123}` is the number 123, blank is None.

    Raises ValueError where a brace is not of the notation.
    """
    whole = _WHOLE_CELL.fullmatch(written)
    if whole:
        return _special(whole[1], whole[2] or "")
    return _text(written) or None


def _copies(written: str) -> Iterator[str]:
    repeat = _REPEAT.match(written.lstrip())
    if not repeat:
        yield written
        return
    first, last = int(repeat[1] or 1), int(repeat[2])
    template = written.lstrip()[repeat.end() :]
    for number in range(first, last + 1):
        yield _counted(template, number, number + 1 if number < last else first)


def _counted(template: str, number: int, following: int) -> str:
    def value(match: re.Match[str]) -> str:
        chosen = following if match[1] else number
        if match[2] == "first":
            return FIRST_NAMES[(chosen - 1) % len(FIRST_NAMES)]
        if match[2] == "last":
            return LAST_NAMES[(chosen - 1) % len(LAST_NAMES)]
        return str(chosen).zfill(int(match[3] or 0))

    return _COUNTED.sub(value, template)


def _special(kind: str, text: str) -> Cell:
    match kind:
        case "number":
            number, _, shown = text.partition(" as ")
            return NumberCell(float(number), shown) if shown else _number(number)
        case "date":
            return dt.date.fromisoformat(text)
        case "error":
            return ErrorCell(text)
        case "formula":
            formula, _, cached = text.partition(" -> ")
            return FormulaCell(formula, _text(cached) or None)
    return kind == "true"


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _text(written: str) -> str:
    unknown = set(_BRACES.findall(written)) - {f"{{{name}}}" for name in _IN_TEXT.findall(written)}
    if unknown:
        raise ValueError(f"not of the notation of examples: {', '.join(sorted(unknown))}")
    return _IN_TEXT.sub(lambda match: _NAMED.get(match[1]) or chr(int(match[1][2:], 16)), written)


def _account(account_id: str, row: dict[str, str]) -> Account:
    def listed(column: str) -> tuple[str, ...]:
        names = (name.strip() for name in row.get(column, "").split(";"))
        return tuple(name for name in names if name)

    return Account(
        account_id=account_id,
        username=_text(row["Username"]),
        student_id=_text(row.get("Student ID", "")) or None,
        first_name=_text(row.get("First Name", "")),
        last_name=_text(row.get("Last Name", "")),
        school=row.get("School") or EXAMPLE_DISTRICT.schools[0],
        grade=row.get("Grade") or "3",
        classes=listed("Class"),
        role=Role(row.get("Role") or "student"),
        status=Status(row.get("Status") or "active"),
        past_usernames=listed("Past Usernames"),
    )
