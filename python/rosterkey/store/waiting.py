"""How long one write waits for another."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

BUSY_SECONDS = 10.0
"""How long a write waits for another one before it is refused."""

_PAUSES = (0.005, 0.05)
"""The shortest and the longest pause between two attempts, in seconds."""


def attempts() -> Iterator[None]:
    """Come back, after a pause each time, until `BUSY_SECONDS` are over; once at the least."""
    end = time.monotonic() + BUSY_SECONDS
    yield
    while time.monotonic() < end:
        # Not always the same pause, or two that wait for each other would stay in step.
        time.sleep(random.uniform(*_PAUSES))  # noqa: S311
        yield
