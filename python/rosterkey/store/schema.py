"""The tables of the account database.

`district_id` is the first column of every primary key, unique and foreign key, so that the same
tables can be distributed by district over several servers. Ids and keys are computed by the
program and compared as they are; no rule of uniqueness rests on a collation of the engine.

Usernames are unique through `username_claim` and not through a column of `account`: a swap within
one transaction deletes the old claims before it inserts the new ones, which every engine allows.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import (
    JSON,
    BigInteger,
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

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
"""Every revision of the schema, oldest first. The last one is what this program works with."""

VERSION_TABLE = "rosterkey_schema"
"""Where Alembic keeps the revision. Its own name, so that a foreign database is recognised."""

_NAMES = {"pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(referred_table_name)s"}
metadata = MetaData(naming_convention=_NAMES)


def text_column(name: str, *, optional: bool = False) -> Column[str]:
    """A text that is compared by its bytes."""
    return Column(name, TEXT, nullable=optional)


def number_column(name: str) -> Column[int]:
    """A number that the program gives."""
    return Column(name, Integer, nullable=False, autoincrement=False)


def key_of(*columns: str) -> PrimaryKeyConstraint:
    """The primary key, with the district before these columns."""
    return PrimaryKeyConstraint("district_id", *columns)


def _of(table: str, *columns: str) -> ForeignKeyConstraint:
    names = ["district_id", *columns]
    return ForeignKeyConstraint(names, [f"{table}.{name}" for name in names])


def _listed(name: str) -> Table:
    """An ordered list of names that a district has."""
    return Table(
        name,
        metadata,
        text_column("district_id"),
        number_column("position"),
        text_column("name"),
        key_of("position"),
        UniqueConstraint("district_id", "name", name=f"uq_{name}_name"),
        _of("district"),
        sqlite_with_rowid=False,
    )


def _several(name: str, *columns: SchemaItem) -> Table:
    """What an account has several of, in their order."""
    return Table(
        name,
        metadata,
        text_column("district_id"),
        text_column("account_id"),
        number_column("position"),
        *columns,
        key_of("account_id", "position"),
        _of("account", "account_id"),
        sqlite_with_rowid=False,
    )


district = Table(
    "district",
    metadata,
    text_column("district_id"),
    text_column("name"),
    key_of(),
    sqlite_with_rowid=False,
)

school, grade = map(_listed, ("school", "grade"))

_LIKE_KEYS = ("name_key", "name_and_school_key", "stem_key")
"""By which like accounts are found; `account_keys` says what each is made of."""

account = Table(
    "account",
    metadata,
    text_column("district_id"),
    text_column("account_id"),
    text_column("role"),
    text_column("status"),
    text_column("student_id", optional=True),
    text_column("student_id_key", optional=True),
    text_column("username"),
    text_column("username_key"),
    text_column("first_name"),
    text_column("last_name"),
    text_column("school", optional=True),
    text_column("grade", optional=True),
    text_column("password_hash", optional=True),
    number_column("version"),
    *(Column(name, BigInteger, nullable=True) for name in _LIKE_KEYS),
    key_of("account_id"),
    _of("district"),
    # Not unique: two accounts with one Student ID are old damage that has to load.
    Index("ix_account_student_id_key", "district_id", "student_id_key"),
    *(Index(f"ix_account_{name}", "district_id", name) for name in _LIKE_KEYS),
    Index("ix_account_names", "district_id", "last_name", "first_name"),
    sqlite_with_rowid=False,
)

username_claim = Table(
    "username_claim",
    metadata,
    text_column("district_id"),
    text_column("username_key"),
    text_column("account_id"),
    key_of("username_key"),
    _of("account", "account_id"),
    Index("ix_username_claim_account_id", "district_id", "account_id"),
    sqlite_with_rowid=False,
)


def _beside(name: str, key: Sequence[str], *more: Column[int]) -> Table:
    """A table that follows from the accounts and is written with them."""
    return Table(
        name,
        metadata,
        *map(text_column, ("district_id", *key)),
        *more,
        key_of(*key),
        _of("district"),
        sqlite_with_rowid=False,
    )


# Under which words a first or last name is filed. One that nobody has any more stays.
name_word = _beside("name_word", ("part", "word", "name"))
# How many accounts have a trait (`rosterkey.core.figures`). A number that falls to zero stays.
figure = _beside("figure", ("trait", "value"), number_column("number"))

enrollment = _several("enrollment", text_column("class_name"))

past_username = _several(
    "past_username",
    text_column("username"),
    text_column("username_key"),
    Index("ix_past_username_key", "district_id", "username_key"),
)

# Which account an account was merged into: work that is kept elsewhere hangs on the old id.
merged_account = _several(
    "merged_account",
    text_column("merged_id"),
    UniqueConstraint("district_id", "merged_id", name="uq_merged_account_merged_id"),
)

# Usernames of accounts that were deleted: their passwords, links and mail may live on elsewhere,
# so no other child gets one unasked. It outlives the account, so there is no foreign key to it.
retired_username = Table(
    "retired_username",
    metadata,
    text_column("district_id"),
    text_column("username_key"),
    text_column("account_id"),
    text_column("username"),
    key_of("username_key", "account_id"),
    _of("district"),
    sqlite_with_rowid=False,
)

import_ = Table(
    "import",
    metadata,
    text_column("district_id"),
    number_column("import_number"),
    text_column("digest"),
    text_column("kind"),
    text_column("actor"),
    Column("at", UtcTime, nullable=False),
    text_column("source"),
    text_column("sheet_hash"),
    text_column("reason"),
    Column("counts", JSON, nullable=False),
    Column("confirmed", JSON, nullable=False),
    Column("undoes", Integer, nullable=True),
    Column("decisions", JSON, nullable=False, server_default="[]"),
    # The import that purged what hung on this one; after it only this row is left.
    Column("purged_by", Integer, nullable=True),
    key_of("import_number"),
    UniqueConstraint("district_id", "digest", name="uq_import_digest"),
    _of("district"),
)

# The audit trail, without passwords. It has no foreign key to `account`: it outlives a removal.
change = Table(
    "change",
    metadata,
    text_column("district_id"),
    number_column("import_number"),
    text_column("account_id"),
    text_column("field"),
    Column("before", JSON(none_as_null=True), nullable=True),
    Column("after", JSON(none_as_null=True), nullable=True),
    key_of("import_number", "account_id", "field"),
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
    text_column("district_id"),
    number_column("import_number"),
    text_column("account_id"),
    Column("sheet_rows", JSON, nullable=False),
    Column("before", JSON(none_as_null=True), nullable=True),
    Column("difference", JSON(none_as_null=True), nullable=True),
    key_of("import_number", "account_id"),
    _of("import", "import_number"),
    sqlite_with_rowid=False,
)

# What was decided about a person on a sheet beside an account, so that it is not asked again. It
# outlives the account, which an undo may remove and bring back; so there is no foreign key to it.
decision = Table(
    "decision",
    metadata,
    text_column("district_id"),
    text_column("code"),
    text_column("person_key"),
    text_column("person_name"),
    text_column("account_id"),
    text_column("word"),
    text_column("actor"),
    Column("at", UtcTime, nullable=False),
    number_column("import_number"),
    key_of("code", "person_key", "person_name", "account_id"),
    _of("import", "import_number"),
    sqlite_with_rowid=False,
)

remembered_plan = Table(
    "remembered_plan",
    metadata,
    text_column("district_id"),
    text_column("digest"),
    number_column("position"),
    Column("reads", LargeBinary, nullable=False),
    key_of("digest"),
    _of("district"),
    Index("ix_remembered_plan_position", "district_id", "position"),
)
