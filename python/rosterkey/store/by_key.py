"""Accounts by what they are asked for, inside one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from rosterkey.core.figures import Trait
from rosterkey.core.model import Account
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.source import Key
from rosterkey.core.stored import StoredLine
from rosterkey.store import retired
from rosterkey.store.account_keys import STORED_KEYS, key_number
from rosterkey.store.decisions import read_decided
from rosterkey.store.figures import read_figures, read_names
from rosterkey.store.in_lists import among, among_found, in_lists, storable
from rosterkey.store.reading import read_accounts, read_district, read_lines
from rosterkey.store.refusals import refusals
from rosterkey.store.schema import account, name_word, past_username, username_claim

_COLUMNS = {
    Key.STUDENT_ID: account.c.student_id_key,
    Key.USERNAME: username_claim.c.username_key,
    Key.PAST_USERNAME: past_username.c.username_key,
}
"""Where the keys stand that are stored as they are; the others are stored as numbers."""


class SqlSource:
    """The `snapshot.Source` on a connection, which has to be in a transaction."""

    def __init__(self, connection: Connection, district: str) -> None:
        self._connection = connection
        self._district = district

    def ids_with(self, key: Key, values: Sequence[str]) -> Iterator[str]:
        """The ids of the accounts that have one of these values as this key."""
        stored = STORED_KEYS.get(key)
        column = stored.column if stored else _COLUMNS[key]
        of = column.table.c
        query = select(of.account_id).where(of.district_id == self._district)
        with refusals():
            for some in in_lists(values):
                wanted = [key_number(text) for text in some] if stored else some
                these = among(self._connection, column, wanted)
                yield from self._connection.scalars(query.where(these))

    def ids_named(self, firsts: Sequence[str], lasts: Sequence[str]) -> Iterator[str]:
        """The ids of students whose first and last name are each filed under one of the words."""
        of = account.c
        query = select(of.account_id).where(
            of.district_id == self._district,
            among_found(self._connection, of.last_name, self._filed(Trait.LAST_NAME, lasts)),
            # Compared, and not looked up for each last name: there are hundreds of both.
            of.first_name.concat("").in_(self._filed(Trait.FIRST_NAME, firsts)),
        )
        with refusals():
            yield from self._connection.scalars(query)

    def _filed(self, part: Trait, words: Sequence[str]) -> Select[tuple[str]]:
        of = name_word.c
        return select(of.name).where(
            of.district_id == self._district,
            of.part == str(part),
            among(self._connection, of.word, storable(words)),
        )

    def accounts(self, ids: Sequence[str] | None) -> Iterator[Account]:
        """The accounts with these ids, those there are; every account for None."""
        code = self._district
        with refusals():
            if ids is None:
                yield from read_accounts(self._connection, code, lambda t: t.c.district_id == code)
                return
            for some in in_lists(ids):

                def these(table: Table, some: Sequence[str] = some) -> ColumnElement[bool]:
                    ours = table.c.district_id == code
                    return ours & among(self._connection, table.c.account_id, some)

                yield from read_accounts(self._connection, code, these)

    def lines(self) -> Iterator[StoredLine]:
        """Every student as a line of a sheet."""
        with refusals():
            yield from read_lines(self._connection, self._district)

    def doubled_ids(self) -> list[str]:
        """The Student ID keys that more than one account of the district has: old damage."""
        of = account.c
        query = select(of.student_id_key).where(of.district_id == self._district)
        query = query.where(of.student_id_key.is_not(None)).group_by(of.student_id_key)
        with refusals():
            return list(self._connection.scalars(query.having(func.count() > 1)))

    def retired(self, keys: Sequence[str] | None) -> Mapping[str, frozenset[str]]:
        """Who had these usernames of accounts that were deleted; all of them for None."""
        with refusals():
            return retired.by_key(retired.read(self._connection, self._district, keys))

    def names(self, part: Trait, words: Sequence[str]) -> Mapping[str, int]:
        """The first or last names that are filed under one of the words."""
        with refusals():
            return read_names(self._connection, self._district, part, words)


def snapshot_by_key(connection: Connection, code: str, like: Snapshot | None = None) -> Snapshot:
    """A district of which nothing is read before it is asked for, or as much as was of `like`.

    It can be asked until the transaction of the connection ends. Raises UnknownDistrict.
    """
    district = read_district(connection, code)
    source = SqlSource(connection, code)
    figures, decided = read_figures(connection, code), read_decided(connection, code)
    if like is None:
        return Snapshot(district, (), decided, source=source, figures=figures)
    return like.again(district, source, figures, decided)
