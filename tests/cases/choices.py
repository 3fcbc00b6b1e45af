"""Where a case has several right answers: which one the product gives, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Choice:
    """The number of the case's alternative, from 0, and the reason of the choice.

    `after` are the fields that change where the alternative does not list the accounts.
    """

    alternative: int
    why: str
    after: dict[str, dict[str, Any]] = field(default_factory=dict)


CHOICES: dict[str, Choice] = {
    "S09": Choice(
        0,
        "A filtered sheet is often meant. Hidden rows are counted, listed and confirmed by name.",
        {"a1": {"grade": "4"}, "a2": {"grade": "4"}},
    ),
}
"""By case id. Every other case is answered as its first expectation says."""
