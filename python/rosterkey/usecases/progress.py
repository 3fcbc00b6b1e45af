"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Called with what is being done and the share that is done, from 0 to 1; 0 is "not known yet"."""


def silent(_: str, __: float) -> None:
    """Tell nobody."""
