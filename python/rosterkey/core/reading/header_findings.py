"""What there is to say about a header row: what is missing, doubled, guessed or out of sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rosterkey.core.model import Finding
from rosterkey.core.reading.headings import HEADING, column_letter
from rosterkey.core.rules import sheets
from rosterkey.core.sheet import Cell, Sheet

Places = dict[str, list[int]]
"""Columns (from 0) by the field that they fill."""


@dataclass(slots=True)
class Standing:
    """Where headings stand: named by somebody, exact, by synonym; and those that are no fields."""

    mapped: Places = field(default_factory=dict)
    exact: Places = field(default_factory=dict)
    guessed: Places = field(default_factory=dict)
    decisions: list[int] = field(default_factory=list)
    origin: Places = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)

    @property
    def found(self) -> Places:
        """Every column that fills a field."""
        return self.mapped | self.exact | self.guessed


def header_findings(
    sheet: Sheet, number: int, cells: Sequence[Cell], standing: Standing
) -> list[Finding]:
    """Everything there is to say about the header in row `number`."""
    found = standing.found
    return [
        *_duplicates(number, cells, found | {"decision": standing.decisions}),
        *_merged(sheet, number),
        *_missing(number, cells, found, standing.unknown),
        *_mapped(number, cells, standing.mapped),
        *_guesses(number, cells, standing.guessed),
        *_placement(sheet, number, cells, standing.exact),
        *_unused(cells, standing.unknown),
        *_hidden(sheet, found),
    ]


def _duplicates(number: int, cells: Sequence[Cell], found: Places) -> list[Finding]:
    return [
        sheets.DUPLICATE_HEADER.finding(
            f"The heading {HEADING[name]} stands twice in row {number}: in columns "
            f"{' and '.join(column_letter(p) for p in places)} "
            f'("{cells[places[0]]}", "{cells[places[1]]}"). Delete or rename one of them; '
            "otherwise it is a guess which one counts.",
            row=number,
            column=HEADING[name],
        )
        for name, places in found.items()
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
    number: int, cells: Sequence[Cell], found: Places, unknown: list[int]
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


def _guesses(number: int, cells: Sequence[Cell], guessed: Places) -> list[Finding]:
    return [
        sheets.HEADER_GUESS.finding(
            f'The heading "{cells[places[0]]}" in column {column_letter(places[0])} was taken for '
            f"{HEADING[name]}. Confirm it, or write {HEADING[name]} over the right column.",
            row=number,
            column=HEADING[name],
        )
        for name, places in guessed.items()
    ]


def _mapped(number: int, cells: Sequence[Cell], mapped: Places) -> list[Finding]:
    return [
        sheets.HEADER_MAPPED.finding(
            f'The heading "{cells[places[0]]}" in column {column_letter(places[0])} is read as '
            f"{HEADING[name]}, as was said for sheets with these headings.",
            row=number,
            column=HEADING[name],
        )
        for name, places in mapped.items()
    ]


def _placement(sheet: Sheet, number: int, cells: Sequence[Cell], exact: Places) -> list[Finding]:
    findings = []
    first = sheet.rows[0][0] if sheet.rows else number
    if number != min(first, 1):
        text = f"The header was found in row {number}; the rows above it are not read."
        findings.append(sheets.HEADER_ROW_FOUND.finding(text, row=number))
    odd = [
        str(cells[places[0]]).strip()
        for name, places in exact.items()
        if cells[places[0]] != HEADING[name]
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


def _hidden(sheet: Sheet, found: Places) -> list[Finding]:
    return [
        sheets.HIDDEN_COLUMN.finding(
            f"Column {column_letter(places[0])} ({HEADING[name]}) is hidden, and it still "
            "counts in the import. Show it to see what will be imported.",
            column=HEADING[name],
        )
        for name, places in found.items()
        if places[0] in sheet.hidden_columns
    ]
