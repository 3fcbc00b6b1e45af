"""The engines that every test of the contract runs on. Another engine is one more entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rosterkey.store import open_store
from rosterkey.store.contract import Store
from tests.store.builders import LINES


@pytest.fixture(params=["sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an account database that does not exist yet."""
    addresses = {"sqlite": f"sqlite:///{tmp_path / 'accounts.db'}"}
    return addresses[request.param]


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
