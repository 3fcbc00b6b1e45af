"""A login of one district reaches nothing of another's, whatever statement it thinks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from rosterkey.core.history import ImportKind
from rosterkey.core.model import Status
from rosterkey.core.snapshot import Snapshot
from rosterkey.store import open_store
from rosterkey.store.contract import Access, Store, StoreError
from rosterkey.store.rights.groups import Level
from rosterkey.store.rights.secure import TABLES
from tests.postgresql import ENGINES, Server, Servers
from tests.reliability import Figures
from tests.store import hostile
from tests.store.builders import (
    LINES,
    account_line,
    apply,
    created,
    district_line,
    edited,
    everything,
    header,
    removed,
)

DATABASE_LINES = [
    *LINES[:8],
    account_line("D1", "s1", "sue", school="South", classes=["2A"], past_usernames=["susan"]),
    district_line("D2"),
    account_line("D2", "a1", "ann", student_id="001", last_name="Secret", classes=["9Z"]),
    account_line("D2", "a2", "of another district", past_usernames=["old"]),
]


@dataclass
class Hall:
    """A secured database with two districts, a history in both, and a login of each kind."""

    server: Server
    database: str
    store: Store

    def login(self, name: str) -> str:
        """The name of a login: roles belong to the whole server."""
        return f"{name} of hall"

    def url(self, name: str) -> str:
        """The address with which a login connects."""
        return self.server.url(self.database).replace("admin@", f"{quote(self.login(name))}@")

    def open(self, name: str) -> Store:
        """The account database as a login sees it."""
        return open_store(self.url(name), upgrade=False)

    def connect(self, name: str) -> psycopg.Connection[Any]:
        """The login's own connection, without the program."""
        return psycopg.connect(
            host=str(self.server.folder), port=self.server.port, user=self.login(name),
            dbname=self.database, autocommit=True,
        )  # fmt: skip


NOT_GRANTED = "01007"
"""The state of the warning that a GRANT granted nothing."""
LEVELS = {"kim": "district", "sam": "school", "rae": "read", "app": "pool"}


_made: dict[int, str] = {}
"""The database of each server that the tests copy, by the server's version."""


@pytest.fixture(params=[engine for engine in ENGINES if engine != "sqlite"])
def hall(request: pytest.FixtureRequest, postgresql_servers: Servers) -> Iterator[Hall]:
    server = postgresql_servers.of(request.param)
    if server.major not in _made:
        _made[server.major] = _make(server)
    name = f"{server.new_database()}_copy"
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {_made[server.major]}".encode())
        # The rights on a database itself are not copied along with it.
        connection.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC".encode())
        groups = ", ".join(level.group for level in Level)
        connection.execute(f"GRANT CONNECT ON DATABASE {name} TO {groups}".encode())
    store = open_store(server.url(name))
    yield Hall(server, name, store)
    store.close()
    server.drop(name)


def _make(server: Server) -> str:
    """A secured database with a login of each level, two districts and a history in each."""
    name = server.new_database()
    store = open_store(server.url(name))
    store.load(DATABASE_LINES)
    assert store.secure()
    made = Hall(server, name, store)
    for login, level in LEVELS.items():
        school = "North" if level == "school" else None
        assert store.grant("D1", made.login(login), level, school=school, password=None)
    store.grant("D2", made.login("lee"), "district", school=None, password=None)
    for district, login in (("D1", "kim"), ("D2", "lee")):
        own = made.open(login)
        actor = {"actor": made.login(login)}
        apply(own, edited(own.snapshot(district), "a1", grade="2"), district=district, **actor)
        gone = removed(own.snapshot(district), "a2")
        apply(own, gone, district=district, digest="2", kind=ImportKind.DELETE, **actor)
        own.close()
    store.close()
    return name


def _outcome(connection: psycopg.Connection[Any], statement: str) -> str:
    """What came of a statement: `denied`, `nothing` where it found no row, else `done`."""
    notices: list[str | None] = []

    def note(notice: psycopg.errors.Diagnostic) -> None:
        notices.append(notice.sqlstate)

    connection.add_notice_handler(note)
    try:
        found = connection.execute(statement.encode())
        while found.nextset():
            pass
    except psycopg.errors.InsufficientPrivilege:
        return "denied"
    except (psycopg.errors.FeatureNotSupported, psycopg.errors.DependentObjectsStillExist):
        return "denied"
    finally:
        connection.remove_notice_handler(note)
    if NOT_GRANTED in notices:
        return "denied"
    if found.description is not None:
        rows = [row for row in found.fetchall() if any(value is not None for value in row)]
        return f"done: {rows}" if rows else "nothing"
    return "done" if found.rowcount else "nothing"


def _rights(hall: Hall) -> list[Any]:
    """Every policy, the rights of every table, and every login with its groups."""
    with hall.server.connect(hall.database) as connection:
        return [
            connection.execute(query).fetchall()
            for query in (
                "SELECT * FROM pg_policies ORDER BY tablename, policyname",
                "SELECT relname, relacl::text, relowner, relrowsecurity, relforcerowsecurity "
                "FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY relname",
                "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolpassword, "
                "ARRAY(SELECT roleid FROM pg_auth_members WHERE member = pg_authid.oid ORDER BY 1) "
                "FROM pg_authid ORDER BY rolname",
            )
        ]


