"""Keys and figures beside the accounts, so that a small sheet needs no look at all of them.

There is no way down: versions of before would not keep them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from alembic import op

from rosterkey.core.figures import Trait, count
from rosterkey.core.model import Account, Role, Status
from rosterkey.store.columns import TEXT
from rosterkey.store.figures import add_to_figures
from rosterkey.store.reading import district_codes

revision = "0006"
down_revision = "0005"

_TABLES = {
    "account_key": ("kind", "value", "account_id"),
    "name_word": ("part", "word", "name"),
    "figure": ("trait", "value"),
}

_AT_A_TIME = 5_000
_TEXTS = ("account_id", "username", "student_id", "first_name", "last_name", "school", "grade")
_ACCOUNT = sa.table("account", *map(sa.column, ("district_id", *_TEXTS, "role", "status")))
_ENROLLMENT = sa.table("enrollment", *map(sa.column, ("district_id", "class_name")))


def upgrade() -> None:
    """Make the tables, and fill them from the accounts that there are.

    The keys stay empty: revision 0008 puts them elsewhere.
    """
    for name, key in _TABLES.items():
        _create(name, key, numbered=name == "figure")
    connection = op.get_bind()
    for code in district_codes(connection):
        numbers = count(())
        for accounts in _accounts(connection, code):
            numbers.update(count(accounts))
        numbers.update(_classes(connection, code))
        add_to_figures(connection, code, numbers)


def _accounts(connection: sa.Connection, code: str) -> Iterator[list[Account]]:
    """The accounts without their lists, read from the columns that they have at this revision.

    The program's own reading asks for tables that come later.
    """
    columns = [_ACCOUNT.c[name] for name in (*_TEXTS, "role", "status")]
    query = sa.select(*columns).where(_ACCOUNT.c.district_id == code)
    for rows in connection.execute(query).partitions(_AT_A_TIME):
        yield [_account(*row) for row in rows]


def _account(*columns: Any) -> Account:
    *texts, role, status = columns
    return replace(Account(*texts), role=Role(role), status=Status(status))


def _classes(connection: sa.Connection, code: str) -> dict[tuple[Trait, str], int]:
    of = _ENROLLMENT.c
    query = sa.select(of.class_name, sa.func.count()).where(of.district_id == code)
    rows = connection.execute(query.group_by(of.class_name))
    return {(Trait.CLASS, name): number for name, number in rows}


def _create(name: str, key: tuple[str, ...], *, numbered: bool) -> None:
    columns: list[sa.Column[Any]]
    columns = [sa.Column(c, TEXT, nullable=False) for c in ("district_id", *key)]
    if numbered:
        columns.append(sa.Column("number", sa.Integer(), nullable=False, autoincrement=False))
    to = "account" if "account_id" in key else "district"
    of = ["district_id"] if to == "district" else ["district_id", "account_id"]
    op.create_table(
        name,
        *columns,
        sa.PrimaryKeyConstraint("district_id", *key, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(of, [f"{to}.{c}" for c in of], name=f"fk_{name}_{to}"),
        sqlite_with_rowid=False,
    )
