"""The values that every part of the program speaks in.

Words are those of the field: an *account* is one student's login, a *row* is one line of the
Import sheet, a *finding* is something to say about a cell, a row or the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """What an account is for. Only students are ever matched or changed by an import."""

    STUDENT = "student"
    STAFF = "staff"
    ADMIN = "admin"


class Status(StrEnum):
    """Whether an account is in use. An archived account keeps its username and its Student ID."""

    ACTIVE = "active"
    ARCHIVED = "archived"


class Severity(StrEnum):
    """How serious a finding is: an error blocks, a warning is to be read, a notice informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """0 for an error, 1 for a warning, 2 for a notice: sorts the most serious first."""
        return _SEVERITY_RANK[self]


_SEVERITY_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}


class Outcome(StrEnum):
    """What a row does, in the order in which the first that fits is chosen."""

    ERROR = "error"
    CREATE = "create"
    ASSIGN_ID = "assign_id"
    RENAME = "rename"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


class Gate(StrEnum):
    """Whether the plan may be imported: at once, after confirmation, or not at all."""

    GO = "go"
    CONFIRM = "confirm"
    BLOCK = "block"


FIELDS = ("student_id", "username", "first_name", "last_name", "school", "grade", "classes")
"""The fields of an account that a sheet can change, besides `status` and the password."""


@dataclass(frozen=True, slots=True)
class Account:
    """One login of a district.

    `account_id` never changes: the test history hangs on it. `past_usernames` are the spellings
    that this account had before, oldest first. `password_hash` is an argon2id string or None.
    `version` grows by one with every change that is written. `merged_accounts` are the ids of the
    accounts that were merged into this one: work that hangs on them is this student's.
    """

    account_id: str
    username: str
    student_id: str | None = None
    first_name: str = ""
    last_name: str = ""
    school: str | None = None
    grade: str | None = None
    classes: tuple[str, ...] = ()
    role: Role = Role.STUDENT
    status: Status = Status.ACTIVE
    password_hash: str | None = field(default=None, repr=False)
    past_usernames: tuple[str, ...] = ()
    version: int = 1
    merged_accounts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """First and last name as a person would say them."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class District:
    """A district with its own lists: `schools` and `grades` in the district's order."""

    code: str
    name: str = ""
    schools: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fix:
    """A value that would mend the cell that a finding speaks of."""

    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say about a cell (`row` and `column`), a row (`row`) or the whole sheet.

    `row` is the Excel row number. `accounts` are the ids of the accounts that the message names.
    """

    code: str
    severity: Severity
    message: str
    row: int | None = None
    column: str | None = None
    fix: Fix | None = None
    accounts: tuple[str, ...] = ()


@dataclass(slots=True)
class PlannedRow:
    """What one row of the sheet does. `changes` maps a field to (before, after)."""

    row: int
    outcome: Outcome
    account: str | None = None
    also: tuple[Outcome, ...] = ()
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def severity(self) -> Severity | None:
        """The most serious severity among the row's findings, or None."""
        return min((f.severity for f in self.findings), key=lambda s: s.rank, default=None)


@dataclass(frozen=True, slots=True)
class AccountChange:
    """One account before and after.

    `before` is None for an account that is created, `after` is
    None for one that is removed (by a deletion, or by the undo of what created it).

    `password` is the plain text to be hashed before it is written; it is never stored, printed or
    made part of a digest. `generated` tells that the product made it up.
    """

    before: Account | None
    after: Account | None
    rows: tuple[int, ...] = ()
    password: str | None = field(default=None, repr=False)
    generated: bool = False

    @property
    def account_id(self) -> str:
        """The account that changes."""
        account = self.after or self.before
        if account is None:
            raise ValueError("a change has a before or an after")
        return account.account_id


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One reason that the administrator has to confirm on its own, with the rows it is about."""

    reason: str
    rows: tuple[int, ...]
    message: str


DecidedPair = tuple[str, str, str, str]
"""A code, who the row means (its key, its folded name), and the account that it was asked about."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one reason of one row.

    `word` is what counts on the sheet, spelled out (`take ID of mgarcia`). `person` is who the row
    means: a key and a folded name. `accounts` are those that the finding names. `lasting` tells
    that the answer holds for later sheets too, `remembered` that it comes from an earlier import.
    """

    row: int
    code: str
    word: str
    person: tuple[str, str] = ("", "")
    accounts: tuple[str, ...] = ()
    lasting: bool = False
    remembered: bool = False

    def __str__(self) -> str:
        """As the history tells it: `probable-duplicate: row 14 really new`."""
        before = " (decided in an earlier import)" if self.remembered else ""
        return f"{self.code}: row {self.row} {self.word}{before}"

    @property
    def pairs(self) -> tuple[DecidedPair, ...]:
        """What is remembered of it: one pair of a person and an account for each account."""
        if not self.lasting:
            return ()
        return tuple((self.code, *self.person, account) for account in self.accounts)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, in full.

    `digest` binds the plan to the sheet's content and to `reads`: the accounts that the plan
    rests on, each with the fingerprint of its state. `decisions` are those that were taken about
    its rows, in the order of the rows.
    """

    digest: str
    gate: Gate
    confirm: tuple[Confirmation, ...]
    counts: dict[str, int]
    rows: tuple[PlannedRow, ...]
    findings: tuple[Finding, ...]
    changes: tuple[AccountChange, ...]
    reads: dict[str, str]
    sheet_hash: str
    decisions: tuple[Decision, ...] = ()

    def awaited(self, missing: Iterable[str]) -> tuple[Confirmation, ...]:
        """Those of the missing reasons for which it waits; none where an error stops it anyway."""
        if self.gate is not Gate.CONFIRM:
            return ()
        reasons = set(missing)
        return tuple(c for c in self.confirm if c.reason in reasons)
