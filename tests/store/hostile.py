"""What a login tries that it must not be able to: statements, each with what may come of it."""

# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator

from rosterkey.store.schema import metadata
from rosterkey.store.server_schema import access

TABLES = (*sorted(metadata.tables), access.name)
"""Every table whose rows belong to a district."""
HISTORY = ("import", "change", "account_image", "decision", "retired_username")

ACCOUNT = (
    "INSERT INTO account (district_id, account_id, role, status, username, username_key, "
    "first_name, last_name, school, version{more}) "
    "VALUES ('{district}', 'x1', '{role}', 'active', 'x', 'x', 'X', 'X', '{school}', 1{values})"
)
_IMPORT = (
    "INSERT INTO import (district_id, import_number, digest, kind, actor, at, source, sheet_hash, "
    "reason, counts, confirmed{more}) VALUES ('{district}', 99, 'forged', '{kind}', {actor}, "
    "now(), '', '', '', '{{}}', '[]'{values})"
)
_CHANGE = (
    "INSERT INTO change (district_id, import_number, account_id, field, before, after) "
    """VALUES ('{district}', {number}, 'a1', 'forged', '"a"', '"b"')"""
)


def account(district: str, role: str = "student", school: str = "North", **more: str) -> str:
    """The statement that adds an account; `more` are columns with their values in SQL."""
    names = "".join(f", {name}" for name in more)
    values = "".join(f", {value}" for value in more.values())
    return ACCOUNT.format(district=district, role=role, school=school, more=names, values=values)


def import_line(
    district: str, kind: str = "sheet", actor: str = "session_user", **more: str
) -> str:
    """The statement that adds the line of an import."""
    names = "".join(f", {name}" for name in more)
    values = "".join(f", {value}" for value in more.values())
    return _IMPORT.format(district=district, kind=kind, actor=actor, more=names, values=values)


def on_another_district(other: str = "D2") -> Iterator[str]:
    """Read, change, remove and add rows of another district, in every table and in every way."""
    for table in TABLES:
        yield f"""SELECT * FROM "{table}" WHERE district_id = '{other}'"""
        yield f"""SELECT count(*) FROM "{table}" HAVING bool_or(district_id = '{other}')"""
        yield f"""UPDATE "{table}" SET district_id = district_id WHERE district_id = '{other}'"""
        yield f"""DELETE FROM "{table}" WHERE district_id = '{other}'"""
        yield f"""WITH gone AS (DELETE FROM "{table}" WHERE district_id = '{other}' RETURNING 1)
            SELECT * FROM gone"""
        yield f"""INSERT INTO "{table}" (district_id) VALUES ('{other}')"""
        yield f'TRUNCATE "{table}" CASCADE'
        yield f'COPY "{table}" FROM PROGRAM $$true$$'
    yield account(other)
    yield account(other) + " ON CONFLICT (district_id, account_id) DO UPDATE SET username = 'x'"
    yield import_line(other)
    yield _CHANGE.format(district=other, number=1)
    yield f"INSERT INTO district (district_id, name) VALUES ('{other}x', 'mine')"
    yield f"INSERT INTO school (district_id, position, name) VALUES ('{other}', 9, 'mine')"
    yield f"INSERT INTO username_claim VALUES ('{other}', 'x', 'a1')"
    yield f"INSERT INTO enrollment VALUES ('{other}', 'a1', 9, 'mine')"
    yield f"INSERT INTO past_username VALUES ('{other}', 'a1', 9, 'mine', 'mine')"
    yield f"INSERT INTO retired_username VALUES ('{other}', 'mine', 'a1', 'mine')"
    yield f"INSERT INTO remembered_plan VALUES ('{other}', 'x', 1, '')"
    yield f"UPDATE account SET district_id = '{other}'"
    yield f"UPDATE district SET district_id = '{other}'"
    yield "UPDATE district SET name = 'mine'"
    yield f"""MERGE INTO account AS a USING (SELECT 'a1' AS id) AS s
        ON a.district_id = '{other}' AND a.account_id = s.id
        WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN DO NOTHING"""
    yield (
        f"DO $$ BEGIN EXECUTE 'UPDATE account SET username = ''x'' WHERE district_id = "
        f"''{other}'''; IF NOT FOUND THEN RAISE insufficient_privilege; END IF; END $$"
    )
    # Through the staging table, which has no policies of its own.
    yield f"""WITH s AS (SELECT '{other}' AS district_id, 'zz' AS key, 'a1' AS account_id)
        INSERT INTO username_claim SELECT * FROM s"""
    yield f"""UPDATE account AS a SET username = s.value_0 FROM staging AS s
        WHERE a.district_id = '{other}' OR a.district_id = s.district_id
        AND s.district_id = '{other}'"""


