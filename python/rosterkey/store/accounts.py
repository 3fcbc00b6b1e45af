"""Accounts into the tables: insert, update and remove, each in bulk and by what differs.

Every function is part of one transaction that holds the district's lock. What contradicts the
database raises StoreError, and the caller rolls back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Delete, Table, Update, bindparam, delete, func, select, update

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Account
from rosterkey.store.account_keys import STORED_KEYS
from rosterkey.store.bulk import Rows, insert_rows, run_many
from rosterkey.store.contract import StoreError
from rosterkey.store.images import StoredChange
from rosterkey.store.in_lists import among, in_lists
from rosterkey.store.refusals import refusals
from rosterkey.store.schema import (
    account,
    enrollment,
    merged_account,
    past_username,
    username_claim,
)

STALE = (
    "An account of this import was changed or removed since the plan was made. "
    "Nothing was written: validate again."
)
USERNAME_TAKEN = (
    "A username of this import is held by another account by now. "
    "Nothing was written: validate again."
)
ID_TAKEN = (
    "A Student ID of this import belongs to another account by now. "
    "Nothing was written: validate again."
)
ACCOUNT_EXISTS = (
    "An account that this import would create is in the database already. "
    "Nothing was written: validate again."
)

_FIELDS = (
    "role",
    "status",
    "student_id",
    "username",
    "first_name",
    "last_name",
    "school",
    "grade",
    "password_hash",
)

_FIELD_KEYS = {"student_id": ("student_id_key",), "username": ("username_key",)}

_STORED_AS = {
    field: (
        field,
        *_FIELD_KEYS.get(field, ()),
        *(key.column.name for key in STORED_KEYS.values() if field in key.made_of),
    )
    for field in _FIELDS
}
"""The columns of the table that a field of the account changes."""

_VALUE_OF: dict[str, Callable[[Account], Any]] = {
    **{key.column.name: key.number_of for key in STORED_KEYS.values()},
    "role": attrgetter("role.value"),
    "status": attrgetter("status.value"),
    "student_id_key": lambda a: None if a.student_id is None else id_key(a.student_id),
    "username_key": lambda a: username_key(a.username),
}
"""What a column holds of an account, where it is not the field of that name."""

Pair = tuple[Account, Account]
"""An account before and after."""


class _Several(NamedTuple):
    """What an account has several of: the table, the field, and the columns of each value."""

    table: Table
    field: str
    columns_of: Callable[[str], tuple[str, ...]]


_SEVERAL = (
    _Several(enrollment, "classes", lambda name: (name,)),
    _Several(past_username, "past_usernames", lambda name: (name, username_key(name))),
    _Several(merged_account, "merged_accounts", lambda gone: (gone,)),
)


def insert_accounts(connection: Connection, code: str, accounts: Sequence[Account]) -> None:
    """Add accounts with their claims and lists."""
    with refusals(ACCOUNT_EXISTS):
        columns = (_column(name, accounts) for name in account.columns.keys()[1:])
        insert_rows(connection, account, list(zip(repeat(code), *columns)))
    claim_usernames(connection, code, accounts)
    for several in _SEVERAL:
        _insert_several(connection, code, several, accounts)


def update_accounts(connection: Connection, code: str, changes: Sequence[StoredChange]) -> None:
    """Write the columns and lists that differ, in as few statements as there are kinds of change.

    What is made or removed is passed over.
    Claims are not touched: those of all changed usernames are released first and taken last.
    """
    groups: defaultdict[tuple[str, ...], list[Pair]] = defaultdict(list)
    for c in changes:
        if c.before and c.after:
            fields = tuple(filter(_STORED_AS.__contains__, c.differing))
            groups[fields].append((c.before, c.after))
    for fields in sorted(groups):
        _update_fields(connection, code, fields, groups[fields])
    for several in _SEVERAL:
        changed = [c for c in changes if c.before and c.after and several.field in c.differing]
        _delete_several(connection, code, several, (c.before for c in changed if c.before))
        _insert_several(connection, code, several, [c.after for c in changed if c.after])


def remove_accounts(connection: Connection, code: str, accounts: Sequence[Account]) -> None:
    """Delete accounts whose claims were released, with all that hangs on them but the history."""
    for several in _SEVERAL:
        _delete_several(connection, code, several, accounts)
    statement = delete(account).where(
        account.c.district_id == bindparam("of_district"),
        account.c.account_id == bindparam("of_account"),
        account.c.version == bindparam("of_version"),
    )
    with refusals(STALE):
        rows = [(code, a.account_id, a.version) for a in accounts]
        _exactly(connection, statement, ("of_district", "of_account", "of_version"), rows)


def release_usernames(connection: Connection, code: str, accounts: Sequence[Account]) -> None:
    """Delete the claims of accounts that are renamed or removed."""
    statement = delete(username_claim).where(
        username_claim.c.district_id == bindparam("of_district"),
        username_claim.c.username_key == bindparam("of_key"),
        username_claim.c.account_id == bindparam("of_account"),
    )
    rows = [(code, username_key(a.username), a.account_id) for a in accounts]
    _exactly(connection, statement, ("of_district", "of_key", "of_account"), rows)


def claim_usernames(connection: Connection, code: str, accounts: Sequence[Account]) -> None:
    """Insert the claims of accounts that are renamed or new."""
    rows = [(code, username_key(a.username), a.account_id) for a in accounts]
    with refusals(USERNAME_TAKEN):
        insert_rows(connection, username_claim, rows)


def require_own_ids(connection: Connection, code: str, student_ids: Iterable[str]) -> None:
    """Check that each of these Student IDs, just written, stands in one account only."""
    keys = sorted({id_key(student_id) for student_id in student_ids})
    for some in in_lists(keys):
        shared = (
            select(account.c.student_id_key)
            .where(
                account.c.district_id == code,
                among(connection, account.c.student_id_key, some),
            )
            .group_by(account.c.student_id_key)
            .having(func.count() > 1)
            .limit(1)
        )
        if connection.execute(shared).first() is not None:
            raise StoreError(ID_TAKEN)


def _update_fields(
    connection: Connection, code: str, fields: tuple[str, ...], pairs: Sequence[Pair]
) -> None:
    """Write these fields and the version where the account still has its version of before."""
    names = list(dict.fromkeys(name for field in fields for name in _STORED_AS[field]))
    names.append("version")
    statement = (
        update(account)
        .where(
            account.c.district_id == bindparam("of_district"),
            account.c.account_id == bindparam("of_account"),
            account.c.version == bindparam("of_version"),
        )
        .values({name: bindparam(f"new_{name}", type_=account.c[name].type) for name in names})
    )
    accounts = [after for _, after in pairs]
    ids = (before.account_id for before, _ in pairs)
    versions = (before.version for before, _ in pairs)
    values = (_column(name, accounts) for name in names)
    parameters = ("of_district", "of_account", "of_version", *(f"new_{name}" for name in names))
    rows = list(zip(repeat(code), ids, versions, *values))
    _exactly(connection, statement, parameters, rows)


def _column(name: str, accounts: Sequence[Account]) -> Iterator[Any]:
    """What a column of the table holds of each account."""
    return map(_VALUE_OF.get(name) or attrgetter(name), accounts)


def _insert_several(
    connection: Connection, code: str, several: _Several, accounts: Sequence[Account]
) -> None:
    table, field, columns_of = several
    rows = [
        (code, a.account_id, position, *columns_of(value))
        for a in accounts
        for position, value in enumerate(getattr(a, field))
    ]
    insert_rows(connection, table, rows)


def _delete_several(
    connection: Connection, code: str, several: _Several, accounts: Iterable[Account]
) -> None:
    table, field, _ = several
    statement = delete(table).where(
        table.c.district_id == bindparam("of_district"),
        table.c.account_id == bindparam("of_account"),
    )
    rows = [(code, a.account_id) for a in accounts if getattr(a, field)]
    run_many(connection, statement, ("of_district", "of_account"), rows)


def _exactly(
    connection: Connection, statement: Update | Delete, names: Sequence[str], rows: Rows
) -> None:
    """Run the statement for every row, each of which has to find what it is for."""
    if run_many(connection, statement, names, rows) != len(rows):
        raise StoreError(STALE)
