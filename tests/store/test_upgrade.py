"""From every released schema to the newest, on every engine: whole or not at all, copied first."""

from __future__ import annotations

import datetime as dt
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from rosterkey.core.history import ImportKind
from rosterkey.core.model import Decision
from rosterkey.store import open_store
from rosterkey.store.contract import Store, StoreError
from rosterkey.store.schema import REVISIONS, VERSION_TABLE
from tests.postgresql import ENGINES, SERVERS
from tests.reliability import Figures
from tests.store.builders import (
    LINES,
    apply,
    changes_of_every_kind,
    edited,
    everything,
    failing_at,
    header,
)
from tests.store.released_databases import RELEASED, contents, make_released

LONG = os.environ.get("ROSTERKEY_LONG") == "1"
DECISION = Decision(
    14, "probable-duplicate", "really new", ("username x", "ana smith"), ("a1", "a2"), lasting=True
)


def do_what_was_done(store: Store, revision: str) -> None:
    """What the program of that schema had done to the database of the dump."""
    store.load(LINES)
    apply(store, *changes_of_every_kind(store.snapshot("D1")), confirmed=("mass-update",))
    undo = edited(store.snapshot("D1"), "a4", grade="K")
    apply(store, undo, digest="undo", kind=ImportKind.UNDO, undoes=1)
    store.remember_plan("D1", "x", {"a1": "0123456789abcdef"})
    if revision >= "0002":
        with store.write("D1") as writer:
            writer.apply(header("decided", decisions=("row 14: really new",)), [], [DECISION])


@pytest.mark.parametrize("revision", RELEASED)
def test_an_upgrade_keeps_all_there_is(revision: str, url: str, tmp_path: Path) -> None:
    same = open_store(f"sqlite:///{tmp_path / 'same.db'}")
    do_what_was_done(same, revision)
    make_released(url, revision).dispose()
    with pytest.raises(StoreError, match="rosterkey init"):
        open_store(url, upgrade=False)
    store = open_store(url)
    assert everything(store) == everything(same)
    assert store.snapshot("D1").decided == same.snapshot("D1").decided
    assert store.remembered_plan("D1", "x") == {"a1": "0123456789abcdef"}
    for opened in (store, same):
        apply(opened, edited(opened.snapshot("D1"), "a4", grade="1"), digest="next")
        with opened.write("D1") as writer:
            writer.apply(header("decided later"), [], [DECISION])
    assert everything(store) == everything(same)
    assert store.snapshot("D1").decided == same.snapshot("D1").decided
    assert len(store.snapshot("D1").decided) == len(DECISION.accounts)
    for opened in (store, same):
        opened.close()


def test_the_newest_schema_was_released_or_is_new() -> None:
    assert REVISIONS[: len(RELEASED)] == RELEASED


@pytest.mark.parametrize("revision", RELEASED)
def test_everything_is_copied_before_an_upgrade(revision: str, url: str, tmp_path: Path) -> None:
    engine = make_released(url, revision)
    before = contents(engine)
    store = open_store(url)
    assert "Before the upgrade" in store.notice
    if url.startswith("sqlite"):
        (copy,) = copies(tmp_path)
        assert str(copy) in store.notice
        assert revision in copy.name
        assert dt.date.today().isoformat() in copy.name  # noqa: DTZ011
        assert os.name != "posix" or stat.S_IMODE(copy.stat().st_mode) == 0o600
        copied = create_engine(f"sqlite:///{copy}")
        assert contents(copied) == before
        copied.dispose()
    else:
        (schema,) = copied_schemas(engine)
        assert f'"{schema}"' in store.notice
        assert contents(engine, schema) == before
    store.close()
    engine.dispose()
    again = open_store(url)
    assert again.notice == ""
    again.close()


def copies(folder: Path) -> list[Path]:
    """The files that were copied before an upgrade."""
    return sorted(folder.glob("accounts-before-upgrade-*.db"))


def copied_schemas(engine: Engine) -> list[str]:
    """The schemas that were copied into before an upgrade."""
    names = inspect(engine).get_schema_names()
    return [name for name in names if name.startswith("before-upgrade-")]


