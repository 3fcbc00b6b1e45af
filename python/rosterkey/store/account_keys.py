"""The keys beside accounts by which like names and usernames are found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import Connection, bindparam, delete

from rosterkey.core.model import Account
from rosterkey.core.people.asking import key_of_name, key_of_name_and_school, key_of_stem
from rosterkey.core.snapshot import Key
from rosterkey.store.bulk import insert_rows, run_many
from rosterkey.store.images import StoredChange
from rosterkey.store.schema import account_key

Row = tuple[str, str, str]
"""Kind, value and account id."""

# What each kind of key is made of, and how. A person without a name is found by the username alone.
_KINDS: tuple[tuple[Key, frozenset[str], Callable[[Account], str]], ...] = (
    (
        Key.NAME,
        frozenset(("first_name", "last_name")),
        lambda a: key_of_name(a.first_name, a.last_name),
    ),
    (
        Key.NAME_AND_SCHOOL,
        frozenset(("first_name", "school")),
        lambda a: key_of_name_and_school(a.first_name, a.school),
    ),
    (Key.STEM, frozenset(("username",)), lambda a: key_of_stem(a.username)),
)


def keys_of(accounts: Sequence[Account]) -> Iterator[Row]:
    """Every key of the accounts."""
    for kind, _, key_of in _KINDS:
        for a in accounts:
            yield kind.value, key_of(a), a.account_id


def add_keys(connection: Connection, code: str, accounts: Sequence[Account]) -> None:
    """Write the keys of new accounts."""
    _insert(connection, code, keys_of(accounts))


def remove_keys(connection: Connection, code: str, accounts: Sequence[Account]) -> None:
    """Delete the keys of accounts that are removed."""
    _delete(connection, code, keys_of(accounts))


def change_keys(connection: Connection, code: str, changes: Sequence[StoredChange]) -> None:
    """Replace the keys that differ between before and after."""
    old: list[Row] = []
    new: list[Row] = []
    for kind, made_of, key_of in _KINDS:
        for c in changes:
            if c.before and c.after and not made_of.isdisjoint(c.differing):
                was, becomes = key_of(c.before), key_of(c.after)
                if was != becomes:
                    old.append((kind.value, was, c.account_id))
                    new.append((kind.value, becomes, c.account_id))
    _delete(connection, code, sorted(old))
    _insert(connection, code, sorted(new))


def _insert(connection: Connection, code: str, keys: Iterable[Row]) -> None:
    insert_rows(connection, account_key, [(code, *key) for key in keys])


def _delete(connection: Connection, code: str, keys: Iterable[Row]) -> None:
    of = account_key.c
    statement = delete(account_key).where(
        of.district_id == bindparam("of_district"),
        of.kind == bindparam("of_kind"),
        of.value == bindparam("of_value"),
        of.account_id == bindparam("of_account"),
    )
    names = ("of_district", "of_kind", "of_value", "of_account")
    run_many(connection, statement, names, [(code, *key) for key in keys])
