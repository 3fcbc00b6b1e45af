"""What both steps do to a row and to an account, as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from rosterkey.core.model import AccountChange, Decision, Finding, Outcome, Plan, PlannedRow
from rosterkey.core.reading.headings import HEADING

_ORDER = tuple(Outcome)
_CHANGED_BY = {Outcome.RENAME: "username", Outcome.ASSIGN_ID: "student_id"}
Changes = Mapping[str, tuple[Any, Any]]


def joined_row(first: PlannedRow, second: PlannedRow, *, renamed: bool) -> PlannedRow:
    """One row of both plans; `renamed` tells that it has a new username."""
    said = {(f.code, f.column, f.message) for f in first.findings}
    later = [f for f in second.findings if (f.code, f.column, f.message) not in said]
    findings = [*first.findings, *(map(_of_new_username, later) if renamed else later)]
    if second.outcome is Outcome.ERROR:
        return PlannedRow(first.row, Outcome.ERROR, first.account, findings=findings)
    changes = _joined_changes(first.changes, second.changes)
    done = {first.outcome, *first.also, second.outcome, *second.also} - {Outcome.UNCHANGED}
    done -= {o for o, name in _CHANGED_BY.items() if name not in changes}
    outcome, *also = sorted(done, key=_ORDER.index) or [Outcome.UNCHANGED]
    if outcome is Outcome.CREATE:
        also = []
    return PlannedRow(first.row, outcome, first.account, tuple(also), changes, findings)


def joined_accounts(first: Plan, second: Plan) -> tuple[AccountChange, ...]:
    """Each account before the first step and after the second, in the order of the ids."""
    by_id = {change.account_id: change for change in first.changes}
    for later in second.changes:
        earlier = by_id.get(later.account_id)
        if earlier is not None:
            rows = tuple(sorted({*earlier.rows, *later.rows}))
            later = replace(earlier, after=later.after, rows=rows)  # noqa: PLW2901
        by_id[later.account_id] = later
    changed = (by_id[account_id] for account_id in sorted(by_id))
    return tuple(c for c in changed if c.before != c.after or c.password is not None)


def joined_decisions(first: Plan, second: Plan) -> tuple[Decision, ...]:
    """What was decided in either step, in the order of the rows."""
    return tuple(sorted(dict.fromkeys((*first.decisions, *second.decisions)), key=_row_of))


def _row_of(decision: Decision) -> int:
    return decision.row


def _joined_changes(first: Changes, second: Changes) -> dict[str, tuple[Any, Any]]:
    """Before the first step and after the second, where the second did not take the first back.

    It does where the sheet was imported before: Username is the name that was given up then.
    """
    joined = dict(first)
    for name, (before, after) in second.items():
        joined[name] = (first[name][0] if name in first else before, after)
    return {name: (before, after) for name, (before, after) in joined.items() if before != after}


def _of_new_username(finding: Finding) -> Finding:
    """A finding of the second step about the username: it stands under New Username."""
    old, new = HEADING["username"], HEADING["new_username"]
    fix = replace(finding.fix, column=new) if finding.fix else None
    return replace(finding, column=new, fix=fix) if finding.column == old else finding


def all_findings(plans: Iterable[Plan]) -> tuple[Finding, ...]:
    """What the plans say of the whole sheet, each thing once."""
    return tuple(dict.fromkeys(f for plan in plans for f in plan.findings))