@pytest.mark.parametrize("revision", RELEASED if LONG else RELEASED[:1])
@pytest.mark.parametrize("url", ENGINES if LONG else ["sqlite", SERVERS[-1]], indirect=True)
def test_an_upgrade_stopped_at_each_statement_leaves_what_was(
    revision: str, url: str, tmp_path: Path, figures: Figures
) -> None:
    engine = make_released(url, revision)
    before = contents(engine)
    for number in range(1, 300):
        try:
            with failing_at(number):
                open_store(url).close()
        except RuntimeError:
            assert contents(engine) == before, f"statement {number}"
            assert copies(tmp_path) == []
        else:
            break
    engine.dispose()
    figures.add("statements at which an upgrade was stopped", number - 1, url)
    assert 8 < number < 299
    store = open_store(url, upgrade=False)
    assert [entry.number for entry in store.imports("D1")] == list(
        range(2 if revision == "0001" else 3, 0, -1)
    )
    store.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_copy_that_cannot_be_written_stops_the_upgrade(url: str) -> None:
    engine = make_released(url, "0001")
    before = contents(engine)

    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError(28, os.strerror(28))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rosterkey.store.backups._new_file", refuse)
        with pytest.raises(StoreError, match="no copy of it could be written"):
            open_store(url)
    assert contents(engine) == before
    engine.dispose()
    open_store(url).close()


@pytest.mark.parametrize("url", SERVERS, indirect=True)
def test_rows_that_a_policy_guards_are_copied_too(url: str) -> None:
    engine = make_released(url, "0002")
    with engine.begin() as connection:
        connection.execute(text("CREATE ROLE tables_owner NOSUPERUSER"))
        connection.execute(text("GRANT CREATE, USAGE ON SCHEMA public TO tables_owner"))
        for table in inspect(connection).get_table_names():
            connection.execute(text(f'ALTER TABLE "{table}" OWNER TO tables_owner'))
        connection.execute(text("ALTER TABLE account ENABLE ROW LEVEL SECURITY"))
        connection.execute(text("ALTER TABLE account FORCE ROW LEVEL SECURITY"))
        name = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f"GRANT CREATE ON DATABASE {name} TO tables_owner"))
    before = contents(engine)
    as_owner = f"{url}&options=-crole%3Dtables_owner"
    try:
        open_store(as_owner).close()
        (schema,) = copied_schemas(engine)
        assert contents(engine, schema) == before
        with engine.connect() as connection:
            forced = text("SELECT relforcerowsecurity FROM pg_class WHERE relname = 'account'")
            assert connection.scalar(forced) is True
    finally:
        with engine.begin() as connection:
            connection.execute(text("REASSIGN OWNED BY tables_owner TO CURRENT_USER"))
            connection.execute(text("DROP OWNED BY tables_owner"))
            connection.execute(text("DROP ROLE tables_owner"))
        engine.dispose()


@pytest.mark.parametrize("url", SERVERS, indirect=True)
def test_an_owner_who_may_not_copy_is_told_so(url: str) -> None:
    engine = make_released(url, "0002")
    with engine.begin() as connection:
        connection.execute(text("CREATE ROLE poor_owner NOSUPERUSER"))
        connection.execute(text("GRANT CREATE, USAGE ON SCHEMA public TO poor_owner"))
        for table in inspect(connection).get_table_names():
            connection.execute(text(f'ALTER TABLE "{table}" OWNER TO poor_owner'))
    try:
        with pytest.raises(StoreError, match="the right CREATE on the database"):
            open_store(f"{url}&options=-crole%3Dpoor_owner")
        with engine.connect() as connection:
            version = text(f"SELECT version_num FROM {VERSION_TABLE}")  # noqa: S608
            assert connection.scalar(version) == "0002"
    finally:
        with engine.begin() as connection:
            connection.execute(text("REASSIGN OWNED BY poor_owner TO CURRENT_USER"))
            connection.execute(text("DROP OWNED BY poor_owner"))
            connection.execute(text("DROP ROLE poor_owner"))
        engine.dispose()
