"""One login's access to one district: what it is, giving it, taking it back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text

from rosterkey.store.contract import Access, StoreError
from rosterkey.store.reading import read_district
from rosterkey.store.rights.groups import Level
from rosterkey.store.server_schema import access

_IN_GROUPS = (
    "SELECT g.rolname FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid "
    "JOIN pg_roles AS r ON r.oid = m.member "
    "WHERE r.rolname = :login AND g.rolname LIKE 'rosterkey%'"
)
_ROLE = "SELECT rolsuper OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = :login"
_SECURED = "SELECT count(*) FROM pg_policies WHERE tablename = 'account'"


@dataclass(frozen=True, slots=True)
class Wish:
    """An access that is to be given. `password` is for a login that is new, or gets a new one."""

    login: str
    level: Level
    school: str | None = None
    password: str | None = field(default=None, repr=False)


def read_access(connection: Connection, code: str) -> Access | None:
    """What the login of this connection may do in a district; None where nothing restricts it."""
    of = access.c
    query = select(of.login, of.level, of.school).where(
        of.district_id == code, of.login == func.session_user()
    )
    row = connection.execute(query).first()
    return None if row is None else Access(row.login, Level(row.level).value, row.school)


def give(connection: Connection, code: str, wish: Wish) -> bool:
    """Give an access in place of the one that the login has in the district.

    Returns whether the login is new. Raises UnknownDistrict, and StoreError for a school that the
    district does not have, a login of another level, or one that no policy holds back.
    """
    _check(connection, code, wish)
    new = _make_login(connection, wish)
    name = _quoted(connection, wish.login)
    connection.exec_driver_sql(f"GRANT {wish.level.group} TO {name}")
    _forget(connection, code, wish.login)
    if wish.level is not Level.POOL:
        row = {"district_id": code, "login": wish.login, "level": wish.level.value}
        connection.execute(insert(access), row | {"school": wish.school})
    return new


def take(connection: Connection, code: str, login: str) -> bool:
    """Take the access of a login to a district; without any other it leaves its group too.

    Returns whether there was one. The login itself stays: it may be used elsewhere.
    """
    groups = list(connection.scalars(text(_IN_GROUPS), {"login": login}))
    had = _forget(connection, code, login)
    # The one question about a login that no district answers.
    left = connection.scalar(select(func.count()).where(access.c.login == login))
    if not left:
        for group in groups:
            connection.exec_driver_sql(f"REVOKE {group} FROM {_quoted(connection, login)}")
    return had or bool(groups and not left)


def _check(connection: Connection, code: str, wish: Wish) -> None:
    if not connection.scalar(text(_SECURED)):
        raise StoreError(
            "The roles of this database are not made yet: run rosterkey init first, "
            "with a login that may make roles."
        )
    if wish.level is Level.SCHOOL:
        schools = read_district(connection, code).schools
        if wish.school not in schools:
            listed = ", ".join(schools) or "none"
            raise StoreError(f'The district has no school "{wish.school}". There are: {listed}.')
    if connection.scalar(text(_ROLE), {"login": wish.login}):
        raise StoreError(
            f"The login {wish.login} may do everything on this server, so no access holds it "
            "back. Give it to a login of its own."
        )
    others = set(connection.scalars(text(_IN_GROUPS), {"login": wish.login}))
    if others - {wish.level.group}:
        has = ", ".join(sorted(others)).replace("rosterkey_", "")
        raise StoreError(
            f"The login {wish.login} has an access of another kind ({has}). "
            "Take that back first, or use another login."
        )


def _make_login(connection: Connection, wish: Wish) -> bool:
    """Make the login where it is not there; return whether it is new."""
    new = connection.scalar(text(_ROLE), {"login": wish.login}) is None
    name = _quoted(connection, wish.login)
    if new:
        connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN")
    if wish.password is not None:
        # Hashed here: no server writes the password itself into its log.
        driver: Any = connection.connection.driver_connection
        hashed = driver.pgconn.encrypt_password(
            wish.password.encode(), wish.login.encode(), b"scram-sha-256"
        )
        connection.exec_driver_sql(f"ALTER ROLE {name} LOGIN PASSWORD '{hashed.decode()}'")
    return new


def _forget(connection: Connection, code: str, login: str) -> bool:
    of = access.c
    gone = delete(access).where(of.district_id == code, of.login == login)
    return connection.execute(gone).rowcount > 0


def _quoted(connection: Connection, login: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(login)
