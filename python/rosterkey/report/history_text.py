"""The history of imports as a person reads it, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.table import Table

from rosterkey.core.history import FieldChange, ImportEntry
from rosterkey.report.words import COUNTED, FIELD_WORDS, shown


def history_table(entries: Iterable[ImportEntry]) -> Table:
    """One line an import, newest first."""
    table = Table(title="Imports", title_justify="left", box=None)
    for heading in ("No.", "When (UTC)", "Who", "What", "Changed", "State"):
        table.add_column(heading, no_wrap=heading in ("No.", "When (UTC)"))
    for entry in entries:
        header = entry.header
        state = f"taken back by {entry.undone_by}" if entry.undone_by else ""
        when = header.at.strftime("%Y-%m-%d %H:%M")
        what = header.source + (f" ({header.reason})" if header.reason else "")
        table.add_row(str(entry.number), when, header.actor, what, _counts(header.counts), state)
    return table


def _counts(counts: Mapping[str, int]) -> str:
    words = [f"{counts[name]} {name.replace('_', ' ')}" for name in COUNTED if counts.get(name)]
    return ", ".join(words) or "nothing"


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
    }


def change_as_dict(change: FieldChange) -> dict[str, Any]:
    """A field change as plain values."""
    return {
        "account": change.account_id,
        "field": change.field,
        "before": change.before,
        "after": change.after,
    }
