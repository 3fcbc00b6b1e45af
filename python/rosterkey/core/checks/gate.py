"""Whether a plan may be imported, and what has to be confirmed first (semantics: The gate)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rosterkey.core.model import Confirmation, Finding, Gate, Outcome, PlannedRow, Severity
from rosterkey.core.rules import RULES

_TOLD = 3


def decide(
    rows: Sequence[PlannedRow], findings: Iterable[Finding], leave_out_errors: bool = False
) -> tuple[Gate, tuple[Confirmation, ...]]:
    """The gate of a plan and every reason that has to be confirmed on its own.

    One error blocks all, on the sheet or in a row; with `leave_out_errors` only those of the
    sheet do, and rows with errors ask for nothing.
    """
    findings = list(findings)
    kept = [row for row in rows if row.outcome is not Outcome.ERROR]
    confirm = _confirmations(kept if leave_out_errors else rows, findings)
    sheet_error = any(f.severity is Severity.ERROR for f in findings)
    if sheet_error or (len(kept) < len(rows) and not leave_out_errors):
        return Gate.BLOCK, confirm
    return (Gate.CONFIRM if confirm else Gate.GO), confirm


def _confirmations(
    rows: Iterable[PlannedRow], findings: Iterable[Finding]
) -> tuple[Confirmation, ...]:
    reasons: dict[str, list[Finding]] = {}
    for finding in (*findings, *(f for row in rows for f in row.findings)):
        # A reason that was decided for its row is a notice by now.
        if finding.severity is Severity.WARNING and RULES[finding.code].confirms:
            reasons.setdefault(finding.code, []).append(finding)
    return tuple(
        Confirmation(
            code,
            tuple(sorted({f.row for f in said if f.row is not None})),
            _summary(said),
        )
        for code, said in reasons.items()
    )


def _summary(findings: list[Finding]) -> str:
    told = " ".join(f.message for f in findings[:_TOLD])
    more = len(findings) - _TOLD
    return f"{told} And {more} more." if more > 0 else told
