"""The history of the imports: written once, read for the audit trail and for an undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import JSON, Connection, Row, Text, bindparam, cast, func, insert, or_, select

from rosterkey.core.history import FieldChange, ImportEntry, ImportHeader, ImportImages, ImportKind
from rosterkey.core.model import Account, AccountChange
from rosterkey.store.bulk import insert_rows
from rosterkey.store.contract import AlreadyImported, StoreError
from rosterkey.store.images import (
    AUDITED,
    StoredChange,
    apply_difference,
    decode,
    encode,
    encode_difference,
    field_changes,
)
from rosterkey.store.schema import account_image, change, import_

_IDS_AT_A_TIME = 500
_FIELD_ORDER = {name: position for position, name in enumerate((*AUDITED, "password"))}


def begin_import(connection: Connection, code: str, header: ImportHeader) -> int:
    """Write the row of the import, the first of its transaction, and return its number.

    Numbers count from 1 in each district; its lock is held. Raises AlreadyImported.
    """
    done = number_of(connection, code, header.digest)
    if done is not None:
        raise AlreadyImported(done)
    number = newest_number(connection, code) + 1
    values = {
        "district_id": code,
        "import_number": number,
        "digest": header.digest,
        "kind": str(header.kind),
        "actor": header.actor,
        "at": header.at,
        "source": header.source,
        "sheet_hash": header.sheet_hash,
        "reason": header.reason,
        "counts": header.counts,
        "confirmed": list(header.confirmed),
        "undoes": header.undoes,
        "decisions": list(header.decisions),
    }
    connection.execute(insert(import_), values)
    return number


def write_history(
    connection: Connection, code: str, number: int, changes: Sequence[StoredChange]
) -> None:
    """Keep what an import changed: for the audit trail, and for its undo."""
    fields = [(code, number, c.account_id, *values) for c in changes for values in field_changes(c)]
    insert_rows(connection, change, fields)
    images = [
        (code, number, c.account_id, c.rows, c.before and encode(c.before), encode_difference(c))
        for c in changes
    ]
    insert_rows(connection, account_image, images)


def newest_number(connection: Connection, code: str) -> int:
    """The number of the newest import of a district; 0 where there is none."""
    newest = select(func.max(import_.c.import_number)).where(import_.c.district_id == code)
    return connection.scalar(newest) or 0


def number_of(connection: Connection, code: str, digest: str) -> int | None:
    """The number of the import with this digest."""
    query = select(import_.c.import_number).where(
        import_.c.district_id == code, import_.c.digest == digest
    )
    return connection.scalar(query)


def read_imports(connection: Connection, code: str) -> list[ImportEntry]:
    """The imports of one district, newest first.

    An undo that was itself taken back no longer counts as having undone anything.
    """
    query = (
        select(import_)
        .where(import_.c.district_id == code)
        .order_by(import_.c.import_number.desc())
    )
    entries: list[ImportEntry] = []
    undone_by: dict[int, int] = {}
    for row in connection.execute(query):
        number = row.import_number
        entries.append(ImportEntry(number, _header(row), undone_by.get(number), row.purged_by))
        # From the newest down, whatever takes this import back has been seen by now.
        if row.undoes is not None and number not in undone_by:
            undone_by.setdefault(row.undoes, number)
    return entries


def read_field_changes(connection: Connection, code: str, number: int) -> list[FieldChange]:
    """What one import changed, by account and then in the order of the sheet's fields."""
    query = select(change.c.account_id, change.c.field, change.c.before, change.c.after).where(
        change.c.district_id == code, change.c.import_number == number
    )
    found = [FieldChange(*row) for row in connection.execute(query)]
    return sorted(found, key=lambda c: (c.account_id, _FIELD_ORDER[c.field]))


