"""The rows of a sheet: which lines are students, what their cells say (semantics: Blanks)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from sys import intern
from types import MappingProxyType

from rosterkey.core.model import Finding, Severity
from rosterkey.core.reading.cells import KEYS, read_cell
from rosterkey.core.reading.columns import HEADING, Header, column_letter, fold_heading
from rosterkey.core.reading.merged_cells import findings_on_merged
from rosterkey.core.reading.text import TIDY_ASCII, clean_name, is_blank
from rosterkey.core.rules import sheets
from rosterkey.core.sheet import Cell, Sheet, cell_text

CLEAR = "<clear>"
"""What is written into a cell to empty an optional field."""

_TOTALS = re.compile(
    r"(grand\s+|sub)?(total|totals|sum|count|average|summe|gesamt)\b.*", re.IGNORECASE
)
_GAPS_LISTED = 1000
_VERSION = re.compile("[0-9]{1,9}")
_FOLDED_HEADING = {name: fold_heading(heading) for name, heading in HEADING.items()}
_SPACED = frozenset({"first_name", "last_name", "school", "grade", "classes"})
"""Fields whose text may hold single spaces and punctuation without anything to say about it."""


_NOTHING: Mapping[str, str] = MappingProxyType({})
"""One for all rows that hold nothing to clean, as most do: an own one takes its memory."""


@dataclass(slots=True)
class Row:
    """One line of the sheet that is meant to be a student.

    `values` holds the clean text of every field that is not blank; `classes` are split.
    `raw` holds texts before cleaning where they differ, `numeric` the fields whose cell was a
    number, `broken` those whose cell cannot be used (they are not blank).
    """

    number: int
    values: dict[str, str] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    numeric: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """The clean text of a field, None where it is blank, broken or not on the sheet."""
        return self.values.get(name)

    def take(self, name: str, value: str | None) -> None:
        """Let the row say another value in a field, as if its cell held it; None for nothing."""
        if value is None:
            self.values.pop(name, None)
        else:
            self.values[name] = value
        self.raw = {n: text for n, text in self.raw.items() if n != name}
        self.numeric -= {name}
        self.findings = [f for f in self.findings if f.column != HEADING[name]]

    @property
    def name(self) -> str:
        """First and last name as they stand on the sheet."""
        return f"{self.values.get('first_name', '')} {self.values.get('last_name', '')}".strip()

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the Class cell, divided by semicolons, each once."""
        parts = (part.strip() for part in self.values.get("classes", "").split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class Roster:
    """A sheet as rows. `fields` are the columns that it has, `skipped` the blank lines.

    `not_students` are lines that must not become an account, each with its finding.
    `content_hash` changes with anything in the columns that are used, wherever else notes or
    results are written; passwords go in through scrypt only. `decisions` are the texts that stand
    under Decision, by row; they are part of the hash too, but an empty column of them is not.
    `origins` are the account that a row was exported from and its version then, by row.
    """

    rows: tuple[Row, ...]
    fields: frozenset[str]
    skipped: tuple[int, ...]
    not_students: tuple[Row, ...]
    findings: tuple[Finding, ...]
    content_hash: str
    decisions: dict[int, str] = field(default_factory=dict)
    origins: dict[int, tuple[str, int]] = field(default_factory=dict)


def read_rows(sheet: Sheet, header: Header) -> Roster:
    """Read every line below the header; blank lines are passed over, the reading goes on."""
    rows: list[Row] = []
    not_students: list[Row] = []
    blank: list[int] = []
    columns = list(header.positions.items())
    merged = findings_on_merged(sheet, header)
    last = header.row
    for number, cells in sheet.rows:
        if number <= header.row or number in sheet.totals_rows:
            continue
        used = [(f, cells[p]) for f, p in columns if p < len(cells) and cells[p] is not None]
        line = _read_line(number, used)
        if not line.values and all(isinstance(cell, str) and is_blank(cell) for _, cell in used):
            blank.append(number)
            continue
        if 1 < number - last <= _GAPS_LISTED:
            blank.extend(range(last + 1, number))
        last = number
        odd = _no_student(line, used, header)
        if odd:
            line.findings = [odd]
            not_students.append(line)
            continue
        if number in merged:
            line.findings += merged[number]
        rows.append(line)
    decisions = _decisions(sheet, header, rows)
    findings = [*_sheet_findings(sheet, header, rows, not_students, decisions)]
    skipped = sorted({number for number in blank if number < last})
    return Roster(
        tuple(rows),
        frozenset(header.positions),
        tuple(skipped),
        tuple(not_students),
        tuple(findings),
        _content_hash(header, (*rows, *not_students), decisions),
        decisions,
        _origins(sheet, header, rows),
    )


def _origins(sheet: Sheet, header: Header, rows: list[Row]) -> dict[int, tuple[str, int]]:
    """The account and version that an export wrote beside a student, where both can be read."""
    if header.origin is None:
        return {}
    account, version = header.origin
    found = {}
    students = {row.number for row in rows}
    for number, cells in sheet.rows:
        if number in students and len(cells) > max(account, version):
            digits = cell_text(cells[version])
            if cells[account] is not None and _VERSION.fullmatch(digits):
                found[number] = cell_text(cells[account]), int(digits)
    return found


def _decisions(sheet: Sheet, header: Header, rows: list[Row]) -> dict[int, str]:
    """What stands under Decision beside a student, by row number."""
    place = header.decision
    if place is None:
        return {}
    # A cell that is no text decides nothing, but it is not passed over in silence either.
    filled = ((n, cells[place]) for n, cells in sheet.rows if place < len(cells))
    texts = {number: _as_text(cell) for number, cell in filled if cell is not None}
    return {row.number: texts[row.number] for row in rows if texts.get(row.number)}


def _as_text(cell: Cell) -> str:
    text = cell_text(cell)
    return "" if is_blank(text) else clean_name(text).text


def _read_line(number: int, used: list[tuple[str, Cell]]) -> Row:
    row = Row(number)
    values = row.values
    numeric: list[str] = []
    broken: list[str] = []
    for name, cell in used:
        if type(cell) is str and (
            (cell.isalnum() and cell.isascii())
            or (
                (name in _SPACED or (name in KEYS and cell[:1].isalpha()))
                and TIDY_ASCII.fullmatch(cell)
            )
        ):
            values[name] = cell  # the plain case, for speed: there is nothing to clean or to say
            continue
        read = read_cell(cell, name, number)
        if read.text:
            values[name] = intern(read.text) if read.numeric else read.text
        if read.raw is not None:
            row.raw = {**row.raw, name: read.raw}
        if read.numeric:
            numeric.append(name)
        if read.broken:
            broken.append(name)
        row.findings += read.findings
    if numeric or broken:
        row.numeric, row.broken = _names(*numeric), _names(*broken)
    return row


@cache
def _names(*names: str) -> frozenset[str]:
    """One set for all rows that are alike: a grade is a number in nearly every row."""
    return frozenset(names)


def _no_student(row: Row, used: list[tuple[str, Cell]], header: Header) -> Finding | None:
    if _is_heading(used[0]) and sum(map(_is_heading, used)) > 1:
        said = (
            f"Row {row.number}: the header line stands here again, among the rows. Delete the "
            "row; it would become a student named First Name Last Name."
        )
        return sheets.REPEATED_HEADER_ROW.finding(said, row=row.number)
    if row.values.get("first_name") or row.values.get("last_name"):
        return None
    first = next((cell for _, cell in used if isinstance(cell, str) and not is_blank(cell)), "")
    names = {"first_name", "last_name"} & header.positions.keys()
    if names and _TOTALS.fullmatch(first.strip()):
        said = (
            f'Row {row.number}: "{first.strip()}" looks like a totals line, not a student. Delete '
            "the row, or move it away from the roster."
        )
        return sheets.NOT_A_STUDENT_ROW.finding(said, row=row.number)
    return None


def _is_heading(used: tuple[str, Cell]) -> bool:
    name, cell = used
    if not isinstance(cell, str) or cell[:1].isdigit():
        return False
    return fold_heading(cell) == _FOLDED_HEADING[name]


def _sheet_findings(
    sheet: Sheet,
    header: Header,
    rows: list[Row],
    not_students: list[Row],
    decisions: dict[int, str],
) -> Iterator[Finding]:
    numbers = {row.number for row in (*rows, *not_students)}
    hidden = sorted(sheet.hidden_rows & numbers)
    if hidden:
        who = "A filter hides" if sheet.filtered else "Hidden:"
        shown = ", ".join(map(str, hidden[:8])) + (" …" if len(hidden) > 8 else "")
        said = (
            f"{who} {len(hidden)} of {len(numbers)} rows with students (rows {shown}). They would "
            "be imported too. Show them, or confirm that they are meant."
        )
        yield sheets.HIDDEN_ROWS.finding(said)
    if decisions and header.decision in sheet.hidden_columns:
        said = (
            f"Column {column_letter(header.decision or 0)} (Decision) is hidden, and it still "
            "counts in the import. Show it to see what was decided."
        )
        yield sheets.HIDDEN_COLUMN.finding(said, column=HEADING["decision"])
    if not numbers:
        said = f'The sheet "{sheet.name}" has a header in row {header.row} and no rows below it.'
        yield sheets.NO_ROWS.finding(said)


def _content_hash(header: Header, rows: tuple[Row, ...], decisions: dict[int, str]) -> str:
    fields = sorted(header.positions)
    public = [n for n in fields if n != "password"]
    digest = hashlib.sha256(repr(fields).encode())
    for row in rows:
        if row.raw:
            values = [row.raw.get(n) or row.values.get(n) for n in public]
        else:
            values = [*map(row.values.get, public)]
        said = [(f.code, f.column) for f in row.findings if f.severity is Severity.ERROR]
        line = f"({row.number}, {values!r}, {sorted(row.broken)!r}, {said!r})"
        digest.update(line.encode("utf-8", "surrogatepass"))
    if decisions:
        digest.update(repr(sorted(decisions.items())).encode("utf-8", "surrogatepass"))
    passwords = [(row.number, row.values["password"]) for row in rows if "password" in row.values]
    if passwords:
        secret = repr(passwords).encode("utf-8", "surrogatepass")
        digest.update(hashlib.scrypt(secret, salt=digest.digest(), n=2**14, r=8, p=1))
    return digest.hexdigest()
