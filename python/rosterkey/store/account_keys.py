"""The keys beside accounts by which like names and usernames are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from sqlalchemy import Connection, bindparam, delete

from rosterkey.core.model import Account
from rosterkey.core.people.asking import key_of_name, key_of_name_and_school, key_of_stem
from rosterkey.core.snapshot import Key
from rosterkey.store.bulk import insert_rows, run_many
from rosterkey.store.schema import account_key

Row = tuple[str, str, str]
"""Kind, value and account id."""


def keys_of(accounts: Iterable[Account]) -> Iterator[Row]:
    """Every key of the accounts. A person without a name is found by the username alone."""
    for a in accounts:
        yield Key.NAME, key_of_name(a.first_name, a.last_name), a.account_id
        school = key_of_name_and_school(a.first_name, a.school)
        yield Key.NAME_AND_SCHOOL, school, a.account_id
        yield Key.STEM, key_of_stem(a.username), a.account_id


def add_keys(connection: Connection, code: str, accounts: Iterable[Account]) -> None:
    """Write the keys of new accounts."""
    _insert(connection, code, keys_of(accounts))


def remove_keys(connection: Connection, code: str, accounts: Iterable[Account]) -> None:
    """Delete the keys of accounts that are removed."""
    _delete(connection, code, keys_of(accounts))


def change_keys(
    connection: Connection, code: str, pairs: Iterable[tuple[Account, Account]]
) -> None:
    """Replace the keys that differ between before and after."""
    changed = [(b, a) for b, a in pairs if _named(b) != _named(a)]
    old, new = set(keys_of(b for b, _ in changed)), set(keys_of(a for _, a in changed))
    _delete(connection, code, sorted(old - new))
    _insert(connection, code, sorted(new - old))


_named = attrgetter("first_name", "last_name", "school", "username")


def _insert(connection: Connection, code: str, keys: Iterable[Row]) -> None:
    rows = [
        {"district_id": code, "kind": kind, "value": value, "account_id": account_id}
        for kind, value, account_id in keys
    ]
    insert_rows(connection, account_key, rows)


def _delete(connection: Connection, code: str, keys: Iterable[Row]) -> None:
    of = account_key.c
    statement = delete(account_key).where(
        of.district_id == bindparam("of_district"),
        of.kind == bindparam("of_kind"),
        of.value == bindparam("of_value"),
        of.account_id == bindparam("of_account"),
    )
    rows = [
        {"of_district": code, "of_kind": kind, "of_value": value, "of_account": account_id}
        for kind, value, account_id in keys
    ]
    run_many(connection, statement, rows)
