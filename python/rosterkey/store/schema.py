"""The tables of the account database.

`district_id` is the first column of every primary key, unique and foreign key, so that the same
tables can be distributed by district over several servers. Ids and keys are computed by the
program and compared as they are; no rule of uniqueness rests on a collation of the engine.

Usernames are unique through `username_claim` and not through a column of `account`: a swap within
one transaction deletes the old claims before it inserts the new ones, which every engine allows.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from rosterkey.store.columns import TEXT
from rosterkey.store.utc_time import UtcTime

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Every revision of the schema, oldest first. The last one is what this program works with."""

VERSION_TABLE = "rosterkey_schema"
"""Where Alembic keeps the revision. Its own name, so that a foreign database is recognised."""

_NAMES = {"pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(referred_table_name)s"}
metadata = MetaData(naming_convention=_NAMES)


def _text(name: str, *, optional: bool = False) -> Column[str]:
    return Column(name, TEXT, nullable=optional)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, autoincrement=False)


def _key(*columns: str) -> PrimaryKeyConstraint:
    return PrimaryKeyConstraint("district_id", *columns)


def _of(table: str, *columns: str) -> ForeignKeyConstraint:
    names = ["district_id", *columns]
    return ForeignKeyConstraint(names, [f"{table}.{name}" for name in names])


def _listed(name: str) -> Table:
    """An ordered list of names that a district has."""
    return Table(
        name,
        metadata,
        _text("district_id"),
        _number("position"),
        _text("name"),
        _key("position"),
        UniqueConstraint("district_id", "name", name=f"uq_{name}_name"),
        _of("district"),
        sqlite_with_rowid=False,
    )


def _several(name: str, *columns: SchemaItem) -> Table:
    """What an account has several of, in their order."""
    return Table(
        name,
        metadata,
        _text("district_id"),
        _text("account_id"),
        _number("position"),
        *columns,
        _key("account_id", "position"),
        _of("account", "account_id"),
        sqlite_with_rowid=False,
    )


district = Table(
    "district",
    metadata,
    _text("district_id"),
    _text("name"),
    _key(),
    sqlite_with_rowid=False,
)

school, grade = map(_listed, ("school", "grade"))

account = Table(
    "account",
    metadata,
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
    _key("account_id"),
    _of("district"),
    # Not unique: two accounts with one Student ID are old damage that has to load.
    Index("ix_account_student_id_key", "district_id", "student_id_key"),
    sqlite_with_rowid=False,
)

username_claim = Table(
    "username_claim",
    metadata,
    _text("district_id"),
    _text("username_key"),
    _text("account_id"),
    _key("username_key"),
    _of("account", "account_id"),
    Index("ix_username_claim_account_id", "district_id", "account_id"),
    sqlite_with_rowid=False,
)


def _beside(name: str, of: ForeignKeyConstraint, *key: str, number: bool = False) -> Table:
    """A table that follows from the accounts and is written with them."""
    columns: list[Column[Any]] = [_text(column) for column in ("district_id", *key)]
    columns += [_number("number")] if number else []
    return Table(name, metadata, *columns, _key(*key), of, sqlite_with_rowid=False)


# Keys by which like names and usernames are found.
account_key = _beside("account_key", _of("account", "account_id"), "kind", "value", "account_id")
# Under which words a first or last name is filed. One that nobody has any more stays.
name_word = _beside("name_word", _of("district"), "part", "word", "name")
# How many accounts have a trait (`rosterkey.core.figures`). A number that falls to zero stays.
figure = _beside("figure", _of("district"), "trait", "value", number=True)

enrollment = _several("enrollment", _text("class_name"))

past_username = _several(
    "past_username",
    _text("username"),
    _text("username_key"),
    Index("ix_past_username_key", "district_id", "username_key"),
)

# Which account an account was merged into: work that is kept elsewhere hangs on the old id.
merged_account = _several(
    "merged_account",
    _text("merged_id"),
    UniqueConstraint("district_id", "merged_id", name="uq_merged_account_merged_id"),
)