def _attack(hall: Hall, name: str, statements: list[str]) -> Counter[str]:
    before = (everything(hall.store), _rights(hall))
    outcomes: Counter[str] = Counter()
    connection = hall.connect(name)
    for statement in statements:
        outcome = _outcome(connection, statement)
        if "SET" in statement or "set_config" in statement:
            connection.close()
            connection = hall.connect(name)
        assert outcome in ("denied", "nothing"), (name, statement, outcome)
        outcomes[outcome] += 1
    connection.close()
    assert (everything(hall.store), _rights(hall)) == before
    return outcomes


def test_hostile_attempts(hall: Hall, figures: Figures) -> None:
    of_all = [*hostile.on_another_district(), *hostile.leaks()]
    total: Counter[str] = Counter()
    for name in ("kim", "sam", "rae"):
        rights = hostile.on_the_rights(hall.login(name), hall.login("lee"))
        statements = [*of_all, *rights, *hostile.on_staff(), *hostile.on_the_history()]
        statements += hostile.of_a_school() if name == "sam" else ()
        statements += hostile.of_a_reader() if name == "rae" else ()
        total += _attack(hall, name, statements)
    for outcome, word in (("denied", "denied"), ("nothing", "that found nothing")):
        what = f"hostile attempts {word} by version {hall.server.major}"
        figures.add(what, total[outcome], "postgresql:")


def test_a_key_of_another_district_is_neither_told_nor_denied(hall: Hall) -> None:
    """Whether a username, an account or an import exists there: the answer is the same."""
    claim = "INSERT INTO username_claim VALUES ('D2', '{}', 'a1')"
    enrolled = "INSERT INTO enrollment VALUES ('D2', '{}', 0, 'x')"
    pairs = [
        (claim.format("ann"), claim.format("zz")),
        (enrolled.format("a1"), enrolled.format("zz")),
        tuple(hostile.account(code) for code in ("D2", "D9")),
        tuple(hostile.import_line(code) for code in ("D2", "D9")),
    ]
    for there, not_there in pairs:
        said = []
        for statement in (there, not_there):
            with hall.connect("kim") as connection, pytest.raises(psycopg.Error) as refused:
                connection.execute(statement.encode())
            said.append((refused.value.sqlstate, str(refused.value)))
        assert said[0] == said[1]


def test_every_table_is_protected(hall: Hall) -> None:
    """Row-level security that binds the owner too, on all but staging and the version."""
    with hall.server.connect(hall.database) as connection:
        found = connection.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity, rolname, rolcanlogin "
            "FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner "
            "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        ).fetchall()
    assert {row[0] for row in found} == set(TABLES)
    assert {row[0] for row in found if not row[1]} == {"staging", "rosterkey_schema"}
    assert {row[2:] for row in found} == {("rosterkey_owner", False)}


def test_the_program_works_within_a_district(hall: Hall) -> None:
    kim = hall.open("kim")
    assert kim.districts() == ("D1",)
    assert kim.access("D1") == Access(hall.login("kim"), "district")
    many = [created(f"n{i}", f"new{i}", student_id=f"N{i}", school="North", classes=("1A",))
            for i in range(300)]  # fmt: skip
    now = kim.snapshot("D1")
    swap = [edited(now, "a3", username="dee"), edited(now, "a4", username="cal", student_id="9")]
    with kim.write("D1") as writer:
        writer.apply(header("many", actor=hall.login("kim")), [*many, *swap])
    after = kim.snapshot("D1")
    assert after == hall.store.snapshot("D1")
    assert [after.accounts[i].username for i in ("a3", "a4", "n299")] == ["dee", "cal", "new299"]
    kim.remember_plan("D1", "plan", {"a3": "x"})
    gone = [removed(after, f"n{i}") for i in range(300)]
    apply(kim, *gone, digest="undo", kind=ImportKind.UNDO, actor=hall.login("kim"))
    assert len(kim.images("D1", 3).changes) == 302
    kim.close()


def test_an_import_in_the_name_of_somebody_else_is_refused(hall: Hall) -> None:
    kim = hall.open("kim")
    with pytest.raises(StoreError, match="has no right"):
        apply(kim, edited(kim.snapshot("D1"), "a3", grade="2"), digest="3", actor="lee")
    with pytest.raises(StoreError, match="has no right"):
        _purge(kim, hall.login("kim"))
    kim.close()


def _purge(store: Store, actor: str) -> None:
    with store.write("D1") as writer:
        writer.purge(header("p", kind=ImportKind.PURGE, actor=actor), [1])


