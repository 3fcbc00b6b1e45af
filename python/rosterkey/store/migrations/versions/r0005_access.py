"""Which login may do what in which district, on a server.

There is no way down: it would lock everybody out.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rosterkey.store.columns import TEXT

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the table on PostgreSQL; a file knows no logins."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.create_table(
        "access",
        *(sa.Column(name, TEXT, nullable=False) for name in ("district_id", "login", "level")),
        sa.Column("school", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("district_id", "login", name="pk_access"),
        sa.ForeignKeyConstraint(
            ["district_id"], ["district.district_id"], name="fk_access_district"
        ),
    )
