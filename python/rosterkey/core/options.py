"""What a district or a person may set about the checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rosterkey.core.model import Account

RESERVED_USERNAMES = frozenset(
    {
        "admin", "administrator", "root", "teacher", "test", "system", "superuser", "sysadmin",
        "support", "helpdesk", "guest", "student", "staff", "principal", "postmaster",
        "webmaster", "hostmaster", "abuse", "security", "nobody", "anonymous", "null", "none",
        "undefined",
    }
)  # fmt: skip
"""Usernames that stand for a system or an office, by key; a district may set its own list."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the guards on the sum (semantics: The gate). Shares are between 0 and 1."""

    rows: int = 20
    """Guards look at sheets of so many rows and more."""
    creates: int = 20
    creates_share: float = 0.05
    creates_share_new_year: float = 0.2
    """The same where the sheet moves most students up by one grade; beginners do not count."""
    names_taken: int = 2
    different_persons: int = 3
    different_persons_share: float = 0.01
    changed_share: float = 0.5
    assigned: int = 20
    ids_missing_share: float = 0.5
    blank_names_share: float = 0.1
    size_factor: float = 3.0
    archived: int = 20
    archived_share: float = 0.05
    slipped_rows: int = 8
    """A column has slipped only if so many rows hold another student's value."""


def never_same(_: Sequence[tuple[str, str]]) -> list[bool]:
    """No password equals the stored one: what a plan assumes that cannot verify hashes."""
    return [False] * len(_)


def nothing_kept(_: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], Account]:
    """No earlier state of an account is known: what a plan assumes that has no history."""
    return {}


def tell_nobody(_: float) -> None:
    """Nobody waits for the plan."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a sheet is planned.

    `leave_out_errors` leaves out the rows with errors and those that depend on them.
    `only_school` restricts the plan to one school, for an administrator who may not use the
    Student ID. `same_passwords` takes pairs of (stored hash, password) and tells which match.
    `earlier_states` takes pairs of (account id, version) and gives the accounts as they were.
    `tell` is told the share of the work that is done, as measured on a large sheet.
    """

    leave_out_errors: bool = False
    only_school: str | None = None
    reserved_usernames: frozenset[str] = RESERVED_USERNAMES
    limits: Limits = field(default_factory=Limits)
    same_passwords: Callable[[Sequence[tuple[str, str]]], list[bool]] = never_same
    earlier_states: Callable[[Sequence[tuple[str, int]]], Mapping[tuple[str, int], Account]] = (
        nothing_kept
    )
    tell: Callable[[float], None] = tell_nobody
