"""Districts and accounts out of the tables."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, null, select

from rosterkey.core.model import Account, District, Role, Status
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.stored import StoredLine
from rosterkey.store import retired
from rosterkey.store.contract import StoreError, UnknownDistrict
from rosterkey.store.decisions import read_decided
from rosterkey.store.refused import LOCKED
from rosterkey.store.schema import (
    account,
    district,
    enrollment,
    grade,
    merged_account,
    past_username,
    school,
)
from rosterkey.store.waiting import attempts

DUMP_BATCH = 5_000
"""Accounts that a dump holds in memory at a time."""

_FETCHED = 2_000
"""Rows that are taken from a result at a time: one by one is slower, all at once needs memory."""

_SHOWN = "rosterkey_shows_hashes"
"""Whether the login of a connection may read password hashes; asked once for each connection."""

_ROLES = {str(role): role for role in Role}
_STATUSES = {str(status): status for status in Status}


def district_codes(connection: Connection) -> tuple[str, ...]:
    """The codes of all districts, sorted."""
    return tuple(
        connection.scalars(select(district.c.district_id).order_by(district.c.district_id))
    )


def lock_district(connection: Connection, code: str) -> None:
    """Hold one district until the transaction ends.

    SQLite has locked the whole database by then and ignores the clause. A server passes over a row
    that is locked, so that nobody waits in it without an end, and no two wait for each other.
    Raises UnknownDistrict, and StoreError while another write lasts too long.
    """
    row = select(district.c.district_id).where(district.c.district_id == code)
    for _ in attempts():
        if connection.execute(row.with_for_update(skip_locked=True)).first() is not None:
            return
        if connection.execute(row).first() is None:
            raise _unknown(connection, code)
    raise StoreError(LOCKED)


def read_district(connection: Connection, code: str) -> District:
    """A district with its lists in their order. Raises UnknownDistrict."""
    name = connection.scalar(select(district.c.name).where(district.c.district_id == code))
    if name is None:
        raise _unknown(connection, code)
    return District(code, name, _names(connection, school, code), _names(connection, grade, code))


def read_snapshot(connection: Connection, code: str) -> Snapshot:
    """One district with its accounts, in the order of their ids, and what was decided about them.

    Raises UnknownDistrict.
    """
    whole = read_district(connection, code)
    accounts = read_accounts(connection, code, lambda table: _in(table, code))
    names = retired.by_key(retired.read(connection, code))
    return Snapshot(whole, accounts, read_decided(connection, code), names)


def read_in_batches(connection: Connection, code: str) -> Iterator[list[Account]]:
    """The accounts of one district in the order of their ids, some thousands at a time."""
    last: str | None = None
    while True:
        ids = _next_ids(connection, code, last)
        if not ids:
            return
        first, last = ids[0], ids[-1]

        def one_batch(table: Table, low: str = first, high: str = last) -> ColumnElement[bool]:
            return _in(table, code) & table.c.account_id.between(low, high)

        yield read_accounts(connection, code, one_batch)


def read_accounts(
    connection: Connection, code: str, which: Callable[[Table], ColumnElement[bool]]
) -> list[Account]:
    """The accounts that `which` selects, with four statements. Raises StoreError for damage."""
    with _no_collector():
        return _read_accounts(connection, code, which)


def _read_accounts(
    connection: Connection, code: str, which: Callable[[Table], ColumnElement[bool]]
) -> list[Account]:
    shared: dict[Any, Any] = {}
    classes = _lists(connection, _list_query(enrollment, "class_name", which), shared)
    past = _lists(connection, _list_query(past_username, "username", which), {})
    merged = _lists(connection, _list_query(merged_account, "merged_id", which), {})
    rows = connection.execute(_account_query(which, _password_hash(connection)))
    share = shared.setdefault
    try:
        # Positional, because keywords double the time of the one loop over every account. A
        # school stands in thousands of accounts: one text for all saves half the memory.
        return [
            Account(
                account_id,
                username,
                student_id,
                first_name,
                last_name,
                share(of_school, of_school),
                share(of_grade, of_grade),
                classes.get(account_id, ()),
                _ROLES[role],
                _STATUSES[status],
                password_hash,
                past.get(account_id, ()),
                version,
                merged.get(account_id, ()),
            )
            for (
                account_id,
                username,
                student_id,
                first_name,
                last_name,
                of_school,
                of_grade,
                role,
                status,
                password_hash,
                version,
            ) in chain.from_iterable(rows.partitions(_FETCHED))
        ]
    except KeyError:
        raise StoreError(
            f"An account of the district {code!r} has a role or a status that rosterkey does not "
            "know; update rosterkey, or restore the database from a back-up."
        ) from None


def read_lines(connection: Connection, code: str) -> Iterator[StoredLine]:
    """Every student of a district as a line of a sheet, with one statement."""
    of, has = account.c, enrollment.c
    texts = (of.student_id, of.username, of.first_name, of.last_name, of.school, of.grade)
    same = (of.district_id == has.district_id) & (of.account_id == has.account_id)
    query = (
        select(has.class_name, of.account_id, of.version, of.status, *texts)
        .select_from(account.outerjoin(enrollment, same))
        .where(_in(account, code), of.role == str(Role.STUDENT))
        .order_by(of.district_id, of.account_id, has.position)
    )
    with _no_collector():
        rows = chain.from_iterable(connection.execute(query).partitions(_FETCHED))
        last: tuple[Any, ...] = ()
        classes = ""
        for class_name, *line in rows:
            if last and line[0] == last[0]:
                classes = f"{classes}; {class_name}"
                continue
            if last:
                yield *last, classes
            last, classes = tuple(line), class_name or ""
        if last:
            yield *last, classes


def _password_hash(connection: Connection) -> ColumnElement[Any]:
    """The column, or nothing for a login that may read accounts and no hashes."""
    if connection.dialect.name == "sqlite":
        return account.c.password_hash
    if _SHOWN not in connection.info:
        ask = func.has_column_privilege(account.name, account.c.password_hash.name, "SELECT")
        connection.info[_SHOWN] = connection.scalar(select(ask))
    return account.c.password_hash if connection.info[_SHOWN] else null()


def _account_query(
    which: Callable[[Table], ColumnElement[bool]], password_hash: ColumnElement[Any]
) -> Select[Any]:
    of = account.c
    return (
        select(
            of.account_id,
            of.username,
            of.student_id,
            of.first_name,
            of.last_name,
            of.school,
            of.grade,
            of.role,
            of.status,
            password_hash,
            of.version,
        )
        .where(which(account))
        .order_by(of.district_id, of.account_id)
    )


def _list_query(
    table: Table, column: str, which: Callable[[Table], ColumnElement[bool]]
) -> Select[Any]:
    return (
        select(table.c.account_id, table.c[column])
        .where(which(table))
        .order_by(table.c.district_id, table.c.account_id, table.c.position)
    )


def _lists(
    connection: Connection, query: Select[Any], shared: dict[Any, Any]
) -> dict[str, tuple[str, ...]]:
    """The ordered texts of each account; most accounts have one at most."""
    found: dict[str, tuple[str, ...]] = {}
    for account_id, text in connection.execute(query):
        value: str = shared.setdefault(text, text)
        one = (value,)
        found[account_id] = found[account_id] + one if account_id in found else one
    return found


def _next_ids(connection: Connection, code: str, last: str | None) -> list[str]:
    query = select(account.c.account_id).where(_in(account, code))
    if last is not None:
        query = query.where(account.c.account_id > last)
    ordered = query.order_by(account.c.district_id, account.c.account_id).limit(DUMP_BATCH)
    return list(connection.scalars(ordered))


def _in(table: Table, code: str) -> ColumnElement[bool]:
    return table.c.district_id == code


def _names(connection: Connection, table: Table, code: str) -> tuple[str, ...]:
    query = select(table.c.name).where(_in(table, code)).order_by(table.c.position)
    return tuple(connection.scalars(query))


def _unknown(connection: Connection, code: str) -> UnknownDistrict:
    known = district_codes(connection)
    listed = ", ".join(repr(c) for c in known[:10]) + (", …" if len(known) > 10 else "")
    there = f"it holds {listed}" if known else "it holds no district yet: `rosterkey load` adds one"
    return UnknownDistrict(f"There is no district {code!r} in the account database; {there}.")


@contextmanager
def _no_collector() -> Iterator[None]:
    """Pause the garbage collector: it would walk over every account again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
