"""Many values in the WHERE of a statement, some at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

VALUES_AT_A_TIME = 500
"""Values in one IN list: far below every engine's limit of parameters."""


def in_lists(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values in lists of a length that every engine takes.

    What no engine can store is left out: a sheet may hold it, and no account has it.
    """
    stored = list(filter(_can_be_stored, values))
    for start in range(0, len(stored), VALUES_AT_A_TIME):
        yield stored[start : start + VALUES_AT_A_TIME]


def _can_be_stored(text: str) -> bool:
    """Whether a text has neither half a surrogate pair nor the character NUL."""
    if text.isascii():
        return "\0" not in text
    return "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
