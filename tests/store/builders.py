"""Accounts, changes and headers for the tests of the account database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

from sqlalchemy import Connection, Engine, Table, event

from rosterkey.core.history import ImportHeader
from rosterkey.core.model import Account, AccountChange, Status
from rosterkey.core.snapshot import Snapshot
from rosterkey.store import staging
from rosterkey.store.contract import Store
from rosterkey.store.staging import copy_rows

HASH = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g"
OTHER_HASH = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHU$aGFzaGhhc2k"
SUNNY = "Sunny-Day-7"
RAINY = "Rainy-Day-8"
NOON = dt.datetime(2025, 8, 20, 12, 30, 15, 123456, tzinfo=dt.UTC)


def district_line(code: str, **cells: Any) -> dict[str, Any]:
    """A district of two schools."""
    usual = {"name": f"District {code}", "schools": ["North", "South"], "grades": ["K", "1", "2"]}
    return {"kind": "district", "code": code} | usual | cells


def account_line(district: str, account: str, username: str, **cells: Any) -> dict[str, Any]:
    """An account with every key that a dump has."""
    usual: dict[str, Any] = {
        "role": "student",
        "status": "active",
        "student_id": None,
        "username": username,
        "first_name": "Ana",
        "last_name": "Smith",
        "school": "North",
        "grade": "1",
        "classes": [],
        "password_hash": None,
        "past_usernames": [],
    }
    return {"kind": "account", "district": district, "account": account} | usual | cells


LINES = [
    district_line("D1"),
    account_line("D1", "a1", "ann", student_id="001", classes=["1A"], password_hash=HASH),
    account_line("D1", "a2", "bob", student_id="002", classes=["1A", "Band"]),
    account_line("D1", "a3", "cal", past_usernames=["calvin"]),
    account_line("D1", "a4", "dee", student_id="004"),
    account_line("D1", "a5", "Eve", student_id="X5", classes=["1B"], past_usernames=["eva", "evi"]),
    account_line("D1", "a6", "fox", status="archived", school=None, grade=None),
    account_line("D1", "t1", "teacher one", role="staff"),
    district_line("D2", name="", schools=[], grades=[]),
    account_line("D2", "a1", "ann", student_id="001"),
]


def header(digest: str = "digest-1", **cells: Any) -> ImportHeader:
    """The header of an import at noon."""
    return ImportHeader(digest=digest, at=NOON, **{"actor": "kim"} | cells)


def edited(snapshot: Snapshot, account_id: str, **values: Any) -> AccountChange:
    """The change that gives an account these values."""
    before = snapshot.accounts[account_id]
    return AccountChange(before, replace(before, **values))


def created(account_id: str, username: str, **values: Any) -> AccountChange:
    """The change that creates an account."""
    return AccountChange(None, Account(account_id, username, **values))


def removed(snapshot: Snapshot, account_id: str) -> AccountChange:
    """The change that removes an account."""
    return AccountChange(snapshot.accounts[account_id], None)


def apply(store: Store, *changes: AccountChange, district: str = "D1", **cells: Any) -> int:
    """Import the changes in a transaction of their own and return the import's number."""
    with store.write(district) as writer:
        return writer.apply(header(**cells), changes)


def changes_of_every_kind(now: Snapshot) -> list[AccountChange]:
    """A swap, a new name, an ID, classes, a password, a create and a removal of D1 at once."""
    return [
        replace(edited(now, "a1", username="bob", password_hash=OTHER_HASH), rows=(2,)),
        replace(edited(now, "a2", username="ann", classes=("2B",), grade="2"), rows=(3, 9)),
        edited(now, "a3", username="calvin", student_id="003"),
        removed(now, "a5"),
        edited(now, "a6", status=Status.ACTIVE, school="South", classes=("2A", "2A")),
        created(
            "a7", "EVE", student_id="x5", first_name="Eve", classes=("1A",), password_hash=HASH
        ),
    ]


def usernames(store: Store, district: str = "D1") -> dict[str, str]:
    """The username of every account."""
    return {i: a.username for i, a in store.snapshot(district).accounts.items()}


def everything(store: Store) -> list[Any]:
    """All that the contract shows of a database, to compare two states of it."""
    seen: list[Any] = list(store.dump())
    for code in store.districts():
        seen.append(list(store.snapshot(code).accounts.values()))
        for entry in store.imports(code):
            changes = store.field_changes(code, entry.number)
            seen += [entry, changes, store.images(code, entry.number)]
    return seen


@contextmanager
def before_each_statement(act: Callable[[str], None]) -> Iterator[None]:
    """Call `act` with each statement that any engine is about to run inside the block."""

    def at_execute(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        act(statement)

    def at_copy(connection: Connection, table: Table, columns: Sequence[str], rows: Any) -> None:
        act(f"COPY {table.name} ({', '.join(columns)})")
        copy_rows(connection, table, columns, rows)

    event.listen(Engine, "before_cursor_execute", at_execute)
    try:
        with mock.patch.object(staging, "copy_rows", at_copy):
            yield
    finally:
        event.remove(Engine, "before_cursor_execute", at_execute)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that any engine runs inside the block."""
    seen: list[str] = []
    with before_each_statement(seen.append):
        yield seen


@contextmanager
def failing_at(number: int) -> Iterator[None]:
    """Raise RuntimeError instead of running the statement with this number, counted from 1."""
    countdown = iter(range(number - 1))

    def fail(_: str) -> None:
        if next(countdown, None) is None:
            raise RuntimeError("the machine stopped here")

    with before_each_statement(fail):
        yield
