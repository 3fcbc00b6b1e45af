"""Roles, owner, policies and grants of one database, made or mended: part of `rosterkey init`."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, text

from rosterkey.store.rights.groups import OWNER, Level, rights_of
from rosterkey.store.rights.policies import PROTECTED, policies
from rosterkey.store.schema import VERSION_TABLE, account, metadata
from rosterkey.store.server_schema import access, staging

TABLES = (*sorted(metadata.tables), access.name, staging.name, VERSION_TABLE)
"""Every table of the program."""

_GROUPS = tuple(level.group for level in Level)
_MAY_MAKE_ROLES = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
_IS_SUPERUSER = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
_ROLES = "SELECT rolname FROM pg_roles WHERE rolname = ANY(:names)"
_POLICIES = (
    "SELECT tablename, policyname FROM pg_policies "
    "WHERE schemaname = current_schema() AND tablename = ANY(:tables)"
)


def may_secure(connection: Connection) -> bool:
    """Whether the login may make roles, as whoever runs the database server can."""
    return bool(connection.scalar(text(_MAY_MAKE_ROLES)))


def secure(connection: Connection) -> None:
    """Give each table to the owner, and to each group what it may do; nothing else is left.

    May be repeated: what is there is replaced, in the same transaction.
    """
    found = text(_ROLES).bindparams(bindparam("names", [OWNER, *_GROUPS]))
    there = set(connection.scalars(found))
    for role in (OWNER, *_GROUPS):
        if role not in there:
            connection.exec_driver_sql(f"CREATE ROLE {role} NOLOGIN")
    if not connection.scalar(text(_IS_SUPERUSER)):
        connection.exec_driver_sql(f"GRANT {OWNER} TO CURRENT_USER")
    for statement in (*_to_owner(connection), *_policies(connection), *_grants(connection)):
        connection.exec_driver_sql(statement)


def _to_owner(connection: Connection) -> Iterator[str]:
    name = connection.dialect.identifier_preparer.quote_identifier
    database = name(str(connection.scalar(text("SELECT current_database()"))))
    schema = name(str(connection.scalar(text("SELECT current_schema()"))))
    everybody = ", ".join(_GROUPS)
    yield f"REVOKE ALL ON DATABASE {database} FROM PUBLIC"
    yield f"GRANT CONNECT ON DATABASE {database} TO {everybody}"
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {everybody}"
    yield f"GRANT USAGE, CREATE ON SCHEMA {schema} TO {OWNER}"
    for table in TABLES:
        yield f"ALTER TABLE {name(table)} OWNER TO {OWNER}"


def _policies(connection: Connection) -> Iterator[str]:
    """Drop what is there and make each policy: an older version's may be others."""
    name = connection.dialect.identifier_preparer.quote_identifier
    there = text(_POLICIES).bindparams(bindparam("tables", list(PROTECTED)))
    for table, policy in connection.execute(there):
        yield f"DROP POLICY {name(policy)} ON {name(table)}"
    for table in PROTECTED:
        yield f"ALTER TABLE {name(table)} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {name(table)} FORCE ROW LEVEL SECURITY"
    for table, policy, clauses in policies():
        yield f"CREATE POLICY {name(policy)} ON {name(table)} {clauses}"


def _grants(connection: Connection) -> Iterator[str]:
    name = connection.dialect.identifier_preparer.quote_identifier
    columns = tuple(column.name for column in account.columns)
    for table in TABLES:
        yield f"REVOKE ALL ON {name(table)} FROM PUBLIC, {', '.join(_GROUPS)}"
    yield f"GRANT SELECT ON {name(VERSION_TABLE)} TO {', '.join(_GROUPS)}"
    for level in Level:
        for table, rights in rights_of(level, columns).items():
            yield f"GRANT {rights} ON {name(table)} TO {level.group}"
