"""A plan as JSON for scripts (the form of `validate --json` and `import --json`)."""

from __future__ import annotations

from typing import Any

from rosterkey.core.model import Finding, Outcome, Plan, PlannedRow


def plan_as_dict(plan: Plan, *, all_rows: bool = False) -> dict[str, Any]:
    """A plan as plain values; rows that are unchanged and say nothing only with `all_rows`."""
    rows = [r for r in plan.rows if all_rows or r.findings or not _quiet(r)]
    return {
        "plan": plan.digest,
        "gate": str(plan.gate),
        "confirm": [
            {"reason": c.reason, "rows": list(c.rows), "message": c.message} for c in plan.confirm
        ],
        "counts": dict(plan.counts),
        "rows": [_row(row) for row in rows],
        "findings": [finding_as_dict(f) for f in plan.findings],
    }


def finding_as_dict(finding: Finding) -> dict[str, Any]:
    """A finding as plain values; `row`, `column` and `fix` are null where there is none."""
    fix = finding.fix
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "row": finding.row,
        "column": finding.column,
        "message": finding.message,
        "fix": {"column": fix.column, "value": fix.value} if fix else None,
    }


def _quiet(row: PlannedRow) -> bool:
    return row.outcome is Outcome.UNCHANGED or row.outcome is Outcome.SKIPPED


def _row(row: PlannedRow) -> dict[str, Any]:
    severity = row.severity
    return {
        "row": row.row,
        "outcome": str(row.outcome),
        "also": [str(outcome) for outcome in row.also],
        "account": row.account,
        "severity": str(severity) if severity else "ok",
        "changes": {name: list(change) for name, change in row.changes.items()},
        "findings": [finding_as_dict(f) for f in row.findings],
    }
