"""What is compared: a row that would create an account, and the account that it resembles."""

from __future__ import annotations

from dataclasses import dataclass

from rosterkey.core.model import Account


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A row that would create an account; `row` is the Excel row number.

    `school` and `grade` are spelled as in the district's lists, None where nothing is said.
    """

    row: int
    student_id: str | None
    username: str
    first_name: str
    last_name: str
    school: str | None = None
    grade: str | None = None
    classes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """First and last name as a person would say them."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Resemblance:
    """An account that a newcomer is probably the same person as.

    `score` goes from 0 to 1 and is an estimate of that probability. `speaks_for` and
    `speaks_against` are half sentences for administrators, the weightiest first.
    """

    account: Account
    score: float
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
