"""What an undo takes back, as a person reads it."""

from __future__ import annotations

from rich.table import Table

from rosterkey.core.checks.changes import field_differences
from rosterkey.core.model import AccountChange, Plan
from rosterkey.report.words import FIELD_WORDS, shown

_SHOWN = 20


def undo_table(plan: Plan) -> Table:
    """Before and after of the first twenty accounts that go back."""
    total = len(plan.changes)
    title = f"{total:,} account{'' if total == 1 else 's'} would go back"
    table = Table(title=title, title_justify="left", box=None, show_header=total > 0)
    for heading in ("Account", "Field", "Now", "Back to"):
        table.add_column(heading)
    for change in plan.changes[:_SHOWN]:
        for row in _rows(change):
            table.add_row(*row)
    if total > _SHOWN:
        table.add_row(f"… and {total - _SHOWN:,} more", "", "", "")
    return table


def _rows(change: AccountChange) -> list[tuple[str, str, str, str]]:
    account = change.before or change.after
    if account is None:
        return []
    who = f"{account.name} ({account.username})"
    if change.after is None:
        return [(who, "account", "in use", "removed")]
    if change.before is None:
        return [(who, "account", "removed", "brought back")]
    rows = [
        (who, FIELD_WORDS.get(name, name), shown(before), shown(after))
        for name, (before, after) in field_differences(change.before, change.after).items()
    ]
    if change.before.merged_accounts != change.after.merged_accounts:
        merged = (shown(change.before.merged_accounts), shown(change.after.merged_accounts))
        rows.append((who, FIELD_WORDS["merged_accounts"], *merged))
    if change.before.password_hash != change.after.password_hash:
        rows.append((who, "password", "as the import set it", "as it was before"))
    return rows
