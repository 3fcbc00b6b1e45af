"""A plan in the making, and the rows of the finished one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import attrgetter

from rosterkey.core.checks.changes import field_differences
from rosterkey.core.matching.entries import Entry
from rosterkey.core.matching.settle import Settled
from rosterkey.core.model import Account, Decision, Finding, Outcome, PlannedRow, Severity
from rosterkey.core.reading.cells import shorten
from rosterkey.core.reading.rows import Roster, Row
from rosterkey.core.rules import keys


@dataclass(slots=True)
class Draft:
    """A plan in the making: entries by their first row, with what becomes of their accounts.

    `students` are the rows of the sheet that are a student's. `settled` are those that no entry is
    made of, since they are what is stored; `roster` holds the others. `sides` are decisions on
    fields that others changed since the export.
    """

    roster: Roster
    students: int
    settled: Settled = field(default_factory=Settled)
    entries: list[Entry] = field(default_factory=list)
    after: dict[int, Account] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    also: dict[int, tuple[Outcome, ...]] = field(default_factory=dict)
    passwords: dict[int, str] = field(default_factory=dict)
    takes: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    sides: list[Decision] = field(default_factory=list)

    def keep_settled(self) -> None:
        """Note that the settled entries change nothing."""
        for entry in self.entries:
            if entry.settled and entry.account:
                self.after[entry.number] = entry.account
                self.outcomes[entry.number] = Outcome.UNCHANGED

    def add_sides(self) -> None:
        """Count the decisions on fields that others changed, but for rows with an error."""
        failed = {row.number for e in self.entries if e.failed for row in (*e.rows, *e.repeats)}
        kept = (decision for decision in self.sides if decision.row not in failed)
        self.decisions = sorted([*self.decisions, *kept], key=lambda decision: decision.row)


def planned_rows(draft: Draft) -> tuple[PlannedRow, ...]:
    """What every line of the sheet does, in the order of the sheet."""
    rows = [
        PlannedRow(row.number, Outcome.ERROR, findings=row.findings)
        for row in draft.roster.not_students
    ]
    rows += [PlannedRow(number, Outcome.SKIPPED) for number in draft.roster.skipped]
    rows += [
        PlannedRow(number, Outcome.UNCHANGED, stored.account_id)
        for number, stored in draft.settled.found
    ]
    for entry in draft.entries:
        if entry.settled and entry.account and not entry.repeats:
            rows.append(PlannedRow(entry.number, Outcome.UNCHANGED, entry.account.account_id))
        else:
            rows += _rows_of(entry, draft)
    return tuple(sorted(rows, key=attrgetter("row")))


def _rows_of(entry: Entry, draft: Draft) -> list[PlannedRow]:
    number = entry.number
    outcome = draft.outcomes[number]
    subject = entry.account or entry.suspect
    account = subject.account_id if subject else None
    changes = field_differences(entry.account, draft.after[number])
    if number in draft.passwords:
        had = entry.account and entry.account.password_hash
        changes["password"] = ("set" if had else None, "set")
    if outcome is Outcome.ERROR:
        changes = {}
    rows = []
    for row in entry.rows:
        findings = row.findings + (entry.findings if row is entry.lead else [])
        findings = [_with_person(f, row, subject) for f in _without_noise(findings)]
        if outcome is Outcome.ERROR and row is not entry.lead:
            findings = findings + _echo(entry, row.number)
        also = draft.also.get(number, ())
        rows.append(PlannedRow(row.number, outcome, account, also, dict(changes), findings))
    for row in entry.repeats:
        if outcome is Outcome.ERROR:
            findings = _without_noise(row.findings) + _echo(entry, row.number)
            rows.append(PlannedRow(row.number, outcome, account, findings=findings))
        else:
            skipped = PlannedRow(row.number, Outcome.SKIPPED, account, findings=row.findings)
            rows.append(skipped)
    return rows


def _without_noise(findings: list[Finding]) -> list[Finding]:
    """The findings without notices about cells that have an error to be mended anyway."""
    failed = {f.column for f in findings if f.severity is Severity.ERROR and f.column}
    if not failed:
        return findings
    return [f for f in findings if f.severity is not Severity.NOTICE or f.column not in failed]


def _with_person(finding: Finding, row: Row, subject: Account | None) -> Finding:
    """The finding with the person beside the row number, where it names a cell only."""
    who = row.name or (subject.name if subject else "") or row.get("username")
    cell = f"Row {row.number}, "
    if not who or not finding.message.startswith(cell):
        return finding
    message = f"Row {row.number} ({shorten(who)}), {finding.message.removeprefix(cell)}"
    return replace(finding, message=message)


def _echo(entry: Entry, number: int) -> list[Finding]:
    said = f"Row {number}: this is the same student as row {entry.number}, which has an error."
    return [keys.BLOCKED_BY_ROW.finding(said, row=number)]