# Usernames of accounts that were deleted: their passwords, links and mail may live on elsewhere,
# so no other child gets one unasked. It outlives the account, so there is no foreign key to it.
retired_username = Table(
    "retired_username",
    metadata,
    _text("district_id"),
    _text("username_key"),
    _text("account_id"),
    _text("username"),
    _key("username_key", "account_id"),
    _of("district"),
    sqlite_with_rowid=False,
)

import_ = Table(
    "import",
    metadata,
    _text("district_id"),
    _number("import_number"),
    _text("digest"),
    _text("kind"),
    _text("actor"),
    Column("at", UtcTime, nullable=False),
    _text("source"),
    _text("sheet_hash"),
    _text("reason"),
    Column("counts", JSON, nullable=False),
    Column("confirmed", JSON, nullable=False),
    Column("undoes", Integer, nullable=True),
    Column("decisions", JSON, nullable=False, server_default="[]"),
    # The import that purged what hung on this one; after it only this row is left.
    Column("purged_by", Integer, nullable=True),
    _key("import_number"),
    UniqueConstraint("district_id", "digest", name="uq_import_digest"),
    _of("district"),
)

# The audit trail, without passwords. It has no foreign key to `account`: it outlives a removal.
change = Table(
    "change",
    metadata,
    _text("district_id"),
    _number("import_number"),
    _text("account_id"),
    _text("field"),
    Column("before", JSON(none_as_null=True), nullable=True),
    Column("after", JSON(none_as_null=True), nullable=True),
    _key("import_number", "account_id", "field"),
    _of("import", "import_number"),
    Index("ix_change_account_id", "district_id", "account_id"),
    sqlite_with_rowid=False,
)

# What an undo needs, with the password hashes of then; apart from `change` so that the right to
# read the audit trail does not give the right to read these. `difference` holds what `after` has
# other than `before`, or the whole account where there was none; null for a removal.
account_image = Table(
    "account_image",
    metadata,
    _text("district_id"),
    _number("import_number"),
    _text("account_id"),
    Column("sheet_rows", JSON, nullable=False),
    Column("before", JSON(none_as_null=True), nullable=True),
    Column("difference", JSON(none_as_null=True), nullable=True),
    _key("import_number", "account_id"),
    _of("import", "import_number"),
    sqlite_with_rowid=False,
)

# What was decided about a person on a sheet beside an account, so that it is not asked again. It
# outlives the account, which an undo may remove and bring back; so there is no foreign key to it.
decision = Table(
    "decision",
    metadata,
    _text("district_id"),
    _text("code"),
    _text("person_key"),
    _text("person_name"),
    _text("account_id"),
    _text("word"),
    _text("actor"),
    Column("at", UtcTime, nullable=False),
    _number("import_number"),
    _key("code", "person_key", "person_name", "account_id"),
    _of("import", "import_number"),
    sqlite_with_rowid=False,
)

remembered_plan = Table(
    "remembered_plan",
    metadata,
    _text("district_id"),
    _text("digest"),
    _number("position"),
    Column("reads", LargeBinary, nullable=False),
    _key("digest"),
    _of("district"),
    Index("ix_remembered_plan_position", "district_id", "position"),
)

server_metadata = MetaData(naming_convention=metadata.naming_convention)
"""What only a server has; an SQLite file is open to whoever may read it."""

STAGED_VALUES = 15
"""How many values of a row the staging table takes: more than any table of ours has columns."""

# Rows on their way from the program into a table, gone when their transaction ends. A real table,
# because a temporary one is of one session and one server; unlogged, because a crash may lose it.
# The values are text, which the statement that takes them casts.
staging = Table(
    "staging",
    server_metadata,
    _text("district_id"),
    _text("batch_id"),
    _number("position"),
    *(_text(f"value_{number}", optional=True) for number in range(STAGED_VALUES)),
    PrimaryKeyConstraint("district_id", "batch_id", "position", name="pk_staging"),
    prefixes=["UNLOGGED"],
)

# Which login may do what in which district. The policies of every other table look here, and no
# login but the owner's members may write here. `school` is for the level of that name only.
access = Table(
    "access",
    server_metadata,
    _text("district_id"),
    _text("login"),
    _text("level"),
    _text("school", optional=True),
    _key("login"),
    ForeignKeyConstraint(["district_id"], [district.c.district_id], name="fk_access_district"),
)
