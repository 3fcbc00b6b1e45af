"""The tables can be spread over servers by district, and the revisions make exactly them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, Table, UniqueConstraint, create_engine, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from rosterkey.core.history import ImportKind
from rosterkey.store.contract import Store
from rosterkey.store.schema import REVISIONS, VERSION_TABLE, metadata
from rosterkey.store.server_schema import server_metadata, staging
from tests.postgresql import SERVERS
from tests.store.builders import LINES, apply, changes_of_every_kind, removed, statements

POSTGRESQL = postgresql.dialect()  # type: ignore[no-untyped-call]
TABLES = sorted(metadata.tables)


def every_metadata(engine: Engine) -> MetaData:
    """All tables that a database of this engine has."""
    whole = MetaData()
    on_server = engine.dialect.name == "postgresql"
    for part in (metadata, *([server_metadata] if on_server else [])):
        for table in part.tables.values():
            table.to_metadata(whole)
    return whole


@pytest.mark.parametrize("table", metadata.tables.values(), ids=metadata.tables)
def test_every_key_starts_with_the_district(table: Table) -> None:
    keys = [table.primary_key, *table.foreign_key_constraints]
    keys += [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    first = [next(iter(key.columns)).name for key in keys]
    first += [next(iter(index.columns)).name for index in table.indexes]
    assert set(first) == {"district_id"}
    for key in table.foreign_key_constraints:
        assert key.elements[0].column.name == "district_id"


def test_the_database_itself_has_the_same_keys(store: Store, url: str) -> None:
    store.close()
    engine = create_engine(url)
    found = inspect(engine)
    made = every_metadata(engine)
    assert sorted(found.get_table_names()) == sorted([*made.tables, VERSION_TABLE])
    for table in made.tables:
        keys: list[Any] = [found.get_pk_constraint(table)["constrained_columns"]]
        keys += [key["constrained_columns"] for key in found.get_foreign_keys(table)]
        keys += [key["column_names"] for key in found.get_unique_constraints(table)]
        keys += [key["column_names"] for key in found.get_indexes(table)]
        assert {key[0] for key in keys} == {"district_id"}, table
    engine.dispose()


def test_the_revisions_make_the_tables_of_the_schema(store: Store, url: str) -> None:
    store.close()
    engine = create_engine(url)
    with engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, every_metadata(engine)) == []
    engine.dispose()


@pytest.mark.parametrize("url", SERVERS, indirect=True)
def test_text_is_compared_by_its_bytes_in_every_column(store: Store, url: str) -> None:
    store.close()
    engine = create_engine(url)
    query = text(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND data_type = 'text' "
        "AND collation_name IS DISTINCT FROM 'C'"
    )
    with engine.connect() as connection:
        assert connection.execute(query).all() == []
    engine.dispose()


def test_the_revisions_are_those_that_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", "rosterkey.store:migrations")
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    assert [script.revision for script in scripts] == list(reversed(REVISIONS))


@pytest.mark.parametrize("table", metadata.tables.values(), ids=metadata.tables)
def test_the_tables_can_be_made_on_postgresql(table: Table) -> None:
    sql = str(CreateTable(table).compile(dialect=POSTGRESQL))
    assert "PRIMARY KEY (district_id" in sql
    assert "ROWID" not in sql


def test_every_statement_names_the_district(store: Store, request: pytest.FixtureRequest) -> None:
    """In the WHERE of what reads or changes rows, in the columns of what adds them."""
    with statements() as seen:
        store.load(LINES)
        store.load([{"kind": "district", "code": "D2", "name": "Named", "schools": ["East"]}])
        apply(store, *changes_of_every_kind(store.snapshot("D1")))
        change = removed(store.snapshot("D1"), "a7")
        apply(store, change, digest="undo", kind=ImportKind.UNDO, undoes=1)
        store.imports("D1")
        store.field_changes("D1", 1)
        store.images("D1", 1)
        store.import_with_digest("D1", "undo")
        store.remember_plan("D1", "x", {})
        store.remembered_plan("D1", "x")
        list(store.dump())
    used = set()
    for statement in seen:
        words = " ".join(re.sub("::[A-Z]+", "", statement).split())
        # Which districts there are is the one question that no district answers.
        # Neither do the setting of a transaction and the question for a right touch a row.
        if words.startswith(
            ("BEGIN", "SELECT district.district_id FROM district ORDER", "SELECT set_config(",
             "SELECT has_column_privilege(")
        ):  # fmt: skip
            continue
        if words.startswith("SELECT row_security_active("):  # asks about a table, not in one
            continue
        used |= set(re.findall(r'(?:FROM|INTO|UPDATE|COPY) "?([a-z]\w+)', words))
        if words.startswith(("INSERT", "COPY")):
            assert "(district_id" in words, words
        else:
            assert re.search(r"WHERE .*district_id (=|IN|BETWEEN) ", words), words
        assert "TEMP" not in words
    used.discard("json_each")  # takes a parameter apart, and is no table
    assert used - {staging.name} == set(TABLES)
    # Every write of one server goes through it in these tests: see the fixture `url`.
    assert (staging.name in used) == ("postgresql15" in request.node.name)
