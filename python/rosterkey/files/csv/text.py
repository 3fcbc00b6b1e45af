"""Texts that a spreadsheet would run, in a CSV: neutralised on the way out, restored on the way in.

A text that starts with `= + - @`, a tab or a carriage return gets a leading apostrophe
(semantics, "Cleaning"). A text that already looks like such a neutralised one gets another, so
that the way back gives the same text for every text. A name such as `'Okusitino` is left alone.
"""

from __future__ import annotations

from typing import Final

RISKY: Final = "=+-@\t\r"
"""The first characters by which a spreadsheet program takes a text for a formula."""


def _is_risky(text: str) -> bool:
    """Tell whether a risky character comes first, apostrophes not counted."""
    return text.lstrip("'")[:1] in _RISKY_SET


_RISKY_SET: Final = frozenset(RISKY)


def neutralise(text: str) -> str:
    """The text as our CSV holds it: `restore(neutralise(t)) == t` for every text."""
    return "'" + text if _is_risky(text) else text


def restore(text: str) -> str:
    """The text that a CSV cell means: one apostrophe before a risky text is taken off."""
    return text[1:] if text.startswith("'") and _is_risky(text) else text
