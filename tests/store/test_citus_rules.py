"""What Citus needs of every table and every statement, read from a server's own log.

Citus spreads the rows over many machines by `district_id`. A statement that names the district runs
on the one machine that has it; temporary tables, advisory locks, settings of a session and the
isolation SERIALIZABLE are of one machine and would hold for nothing there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rosterkey.core.figures import Trait
from rosterkey.core.history import ImportKind
from rosterkey.core.model import Decision
from rosterkey.core.source import Key
from rosterkey.store import open_store
from rosterkey.store.rights.secure import TABLES
from rosterkey.store.schema import VERSION_TABLE
from tests.postgresql import Server, Servers
from tests.reliability import Figures
from tests.store.builders import (
    LINES,
    apply,
    changes_of_every_kind,
    created,
    edited,
    header,
    removed,
)

_ENTRY = re.compile(
    r"^\S+ \S+ \S+ \[\d+\] LOG:  (?:statement|execute [^:]*): (.*?)(?=^\S+ \S+ \S+ \[\d+\] )",
    re.MULTILINE | re.DOTALL,
)
_FORBIDDEN = {
    "a temporary table": r"\bTEMP(ORARY)?\b|pg_temp",
    "an advisory lock": r"pg_(try_)?advisory",
    "a setting of the session": r"^SET (?!LOCAL)|set_config\([^)]*false\)",
    "SERIALIZABLE": r"\bSERIALIZABLE\b",
    "SET CONSTRAINTS": r"\bSET CONSTRAINTS\b",
    "LOCK TABLE": r"\bLOCK TABLE\b|^LOCK\b",
    "a sequence": r"\bnextval\b|\bSERIAL\b",
}
_OF_NO_TABLE = re.compile(
    r"^(BEGIN|COMMIT|ROLLBACK|SHOW"
    r"|SELECT (set_config|has_column_privilege|row_security_active|pg_catalog|current_schema))\b",
    re.IGNORECASE,
)
"""What begins and ends a transaction, and questions that the server answers without a table."""
_ALL_DISTRICTS = "SELECT district.district_id FROM district ORDER BY district.district_id"
"""Which districts there are is the one question that no district answers."""
_NAMES = re.compile(r"district_id\s*(=|IN|BETWEEN)|\(district_id,")


@pytest.fixture
def server(postgresql_servers: Servers) -> Iterator[Server]:
    """A server that writes down every statement, and when it began."""
    lent = postgresql_servers.of("postgresql15")
    _tell(lent, "log_statement = 'all'", "log_line_prefix = '%m [%p] '")
    yield lent
    _tell(lent, "log_statement = DEFAULT", "log_line_prefix = DEFAULT")


def _tell(server: Server, *settings: str) -> None:
    with server.connect() as connection:
        for setting in settings:
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("SELECT pg_sleep(0.3)")


def _story(url: str) -> None:
    """Everything that a store does, with few rows and with many, which go through staging."""
    store = open_store(url, upgrade=False)
    store.load(LINES)
    store.load([{"kind": "district", "code": "D2", "name": "Named", "schools": ["East"]}])
    store.load([{"kind": "retired_username", "district": "D2", "account": "z", "username": "zed"}])
    lasting = Decision(2, "probable-duplicate", "really new", ("1", "ann"), ("a1",), lasting=True)
    gone = Decision(3, "probable-duplicate", "really new", ("2", "bo"), ("none",), lasting=True)
    with store.write("D1") as writer:
        writer.apply(header("1"), changes_of_every_kind(writer.snapshot()), [lasting, gone])
    filled = {"classes": ("1A",), "past_usernames": ("old",)}
    many = [created(f"n{i}", f"new{i}", student_id=f"N{i}", **filled) for i in range(400)]
    apply(store, *many, digest="2")
    with store.reading("D1") as read:
        for key in Key:
            read.ask(key, ["new1"])
        read.ask_named([(("bo",), ("lee",))])
        read.names(Trait.FIRST_NAME, ["bo"])
    now = store.snapshot("D1")
    moved = [edited(now, f"n{i}", username=f"moved{i}", student_id=f"M{i}") for i in range(300)]
    apply(store, *moved, digest="3")
    now = store.snapshot("D1")
    away = [removed(now, f"n{i}") for i in range(400)]
    apply(store, *away, digest="4", kind=ImportKind.DELETE)
    with store.write("D1") as writer:
        writer.purge(header("purge", kind=ImportKind.PURGE), [1, 2])
    store.imports("D1")
    store.field_changes("D1", 3)
    store.trail("D1", "n1")
    store.once_known_as("D1", "new1")
    store.images("D1", 3)
    store.import_with_digest("D1", "3")
    store.remember_plan("D1", "x", {"a1": "0"})
    store.remembered_plan("D1", "x")
    store.access("D1")
    list(store.dump())
    store.close()


def _statements(server: Server, url: str) -> list[str]:
    log: Path = server.folder / "log"
    start = log.stat().st_size
    _story(url)
    with log.open("rb") as opened:
        opened.seek(start)
        text = opened.read().decode()
    end = "9999-01-01 00:00:00 UTC [1] "
    found = (" ".join(words.split()) for words in _ENTRY.findall(text + end))
    # The driver asks with an empty statement whether the server is still there.
    return [statement for statement in found if statement != ";"]


def test_every_statement_fits_a_cluster(server: Server, figures: Figures) -> None:
    name = server.new_database()
    open_store(server.url(name)).close()
    seen = _statements(server, server.url(name))
    server.drop(name)
    touched: set[str] = set()
    for statement in seen:
        for what, pattern in _FORBIDDEN.items():
            assert not re.search(pattern, statement), f"{what}: {statement}"
        used = _tables(statement) - {VERSION_TABLE}
        touched |= used
        if used and statement != _ALL_DISTRICTS:
            assert _NAMES.search(statement), statement
            assert _joined(statement, used), statement
        elif not used:
            assert _OF_NO_TABLE.search(statement) or VERSION_TABLE in statement, statement
    assert touched == set(TABLES) - {VERSION_TABLE}, "the story leaves a table out"
    assert len(seen) > 150
    figures.add("statements that name their district", len(seen), "postgresql:")


def _tables(statement: str) -> set[str]:
    """The tables of ours that a statement names where a table stands."""
    listed = re.findall(
        r"\b(?:FROM|USING) (.*?)(?: WHERE | ORDER | GROUP | LIMIT |\)|$)", statement
    )
    named = re.findall(r"\b(?:INTO|UPDATE|COPY|JOIN) (\S+)", statement)
    words = (name.strip().split(" ")[0].strip('"') for part in listed for name in part.split(","))
    return ({*words} | {name.strip('"') for name in named}) & set(TABLES)


def _joined(statement: str, used: set[str]) -> bool:
    """Whether several tables of one statement are held together by the district."""
    if len(used) < 2:
        return True
    if statement.startswith("INSERT"):
        # The new rows take the district of those that they are made of.
        used = used - {re.findall(r'INTO "?(\w+)"? \(district_id,', statement)[0]}
    names = [re.compile(rf'"?{table}"?\.district_id') for table in used]
    return all(name.search(statement) for name in names)


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("CREATE TEMP TABLE x (a int)", "a temporary table"),
        ("SELECT pg_advisory_xact_lock(1)", "an advisory lock"),
        ("SET app.district = 'D1'", "a setting of the session"),
        ("BEGIN ISOLATION LEVEL SERIALIZABLE", "SERIALIZABLE"),
        ("SET CONSTRAINTS ALL DEFERRED", "SET CONSTRAINTS"),
        ("LOCK TABLE account", "LOCK TABLE"),
    ],
)
def test_what_does_not_fit_would_be_seen(statement: str, what: str) -> None:
    assert re.search(_FORBIDDEN[what], statement)


def test_a_statement_that_names_no_district_would_be_seen() -> None:
    joined = "UPDATE account SET x = s.x FROM staging WHERE account.district_id = 'D1'"
    assert _tables(joined) == {"account", "staging"}
    assert not _joined(joined, {"account", "staging"})
    assert _joined(f"{joined} AND staging.district_id = 'D1'", {"account", "staging"})
    assert not _NAMES.search("SELECT * FROM account WHERE account_id = 'a1'")
