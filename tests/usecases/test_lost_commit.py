"""The connection is lost right at COMMIT, or the server itself: what happened is what is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rosterkey.store import open_store
from rosterkey.store.contract import Store, StoreError
from rosterkey.usecases.import_ import import_planned
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.undo import undo_import
from rosterkey.usecases.validate import Validated, plan_sheet
from tests.postgresql import ADMIN, PASSWORD, SERVERS, Server, Servers
from tests.properties.rosters import sheet_of
from tests.reliability import Figures
from tests.store.builders import before_each_statement
from tests.store.cutting_proxy import Cut, cutting

SETTINGS = Settings("not used", actor="kim")
LINES: list[dict[str, Any]] = [
    {"kind": "district", "code": "D1", "schools": ["North"], "grades": ["1", "2"]},
    *(
        {"kind": "account", "district": "D1", "account": f"a{n}", "student_id": f"00{n}"}
        | {"username": f"user{n}", "first_name": "Ana", "last_name": "Smith", "school": "North"}
        for n in range(1, 4)
    ),
]
HEADER = ("Student ID", "Username", "First Name", "Last Name")
ROWS = [("001", "ana.smith", "Ana", "Smith"), ("900", "new", "Nia", "Okafor")]


@pytest.fixture(params=SERVERS[:1])
def server(request: pytest.FixtureRequest, postgresql_servers: Servers) -> Server:
    return postgresql_servers.of(request.param)


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    opened = open_store(server.url(server.current_database()))
    opened.load(LINES)
    yield opened
    opened.close()


def usernames(store: Store) -> set[str]:
    return {account.username for account in store.snapshot("D1").accounts.values()}


OLD = {"user1", "user2", "user3"}
NEW = {"ana.smith", "user2", "user3", "new"}


def planned(store: Store) -> Validated:
    return plan_sheet(sheet_of(HEADER, ROWS), store, SETTINGS)


def import_it(plan: Validated, store: Store, folder: Path) -> Any:
    reasons = [one.reason for one in plan.plan.confirm]
    return import_planned(plan, store, SETTINGS, source=folder / "r.xlsx", confirmed=reasons)


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER, Cut.LATE])
def test_an_import_whose_commit_is_cut_off(
    cut: Cut, server: Server, store: Store, tmp_path: Path, figures: Figures
) -> None:
    plan = planned(store)
    with cutting(server.folder, server.port, cut) as port:
        far = open_store(address(server, port))
        if cut is Cut.BEFORE:
            with pytest.raises(StoreError, match="broke off"):
                import_it(plan, far, tmp_path)
            assert usernames(store) == OLD
            # Passwords of students who are not there are on no list.
            assert list(tmp_path.glob("*.csv")) == []
            done = import_it(planned(far), far, tmp_path)
        else:
            done = import_it(plan, far, tmp_path)
        far.close()
    assert (done.number, done.mismatches) == (1, [])
    assert usernames(store) == NEW
    assert len(list(tmp_path.glob("*.csv"))) == 1
    assert planned(store).plan.counts["unchanged"] == len(ROWS)
    figures.add("connections cut at COMMIT", 1, "postgresql:")


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER, Cut.LATE])
def test_an_undo_whose_commit_is_cut_off(
    cut: Cut, server: Server, store: Store, tmp_path: Path, figures: Figures
) -> None:
    import_it(planned(store), store, tmp_path)
    reasons = [one.reason for one in undo_import(1, store, SETTINGS, preview=True).plan.confirm]
    with cutting(server.folder, server.port, cut) as port:
        far = open_store(address(server, port))
        if cut is Cut.BEFORE:
            with pytest.raises(StoreError, match="broke off"):
                undo_import(1, far, SETTINGS, confirmed=reasons)
            assert usernames(store) == NEW
        done = undo_import(1, far, SETTINGS, confirmed=reasons)
        far.close()
    assert done.number == 2 or done.already == 2
    assert usernames(store) == OLD
    figures.add("connections cut at COMMIT", 1, "postgresql:")


def test_where_nobody_can_tell_that_is_said(
    server: Server, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server does not notice that we are gone, and keeps the district locked."""
    plan = planned(store)
    monkeypatch.setattr("rosterkey.store.waiting.BUSY_SECONDS", 0.3)
    with cutting(server.folder, server.port, Cut.SILENT) as port:
        far = open_store(address(server, port))
        with pytest.raises(StoreError, match="Nobody can tell now"):
            import_it(plan, far, tmp_path)
        far.close()
    # Should the import stand after all, its new passwords are on a list.
    assert len(list(tmp_path.glob("*.csv"))) == 1
    server.cut_connections()
    assert import_it(planned(store), store, tmp_path).number == 1


def address(server: Server, port: int) -> str:
    """The database through the port of a proxy."""
    name = server.current_name()
    return f"postgresql+psycopg://{ADMIN}:{PASSWORD}@127.0.0.1:{port}/{name}?sslmode=disable"


def test_a_server_that_dies_in_the_middle(
    server: Server,
    store: Store,
    tmp_path: Path,
    figures: Figures,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The machine of the server goes down at one statement after the other and comes up again."""
    plan = planned(store)
    monkeypatch.setattr("rosterkey.store.waiting.BUSY_SECONDS", 0.3)
    for beginning in ('INSERT INTO "import"', "INSERT INTO account ", "INSERT INTO account_image"):
        died = []

        def die(statement: str, at: str = beginning, died: list[str] = died) -> None:
            if statement.replace("import ", '"import" ').startswith(at) and not died:
                died.append(statement)
                server.stop(kill=True)

        with before_each_statement(die), pytest.raises(StoreError, match=r"broke off|stopped"):
            import_it(plan, store, tmp_path)
        server.start()
        assert len(died) == 1
        assert usernames(store) == OLD
        assert store.imports("D1") == []
        assert list(tmp_path.glob("*.csv")) == []
        figures.add("servers that died in the middle", 1, "postgresql:")
    assert import_it(plan, store, tmp_path).number == 1
    assert usernames(store) == NEW