def leaks(other: str = "D2") -> Iterator[str]:
    """Learn something of another district by an error, a statistic or a catalogue."""
    yield f"SELECT cast(last_name AS integer) FROM account WHERE district_id = '{other}'"
    yield f"SELECT 1 / (version - version) FROM account WHERE district_id = '{other}'"
    yield "SELECT 1 / (version - version) FROM account WHERE username = 'of another district'"
    yield "SELECT * FROM pg_stats WHERE schemaname = 'public' AND tablename = 'account'"
    yield "SELECT * FROM pg_statistic"
    yield "SELECT * FROM pg_authid"
    yield "SELECT * FROM access WHERE login <> session_user"
    yield "SELECT * FROM staging"
    yield "SELECT * FROM pg_sequences WHERE schemaname = 'public'"
    yield """SELECT query FROM pg_stat_activity
        WHERE usename <> session_user AND query LIKE '%SELECT%'"""


def on_the_history(district: str = "D1") -> Iterator[str]:
    """Change, remove or forge lines of the login's own district."""
    for table in HISTORY:
        yield f'UPDATE "{table}" SET district_id = district_id'
        yield f'DELETE FROM "{table}"'
        yield f'DELETE FROM "{table}" USING district'
    for column in ("actor", "at", "reason", "counts", "purged_by"):
        yield f"UPDATE import SET {column} = NULL"
    yield import_line(district, actor="'somebody else'")
    yield import_line(district, kind="purge")
    yield import_line(district, purged_by="1")
    yield _CHANGE.format(district=district, number=1)
    yield f"INSERT INTO account_image VALUES ('{district}', 1, 'x', '[]', NULL, NULL)"
    yield f"INSERT INTO retired_username VALUES ('{district}', 'mine', 'a1', 'mine')"
    yield f"INSERT INTO decision VALUES ('{district}', 'x', 'x', 'x', 'x', 'x', 'x', now(), 1)"


