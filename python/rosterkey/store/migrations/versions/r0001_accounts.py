"""The first schema: accounts, claims, history.

There is no way down: it would delete every account.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rosterkey.store.columns import TEXT

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Create every table."""
    _create_district()
    _create_accounts()
    _create_names()
    _create_history()
    _create_remembered_plan()
    if op.get_bind().dialect.name == "postgresql":
        _create_staging()


def _text(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=optional)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("district_id", *columns, name=f"pk_{table}")


def _of(table: str, referred: str, *columns: str) -> sa.ForeignKeyConstraint:
    names = ["district_id", *columns]
    targets = [f"{referred}.{name}" for name in names]
    return sa.ForeignKeyConstraint(names, targets, name=f"fk_{table}_{referred}")


def _create_district() -> None:
    op.create_table(
        "district",
        _text("district_id"),
        _text("name"),
        _key("district"),
        sqlite_with_rowid=False,
    )
    for table in ("school", "grade"):
        op.create_table(
            table,
            _text("district_id"),
            _number("position"),
            _text("name"),
            _key(table, "position"),
            sa.UniqueConstraint("district_id", "name", name=f"uq_{table}_name"),
            _of(table, "district"),
            sqlite_with_rowid=False,
        )


def _create_accounts() -> None:
    op.create_table(
        "account",
        _text("district_id"),
        _text("account_id"),
        _text("role"),
        _text("status"),
        _text("student_id", optional=True),
        _text("student_id_key", optional=True),
        _text("username"),
        _text("username_key"),
        _text("first_name"),
        _text("last_name"),
        _text("school", optional=True),
        _text("grade", optional=True),
        _text("password_hash", optional=True),
        _number("version"),
        _key("account", "account_id"),
        _of("account", "district"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_account_student_id_key", "account", ["district_id", "student_id_key"])
    op.create_table(
        "enrollment",
        _text("district_id"),
        _text("account_id"),
        _number("position"),
        _text("class_name"),
        _key("enrollment", "account_id", "position"),
        _of("enrollment", "account", "account_id"),
        sqlite_with_rowid=False,
    )


def _create_names() -> None:
    op.create_table(
        "username_claim",
        _text("district_id"),
        _text("username_key"),
        _text("account_id"),
        _key("username_claim", "username_key"),
        _of("username_claim", "account", "account_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_username_claim_account_id", "username_claim", ["district_id", "account_id"])
    op.create_table(
        "past_username",
        _text("district_id"),
        _text("account_id"),
        _number("position"),
        _text("username"),
        _text("username_key"),
        _key("past_username", "account_id", "position"),
        _of("past_username", "account", "account_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_past_username_key", "past_username", ["district_id", "username_key"])


def _create_history() -> None:
    op.create_table(
        "import",
        _text("district_id"),
        _number("import_number"),
        _text("digest"),
        _text("kind"),
        _text("actor"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _text("source"),
        _text("sheet_hash"),
        _text("reason"),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        _key("import", "import_number"),
        sa.UniqueConstraint("district_id", "digest", name="uq_import_digest"),
        _of("import", "district"),
    )
    op.create_table(
        "change",
        _text("district_id"),
        _number("import_number"),
        _text("account_id"),
        _text("field"),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        _key("change", "import_number", "account_id", "field"),
        _of("change", "import", "import_number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "account_image",
        _text("district_id"),
        _number("import_number"),
        _text("account_id"),
        sa.Column("sheet_rows", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("difference", sa.JSON(), nullable=True),
        _key("account_image", "import_number", "account_id"),
        _of("account_image", "import", "import_number"),
        sqlite_with_rowid=False,
    )


def _create_remembered_plan() -> None:
    op.create_table(
        "remembered_plan",
        _text("district_id"),
        _text("digest"),
        _number("position"),
        sa.Column("reads", sa.LargeBinary(), nullable=False),
        _key("remembered_plan", "digest"),
        _of("remembered_plan", "district"),
    )
    op.create_index("ix_remembered_plan_position", "remembered_plan", ["district_id", "position"])


def _create_staging() -> None:
    op.create_table(
        "staging",
        _text("district_id"),
        _text("batch_id"),
        _number("position"),
        *(_text(f"value_{number}", optional=True) for number in range(15)),
        _key("staging", "batch_id", "position"),
        prefixes=["UNLOGGED"],
    )
