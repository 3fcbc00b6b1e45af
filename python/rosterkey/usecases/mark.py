"""Write what a validation found into the user's own workbook."""

from __future__ import annotations

from pathlib import Path

from rosterkey.core.model import Finding, Outcome, PlannedRow, Severity
from rosterkey.core.reading.columns import HEADING, columns_of, find_header
from rosterkey.files.marks.mark import CellMark, Marks, RowMark, UnwritableFile, mark_workbook
from rosterkey.report.words import shown
from rosterkey.usecases.validate import Validated

_WORDS = {
    Outcome.ERROR: "Error",
    Outcome.CREATE: "Create",
    Outcome.ASSIGN_ID: "Assign ID",
    Outcome.RENAME: "Rename",
    Outcome.UPDATE: "Update",
    Outcome.UNCHANGED: "Unchanged",
    Outcome.SKIPPED: "Skipped",
}
_UNCHANGED = RowMark(_WORDS[Outcome.UNCHANGED])
_FIELDS = {"classes": "Class", "status": "Status", "password": "Password"}


def mark_findings(path: Path, validated: Validated, target: Path | None = None) -> None:
    """Write the four result columns, colours and notes into `path`, or into `target`.

    Raises UnwritableFile where the file is no workbook, is open in Excel or is protected.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise UnwritableFile(
            f"{path.name} is no Excel workbook, so nothing can be marked in it. Save it as .xlsx."
        )
    marks = marks_of(validated)
    if marks is None:
        raise UnwritableFile(
            f"{path.name}: without a header row there is no place for the results."
        )
    mark_workbook(path, target or path, marks)


def marks_of(validated: Validated) -> Marks | None:
    """What is to be marked in the sheet, None where it has no header row."""
    header = find_header(validated.sheet)
    if not header.positions:
        return None
    rows = [row for row in validated.plan.rows if row.row > header.row]
    places = columns_of(header)
    return Marks(
        sheet=validated.sheet.name,
        header_row=header.row,
        last_row=max([header.row, *(row.row for row in rows)]),
        results={row.row: _row_mark(row) for row in rows if _says_something(row)},
        cells={
            (row.row, places[column]): _cell_mark(findings)
            for row in rows
            if row.findings
            for column, findings in _by_column(row).items()
            if column in places
        },
    )


def _says_something(row: PlannedRow) -> bool:
    return row.outcome is not Outcome.SKIPPED or bool(row.findings)


def _row_mark(row: PlannedRow) -> RowMark:
    if row.outcome is Outcome.UNCHANGED and not row.findings:
        return _UNCHANGED
    also = "".join(f" + {_WORDS[outcome].lower()}" for outcome in row.also)
    return RowMark(
        result=_WORDS[row.outcome] + also,
        changes="; ".join(_change(name, *pair) for name, pair in row.changes.items()),
        findings=" ".join(f.message for f in sorted(row.findings, key=lambda f: f.severity.rank)),
        decision=None,
        severity=row.severity,
    )


def _change(name: str, before: object, after: object) -> str:
    heading = HEADING.get(name) or _FIELDS.get(name, name)
    if name == "password":
        return f"{heading}: set anew"
    return f"{heading}: {shown(before)} → {shown(after)}"


def _by_column(row: PlannedRow) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in row.findings:
        if finding.column:
            found.setdefault(finding.column, []).append(finding)
    return found


def _cell_mark(findings: list[Finding]) -> CellMark:
    ordered = sorted(findings, key=lambda f: f.severity.rank)
    lines = []
    for finding in ordered:
        lines.append(f"{_SEVERITY[finding.severity]}: {finding.message}")
        if finding.fix:
            lines.append(f"Suggested {finding.fix.column}: {finding.fix.value}")
    return CellMark(ordered[0].severity, "\n".join(lines))


_SEVERITY = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.NOTICE: "Notice"}
