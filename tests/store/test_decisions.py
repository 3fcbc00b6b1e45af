"""What was decided is remembered by district, and an older database keeps all it has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, MetaData, create_engine, inspect, select, text

from rosterkey.core.history import ImportKind
from rosterkey.core.model import Decision
from rosterkey.store import open_store
from rosterkey.store.contract import AlreadyImported, Store, StoreError
from rosterkey.store.schema import decision
from tests.store.builders import (
    LINES,
    NOON,
    apply,
    changes_of_every_kind,
    created,
    edited,
    everything,
    failing_at,
    header,
    removed,
)

NEW = Decision(
    14, "probable-duplicate", "really new", ("username x", "ana smith"), ("a1", "a2"), lasting=True
)
PAIRS = {(NEW.code, *NEW.person, account): "really new" for account in NEW.accounts}


def decide(store: Store, *decisions: Decision, digest: str = "one", district: str = "D1") -> int:
    with store.write(district) as writer:
        return writer.apply(header(digest), [], decisions)


def test_nothing_is_remembered_at_first(filled: Store) -> None:
    apply(filled)
    assert filled.snapshot("D1").decided == {}


def test_every_pair_is_in_later_snapshots_of_the_district_alone(filled: Store) -> None:
    decide(filled, NEW)
    assert filled.snapshot("D1").decided == PAIRS
    assert filled.snapshot("D2").decided == {}
    with filled.write("D1") as writer:
        assert writer.snapshot().decided == PAIRS


def test_what_does_not_last_is_not_remembered(filled: Store) -> None:
    decide(filled, replace(NEW, lasting=False))
    assert filled.snapshot("D1").decided == {}


def test_a_pair_that_is_decided_again_stays_as_it_was(filled: Store) -> None:
    decide(filled, NEW)
    decide(filled, NEW, replace(NEW, row=15, accounts=("a2", "a3"), word="other"), digest="two")
    third = (NEW.code, *NEW.person, "a3")
    assert filled.snapshot("D1").decided == PAIRS | {third: "other"}


def test_two_rows_of_one_import_may_decide_the_same(filled: Store) -> None:
    decide(filled, NEW, replace(NEW, row=15))
    assert filled.snapshot("D1").decided == PAIRS


def test_who_decided_when_and_with_which_import_is_kept(filled: Store, url: str) -> None:
    number = decide(filled, NEW)
    filled.close()
    engine = create_engine(url)
    with engine.connect() as connection:
        of = decision.c
        rows = connection.execute(select(of.actor, of.at, of.import_number)).all()
    engine.dispose()
    assert rows == [("kim", NOON, number)] * 2


def test_decisions_stay_when_their_import_and_their_account_go(filled: Store) -> None:
    with filled.write("D1") as writer:
        made = replace(NEW, accounts=("a9",))
        writer.apply(header("one"), [created("a9", "nia")], [made])
    apply(
        filled, removed(filled.snapshot("D1"), "a9"), digest="undo", kind=ImportKind.UNDO, undoes=1
    )
    assert list(filled.snapshot("D1").decided) == [(NEW.code, *NEW.person, "a9")]


def test_nothing_is_remembered_of_an_import_that_is_not_written(filled: Store) -> None:
    decide(filled, digest="same")
    with pytest.raises(AlreadyImported):
        decide(filled, NEW, digest="same")
    wrong = edited(filled.snapshot("D1"), "a1", username="bob")
    with pytest.raises(StoreError), filled.write("D1") as writer:
        writer.apply(header("other"), [wrong], [NEW])
    assert filled.snapshot("D1").decided == {}


def test_an_import_that_stops_while_it_remembers_is_taken_back(filled: Store) -> None:
    before = everything(filled)
    change = edited(filled.snapshot("D1"), "a1", grade="2")
    for statement in range(1, 30):
        try:
            with failing_at(statement), filled.write("D1") as writer:
                writer.apply(header("one"), [change], [NEW])
        except RuntimeError:
            assert everything(filled) == before, statement
            assert filled.snapshot("D1").decided == {}
        else:
            break
    assert statement > 5
    assert filled.snapshot("D1").decided == PAIRS


def test_the_words_come_back_with_the_import(filled: Store) -> None:
    apply(filled, decisions=("probable-duplicate: row 14 really new", "mojibake: row 2 confirmed"))
    apply(filled, digest="none")
    newer, older = filled.imports("D1")
    assert older.header.decisions == (
        "probable-duplicate: row 14 really new",
        "mojibake: row 2 confirmed",
    )
    assert newer.header.decisions == ()


def test_a_dump_holds_no_decisions(filled: Store) -> None:
    before = list(filled.dump())
    decide(filled, NEW)
    assert list(filled.dump()) == before


def at_revision(path: Path, revision: str) -> Engine:
    """An empty database of an earlier version."""
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", "rosterkey.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_database_of_the_first_version_keeps_all_it_has(filled: Store, tmp_path: Path) -> None:
    apply(filled, *changes_of_every_kind(filled.snapshot("D1")), confirmed=("mass-update",))
    undo = edited(filled.snapshot("D1"), "a4", grade="K")
    apply(filled, undo, digest="undo", kind=ImportKind.UNDO, undoes=1)
    filled.remember_plan("D1", "x", {"a1": "0123456789abcdef"})
    expected = everything(filled)
    filled.close()
    old = at_revision(tmp_path / "old.db", "0001")
    _copy(create_engine(f"sqlite:///{tmp_path / 'accounts.db'}"), old)

    url = f"sqlite:///{tmp_path / 'old.db'}"
    with pytest.raises(StoreError, match="rosterkey init"):
        open_store(url, upgrade=False)
    store = open_store(url)
    assert everything(store) == expected
    assert store.remembered_plan("D1", "x") == {"a1": "0123456789abcdef"}
    assert [entry.header.decisions for entry in store.imports("D1")] == [(), ()]
    assert decide(store, NEW) == 3
    assert store.snapshot("D1").decided == PAIRS
    store.close()


def _copy(current: Engine, old: Engine) -> None:
    """Copy every row, as far as the older database has its table and its columns."""
    tables = MetaData()
    tables.reflect(old)
    assert "decision" not in tables.tables
    assert "decisions" not in {c["name"] for c in inspect(old).get_columns("import")}
    with current.connect() as source, old.begin() as target:
        for table in tables.sorted_tables:
            if table.name == "rosterkey_schema":
                continue
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            rows = source.execute(text(f'SELECT {names} FROM "{table.name}"')).all()  # noqa: S608
            marks = ", ".join(f":{column.name}" for column in table.columns)
            statement = text(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})')  # noqa: S608
            if rows:
                target.execute(statement, [dict(row._mapping) for row in rows])
    current.dispose()
    old.dispose()


def test_an_upgrade_that_stops_leaves_the_old_database(tmp_path: Path) -> None:
    at_revision(tmp_path / "old.db", "0001").dispose()
    url = f"sqlite:///{tmp_path / 'old.db'}"
    for statement in range(1, 40):
        try:
            with failing_at(statement):
                store = open_store(url)
        except RuntimeError:
            continue
        break
    assert statement > 3
    store.load(LINES)
    assert decide(store, NEW) == 1
    store.close()
