"""What Validate found, as the rows of the sheets Findings, Changes and Summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rosterkey.core.model import Finding, Outcome, PlannedRow
from rosterkey.core.reading.columns import HEADING, columns_of, find_header
from rosterkey.core.rules import RULES
from rosterkey.excel.places import table_of
from rosterkey.excel.writing import Row, fill_table, link_to, text
from rosterkey.usecases.validate import Validated
from rosterkey.workbook.layout import (
    CHANGES,
    CHANGES_HEADINGS,
    FINDINGS,
    FINDINGS_HEADINGS,
    OUTCOMES,
    SCHOOLS_HEADINGS,
    SCHOOLS_TABLE,
    SUMMARY,
    SUMMARY_HEADINGS,
    SUMMARY_TABLE,
)

if TYPE_CHECKING:
    from xlwings import Book

_NO_SCHOOL = "(no school)"
_WORDS = {"status": "Status", "classes": "Class"}


def write_results(book: Book, validated: Validated) -> None:
    """Fill Findings, Changes and Summary. Raises NotTheTemplate and CannotWriteSheet."""
    plan = validated.plan
    fill_table(table_of(book, FINDINGS), FINDINGS_HEADINGS, list(finding_rows(validated)))
    fill_table(table_of(book, CHANGES), CHANGES_HEADINGS, list(change_rows(validated)))
    outcomes: list[Row] = [
        (word, plan.counts.get(outcome, 0), meaning)
        for outcome, (word, meaning) in OUTCOMES.items()
    ]
    fill_table(table_of(book, SUMMARY, SUMMARY_TABLE), SUMMARY_HEADINGS, outcomes)
    fill_table(table_of(book, SUMMARY, SCHOOLS_TABLE), SCHOOLS_HEADINGS, school_rows(validated))


def finding_rows(validated: Validated) -> Iterator[Row]:
    """One line a finding: the most serious first, the same cause together, then by row."""
    columns = columns_of(find_header(validated.sheet))
    people = People(validated)
    found: list[tuple[Finding, PlannedRow | None]] = [(f, None) for f in validated.plan.findings]
    found += [(f, row) for row in validated.plan.rows for f in row.findings]
    for finding, row in sorted(found, key=lambda pair: _order(pair[0])):
        number = finding.row
        link = None
        if number is not None:
            column = columns.get(finding.column or "", 0)
            link = link_to(validated.sheet.name, number, column, number)
        fix = finding.fix
        yield (
            finding.severity.capitalize(),
            RULES[finding.code].title if finding.code in RULES else finding.code,
            link,
            finding.column,
            people.name(row) if row else None,
            text(finding.message),
            text(fix.value) if fix and fix.column != HEADING["password"] else None,
            finding.code,
        )


def _order(finding: Finding) -> tuple[int, str, int]:
    return finding.severity.rank, finding.code, finding.row or 0


def change_rows(validated: Validated) -> Iterator[Row]:
    """One line for each field that a row would change; passwords are not shown."""
    positions = find_header(validated.sheet).positions
    people = People(validated)
    for row in validated.plan.rows:
        for name, (before, after) in row.changes.items():
            secret = name == "password"
            yield (
                link_to(validated.sheet.name, row.row, positions.get(name, 0), row.row),
                people.name(row),
                HEADING.get(name) or _WORDS.get(name, name),
                None if secret else text(_shown(before)) or None,
                "set anew" if secret else text(_shown(after)) or None,
                OUTCOMES[row.outcome][0],
            )


def _shown(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def school_rows(validated: Validated) -> list[Row]:
    """One line a school, by name: students on the sheet, created, changed, errors."""
    people = People(validated)
    students: Counter[str] = Counter()
    by_kind: Counter[tuple[str, str]] = Counter()
    for row in validated.plan.rows:
        if row.outcome is Outcome.SKIPPED:
            continue
        school = people.school(row) or _NO_SCHOOL
        students[school] += 1
        by_kind[school, _kind(row.outcome)] += 1
    return [
        (school, students[school], *(by_kind[school, k] for k in ("created", "changed", "errors")))
        for school in sorted(students, key=str.casefold)
    ]


def _kind(outcome: Outcome) -> str:
    kinds = {Outcome.CREATE: "created", Outcome.ERROR: "errors", Outcome.UNCHANGED: "unchanged"}
    return kinds.get(outcome, "changed")


class People:
    """Who a row is about: as stored, else as the row would make it, else as its cells say."""

    def __init__(self, validated: Validated) -> None:
        self._accounts = validated.snapshot.accounts
        self._cells = dict(validated.sheet.rows)
        self._positions = find_header(validated.sheet).positions

    def name(self, row: PlannedRow) -> str | None:
        """First and last name, None where nothing tells them."""
        account = self._accounts.get(row.account or "")
        if account is not None:
            return account.name
        names = [self._said(row, field) for field in ("first_name", "last_name")]
        return " ".join(name for name in names if name) or None

    def school(self, row: PlannedRow) -> str | None:
        """The school that the student has after the import."""
        account = self._accounts.get(row.account or "")
        if "school" not in row.changes and account is not None:
            return account.school
        return self._said(row, "school")

    def _said(self, row: PlannedRow, field: str) -> str | None:
        if field in row.changes:
            after = row.changes[field][1]
            return str(after) if after else None
        position = self._positions.get(field)
        cells = self._cells.get(row.row, ())
        cell = cells[position] if position is not None and position < len(cells) else None
        return cell.strip() or None if isinstance(cell, str) else None
