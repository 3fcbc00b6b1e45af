"""The columns of a roster and how the header row is found (semantics: Blanks and columns)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rosterkey.core.model import Finding
from rosterkey.core.reading.text import clean_name
from rosterkey.core.rules import sheets
from rosterkey.core.sheet import Cell, Sheet


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an import reads: its heading, the field it fills, and its synonyms."""

    field: str
    heading: str
    synonyms: tuple[str, ...] = ()


COLUMNS = (
    Column(
        "student_id",
        "Student ID",
        ("stuid", "sid", "studentnumber", "studentno", "pupilid", "localid", "sisid", "id"),
    ),
    Column(
        "username",
        "Username",
        ("login", "loginid", "loginname", "user", "userid", "useraccount", "accountname"),
    ),
    Column("first_name", "First Name", ("givenname", "first", "forename", "fname")),
    Column("last_name", "Last Name", ("surname", "familyname", "last", "lname")),
    Column("grade", "Grade", ("gr", "gradelevel", "yeargroup", "yearlevel")),
    Column("school", "School", ("campus", "schoolname", "building", "site")),
    Column("classes", "Class", ("section", "classes", "classname", "homeroom", "group")),
    Column("password", "Password", ("pwd", "pass", "passcode")),
    Column("old_student_id", "Old Student ID", ("oldid", "previousstudentid", "formerstudentid")),
)
HEADING = {column.field: column.heading for column in COLUMNS} | {"decision": "Decision"}
RESULT_HEADINGS = ("Result", "Changes", "Findings", "Decision")
"""Columns that the product writes. Only what stands under Decision is read; it is no field."""

_NONE_NAMED: Mapping[str, str] = {}

_BETWEEN = re.compile(r"[\s_\-.]+")
_HEADER_WITHIN = 30
"""The header row is looked for among so many rows that are not blank."""


def fold_heading(text: str) -> str:
    """A heading without case, spaces and punctuation: `Student  ID` and `student_id` are one."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", clean_name(text).text)
    return _BETWEEN.sub("", text.casefold())


BY_HEADING = {fold_heading(c.heading): c for c in COLUMNS}
"""The columns by their folded heading."""

_BY_SYNONYM = {synonym: c for c in COLUMNS for synonym in c.synonyms}
_RESULTS = {fold_heading(heading) for heading in RESULT_HEADINGS}
_DECISION = fold_heading(HEADING["decision"])


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header row stands and which cell of a row fills which field (0 = column A).

    `decision` is the column in which decisions on rows stand.
    """

    row: int
    positions: dict[str, int]
    findings: tuple[Finding, ...] = ()
    decision: int | None = None