def read_trail(connection: Connection, code: str, account_id: str) -> dict[int, list[FieldChange]]:
    """What each import changed of one account, by the import's number, oldest first."""
    of = change.c
    query = (
        select(of.import_number, of.account_id, of.field, of.before, of.after)
        .where(of.district_id == code, of.account_id == account_id)
        .order_by(of.import_number)
    )
    found: dict[int, list[FieldChange]] = {}
    for number, *values in connection.execute(query):
        found.setdefault(number, []).append(FieldChange(*values))
    for changes in found.values():
        changes.sort(key=lambda c: _FIELD_ORDER[c.field])
    return found


def accounts_once_known_as(connection: Connection, code: str, text: str) -> list[str]:
    """The ids of accounts whose username or Student ID was this text before or after an import."""
    of = change.c
    wanted = cast(bindparam("wanted", text, type_=JSON), Text)
    query = (
        select(of.account_id)
        .where(
            of.district_id == code,
            of.field.in_(("username", "student_id")),
            or_(cast(of.before, Text) == wanted, cast(of.after, Text) == wanted),
        )
        .distinct()
        .order_by(of.account_id)
    )
    return list(connection.scalars(query))


def read_images(connection: Connection, code: str, number: int) -> ImportImages:
    """Every account that the import touched, by id. Raises StoreError where there is none."""
    found = connection.execute(
        select(import_.c.kind, import_.c.purged_by).where(
            import_.c.district_id == code, import_.c.import_number == number
        )
    ).first()
    if found is None:
        raise StoreError(
            f"There is no import {number} in the history of the district {code!r}; "
            "`rosterkey history` lists those there are."
        )
    if found.purged_by is not None:
        raise StoreError(
            f"Import {number} cannot be taken back: what it changed was purged from the history "
            f"by import {found.purged_by}. Nothing was written."
        )
    of = account_image.c
    query = (
        select(of.sheet_rows, of.before, of.difference)
        .where(of.district_id == code, of.import_number == number)
        .order_by(of.account_id)
    )
    changes = tuple(_account_change(*row) for row in connection.execute(query))
    return ImportImages(number, changes, ImportKind(found.kind))


def read_earlier_states(
    connection: Connection, code: str, wanted: Sequence[tuple[str, int]]
) -> dict[tuple[str, int], Account]:
    """Accounts (id, version) as an import found them, without password hashes.

    Every change of an account is an import, so each version but the present one is there, unless
    the database was loaded from a dump since. A login that may not read them is told of none.
    """
    if wanted and not _may_read_images(connection):
        return {}
    ids = sorted({account_id for account_id, _ in wanted})
    asked = set(wanted)
    of = account_image.c
    found: dict[tuple[str, int], Account] = {}
    for start in range(0, len(ids), _IDS_AT_A_TIME):
        query = (
            select(of.before)
            .where(of.district_id == code, of.before.is_not(None))
            .where(of.account_id.in_(ids[start : start + _IDS_AT_A_TIME]))
            .order_by(of.import_number)
        )
        for image in connection.scalars(query):
            account = decode(image)
            if (account.account_id, account.version) in asked:
                plain = replace(account, password_hash=None)
                found[account.account_id, account.version] = plain
    return found


def _may_read_images(connection: Connection) -> bool:
    """Whether the login may: who only reads does not, because password hashes are in them."""
    if connection.dialect.name == "sqlite":
        return True
    name = account_image.c.before.name
    ask = func.has_column_privilege(account_image.name, name, "SELECT")
    return bool(connection.scalar(select(ask)))


def _account_change(
    rows: list[int], before: dict[str, Any] | None, difference: dict[str, Any] | None
) -> AccountChange:
    old = None if before is None else decode(before)
    if difference is None:
        new = None
    else:
        new = decode(difference) if old is None else apply_difference(old, difference)
    return AccountChange(old, new, tuple(rows))


def _header(row: Row[Any]) -> ImportHeader:
    return ImportHeader(
        digest=row.digest,
        actor=row.actor,
        at=row.at,
        kind=ImportKind(row.kind),
        source=row.source,
        sheet_hash=row.sheet_hash,
        reason=row.reason,
        counts=row.counts,
        confirmed=tuple(row.confirmed),
        undoes=row.undoes,
        decisions=tuple(row.decisions),
    )
