"""The account database that every test of the contract runs on, once for each engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rosterkey.store import bulk, open_store
from rosterkey.store.contract import Store
from tests.postgresql import ENGINES, MAJORS, Servers
from tests.store.builders import LINES


@pytest.fixture(params=ENGINES)
def url(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    postgresql_servers: Servers,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """The URL of an account database that does not exist yet.

    On a server it is there and empty; where the test asks for `store` as well, its tables are. On
    one of the servers even a single row goes through the staging table.
    """
    engine: str = request.param
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'accounts.db'}"
        return
    server = postgresql_servers.of(engine)
    if server.major == MAJORS[0]:
        monkeypatch.setattr(bulk, "STAGED_FROM", 1)
    if "store" in request.fixturenames:
        yield server.url(server.current_database())
        return
    name = server.new_database()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty account database."""
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def filled(store: Store) -> Store:
    """Two districts with a few accounts, one of them odd in every way that loads."""
    store.load(LINES)
    return store