def column_letter(position: int) -> str:
    """The letters over a column: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, remainder = divmod(position - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def columns_of(header: Header) -> dict[str, int]:
    """Where each heading stands that is read, Decision too (columns from 0)."""
    columns = {HEADING[name]: position for name, position in header.positions.items()}
    if header.decision is not None:
        columns[HEADING["decision"]] = header.decision
    return columns


def known_headings(cells: Sequence[Cell], meanings: Mapping[str, str] = _NONE_NAMED) -> int:
    """How many different columns of a roster the cells of a row name, synonyms included."""
    fields = set()
    for cell in cells:
        if isinstance(cell, str):
            folded = fold_heading(cell)
            column = BY_HEADING.get(folded) or _BY_SYNONYM.get(folded)
            if folded in meanings or column:
                fields.add(meanings.get(folded) or (column and column.field))
    return len(fields)


def find_header(sheet: Sheet) -> Header:
    """Find the header row and say what is wrong with it.

    The header is the first row, among the first thirty that hold something, that names at least
    two columns; `positions` is empty where there is none.
    """
    if not any(cell is not None for _, cells in sheet.rows for cell in cells):
        text = f'The sheet "{sheet.name}" is empty. Nothing was read and nothing will be imported.'
        return Header(0, {}, (sheets.EMPTY_SHEET.finding(text),))
    for number, cells in sheet.rows[:_HEADER_WITHIN]:
        if known_headings(cells, sheet.meanings) >= 2:
            return _read_header(sheet, number, cells)
    text = (
        f'No header row was found on the sheet "{sheet.name}". One row has to hold the headings, '
        "such as Student ID, Username, First Name and Last Name."
    )
    return Header(0, {}, (sheets.HEADER_NOT_FOUND.finding(text),))


def _read_header(sheet: Sheet, number: int, cells: Sequence[Cell]) -> Header:
    mapped, exact, guessed, unknown, decisions = _headings(cells, sheet.meanings)
    for field in [*exact, *guessed]:
        if field in mapped:
            unknown += exact.pop(field, [])
        if field in mapped or field in exact:
            unknown += guessed.pop(field, [])
    found = mapped | exact | guessed
    findings = [
        *_duplicates(number, cells, found | {"decision": decisions}),
        *_merged(sheet, number),
        *_missing(number, cells, found, unknown),
        *_mapped(number, cells, mapped),
        *_guesses(number, cells, guessed),
        *_placement(sheet, number, cells, exact),
        *_unused(cells, unknown),
        *_hidden(sheet, found),
    ]
    positions = {f: places[0] for f, places in found.items()}
    return Header(number, positions, tuple(findings), decisions[0] if decisions else None)


_Places = dict[str, list[int]]


def _headings(
    cells: Sequence[Cell], meanings: Mapping[str, str]
) -> tuple[_Places, _Places, _Places, list[int], list[int]]:
    """Where headings stand: named by somebody, exact, by synonym; unknown ones, and Decision."""
    mapped: _Places = {}
    exact: _Places = {}
    guessed: _Places = {}
    unknown: list[int] = []
    decisions: list[int] = []
    for position, cell in enumerate(cells):
        if cell is None:
            continue
        folded = fold_heading(cell) if isinstance(cell, str) else ""
        if folded in meanings:
            mapped.setdefault(meanings[folded], []).append(position)
        elif folded in BY_HEADING:
            exact.setdefault(BY_HEADING[folded].field, []).append(position)
        elif folded in _BY_SYNONYM:
            guessed.setdefault(_BY_SYNONYM[folded].field, []).append(position)
        elif folded == _DECISION:
            decisions.append(position)
        elif folded not in _RESULTS:
            unknown.append(position)
    return mapped, exact, guessed, unknown, decisions


def _duplicates(number: int, cells: Sequence[Cell], found: dict[str, list[int]]) -> list[Finding]:
    return [
        sheets.DUPLICATE_HEADER.finding(
            f"The heading {HEADING[field]} stands twice in row {number}: in columns "
            f"{' and '.join(column_letter(p) for p in places)} "
            f'("{cells[places[0]]}", "{cells[places[1]]}"). Delete or rename one of them; '
            "otherwise it is a guess which one counts.",
            row=number,
            column=HEADING[field],
        )
        for field, places in found.items()
        if len(places) > 1
    ]


def _merged(sheet: Sheet, number: int) -> list[Finding]:
    return [
        sheets.MERGED_HEADER.finding(
            f"The header cell {column_letter(m.first_column)}{m.first_row} is merged with its "
            f"neighbours up to {column_letter(m.last_column)}{m.last_row}. Unmerge it and give "
            "each column its own heading.",
            row=number,
        )
        for m in sheet.merged
        if m.first_row <= number <= m.last_row and m.first_column != m.last_column
    ]


def _missing(
    number: int, cells: Sequence[Cell], found: dict[str, list[int]], unknown: list[int]
) -> list[Finding]:
    if "username" in found:
        return []
    near = [str(cells[p]) for p in unknown if isinstance(cells[p], str)]
    nearest = f" These headings were not understood: {', '.join(near)}." if near else ""
    text = (
        f"The heading Username is missing in the header row {number}. Without usernames no row "
        f"can be imported.{nearest} Write Username over the column that holds them."
    )
    return [sheets.MISSING_HEADER.finding(text, row=number, column="Username")]


def _guesses(number: int, cells: Sequence[Cell], guessed: dict[str, list[int]]) -> list[Finding]:
    return [
        sheets.HEADER_GUESS.finding(
            f'The heading "{cells[places[0]]}" in column {column_letter(places[0])} was taken for '
            f"{HEADING[field]}. Confirm it, or write {HEADING[field]} over the right column.",
            row=number,
            column=HEADING[field],
        )
        for field, places in guessed.items()
    ]


def _mapped(number: int, cells: Sequence[Cell], mapped: dict[str, list[int]]) -> list[Finding]:
    return [
        sheets.HEADER_MAPPED.finding(
            f'The heading "{cells[places[0]]}" in column {column_letter(places[0])} is read as '
            f"{HEADING[field]}, as was said for sheets with these headings.",
            row=number,
            column=HEADING[field],
        )
        for field, places in mapped.items()
    ]


def _placement(
    sheet: Sheet, number: int, cells: Sequence[Cell], exact: dict[str, list[int]]
) -> list[Finding]:
    findings = []
    first = sheet.rows[0][0] if sheet.rows else number
    if number != min(first, 1):
        text = f"The header was found in row {number}; the rows above it are not read."
        findings.append(sheets.HEADER_ROW_FOUND.finding(text, row=number))
    odd = [
        str(cells[places[0]]).strip()
        for field, places in exact.items()
        if cells[places[0]] != HEADING[field]
    ]
    if odd:
        text = f"These headings were read without regard to case and spaces: {', '.join(odd)}."
        findings.append(sheets.HEADER_CLEANED.finding(text, row=number))
    return findings


def _unused(cells: Sequence[Cell], unknown: list[int]) -> list[Finding]:
    if not unknown:
        return []
    names = ", ".join(f"{cells[p]} ({column_letter(p)})" for p in sorted(unknown))
    text = f"These columns are not used and nothing of them is stored: {names}."
    return [sheets.UNKNOWN_COLUMN.finding(text)]


def _hidden(sheet: Sheet, found: dict[str, list[int]]) -> list[Finding]:
    return [
        sheets.HIDDEN_COLUMN.finding(
            f"Column {column_letter(places[0])} ({HEADING[field]}) is hidden, and it still "
            "counts in the import. Show it to see what will be imported.",
            column=HEADING[field],
        )
        for field, places in found.items()
        if places[0] in sheet.hidden_columns
    ]
