"""The keys by which like accounts are found, as numbers in the account's own row.

There is no way down: versions of before would look for them in a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from rosterkey.core.model import Account
from rosterkey.store.account_keys import STORED_KEYS
from rosterkey.store.bulk import run_many
from rosterkey.store.columns import TEXT
from rosterkey.store.reading import district_codes

revision = "0008"
down_revision = "0007"

_AT_A_TIME = 5_000
_NEW_STAGED = (15, 16, 17)
"""An account has more values now than the staging table took of a row."""
_KEYS = ("name_key", "name_and_school_key", "stem_key")
_FIELDS = ("account_id", "username", "student_id", "first_name", "last_name", "school")
_ACCOUNT = sa.table(
    "account",
    *map(sa.column, ("district_id", *_FIELDS)),
    *(sa.column(name, sa.BigInteger()) for name in _KEYS),
)


def upgrade() -> None:
    """Add the columns, fill them from the accounts that there are, and drop the table.

    A server gets room in its staging table for them.
    """
    for name in _KEYS:
        op.add_column("account", sa.Column(name, sa.BigInteger(), nullable=True))
    connection = op.get_bind()
    for code in district_codes(connection):
        for accounts in _accounts(connection, code):
            _fill(connection, code, accounts)
    for name in _KEYS:
        op.create_index(f"ix_account_{name}", "account", ["district_id", name])
    op.drop_table("account_key")
    if connection.dialect.name != "sqlite":
        for number in _NEW_STAGED:
            op.add_column("staging", sa.Column(f"value_{number}", TEXT, nullable=True))


def _accounts(connection: sa.Connection, code: str) -> Iterator[list[Account]]:
    """The accounts with what the keys are made of, read in full before any is written."""
    columns = [_ACCOUNT.c[name] for name in _FIELDS]
    query = sa.select(*columns).where(_ACCOUNT.c.district_id == code)
    rows = connection.execute(query).all()
    for start in range(0, len(rows), _AT_A_TIME):
        yield [Account(*row) for row in rows[start : start + _AT_A_TIME]]


def _fill(connection: sa.Connection, code: str, accounts: list[Account]) -> None:
    of = _ACCOUNT.c
    new: dict[str, Any] = {
        name: sa.bindparam(f"new_{name}", type_=sa.BigInteger()) for name in _KEYS
    }
    statement = (
        sa.update(_ACCOUNT)
        .where(
            of.district_id == sa.bindparam("of_district"),
            of.account_id == sa.bindparam("of_account", type_=sa.Text()),
        )
        .values(new)
    )
    names = ("of_district", "of_account", *(f"new_{name}" for name in _KEYS))
    numbers = {key.column.name: key.number_of for key in STORED_KEYS.values()}
    rows = [(code, a.account_id, *(numbers[name](a) for name in _KEYS)) for a in accounts]
    run_many(connection, statement, names, rows)
