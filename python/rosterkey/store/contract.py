"""What every account database does, whatever its engine.

One import is one transaction. A `Writer` holds the district's lock from its first statement, so
what it reads stays true until it commits; leaving its `with` block by an exception rolls back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from rosterkey.core.history import FieldChange, ImportEntry, ImportHeader, ImportImages
from rosterkey.core.model import Account, AccountChange, Decision
from rosterkey.core.snapshot import Snapshot


class StoreError(Exception):
    """The database cannot be reached, refused, or is not what it should be (exit code 5).

    The text is one sentence for the administrator: no SQL, no parameters, no student data.
    """


class Contended(StoreError):
    """The server gave this transaction up in favour of another; the same again may be served.

    Nothing was written. Whoever tries again reads and plans again first.
    """


class Unsettled(StoreError):
    """The connection or the disk failed; nobody knows whether a commit under way stands."""


class UnknownDistrict(StoreError):
    """The district is not in the database, or none was named and there are several."""


class LoadError(Exception):
    """A line of a dump cannot be loaded; the text names the line. Nothing was written."""


class AlreadyImported(Exception):
    """The digest is in the history: the import `number` was this very plan. Nothing was written."""

    def __init__(self, number: int) -> None:
        super().__init__(f"imported before as import {number}")
        self.number = number


@dataclass(frozen=True, slots=True)
class Access:
    """What a login may do in a district: `level` is district, school or read.

    `school` is the one school of the level of that name.
    """

    login: str
    level: str
    school: str | None = None


class Writer(Protocol):
    """One write transaction on one district."""

    def snapshot(self, like: Snapshot | None = None) -> Snapshot:
        """The district as it is inside this transaction: whole, or as much as was read of `like`.

        The latter can be asked for more until the transaction ends.
        """
        ...

    def apply(
        self,
        header: ImportHeader,
        changes: Sequence[AccountChange],
        decisions: Sequence[Decision] = (),
    ) -> int:
        """Write the changes and their history, and return the import's number.

        The idempotency row is written first. A changed username becomes the account's newest
        past username (and leaves that list when it comes back), each `version` grows by one.
        A deletion keeps every username of its accounts: they stand in each later snapshot.
        The pairs of lasting decisions are remembered, and stand in every later snapshot of the
        district; a pair that is remembered already keeps who decided it and when.
        Raises AlreadyImported for a digest that is in the history.
        """
        ...

    def purge(self, header: ImportHeader, numbers: Sequence[int]) -> int:
        """Delete what these imports changed from the history, and return the purge's number.

        The line of each import stays, without what may name a student. Raises AlreadyImported,
        and StoreError for an import that is not there or was purged before.
        """
        ...


class Store(Protocol):
    """An account database that is open."""

    notice: str
    """What opening it did that the administrator should know, as a sentence; mostly empty."""

    def upgrade(self) -> None:
        """Create the schema or bring it to the newest version."""
        ...

    def secure(self) -> bool:
        """Make the roles and rights of a server; False where there are none to make.

        A file has none, and a login that may not make roles makes none.
        """
        ...

    def access(self, district: str) -> Access | None:
        """What the login may do in a district; None where nothing holds it back."""
        ...

    def grant(
        self, district: str, login: str, level: str, *, school: str | None, password: str | None
    ) -> bool:
        """Give a login an access to a district, and tell whether the login is new.

        Raises StoreError where the database is a file, or the caller may not give accesses.
        """
        ...

    def revoke(self, district: str, login: str) -> bool:
        """Take the access of a login to a district back, and tell whether it had one."""
        ...

    def districts(self) -> tuple[str, ...]:
        """The codes of all districts."""
        ...

    def snapshot(self, district: str) -> Snapshot:
        """One district at one moment. Raises UnknownDistrict."""
        ...

    def reading(self, district: str) -> AbstractContextManager[Snapshot]:
        """One district at one moment, of which only what is asked for is read.

        It can be asked until the block ends. Raises UnknownDistrict.
        """
        ...

    def write(self, district: str) -> AbstractContextManager[Writer]:
        """A write transaction on one district: committed at the end, rolled back on exception."""
        ...

    def imports(self, district: str) -> list[ImportEntry]:
        """The history of one district, newest first."""
        ...

    def import_with_digest(self, district: str, digest: str) -> int | None:
        """The number of the import with this digest, if there is one."""
        ...

    def settled_import(self, district: str, digest: str) -> int | None:
        """As `import_with_digest`, when every write of the district that is under way has ended.

        A server that lost us may still be at our commit. Raises StoreError where it takes too long.
        """
        ...

    def field_changes(self, district: str, number: int) -> list[FieldChange]:
        """What one import changed, field by field, without passwords."""
        ...

    def trail(self, district: str, account_id: str) -> dict[int, list[FieldChange]]:
        """What each import changed of one account, by the import's number, oldest first."""
        ...

    def once_known_as(self, district: str, text: str) -> list[str]:
        """The ids of accounts whose username or Student ID was this text in the history."""
        ...

    def images(self, district: str, number: int) -> ImportImages:
        """What an undo of import `number` needs. Raises StoreError where there is none."""
        ...

    def earlier_states(
        self, district: str, wanted: Sequence[tuple[str, int]]
    ) -> dict[tuple[str, int], Account]:
        """Accounts as they were at earlier versions, those that the history has.

        Without their password hashes.
        """
        ...

    def remember_plan(self, district: str, digest: str, reads: dict[str, str]) -> None:
        """Keep what a validated plan rests on (account ids and fingerprints, no student data)."""
        ...

    def remembered_plan(self, district: str, digest: str) -> dict[str, str] | None:
        """What the plan with this digest rested on, if it was validated here."""
        ...

    def load(self, lines: Iterable[dict[str, Any]]) -> int:
        """Add districts and accounts, all or nothing; return the number of accounts.

        Raises LoadError for a line that cannot be loaded.
        """
        ...

    def dump(self) -> Iterator[dict[str, Any]]:
        """Every district and account as `load` takes them, in a stable order."""
        ...

    def close(self) -> None:
        """Give the connections back."""
        ...