def on_the_rights(login: str, other: str) -> Iterator[str]:
    """Become somebody else, switch the policies off, or give oneself more."""
    for role in ("rosterkey_owner", "rosterkey_pool", "admin", "pg_write_all_data", other):
        yield f'SET ROLE "{role}"'
        yield f'SET SESSION AUTHORIZATION "{role}"'
        yield f'GRANT "{role}" TO "{login}"'
    for table in ("account", "import", "access"):
        yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} OWNER TO CURRENT_USER"
        yield f"CREATE POLICY mine ON {table} USING (true)"
        yield f"DROP POLICY owner ON {table}"
        yield f"DROP TABLE {table} CASCADE"
        yield f"CREATE RULE mine AS ON INSERT TO {table} DO ALSO NOTHING"
        yield f"GRANT ALL ON {table} TO PUBLIC"
        yield f"CREATE INDEX mine ON {table} (district_id)"
    yield """CREATE TRIGGER mine BEFORE UPDATE ON account
        EXECUTE FUNCTION suppress_redundant_updates_trigger()"""
    yield "CREATE FUNCTION public.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'"
    yield "CREATE TABLE public.mine (a integer)"
    yield "CREATE VIEW public.mine AS SELECT * FROM account"
    yield "CREATE SEQUENCE public.mine"
    yield "CREATE TEMP TABLE account (a integer)"
    yield "CREATE FUNCTION pg_temp.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'"
    yield "CREATE SCHEMA mine"
    yield "CREATE ROLE mine"
    yield "CREATE EXTENSION dblink"
    yield "CREATE DATABASE mine"
    yield f'ALTER ROLE "{login}" SUPERUSER'
    yield f'ALTER ROLE "{login}" BYPASSRLS'
    yield f'ALTER ROLE "{other}" PASSWORD $$mine$$'
    yield "UPDATE access SET level = 'district', school = NULL, district_id = 'D2'"
    yield f"INSERT INTO access VALUES ('D2', '{login}', 'district', NULL)"
    yield "DELETE FROM access"
    yield "UPDATE rosterkey_schema SET version_num = '9999'"
    yield "DELETE FROM rosterkey_schema"
    yield "SET row_security = off; SELECT * FROM account"
    yield "SET app.district = 'D2'; SELECT * FROM account WHERE district_id = 'D2'"
    yield "SELECT set_config('role', 'rosterkey_owner', false)"
    yield "SELECT pg_read_file('/etc/passwd')"
    yield "SELECT pg_ls_dir('.')"
    yield "SELECT lo_import('/etc/passwd')"
    yield "COPY account TO PROGRAM 'cat'"
    yield "COPY account TO '/tmp/rosterkey-account'"
    yield """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE usename = 'admin' AND pid <> pg_backend_pid()"""


def on_staff(district: str = "D1") -> Iterator[str]:
    """Make oneself an administrator of the product, or take an account of staff over."""
    yield account(district, role="admin")
    yield account(district, role="staff")
    yield "UPDATE account SET role = 'admin' WHERE role = 'student'"
    yield "UPDATE account SET password_hash = 'x' WHERE role <> 'student'"
    yield "UPDATE account SET username = 'x' WHERE role <> 'student'"
    yield "DELETE FROM account WHERE role <> 'student'"


def of_a_school(district: str = "D1") -> Iterator[str]:
    """What the administrator of the school North must not do in the own district."""
    yield account(district, school="South")
    yield account(district, student_id="'9'", student_id_key="'9'")
    yield account(district, student_id="'9'")
    for column in ("student_id", "student_id_key", "role", "account_id"):
        yield f"UPDATE account SET {column} = '9'"
    yield "UPDATE account SET student_id = NULL, student_id_key = NULL"
    yield "UPDATE account SET first_name = 'x' WHERE school = 'South'"
    yield "UPDATE account SET school = 'North' WHERE school = 'South'"
    yield "UPDATE account SET school = 'South' WHERE school = 'North'"
    yield "UPDATE account SET school = NULL WHERE school = 'North'"
    yield "DELETE FROM account WHERE school = 'South'"
    for table in ("username_claim", "enrollment", "past_username"):
        yield (
            f"DELETE FROM {table} WHERE account_id IN "
            "(SELECT account_id FROM account WHERE school = 'South')"
        )
    yield (
        f"INSERT INTO enrollment SELECT '{district}', account_id, 9, 'x' FROM account "
        "WHERE school = 'South'"
    )
    yield (
        f"INSERT INTO username_claim SELECT '{district}', 'mine', account_id FROM account "
        "WHERE school = 'South'"
    )


def of_a_reader(district: str = "D1") -> Iterator[str]:
    """What somebody who may only read must not do in the own district."""
    yield "SELECT password_hash FROM account"
    yield "SELECT * FROM account"
    yield "SELECT * FROM account_image"
    yield "SELECT 1 FROM district FOR UPDATE"
    yield account(district)
    yield import_line(district)
    for table in TABLES:
        yield f'UPDATE "{table}" SET district_id = district_id'
        yield f'DELETE FROM "{table}"'
    yield "INSERT INTO staging (district_id, batch_id, position) VALUES ('D1', 'x', 1)"
    yield "COPY staging (district_id, batch_id, position) FROM PROGRAM 'true'"
