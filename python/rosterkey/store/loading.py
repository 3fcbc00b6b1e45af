"""Lines of a dump into the tables, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from rosterkey.core.figures import Counted, count
from rosterkey.core.keys import username_key
from rosterkey.core.model import Account, District
from rosterkey.store.accounts import insert_accounts
from rosterkey.store.contract import LoadError
from rosterkey.store.figures import add_to_figures
from rosterkey.store.history import newest_number
from rosterkey.store.lines import AccountLine, RetiredLine, parse_line
from rosterkey.store.passwords import hash_passwords
from rosterkey.store.reading import district_codes, lock_district, read_district
from rosterkey.store.retired import Retired, retire
from rosterkey.store.schema import district, grade, merged_account, school, username_claim

BATCH = 2_000
"""Lines that are written at a time."""

_STORED = 0
"""The line number of what was in the database before."""


def load_lines(connection: Connection, lines: Iterable[Any]) -> int:
    """Add the districts and accounts of the lines; return the number of accounts.

    A district that is there already keeps its name and gets the schools and grades that it lacks.
    Raises LoadError for the first line that cannot be loaded.
    """
    loading = _Loading(connection)
    numbered = enumerate(lines, start=1)
    while batch := list(islice(numbered, BATCH)):
        loading.add(batch)
    loading.finish()
    return loading.accounts


class _Loading:
    """What was loaded so far, to find what stands twice. Line 0 is the database of before."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._districts = dict.fromkeys(district_codes(connection), _STORED)
        self._ids: dict[str, dict[str, int]] = {}
        self._usernames: dict[str, dict[str, int]] = {}
        self._versions: dict[str, int] = {}
        self._counted: dict[str, Counter[Counted]] = {}
        self.accounts = 0

    def add(self, batch: Iterable[tuple[int, Any]]) -> None:
        """Check and write some lines."""
        accounts: list[AccountLine] = []
        names: dict[str, list[Retired]] = {}
        for number, line in batch:
            parsed = parse_line(number, line)
            if isinstance(parsed, District):
                self._add_district(number, parsed)
            elif isinstance(parsed, RetiredLine):
                self._require_district(parsed.number, parsed.district)
                names.setdefault(parsed.district, []).append((parsed.account_id, parsed.username))
            else:
                self._check(parsed)
                accounts.append(parsed)
        by_district: dict[str, list[Account]] = {}
        for code, account in _hashed(accounts):
            version = self._versions[code]
            fresh = account if account.version == version else replace(account, version=version)
            by_district.setdefault(code, []).append(fresh)
        for code, of_district in by_district.items():
            insert_accounts(self._connection, code, of_district)
            self._counted.setdefault(code, Counter()).update(count(of_district))
        for code, retired in names.items():
            retire(self._connection, code, retired)
        self.accounts += len(accounts)

    def finish(self) -> None:
        """Write the figures, once for all lines."""
        for code, numbers in self._counted.items():
            add_to_figures(self._connection, code, numbers)

    def _add_district(self, number: int, new: District) -> None:
        first = self._districts.get(new.code)
        if first:
            raise _error(number, f"the district {new.code!r} stands in line {first} already")
        if first is None:
            row = {"district_id": new.code, "name": new.name}
            self._connection.execute(insert(district), row)
            stored = District(new.code)
        else:
            lock_district(self._connection, new.code)
            stored = read_district(self._connection, new.code)
            if not stored.name:
                self._set_name(new)
        self._districts[new.code] = number
        self._append(school, new.code, stored.schools, new.schools)
        self._append(grade, new.code, stored.grades, new.grades)

    def _set_name(self, new: District) -> None:
        statement = update(district).where(district.c.district_id == new.code)
        self._connection.execute(statement.values(name=new.name))

    def _append(
        self, table: Table, code: str, stored: tuple[str, ...], wanted: tuple[str, ...]
    ) -> None:
        missing = [name for name in wanted if name not in stored]
        rows = [
            {"district_id": code, "position": position, "name": name}
            for position, name in enumerate(missing, start=len(stored))
        ]
        if rows:
            self._connection.execute(insert(table), rows)

    def _check(self, line: AccountLine) -> None:
        code, number = line.district, line.number
        self._require_district(number, code)
        if code not in self._ids:
            self._read_stored(code)
        ids = self._ids[code]
        first = ids.setdefault(line.account.account_id, number)
        if first != number:
            raise _error(number, f"the account has the id of the one {_where(first)}")
        for gone in line.account.merged_accounts:
            if gone in ids:
                said = "an account that was merged into this one has the id of one"
                raise _error(number, f"{said} {_where(ids[gone])}")
            ids[gone] = number
        key = username_key(line.account.username)
        first = self._usernames[code].setdefault(key, number)
        if first != number:
            raise _error(
                number,
                f"the username is that of the account {_where(first)} "
                "(letter case makes no difference); change one of the two",
            )

    def _require_district(self, number: int, code: str) -> None:
        if code not in self._districts:
            raise _error(number, f"there is no line of the district {code!r} before it")

    def _read_stored(self, code: str) -> None:
        lock_district(self._connection, code)
        ids = self._ids[code] = {}
        usernames = self._usernames[code] = {}
        of = username_claim.c
        query = select(of.account_id, of.username_key).where(of.district_id == code)
        for account_id, key in self._connection.execute(query):
            ids[account_id] = usernames[key] = _STORED
        gone = select(merged_account.c.merged_id).where(merged_account.c.district_id == code)
        ids |= dict.fromkeys(self._connection.scalars(gone), _STORED)
        # An id may have been another account's, which was deleted. Each import raises a version by
        # one at the most, so nothing that was exported of that account has this one.
        self._versions[code] = newest_number(self._connection, code) + 1


def _hashed(lines: list[AccountLine]) -> Iterator[tuple[str, Account]]:
    plain = [line.password for line in lines if line.password is not None]
    hashes = iter(hash_passwords(plain) if plain else ())
    for line in lines:
        if line.password is None:
            yield line.district, line.account
        else:
            yield line.district, replace(line.account, password_hash=next(hashes))


def _where(line: int) -> str:
    return f"in line {line}" if line else "that is in the database already"


def _error(number: int, what: str) -> LoadError:
    return LoadError(f"Line {number}: {what}. Nothing was loaded.")
