"""An index of the accounts by their names, and each name filed as a whole.

There is no way down, as there is none from the revision before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rosterkey.core.people.vocabulary import filed_whole
from rosterkey.store.bulk import insert_rows
from rosterkey.store.reading import district_codes
from rosterkey.store.schema import name_word

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the index, and file the names that are not filed as a whole yet."""
    op.create_index("ix_account_names", "account", ["district_id", "last_name", "first_name"])
    connection = op.get_bind()
    of = name_word.c
    for code in district_codes(connection):
        filed = sa.select(of.part, of.word, of.name).where(of.district_id == code)
        known = {tuple(row) for row in connection.execute(filed)}
        whole = {(part, filed_whole(name), name) for part, _, name in known}
        insert_rows(connection, name_word, [(code, *row) for row in sorted(whole - known)])
