"""The usernames of accounts that were deleted.

There is no way down: it would hand these usernames out again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rosterkey.store.columns import TEXT

revision = "0003"
down_revision = "0002"

_KEY = ("district_id", "username_key", "account_id")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "retired_username",
        *(sa.Column(name, TEXT, nullable=False) for name in (*_KEY, "username")),
        sa.PrimaryKeyConstraint(*_KEY, name="pk_retired_username"),
        sa.ForeignKeyConstraint(
            ["district_id"], ["district.district_id"], name="fk_retired_username_district"
        ),
        sqlite_with_rowid=False,
    )
