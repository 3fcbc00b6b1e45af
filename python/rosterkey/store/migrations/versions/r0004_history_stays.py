"""The history stays: purging leaves a line, and SQLite refuses to change or delete the rest.

On a server the rights of each login do what the triggers do here. There is no way down: it would
let the history be edited.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_PURGED = """EXISTS (
    SELECT 1 FROM "import" AS i
    WHERE i.district_id = OLD.district_id AND i.import_number = OLD.import_number
    AND i.purged_by IS NOT NULL
)"""
"""Whether the row's import was purged: only that frees a row of the history to be deleted."""

_MAY_PURGE = """(
    OLD.purged_by IS NULL AND EXISTS (
        SELECT 1 FROM "import" AS p
        WHERE p.district_id = OLD.district_id AND p.import_number = NEW.purged_by
        AND p.kind = 'purge' AND p.import_number > OLD.import_number
    )
    AND {same}
)"""
"""Whether an update only says by which later purge the import was purged."""

_KEPT = ("district_id", "import_number", "digest", "kind", "actor", "at", "sheet_hash", "counts",
         "confirmed", "undoes")  # fmt: skip
_DETAILS = {
    "change": ("district_id", "import_number", "account_id", "field"),
    "account_image": ("district_id", "import_number", "account_id"),
    "decision": ("district_id", "code", "person_key", "person_name", "account_id"),
}
_NAMES = ("district_id", "username_key", "account_id")


def upgrade() -> None:
    """Add the column and the index, and on SQLite the triggers."""
    op.add_column("import", sa.Column("purged_by", sa.Integer(), nullable=True))
    op.create_index("ix_change_account_id", "change", ["district_id", "account_id"])
    if op.get_bind().dialect.name != "sqlite":
        return
    same = " AND ".join(f'OLD."{name}" IS NEW."{name}"' for name in _KEPT)
    _refuse("import", "DELETE", "TRUE")
    _refuse("import", "UPDATE", f"NOT {_MAY_PURGE.format(same=same)}")
    _refuse_replacing("import", ("district_id", "import_number"))
    for table, key in _DETAILS.items():
        _refuse(table, "UPDATE", "TRUE")
        _refuse(table, "DELETE", f"NOT {_PURGED}")
        _refuse_replacing(table, key)
    _refuse("retired_username", "UPDATE", "TRUE")
    _refuse("retired_username", "DELETE", "TRUE")
    _refuse_replacing("retired_username", _NAMES)


def _refuse(table: str, what: str, when: str) -> None:
    op.execute(
        f'CREATE TRIGGER "{table}_stays_{what.lower()}" BEFORE {what} ON "{table}" WHEN {when} '
        "BEGIN SELECT RAISE(ABORT, 'the history stays as it is'); END"
    )


def _refuse_replacing(table: str, key: tuple[str, ...]) -> None:
    """INSERT OR REPLACE deletes a row without any trigger of a deletion."""
    same = " AND ".join(f'"{name}" = NEW."{name}"' for name in key)
    _refuse(table, "INSERT", f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})')  # noqa: S608
