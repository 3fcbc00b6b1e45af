"""How long one write waits for another."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from rosterkey.store.contract import Contended

_Result = TypeVar("_Result")

BUSY_SECONDS = 10.0
"""How long a write waits for another one before it is refused."""

SERVED_WITHIN = 5
"""How often a transaction is tried that the server gives up in favour of another."""

_PAUSES = (0.005, 0.05)
"""The shortest and the longest pause between two attempts, in seconds."""


def attempts() -> Iterator[None]:
    """Come back, after a pause each time, until `BUSY_SECONDS` are over; once at the least."""
    end = time.monotonic() + BUSY_SECONDS
    yield
    while time.monotonic() < end:
        _pause()
        yield


def until_served(transaction: Callable[[], _Result]) -> _Result:
    """Run a whole transaction, and again where the server gave it up in favour of another.

    It has to read and plan again by itself. Raises Contended when that did not help either.
    """
    for _ in range(SERVED_WITHIN - 1):
        try:
            return transaction()
        except Contended:
            _pause()
    return transaction()


def _pause() -> None:
    # Not always the same, or two that wait for each other would stay in step.
    time.sleep(random.uniform(*_PAUSES))  # noqa: S311
