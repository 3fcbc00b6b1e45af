"""Decisions on rows: in words with their import, and as pairs that are not asked again.

There is no way down: it would forget what was decided.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rosterkey.store.columns import TEXT

revision = "0002"
down_revision = "0001"

_KEY = ("district_id", "code", "person_key", "person_name", "account_id")


def upgrade() -> None:
    """Add the column to the imports, where those of before took none, and the table."""
    op.add_column("import", sa.Column("decisions", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "decision",
        *(sa.Column(name, TEXT, nullable=False) for name in (*_KEY, "word", "actor")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_number", sa.Integer(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint(*_KEY, name="pk_decision"),
        sa.ForeignKeyConstraint(
            ["district_id", "import_number"],
            ["import.district_id", "import.import_number"],
            name="fk_decision_import",
        ),
        sqlite_with_rowid=False,
    )
