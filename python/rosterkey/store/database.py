"""The account database on SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine

from rosterkey.core.history import FieldChange, ImportEntry, ImportImages
from rosterkey.core.model import Account
from rosterkey.core.snapshot import Snapshot
from rosterkey.store import plans, retired, versions
from rosterkey.store.by_key import snapshot_by_key
from rosterkey.store.contract import Access, StoreError, Writer
from rosterkey.store.engine import connect_to_read, connect_to_write, open_engine, speak_of
from rosterkey.store.history import (
    accounts_once_known_as,
    number_of,
    read_earlier_states,
    read_field_changes,
    read_images,
    read_imports,
    read_trail,
)
from rosterkey.store.lines import account_line, district_line, retired_line
from rosterkey.store.loading import load_lines
from rosterkey.store.reading import (
    district_codes,
    lock_district,
    read_district,
    read_in_batches,
    read_snapshot,
)
from rosterkey.store.refusals import refusals
from rosterkey.store.refused import LOST
from rosterkey.store.waiting import attempts, until_served
from rosterkey.store.writing import SqlWriter


class SqlStore:
    """The `contract.Store` on an engine of SQLAlchemy. May be used by several threads."""

    def __init__(self, engine: Engine, notice: str = "") -> None:
        self._engine = engine
        self.notice = notice

    @classmethod
    def open(cls, url: str, *, upgrade: bool, create: bool) -> SqlStore:
        """Open the database at the URL, as `rosterkey.store.open_store` says."""
        engine = open_engine(url, create=upgrade and create)
        try:
            notice = versions.check(engine, upgrade_allowed=upgrade)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, notice)

    def upgrade(self) -> None:
        """Create the schema or bring it to the newest version."""
        self.notice = versions.upgrade(self._engine) or self.notice

    def secure(self) -> bool:
        """Make the roles and rights of a server; False where there are none to make."""
        if self._is_file:
            return False
        from rosterkey.store.rights.secure import may_secure, secure

        with self._writing() as connection:
            able = may_secure(connection)
            if able:
                secure(connection)
            return able

    def access(self, district: str) -> Access | None:
        """What the login may do in a district; None where nothing holds it back."""
        if self._is_file:
            return None
        from rosterkey.store.rights.access import read_access

        with self._reading(district) as connection:
            return read_access(connection, district)

    def grant(
        self, district: str, login: str, level: str, *, school: str | None, password: str | None
    ) -> bool:
        """Give a login an access to a district, and tell whether the login is new.

        Raises UnknownDistrict, and StoreError as the contract says.
        """
        self._require_server()
        from rosterkey.store.rights.access import Wish, give
        from rosterkey.store.rights.groups import Level

        with self._writing(district) as connection:
            return give(connection, district, Wish(login, Level(level), school, password))

    def revoke(self, district: str, login: str) -> bool:
        """Take the access of a login to a district back, and tell whether it had one."""
        self._require_server()
        from rosterkey.store.rights.access import take

        with self._writing(district) as connection:
            return take(connection, district, login)

    @property
    def _is_file(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    def _require_server(self) -> None:
        if self._is_file:
            raise StoreError(
                "An SQLite file is open to whoever may read the file; accesses need a database "
                "server. Nothing was written."
            )

    def districts(self) -> tuple[str, ...]:
        """The codes of all districts."""
        with self._reading() as connection:
            return district_codes(connection)

    def snapshot(self, district: str) -> Snapshot:
        """One district at one moment. Raises UnknownDistrict."""
        with self._reading(district) as connection:
            return read_snapshot(connection, district)

    @contextmanager
    def reading(self, district: str) -> Iterator[Snapshot]:
        """One district at one moment, of which only what is asked for is read.

        It can be asked until the block ends. Raises UnknownDistrict.
        """
        with self._reading(district) as connection:
            yield snapshot_by_key(connection, district)

    @contextmanager
    def write(self, district: str) -> Iterator[Writer]:
        """A write transaction on one district: committed at the end, rolled back on exception.

        Raises UnknownDistrict, and StoreError while another write lasts too long.
        """
        with refusals():
            connection = connect_to_write(self._engine)
        # Closing rolls back whatever was not committed.
        with connection:
            with refusals():
                transaction = connection.begin()
                speak_of(connection, district)
                lock_district(connection, district)
            writer = SqlWriter(connection, district)
            yield writer
            if writer.broken:
                raise StoreError(
                    "The import stopped halfway and was taken back. Nothing was written."
                )
            # Commits, or takes back what could not be committed: closing would leave it open.
            with refusals(), transaction:
                pass

    def imports(self, district: str) -> list[ImportEntry]:
        """The history of one district, newest first."""
        with self._reading(district) as connection:
            return read_imports(connection, district)

    def import_with_digest(self, district: str, digest: str) -> int | None:
        """The number of the import with this digest, if there is one."""
        with self._reading(district) as connection:
            return number_of(connection, district, digest)

    def settled_import(self, district: str, digest: str) -> int | None:
        """As `import_with_digest`, when every write of the district that is under way has ended.

        Raises StoreError where it takes too long.
        """
        refusal = StoreError(LOST)
        for _ in attempts():
            try:
                with self._writing(district) as connection:
                    lock_district(connection, district)
                    return number_of(connection, district, digest)
            except StoreError as error:
                refusal = error
        raise refusal

    def field_changes(self, district: str, number: int) -> list[FieldChange]:
        """What one import changed, field by field, without passwords."""
        with self._reading(district) as connection:
            return read_field_changes(connection, district, number)

    def trail(self, district: str, account_id: str) -> dict[int, list[FieldChange]]:
        """What each import changed of one account, by the import's number, oldest first."""
        with self._reading(district) as connection:
            return read_trail(connection, district, account_id)

    def once_known_as(self, district: str, text: str) -> list[str]:
        """The ids of accounts whose username or Student ID was this text in the history."""
        with self._reading(district) as connection:
            return accounts_once_known_as(connection, district, text)

    def images(self, district: str, number: int) -> ImportImages:
        """What an undo of import `number` needs. Raises StoreError where there is none."""
        with self._reading(district) as connection:
            return read_images(connection, district, number)

    def earlier_states(
        self, district: str, wanted: Sequence[tuple[str, int]]
    ) -> dict[tuple[str, int], Account]:
        """Accounts as they were at earlier versions, those that the history has."""
        with self._reading(district) as connection:
            return read_earlier_states(connection, district, wanted)

    def remember_plan(self, district: str, digest: str, reads: dict[str, str]) -> None:
        """Keep what a validated plan rests on, for the newest plans. Raises UnknownDistrict."""

        def remember() -> None:
            with self._writing(district) as connection:
                lock_district(connection, district)
                plans.remember(connection, district, digest, reads)

        until_served(remember)

    def remembered_plan(self, district: str, digest: str) -> dict[str, str] | None:
        """What the plan with this digest rested on, if it was validated here."""
        with self._reading(district) as connection:
            return plans.recall(connection, district, digest)

    def load(self, lines: Iterable[dict[str, Any]]) -> int:
        """Add districts and accounts, all or nothing; return the number of accounts.

        Raises LoadError for a line that cannot be loaded.
        """
        with self._writing() as connection:
            return load_lines(connection, lines)

    def dump(self) -> Iterator[dict[str, Any]]:
        """Every district and account as `load` takes them, by district and by account id.

        The whole dump is of one moment.
        """
        with self._reading() as connection:
            for code in district_codes(connection):
                speak_of(connection, code)
                yield district_line(read_district(connection, code))
                for accounts in read_in_batches(connection, code):
                    for account in accounts:
                        yield account_line(code, account)
                for account_id, username in retired.read(connection, code):
                    yield retired_line(code, account_id, username)

    def close(self) -> None:
        """Give the connections back."""
        with refusals():
            self._engine.dispose()

    @contextmanager
    def _reading(self, district: str | None = None) -> Iterator[Connection]:
        with refusals(), connect_to_read(self._engine) as connection, connection.begin():
            if district is not None:
                speak_of(connection, district)
            yield connection

    @contextmanager
    def _writing(self, district: str | None = None) -> Iterator[Connection]:
        with refusals(), connect_to_write(self._engine) as connection, connection.begin():
            if district is not None:
                speak_of(connection, district)
            yield connection
