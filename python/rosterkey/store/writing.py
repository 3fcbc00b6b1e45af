"""One write transaction on one district."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from rosterkey.core.history import ImportHeader, ImportKind
from rosterkey.core.keys import username_key
from rosterkey.core.model import AccountChange, Decision
from rosterkey.core.snapshot import Snapshot
from rosterkey.store.accounts import (
    claim_usernames,
    insert_accounts,
    release_usernames,
    remove_accounts,
    require_own_ids,
    update_accounts,
)
from rosterkey.store.by_key import snapshot_by_key
from rosterkey.store.contract import StoreError
from rosterkey.store.decisions import remember
from rosterkey.store.figures import keep_figures
from rosterkey.store.history import begin_import, write_history
from rosterkey.store.images import StoredChange, as_stored
from rosterkey.store.passwords import with_hashes
from rosterkey.store.purging import purge_imports
from rosterkey.store.reading import read_snapshot
from rosterkey.store.refusals import refusals
from rosterkey.store.retired import retire, usernames_of


class SqlWriter:
    """The `contract.Writer` on a connection whose transaction holds the district's lock.

    `broken` tells that an import stopped between its statements, so that nothing of this
    transaction may be committed, whatever became of the exception.
    """

    def __init__(self, connection: Connection, district: str) -> None:
        self._connection = connection
        self._district = district
        self.broken = False

    def snapshot(self, like: Snapshot | None = None) -> Snapshot:
        """The district inside this transaction: whole, or as much as was read of `like`."""
        with refusals():
            if like is None:
                return read_snapshot(self._connection, self._district)
            return snapshot_by_key(self._connection, self._district, like)

    def apply(
        self,
        header: ImportHeader,
        changes: Sequence[AccountChange],
        decisions: Sequence[Decision] = (),
    ) -> int:
        """Write the changes, their history and what was decided; return the import's number.

        Passwords that are still plain text are hashed here (`passwords.with_hashes` does it
        before the lock is taken). Raises AlreadyImported for a digest that is in the history, and
        StoreError where a `before` is not what the database has or a key is taken.
        """
        _require_one_change_each(changes)
        stored = map(as_stored, with_hashes(changes))
        # In the order of the ids, which is the order of the tables.
        written = sorted((c for c in stored if c.changes_something), key=lambda c: c.account_id)
        with refusals():
            number = begin_import(self._connection, self._district, header)
            self.broken = True
            self._write(written)
            if header.kind is ImportKind.DELETE:
                self._retire(written)
            write_history(self._connection, self._district, number, written)
            remember(self._connection, self._district, number, header, decisions)
            self.broken = False
        return number

    def purge(self, header: ImportHeader, numbers: Sequence[int]) -> int:
        """Delete what these imports changed from the history, and return the purge's number.

        Raises AlreadyImported, and StoreError for an import that is not there or was purged.
        """
        with refusals():
            self.broken = True
            if self._connection.dialect.name == "sqlite":
                # What is deleted is overwritten, or the names would stay in the file.
                self._connection.exec_driver_sql("PRAGMA secure_delete = ON")
            number = purge_imports(self._connection, self._district, header, numbers)
            self.broken = False
        return number

    def _retire(self, changes: Sequence[StoredChange]) -> None:
        gone = [c.before for c in changes if c.before is not None and c.after is None]
        retire(self._connection, self._district, usernames_of(gone))

    def _write(self, changes: Sequence[StoredChange]) -> None:
        created = [c.after for c in changes if c.before is None and c.after is not None]
        removed = [c.before for c in changes if c.before is not None and c.after is None]
        updated = [(c.before, c.after) for c in changes if c.before and c.after]
        renamed = [
            (b, a) for b, a in updated if username_key(b.username) != username_key(a.username)
        ]
        at = (self._connection, self._district)
        # All claims that end are deleted before any begins: swaps and cycles need no order.
        release_usernames(*at, [*removed, *(before for before, _ in renamed)])
        remove_accounts(*at, removed)
        update_accounts(*at, changes)
        claim_usernames(*at, [after for _, after in renamed])
        insert_accounts(*at, created)
        keep_figures(*at, changes)
        ids = (c.after.student_id for c in changes if c.after and "student_id" in c.differing)
        require_own_ids(*at, (i for i in ids if i is not None))


def _require_one_change_each(changes: Sequence[AccountChange]) -> None:
    ids = {change.account_id for change in changes}
    moved = any(c.before and c.after and c.before.account_id != c.after.account_id for c in changes)
    if len(ids) != len(changes) or moved:
        raise StoreError(
            "The plan changes one account twice or turns it into another. "
            "Nothing was written: validate again."
        )
