"""Keys and figures beside the accounts, so that a small sheet needs no look at all of them.

There is no way down: versions of before would not keep them.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from rosterkey.core.figures import count
from rosterkey.store.account_keys import add_keys
from rosterkey.store.columns import TEXT
from rosterkey.store.figures import add_to_figures
from rosterkey.store.reading import district_codes, read_in_batches

revision = "0006"
down_revision = "0005"

_TABLES = {
    "account_key": ("kind", "value", "account_id"),
    "name_word": ("part", "word", "name"),
    "figure": ("trait", "value"),
}


def upgrade() -> None:
    """Make the tables, and fill them from the accounts that there are."""
    for name, key in _TABLES.items():
        _create(name, key, numbered=name == "figure")
    connection = op.get_bind()
    for code in district_codes(connection):
        numbers = count(())
        for accounts in read_in_batches(connection, code):
            add_keys(connection, code, accounts)
            numbers.update(count(accounts))
        add_to_figures(connection, code, numbers)


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
