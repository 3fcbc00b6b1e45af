"""Accounts that are archived, restored, deleted or missing, as a person reads them and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rosterkey.core.missing import Missing
from rosterkey.core.model import Account, Plan
from rosterkey.report.plan_json import finding_as_dict, plan_as_dict
from rosterkey.report.words import shown

_SHOWN = 20
_ONE = ("account", "accounts")


def accounts_table(plan: Plan, *, done: bool) -> Table:
    """The first twenty accounts of a plan, as they are before it."""
    accounts = [c.before for c in plan.changes if c.before is not None]
    word = next((name for name in plan.counts if name != "accounts"), "changed")
    count = f"{len(accounts):,} {_ONE[len(accounts) != 1]}"
    verb = ("was" if len(accounts) == 1 else "were") if done else "would be"
    return _table(f"{count} {verb} {word}", accounts)


def missing_text(missing: Missing) -> RenderableType:
    """Each school that the sheet speaks about with its figures, and who is missing."""
    parts: list[RenderableType] = []
    for each in missing.schools:
        count = f"{len(each.missing):,} of {each.students:,} students of "
        verb = "is" if len(each.missing) == 1 else "are"
        title = f"{count}{each.school or 'no school'} {verb} not on the sheet"
        parts.append(_table(title, each.missing))
    if not parts:
        parts.append(Text("The sheet speaks about no school that has students."))
    parts += [Text(finding.message, "yellow") for finding in missing.findings]
    if missing.accounts and not missing.findings:
        parts.append(Text("To archive them: rosterkey archive --missing-from FILE"))
    return Group(*parts)


def missing_as_dict(missing: Missing) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "schools": [
            {
                "school": each.school,
                "students": each.students,
                "missing": [account_as_dict(a) for a in each.missing],
            }
            for each in missing.schools
        ],
        "missing": len(missing.accounts),
        "findings": [finding_as_dict(f) for f in missing.findings],
    }


def done_as_dict(plan: Plan, number: int | None, already: int | None) -> dict[str, Any]:
    """A plan made of the accounts alone, and what came of it, as plain values."""
    told = plan_as_dict(plan)
    told["accounts"] = [account_as_dict(c.before) for c in plan.changes if c.before is not None]
    told["import"] = number if number is not None else already
    told["written"] = number is not None
    told["already_imported"] = already is not None
    return told


def account_as_dict(account: Account) -> dict[str, Any]:
    """An account by what a person knows it by, and its account id."""
    return {
        "account": account.account_id,
        "student_id": account.student_id,
        "username": account.username,
        "first_name": account.first_name,
        "last_name": account.last_name,
        "school": account.school,
        "grade": account.grade,
        "status": str(account.status),
    }


def _table(title: str, accounts: Iterable[Account]) -> Table:
    listed = list(accounts)
    table = Table(title=title, title_justify="left", box=None, show_header=bool(listed))
    for heading in ("Name", "Username", "Student ID", "School", "Grade", "Status"):
        table.add_column(heading)
    for a in listed[:_SHOWN]:
        cells = (a.name, a.username, a.student_id, a.school, a.grade, str(a.status))
        table.add_row(*(Text(shown(cell)) for cell in cells))
    if len(listed) > _SHOWN:
        table.add_row(f"… and {len(listed) - _SHOWN:,} more")
    return table
