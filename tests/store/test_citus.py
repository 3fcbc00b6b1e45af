"""The account database on a real Citus cluster, where ROSTERKEY_CITUS_DSN names one.

The variable is the address of an empty database on the coordinator in which the extension is there:
postgresql+psycopg://USER@HOST/DATABASE. What is run is what docs/scale.md tells to run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from rosterkey.core.history import ImportKind
from rosterkey.core.undo import plan_undo
from rosterkey.store import open_store
from rosterkey.store.contract import AlreadyImported, Store
from rosterkey.store.rights.secure import TABLES
from rosterkey.store.schema import VERSION_TABLE
from tests.store.builders import (
    LINES,
    apply,
    changes_of_every_kind,
    created,
    edited,
    everything,
    header,
    removed,
)

VARIABLE = "ROSTERKEY_CITUS_DSN"
PAGE = Path(__file__).parents[2] / "docs" / "scale.md"


def distribution() -> list[str]:
    """The statements of the page that spread the tables over the machines, in their order."""
    (block,) = re.findall(r"```sql distribute\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [line.rstrip(";") for line in block.splitlines() if line.strip()]


def test_the_page_spreads_every_table_by_its_district() -> None:
    spread = [
        re.fullmatch(
            r"SELECT create_distributed_table\('\"?(\w+)\"?', 'district_id'"
            r"(, colocate_with => '\w+')?\)",
            statement,
        )
        for statement in distribution()
    ]
    assert all(spread), "another statement than create_distributed_table by district_id"
    tables = [found[1] for found in spread if found]
    assert sorted(tables) == sorted(set(TABLES) - {VERSION_TABLE})
    assert tables[0] == "district", "the others refer to it"
    assert [bool(found[2]) for found in spread if found] == [False] + [True] * (len(tables) - 1)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    address = os.environ.get(VARIABLE)
    if not address:
        pytest.skip(f"{VARIABLE} names no Citus cluster: nothing was tried on one")
    opened = create_engine(address)
    store = open_store(address)
    with opened.begin() as connection:
        for statement in distribution():
            connection.execute(text(statement))
    store.close()
    yield opened
    opened.dispose()


@pytest.fixture
def spread(engine: Engine) -> Iterator[Store]:
    """Two districts on the cluster, loaded anew for each test."""
    with engine.begin() as connection:
        for name in reversed([t for t in TABLES if t != VERSION_TABLE]):
            connection.execute(text(f'TRUNCATE "{name}" CASCADE'))
    store = open_store(str(engine.url.render_as_string(hide_password=False)))
    store.load(LINES)
    yield store
    store.close()


def test_every_table_is_distributed_and_colocated(engine: Engine) -> None:
    query = "SELECT table_name::text, distribution_column, colocation_id FROM citus_tables"
    with engine.connect() as connection:
        found = connection.execute(text(query)).all()
    assert {row[0].strip('"') for row in found} == set(TABLES) - {VERSION_TABLE}
    assert {row[1] for row in found} == {"district_id"}
    assert len({row[2] for row in found}) == 1


def test_imports_undo_and_purge_give_what_sqlite_gives(spread: Store, tmp_path: Path) -> None:
    alone = open_store(f"sqlite:///{tmp_path / 'accounts.db'}")
    alone.load(LINES)
    for store in (spread, alone):
        apply(store, *changes_of_every_kind(store.snapshot("D1")))
        many = [created(f"n{i}", f"new{i}", student_id=f"N{i}") for i in range(500)]
        apply(store, *many, digest="many")
        plan = plan_undo(store.images("D1", 2), store.snapshot("D1"))
        apply(store, *plan.changes, digest="undo", kind=ImportKind.UNDO, undoes=2)
        apply(store, removed(store.snapshot("D1"), "a4"), digest="gone", kind=ImportKind.DELETE)
        apply(store, edited(store.snapshot("D2"), "a1", grade="1"), district="D2")
        with store.write("D1") as writer:
            writer.purge(header("purge", kind=ImportKind.PURGE), [1])
    assert everything(spread) == everything(alone)
    alone.close()


def test_one_import_is_one_transaction_there_too(spread: Store) -> None:
    apply(spread, edited(spread.snapshot("D1"), "a1", grade="2"))
    before = everything(spread)
    with pytest.raises(AlreadyImported):
        apply(spread, edited(spread.snapshot("D1"), "a2", grade="2"))
    with pytest.raises(RuntimeError):
        _break_off(spread)
    assert everything(spread) == before


def _break_off(store: Store) -> None:
    with store.write("D1") as writer:
        writer.apply(header("broken"), [edited(writer.snapshot(), "a2", grade="1")])
        raise RuntimeError
