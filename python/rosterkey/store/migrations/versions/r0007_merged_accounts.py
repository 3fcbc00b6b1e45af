"""Which account an account was merged into.

There is no way down: it would forget whose the work under the old account ids is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rosterkey.store.columns import TEXT

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "merged_account",
        sa.Column("district_id", TEXT, nullable=False),
        sa.Column("account_id", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("merged_id", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("district_id", "account_id", "position", name="pk_merged_account"),
        sa.UniqueConstraint("district_id", "merged_id", name="uq_merged_account_merged_id"),
        sa.ForeignKeyConstraint(
            ["district_id", "account_id"],
            ["account.district_id", "account.account_id"],
            name="fk_merged_account_account",
        ),
        sqlite_with_rowid=False,
    )
