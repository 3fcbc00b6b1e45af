"""Plan the first step, then the second on what the first would leave, and make them one plan."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rosterkey.core.checks.gate import decide
from rosterkey.core.model import Finding, Outcome, Plan, PlannedRow
from rosterkey.core.options import Options
from rosterkey.core.reading.columns import Header
from rosterkey.core.reading.headings import HEADING
from rosterkey.core.reading.rows import read_rows
from rosterkey.core.rules import keys
from rosterkey.core.sheet import Cell, Sheet
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.state import fingerprint
from rosterkey.core.two_steps.done import done_before
from rosterkey.core.two_steps.joining import (
    all_findings,
    joined_accounts,
    joined_decisions,
    joined_row,
)
from rosterkey.core.two_steps.sheets import StepSheets

PlanOnce = Callable[[Sheet, Snapshot, Options], Plan]
"""How a sheet without the column New Username is planned."""


@dataclass(frozen=True, slots=True)
class _Steps:
    """Both plans, the rows with a new username, and those of them that have no Student ID."""

    first: Plan
    second: Plan
    renamed: frozenset[int]
    without_id: Mapping[int, Finding]

    def rows(self) -> dict[int, PlannedRow]:
        """What each row does in both steps."""
        second = {row.row: row for row in self.second.rows}
        return {row.row: self._row(row, second.get(row.row)) for row in self.first.rows}

    def _row(self, first: PlannedRow, second: PlannedRow | None) -> PlannedRow:
        if first.row in self.without_id:
            findings = [*first.findings, self.without_id[first.row]]
            return PlannedRow(first.row, Outcome.ERROR, first.account, findings=findings)
        if second is None or first.outcome is Outcome.ERROR:
            return first
        return joined_row(first, second, renamed=first.row in self.renamed)


def plan_two_steps(
    sheet: Sheet, header: Header, snapshot: Snapshot, options: Options, plan_once: PlanOnce
) -> Plan:
    """Plan both imports and make them one.

    A row that fails in either step fails as a whole; with `leave_out_errors` neither step has it,
    nor any row that depends on it.
    """
    snapshot.ask_all()  # the second step is planned on accounts that are in no database
    roster = read_rows(sheet, header)
    sheets = StepSheets(sheet, header, done_before(roster.rows, snapshot))
    failed: dict[int, PlannedRow] = {}
    while True:
        steps = _plan_both(sheets, set(failed), snapshot, options, plan_once)
        rows = steps.rows()
        new = {n: row for n, row in rows.items() if row.outcome is Outcome.ERROR}
        if not options.leave_out_errors or not new:
            return _joined(steps, rows | failed, snapshot, options, roster.content_hash)
        failed |= new


def _plan_both(
    sheets: StepSheets,
    without: set[int],
    snapshot: Snapshot,
    options: Options,
    plan_once: PlanOnce,
) -> _Steps:
    first = plan_once(sheets.first(without), snapshot, options)
    between = _after(first, snapshot)
    ids = _stored_ids(first, between)
    failed = {row.row for row in first.rows if row.outcome is Outcome.ERROR} | without
    asked = sheets.asked(failed)
    nobody = {number for number in asked if number in ids and not ids[number]}
    second = plan_once(sheets.second(failed | nobody, ids), between, options)
    # Who is new in the second step is somebody whom the new username did not find.
    nobody |= {row.row for row in second.rows if row.outcome is Outcome.CREATE}
    without_id = {number: _needs_id(number, asked[number], sheets) for number in nobody}
    return _Steps(first, second, frozenset(asked), without_id)


def _after(plan: Plan, snapshot: Snapshot) -> Snapshot:
    """The accounts as a plan would leave them."""
    accounts = dict(snapshot.accounts)
    accounts |= {change.account_id: change.after for change in plan.changes if change.after}
    return Snapshot(snapshot.district, accounts.values(), snapshot.decided, snapshot.retired)


def _stored_ids(plan: Plan, between: Snapshot) -> dict[int, str | None]:
    """The Student ID that each row's account has after the first step, by row."""
    accounts = {row.row: row.account for row in plan.rows if row.account}
    accounts |= {number: change.account_id for change in plan.changes for number in change.rows}
    return {number: between.accounts[i].student_id for number, i in accounts.items()}


def _needs_id(number: int, cells: tuple[Cell, ...], sheets: StepSheets) -> Finding:
    return keys.NEW_USERNAME_WITHOUT_ID.finding(
        f"Row {number}: {sheets.text(cells, 'username')} would become "
        f"{sheets.text(cells, 'new_username')}, but neither the row nor the account has a Student "
        "ID, so the second step cannot tell a new username from a new student. Put the Student ID "
        "into the row, or leave New Username blank.",
        row=number,
        column=HEADING["student_id"],
    )


def _joined(
    steps: _Steps,
    by_number: Mapping[int, PlannedRow],
    snapshot: Snapshot,
    options: Options,
    content: str,
) -> Plan:
    first, second = steps.first, steps.second
    rows = tuple(by_number[number] for number in sorted(by_number))
    findings = all_findings((first, second))
    gate, confirm = decide(rows, findings, options.leave_out_errors)
    counts = {"rows": first.counts["rows"] + len(by_number.keys() - {r.row for r in first.rows})}
    counts |= {str(outcome): sum(row.outcome is outcome for row in rows) for outcome in Outcome}
    # The second plan rests on accounts as the first leaves them; what is stored is what counts.
    read = sorted({*first.reads, *second.reads} & snapshot.accounts.keys())
    bound = "\0".join(("two steps", content, first.digest, second.digest))
    return Plan(
        hashlib.sha256(bound.encode()).hexdigest(),
        gate,
        confirm,
        counts,
        rows,
        findings,
        joined_accounts(first, second),
        {account_id: fingerprint(snapshot.accounts[account_id]) for account_id in read},
        content,
        joined_decisions(first, second),
    )
