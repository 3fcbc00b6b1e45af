"""What is kept of every import: the audit trail, and what an undo needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from rosterkey.core.model import Account, AccountChange


class ImportKind(StrEnum):
    """An import of a sheet, or what else changes accounts as an import of its own."""

    SHEET = "sheet"
    UNDO = "undo"
    ARCHIVE = "archive"
    RESTORE = "restore"
    DELETE = "delete"
    PURGE = "purge"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class ImportHeader:
    """Who imported what and why. `at` is in UTC. `digest` is the idempotency key.

    `counts` are those of the plan, `confirmed` the reasons that the administrator confirmed,
    `undoes` the number of the import that this one takes back. `decisions` are those about single
    rows, in words.
    """

    digest: str
    actor: str
    at: dt.datetime
    kind: ImportKind = ImportKind.SHEET
    source: str = ""
    sheet_hash: str = ""
    reason: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    confirmed: tuple[str, ...] = ()
    undoes: int | None = None
    decisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one account, before and after. A password shows as None or `"set"`.

    `field` is a name of `model.FIELDS`, or `status`, `role`, `password`, `merged_accounts`.
    `classes` and `merged_accounts` are lists.
    """

    account_id: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """One import of the history.

    `undone_by` is the number of the import that took it back, `purged_by` that of the purge after
    which only this line is left of it.
    """

    number: int
    header: ImportHeader
    undone_by: int | None = None
    purged_by: int | None = None


@dataclass(frozen=True, slots=True)
class ImportImages:
    """What an undo needs: every account that import `number` touched, before and after it.

    Account images carry the password hashes of then. `kind` is that of the import.
    """

    number: int
    changes: tuple[AccountChange, ...]
    kind: ImportKind = ImportKind.SHEET

    @property
    def made(self) -> str:
        """What the import did to accounts that were not there before it, as a participle."""
        return "brought back" if self.kind is ImportKind.UNDO else "created"

    def after(self) -> dict[str, Account | None]:
        """The state that the import left, by account."""
        return {c.account_id: c.after for c in self.changes}
