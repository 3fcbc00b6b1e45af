"""The history of imports as a person reads it, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from rosterkey.core.history import FieldChange, ImportEntry
from rosterkey.core.model import Account
from rosterkey.report.lifecycle_text import account_as_dict
from rosterkey.report.words import FIELD_WORDS, counted, shown


def history_table(entries: Iterable[ImportEntry]) -> Table:
    """One line an import, newest first."""
    table = Table(title="Imports", title_justify="left", box=None)
    for heading in ("No.", "When (UTC)", "Who", "What", "Changed", "State"):
        table.add_column(heading, no_wrap=heading in ("No.", "When (UTC)"))
    for entry in entries:
        header = entry.header
        state = _state(entry)
        when = header.at.strftime("%Y-%m-%d %H:%M")
        what = header.source + (f" ({header.reason})" if header.reason else "")
        table.add_row(str(entry.number), when, header.actor, what, counted(header.counts), state)
    return table


def _state(entry: ImportEntry) -> str:
    words = []
    if entry.undone_by:
        words.append(f"taken back by {entry.undone_by}")
    if entry.purged_by:
        words.append(f"purged by {entry.purged_by}")
    return ", ".join(words)


def decided_lines(entry: ImportEntry) -> tuple[str, ...]:
    """What was confirmed and decided for an import, a line each."""
    header = entry.header
    confirmed = (f"Confirmed: {', '.join(header.confirmed)}",) if header.confirmed else ()
    return (*confirmed, *(f"Decided: {decision}" for decision in header.decisions))


def changes_table(changes: Iterable[FieldChange], names: Mapping[str, str]) -> Table:
    """Before and after of every field; `names` tells the person behind an account id."""
    table = Table(title="Changed fields", title_justify="left", box=None)
    for heading in ("Account", "Field", "Before", "After"):
        table.add_column(heading)
    for change in changes:
        field = FIELD_WORDS.get(change.field, change.field)
        who = names.get(change.account_id, change.account_id)
        table.add_row(who, field, shown(change.before), shown(change.after))
    return table


Steps = Sequence[tuple[ImportEntry, Sequence[FieldChange]]]
"""What happened to one account: each import with what it changed, oldest first."""


def trail_rows(steps: Steps) -> list[tuple[str, ...]]:
    """One line a changed field, under the headings of a trail's file."""
    return [
        (
            str(entry.number),
            entry.header.at.strftime("%Y-%m-%d %H:%M"),
            entry.header.actor,
            entry.header.source,
            entry.header.reason,
            FIELD_WORDS.get(change.field, change.field),
            shown(change.before),
            shown(change.after),
        )
        for entry, changes in steps
        for change in changes
    ]


def trail_table(title: str, steps: Steps) -> Table:
    """The trail of one account as a person reads it."""
    table = Table(title=Text(title), title_justify="left", box=None)
    for heading in ("No.", "When (UTC)", "Who", "What", "Field", "Before", "After"):
        table.add_column(heading, no_wrap=heading in ("No.", "When (UTC)"))
    for number, when, who, what, reason, *changed in trail_rows(steps):
        source = what + (f" ({reason})" if reason else "")
        table.add_row(*(Text(cell) for cell in (number, when, who, source, *changed)))
    return table


def trail_as_dict(
    account_id: str, account: Account | None, merged_into: Account | None, steps: Steps
) -> dict[str, Any]:
    """The trail of one account as plain values; `now` is null where it is gone."""
    return {
        "account": account_id,
        "now": account_as_dict(account) if account else None,
        "merged_into": account_as_dict(merged_into) if merged_into else None,
        "imports": [
            {
                **entry_as_dict(entry),
                "changes": [change_as_dict(change) for change in changes],
            }
            for entry, changes in steps
        ],
    }


def entry_as_dict(entry: ImportEntry) -> dict[str, Any]:
    """An import of the history as plain values."""
    header = entry.header
    return {
        "import": entry.number,
        "kind": str(header.kind),
        "plan": header.digest,
        "actor": header.actor,
        "at": header.at.isoformat(),
        "source": header.source,
        "sheet_hash": header.sheet_hash,
        "reason": header.reason,
        "counts": dict(header.counts),
        "confirmed": list(header.confirmed),
        "decisions": list(header.decisions),
        "undoes": header.undoes,
        "undone_by": entry.undone_by,
        "purged_by": entry.purged_by,
    }


def change_as_dict(change: FieldChange) -> dict[str, Any]:
    """A field change as plain values."""
    return {
        "account": change.account_id,
        "field": change.field,
        "before": change.before,
        "after": change.after,
    }
