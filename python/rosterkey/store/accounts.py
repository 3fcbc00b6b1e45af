"""Accounts into the tables: insert, update and remove, each in bulk and by what differs.

Every function is part of one transaction that holds the district's lock. What contradicts the
database raises StoreError, and the caller rolls back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
from operator import attrgetter, ne
from typing import Any

from sqlalchemy import Connection, Delete, Table, Update, bindparam, delete, func, select, update

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Account
from rosterkey.store.account_keys import add_keys, change_keys, remove_keys
from rosterkey.store.bulk import Rows, insert_rows, run_many
from rosterkey.store.contract import StoreError
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

_COLUMNS = (
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

_values = attrgetter(*_COLUMNS)

_STORED_AS = {column: (column,) for column in _COLUMNS} | {
    "student_id": ("student_id", "student_id_key"),
    "username": ("username", "username_key"),
}
"""The columns of the table that a field of the account changes."""

_ALL_COLUMNS = tuple(
    column.name for column in account.columns if column is not account.c.district_id
)

Pair = tuple[Account, Account]
"""An account before and after."""


def insert_accounts(connection: Connection, code: str, accounts: Sequence[Account]) -> None:
    """Add accounts with their claims and lists."""
    with refusals(ACCOUNT_EXISTS):
        insert_rows(connection, account, [_account_row(code, a) for a in accounts])
    claim_usernames(connection, code, accounts)
    add_keys(connection, code, accounts)
    for table, _, columns_of in _LISTS:
        insert_rows(connection, table, _rows(code, accounts, columns_of))


def update_accounts(connection: Connection, code: str, pairs: Sequence[Pair]) -> None:
    """Write the columns and lists that differ, in as few statements as there are kinds of change.

    Claims are not touched: those of all changed usernames are released first and taken last.
    """
    groups: defaultdict[tuple[str, ...], list[Pair]] = defaultdict(list)
    for before, after in pairs:
        columns = tuple(compress(_COLUMNS, map(ne, _values(before), _values(after))))
        groups[columns].append((before, after))
    for columns in sorted(groups):
        _update_columns(connection, code, columns, groups[columns])
    change_keys(connection, code, pairs)
    for table, attribute, columns_of in _LISTS:
        changed = [(b, a) for b, a in pairs if getattr(b, attribute) != getattr(a, attribute)]
        _delete_of(connection, code, table, [b for b, _ in changed if getattr(b, attribute)])
        insert_rows(connection, table, _rows(code, [a for _, a in changed], columns_of))


def remove_accounts(connection: Connection, code: str, accounts: Sequence[Account]) -> None:
    """Delete accounts whose claims were released, with all that hangs on them but the history."""
    remove_keys(connection, code, accounts)
    for table, attribute, _ in _LISTS:
        _delete_of(connection, code, table, [a for a in accounts if getattr(a, attribute)])
    statement = delete(account).where(
        account.c.district_id == bindparam("of_district"),
        account.c.account_id == bindparam("of_account"),
        account.c.version == bindparam("of_version"),
    )
    with refusals(STALE):
        _exactly(connection, statement, [_state_of(code, a) for a in accounts])


def release_usernames(connection: Connection, code: str, accounts: Sequence[Account]) -> None:
    """Delete the claims of accounts that are renamed or removed."""
    statement = delete(username_claim).where(
        username_claim.c.district_id == bindparam("of_district"),
        username_claim.c.username_key == bindparam("of_key"),
        username_claim.c.account_id == bindparam("of_account"),
    )
    rows = [
        {"of_district": code, "of_key": username_key(a.username), "of_account": a.account_id}
        for a in accounts
    ]
    _exactly(connection, statement, rows)


def claim_usernames(connection: Connection, code: str, accounts: Sequence[Account]) -> None:
    """Insert the claims of accounts that are renamed or new."""
    rows = [
        {
            "district_id": code,
            "username_key": username_key(a.username),
            "account_id": a.account_id,
        }
        for a in accounts
    ]
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


def _update_columns(
    connection: Connection, code: str, columns: tuple[str, ...], pairs: Sequence[Pair]
) -> None:
    """Write these columns and the version where the account still has its version of before."""
    names = [name for column in columns for name in _STORED_AS[column]] + ["version"]
    statement = (
        update(account)
        .where(
            account.c.district_id == bindparam("of_district"),
            account.c.account_id == bindparam("of_account"),
            account.c.version == bindparam("of_version"),
        )
        .values({name: bindparam(f"new_{name}", type_=account.c[name].type) for name in names})
    )
    rows = [
        _state_of(code, before) | {f"new_{name}": value for name, value in _stored(after, names)}
        for before, after in pairs
    ]
    _exactly(connection, statement, rows)


def _stored(of: Account, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """What these columns hold of an account."""
    for name in names:
        if name == "student_id_key":
            yield name, None if of.student_id is None else id_key(of.student_id)
        elif name == "username_key":
            yield name, username_key(of.username)
        else:
            yield name, getattr(of, name)


def _account_row(code: str, of: Account) -> dict[str, Any]:
    return {"district_id": code, **dict(_stored(of, _ALL_COLUMNS))}


def _state_of(code: str, before: Account) -> dict[str, Any]:
    return {
        "of_district": code,
        "of_account": before.account_id,
        "of_version": before.version,
    }


def _rows(
    code: str,
    accounts: Iterable[Account],
    columns_of: Callable[[Account], Iterator[dict[str, Any]]],
) -> list[dict[str, Any]]:
    return [
        {"district_id": code, "account_id": a.account_id, "position": position} | columns
        for a in accounts
        for position, columns in enumerate(columns_of(a))
    ]


def _class_columns(of: Account) -> Iterator[dict[str, Any]]:
    return ({"class_name": name} for name in of.classes)


def _past_columns(of: Account) -> Iterator[dict[str, Any]]:
    return ({"username": n, "username_key": username_key(n)} for n in of.past_usernames)


def _merged_columns(of: Account) -> Iterator[dict[str, Any]]:
    return ({"merged_id": gone} for gone in of.merged_accounts)


_LISTS: tuple[tuple[Table, str, Callable[[Account], Iterator[dict[str, Any]]]], ...] = (
    (enrollment, "classes", _class_columns),
    (past_username, "past_usernames", _past_columns),
    (merged_account, "merged_accounts", _merged_columns),
)
"""The tables of what an account has several of, with the field and the columns."""


def _delete_of(
    connection: Connection, code: str, table: Table, accounts: Sequence[Account]
) -> None:
    statement = delete(table).where(
        table.c.district_id == bindparam("of_district"),
        table.c.account_id == bindparam("of_account"),
    )
    rows = [{"of_district": code, "of_account": a.account_id} for a in accounts]
    run_many(connection, statement, rows)


def _exactly(connection: Connection, statement: Update | Delete, rows: Rows) -> None:
    """Run the statement for every row, each of which has to find what it is for."""
    if run_many(connection, statement, rows) != len(rows):
        raise StoreError(STALE)
