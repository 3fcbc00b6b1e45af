"""Which rows a login reaches, table by table, and what it may write into them.

A person's rows hang on `session_user`, which no statement of the session can change. For a pool,
a server that works for many persons, they hang on the setting of the transaction.
"""

# No text of a user stands in a statement of this module: S608 has nothing to warn of.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator

from rosterkey.store.rights.groups import OWNER, PERSONS, WRITERS, Level

_POOLED = "district_id = nullif(current_setting('app.district', true), '')"
_NEW = "i.xmin = pg_current_xact_id()::xid"
"""The line of the import was written by this very transaction."""

_OF_IMPORT = ("change", "account_image", "decision")
_OF_ACCOUNT = ("username_claim", "enrollment", "past_username", "merged_account")


def policies() -> Iterator[tuple[str, str, str]]:
    """Every policy: its table, its name, and what stands behind the name."""
    for table in PROTECTED:
        yield table, "owner", _all(OWNER, "true")
        if table == "access":
            continue
        yield table, "pool", _all(Level.POOL.group, _POOLED)
        for level in PERSONS:
            yield table, str(level), _all(level.group, _own(level))
    for level in PERSONS:
        yield "access", str(level), _for("SELECT", level.group, using="login = session_user")
    # Which districts there are, a pool may ask before it chooses one.
    yield "district", "pool_lists", _for("SELECT", Level.POOL.group, using="true")
    yield from _students_only()
    yield from _own_school_only()
    yield from _history_of_now()


PROTECTED = ("district", "school", "grade", "account", "username_claim", "enrollment",
             "past_username", "merged_account", "retired_username", "import", "change",
             "account_image", "decision", "remembered_plan", "access", "name_word",
             "figure")  # fmt: skip
"""The tables whose rows belong to a district. Staging has none: COPY is refused beside policies."""


def _own(level: Level) -> str:
    # An array, because it is computed once for the statement and an index can serve it.
    return (
        "district_id = ANY (ARRAY(SELECT a.district_id FROM access AS a "
        f"WHERE a.login = session_user AND a.level = '{level}'))"
    )


def _all(group: str, own: str) -> str:
    return f"FOR ALL TO {group} USING ({own}) WITH CHECK ({own})"


def _for(command: str, groups: str, *, using: str = "", check: str = "") -> str:
    clauses = [f"USING ({using})"] if using else []
    clauses += [f"WITH CHECK ({check})"] if check else []
    return f"FOR {command} TO {groups} {' '.join(clauses)}"


def _students_only() -> Iterator[tuple[str, str, str]]:
    """No login makes, changes or removes an account that is not a student's."""
    groups, student = ", ".join(level.group for level in WRITERS), "role = 'student'"
    for command, clauses in _each_write(student, student):
        yield "account", f"students_{command.lower()}", _restrict(command, groups, **clauses)


def _own_school_only() -> Iterator[tuple[str, str, str]]:
    """The administrator of a school writes there only, and gives no Student ID."""
    group = Level.SCHOOL.group
    own = (
        "(district_id, school) IN (SELECT a.district_id, a.school FROM access AS a "
        "WHERE a.login = session_user AND a.level = 'school')"
    )
    without_id = f"{own} AND student_id IS NULL AND student_id_key IS NULL"
    for command, clauses in _each_write(own, own):
        held = {"check": without_id} if command == "INSERT" else clauses
        yield "account", f"own_school_{command.lower()}", _restrict(command, group, **held)
    for table in _OF_ACCOUNT:
        of_own = (
            f"EXISTS (SELECT 1 FROM account AS c WHERE c.district_id = {table}.district_id "
            f"AND c.account_id = {table}.account_id AND c.role = 'student' "
            "AND (c.district_id, c.school) IN (SELECT a.district_id, a.school FROM access AS a "
            "WHERE a.login = session_user AND a.level = 'school'))"
        )
        for command, clauses in _each_write(of_own, of_own):
            if command != "UPDATE":
                name = f"own_school_{command.lower()}"
                yield table, name, _restrict(command, group, **clauses)


def _history_of_now() -> Iterator[tuple[str, str, str]]:
    """Lines are added in the transaction that wrote their import, in the name of the login."""
    persons = f"{Level.DISTRICT.group}, {Level.SCHOOL.group}"
    writers = f"{persons}, {Level.POOL.group}"
    own_name = "actor = session_user"
    yield "import", "own_name", _restrict("INSERT", persons, check=own_name)
    no_purge = "kind <> 'purge' AND purged_by IS NULL"
    yield "import", "no_purge", _restrict("INSERT", writers, check=no_purge)
    now = f"SELECT i.district_id, i.import_number FROM import AS i WHERE {_NEW}"
    for table in _OF_IMPORT:
        check = f"(district_id, import_number) IN ({now})"
        yield table, "import_of_now", _restrict("INSERT", writers, check=check)
    check = f"district_id IN (SELECT i.district_id FROM import AS i WHERE {_NEW})"
    yield "retired_username", "import_of_now", _restrict("INSERT", writers, check=check)


def _each_write(using: str, check: str) -> Iterator[tuple[str, dict[str, str]]]:
    yield "INSERT", {"check": check}
    yield "UPDATE", {"using": using, "check": check}
    yield "DELETE", {"using": using}


def _restrict(command: str, groups: str, *, using: str = "", check: str = "") -> str:
    return f"AS RESTRICTIVE {_for(command, groups, using=using, check=check)}"
