"""New usernames as they are previewed in a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rosterkey.core.usernames.choose import Answer, Choice

_SHOWN = 15
_MEANINGS = {
    Answer.NEW: ("New", "cyan", "get a new username"),
    Answer.KEEPS: ("Keep", "green", "have one that fits already"),
    Answer.NO_ID: ("No ID", "yellow", "have no Student ID: add it first, then make usernames"),
    Answer.OPEN: ("Open", "bold red", "get none by this pattern: choose one by hand"),
}


def usernames_text(choices: Sequence[Choice], *, full: bool = False) -> RenderableType:
    """How many get what, and the names; of each kind the first fifteen, or all with `full`."""
    many = "student" if len(choices) == 1 else "students"
    counts = Table(title=f"{len(choices):,} {many}", title_justify="left", box=None)
    counts.add_column("", no_wrap=True)
    counts.add_column("Students", justify="right")
    counts.add_column("What happens")
    parts: list[RenderableType] = [counts]
    for answer, (word, style, meaning) in _MEANINGS.items():
        chosen = [choice for choice in choices if choice.answer is answer]
        if chosen:
            counts.add_row(Text(word, style), f"{len(chosen):,}", f"They {meaning}.")
        if chosen and answer is not Answer.KEEPS:
            parts += _names(word, chosen, full)
    return Group(*parts)


def _names(word: str, chosen: Sequence[Choice], full: bool) -> list[RenderableType]:
    table = Table(title=f"\n{word}", title_justify="left", box=None)
    for heading in ("Student ID", "Student", "Now", "New", "Why"):
        table.add_column(heading)
    told = chosen if full else chosen[:_SHOWN]
    for choice in told:
        account = choice.account
        new = choice.username if choice.answer is Answer.NEW else "–"
        cells = (account.student_id or "–", account.name, account.username, new, choice.why)
        table.add_row(*(Text(cell) for cell in cells))
    rest = len(chosen) - len(told)
    more = [Text(f"  … and {rest:,} more; --full shows all", "dim")] if rest else []
    return [table, *more]


def choices_as_list(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    """Each student with the present and the new username, as plain values."""
    return [
        {
            "account": choice.account.account_id,
            "student_id": choice.account.student_id,
            "name": choice.account.name,
            "answer": str(choice.answer),
            "before": choice.account.username,
            "after": choice.username if choice.answer is Answer.NEW else None,
            "why": choice.why,
        }
        for choice in choices
    ]