def test_the_program_works_at_one_school(hall: Hall) -> None:
    sam = hall.open("sam")
    actor = {"actor": hall.login("sam")}
    assert sam.access("D1") == Access(hall.login("sam"), "school", "North")
    now: Snapshot = sam.snapshot("D1")
    apply(
        sam,
        edited(now, "a3", username="cal.new", classes=("2B",), status=Status.ARCHIVED),
        *(created(f"m{i}", f"more{i}", school="North", classes=("1A",)) for i in range(250)),
        digest="s",
        **actor,
    )
    after = sam.snapshot("D1")
    assert after == hall.store.snapshot("D1")
    apply(sam, *(removed(after, f"m{i}") for i in range(250)), digest="t", **actor)
    for number, change in enumerate(
        (
            edited(after, "s1", username="x"),
            edited(after, "s1", classes=("1A",)),
            edited(after, "a4", school="South"),
            edited(after, "a4", student_id="77"),
            created("z1", "zed", school="South"),
            created("z1", "zed", school="North", student_id="77"),
            removed(after, "s1"),
        )
    ):
        with pytest.raises(StoreError):
            apply(sam, change, digest=f"x{number}", **actor)
    assert len(sam.imports("D1")) == 4
    sam.close()


def test_the_program_reads_for_a_reader_and_no_hash(hall: Hall) -> None:
    rae = hall.open("rae")
    whole = hall.store.snapshot("D1").accounts
    shown = rae.snapshot("D1").accounts
    assert shown.keys() == whole.keys()
    assert any(account.password_hash for account in whole.values())
    assert not any(account.password_hash for account in shown.values())
    assert rae.field_changes("D1", 1) == hall.store.field_changes("D1", 1)
    with pytest.raises(StoreError, match="has no right"):
        apply(rae, edited(rae.snapshot("D1"), "a3", grade="2"), digest="r")
    with pytest.raises(StoreError, match="has no right"):
        rae.images("D1", 1)
    assert hall.store.earlier_states("D1", [("a1", 1)])
    assert rae.earlier_states("D1", [("a1", 1)]) == {}, "it has hashes; a plan does without it"
    rae.close()


def test_a_pool_reaches_the_district_of_its_transaction(hall: Hall) -> None:
    app = hall.open("app")
    assert app.districts() == ("D1", "D2")
    for code in ("D1", "D2"):
        assert app.snapshot(code) == hall.store.snapshot(code)
        assert set(app.earlier_states(code, [("a1", 1)])) == {("a1", 1)}
        apply(app, edited(app.snapshot(code), "a1", grade="1"), district=code, digest="app")
    assert list(app.dump()) == list(hall.store.dump())
    app.close()
    with hall.connect("app") as connection:
        for setting in ("", "SET app.district = ''; "):
            for table in ("account", "import", "change"):
                statement = f'{setting}SELECT * FROM "{table}"'  # noqa: S608
                assert _outcome(connection, statement) == "nothing"
        statement = "SET app.district = 'D1'; SELECT * FROM account WHERE district_id = 'D2'"
        assert _outcome(connection, statement) == "nothing"


def test_an_access_is_taken_back_and_replaced(hall: Hall) -> None:
    store, pat = hall.store, hall.login("pat")
    assert store.grant("D1", pat, "district", school=None, password=None)
    with pytest.raises(StoreError, match="an access of another kind"):
        store.grant("D1", pat, "read", school=None, password=None)
    assert store.revoke("D1", pat)
    assert not store.revoke("D1", pat)
    with pytest.raises(StoreError):
        hall.open("pat")
    assert not store.grant("D1", pat, "school", school="South", password=None)
    opened = hall.open("pat")
    assert opened.access("D1") == Access(pat, "school", "South")
    opened.close()


def test_what_cannot_be_granted(hall: Hall) -> None:
    store = hall.store
    for login, level, school, said in (
        (hall.login("new"), "school", "East", 'no school "East"'),
        ("admin", "district", None, "may do everything on this server"),
    ):
        with pytest.raises(StoreError, match=said):
            store.grant("D1", login, level, school=school, password=None)
    kim = hall.open("kim")
    with pytest.raises(StoreError, match="has no right"):
        kim.grant("D1", hall.login("lee"), "district", school=None, password=None)
    kim.close()


def test_a_password_is_hashed_before_the_server_hears_it(hall: Hall) -> None:
    secret, login = "zq-secret-qz", hall.login("kim")
    assert not hall.store.grant("D1", login, "district", school=None, password=secret)
    with hall.server.connect(hall.database) as connection:
        connection.execute("ALTER SYSTEM SET log_statement = 'none'")
        stored = connection.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = %s", [login]
        ).fetchone()
    assert stored is not None
    assert str(stored[0]).startswith("SCRAM-SHA-256$")
    with psycopg.connect(
        host="127.0.0.1", port=hall.server.port, user=login, password=secret, dbname=hall.database
    ) as connected:
        assert connected.execute("SELECT session_user").fetchone() == (login,)


def test_securing_again_changes_nothing(hall: Hall) -> None:
    before = _rights(hall)
    assert all(before)
    assert hall.store.secure()
    assert _rights(hall) == before


def test_a_file_has_no_accesses() -> None:
    store = open_store("sqlite://")
    store.load(LINES)
    assert not store.secure()
    assert store.access("D1") is None
    with pytest.raises(StoreError, match="need a database server"):
        store.grant("D1", "kim", "district", school=None, password=None)
    with pytest.raises(StoreError, match="need a database server"):
        store.revoke("D1", "kim")
    store.close()
