"""A dump and a plan are the same on every engine, to the byte."""

from __future__ import annotations

import json
from pathlib import Path

from rosterkey.core.sheet import Cell
from rosterkey.report.plan_json import plan_as_dict
from rosterkey.store import open_store
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import plan_sheet
from tests.postgresql import ENGINES, Servers
from tests.properties.rosters import sheet_of
from tests.store.builders import LINES, account_line, apply, changes_of_every_kind

IDS = ("B", "a", "Z", "é", "_x", "-y", "ß", "10", "9", "b b", "\U0001f600", "\ufb00")
"""Ids that every language sorts in another way than their bytes."""
ODD = [account_line("D1", key, f"user {key}", student_id=f"id{key}", classes=[key]) for key in IDS]
ROWS: list[list[Cell]] = [
    ["001", "ana.new", "Ana", "Smith", "North", "1"],
    ["idB", "user a", "Ana", "Smith", "North", "1"],
    ["ida", "user B", "Ana", "Smith", "North", "2"],
    ["900", "new", "Nia", "Okafor", "South", "K"],
    [None, "user é", "Zoë", "Smith", "North", "1"],
]
HEADER = ("Student ID", "Username", "First Name", "Last Name", "School", "Grade")


def test_a_dump_and_a_plan(tmp_path: Path, postgresql_servers: Servers) -> None:
    seen = {}
    for engine in ENGINES:
        if engine == "sqlite":
            url = f"sqlite:///{tmp_path / 'accounts.db'}"
        else:
            server = postgresql_servers.of(engine)
            url = server.url(server.current_database())
        store = open_store(url)
        store.load([*LINES, *ODD])
        apply(store, *changes_of_every_kind(store.snapshot("D1")))
        dump = "\n".join(json.dumps(line, ensure_ascii=False) for line in store.dump())
        settings = Settings("not used", actor="kim", district="D1")
        plan = plan_sheet(sheet_of(HEADER, ROWS), store, settings).plan
        told = json.dumps(plan_as_dict(plan, all_rows=True), ensure_ascii=False)
        seen[engine] = dump.encode(), told.encode(), plan.digest
        store.close()
    assert seen["sqlite"][0].count(b"\n") > len(ODD)
    assert set(seen.values()) == {seen["sqlite"]}
