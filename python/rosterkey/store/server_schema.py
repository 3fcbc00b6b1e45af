"""The tables that only a server has."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, MetaData, PrimaryKeyConstraint, Table

from rosterkey.store.schema import district, key_of, metadata, number_column, text_column

server_metadata = MetaData(naming_convention=metadata.naming_convention)
"""What only a server has; an SQLite file is open to whoever may read it."""

STAGED_VALUES = 18
"""How many values of a row the staging table takes: more than any table of ours has columns."""

# Rows on their way from the program into a table, gone when their transaction ends. A real table,
# because a temporary one is of one session and one server; unlogged, because a crash may lose it.
# The values are text, which the statement that takes them casts.
staging = Table(
    "staging",
    server_metadata,
    text_column("district_id"),
    text_column("batch_id"),
    number_column("position"),
    *(text_column(f"value_{number}", optional=True) for number in range(STAGED_VALUES)),
    PrimaryKeyConstraint("district_id", "batch_id", "position", name="pk_staging"),
    prefixes=["UNLOGGED"],
)

# Which login may do what in which district. The policies of every other table look here, and no
# login but the owner's members may write here. `school` is for the level of that name only.
access = Table(
    "access",
    server_metadata,
    text_column("district_id"),
    text_column("login"),
    text_column("level"),
    text_column("school", optional=True),
    key_of("login"),
    ForeignKeyConstraint(["district_id"], [district.c.district_id], name="fk_access_district"),
)
