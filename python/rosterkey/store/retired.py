"""The usernames of accounts that were deleted, which nobody gets again unasked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select

from rosterkey.core.keys import username_key
from rosterkey.core.model import Account
from rosterkey.store.bulk import insert_rows
from rosterkey.store.in_lists import among, in_lists
from rosterkey.store.schema import retired_username

Retired = tuple[str, str]
"""The id of an account that was deleted, and one of its usernames."""


def usernames_of(accounts: Iterable[Account]) -> Iterator[Retired]:
    """Every username that these accounts have or had."""
    for account in accounts:
        for username in (*account.past_usernames, account.username):
            yield account.account_id, username


def retire(connection: Connection, code: str, names: Iterable[Retired]) -> None:
    """Keep usernames of deleted accounts; one that is kept already stays as it is."""
    wanted = {(username_key(username), account): username for account, username in names}
    if not wanted:
        return
    keys = sorted({key for key, _ in wanted})
    known = {(username_key(name), account) for account, name in read(connection, code, keys)}
    rows = [
        (code, key, account, username)
        for (key, account), username in wanted.items()
        if (key, account) not in known
    ]
    insert_rows(connection, retired_username, rows)


def read(connection: Connection, code: str, keys: Sequence[str] | None = None) -> Iterator[Retired]:
    """The retired usernames of a district, by account and then by key; those with some keys."""
    of = retired_username.c
    query = (
        select(of.account_id, of.username)
        .where(of.district_id == code)
        .order_by(of.account_id, of.username_key)
    )
    if keys is None:
        yield from (tuple(row) for row in connection.execute(query))
        return
    for some in in_lists(keys):
        yield from (
            tuple(row)
            for row in connection.execute(query.where(among(connection, of.username_key, some)))
        )


def by_key(names: Iterable[Retired]) -> dict[str, frozenset[str]]:
    """The ids of the accounts that had a username, by its key."""
    found: dict[str, set[str]] = {}
    for account, username in names:
        found.setdefault(username_key(username), set()).add(account)
    return {key: frozenset(accounts) for key, accounts in found.items()}
