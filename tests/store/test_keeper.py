"""Who looks after the database need not be the server's superuser."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from rosterkey.core.history import ImportKind
from rosterkey.store import open_store
from rosterkey.store.contract import StoreError
from tests.postgresql import PASSWORD, Server, missing
from tests.store.builders import LINES, apply, edited, header


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of its own: the groups of another keeper would be there already."""
    reason = missing(18)
    if reason is not None:
        pytest.skip(reason)
    started = Server(18)
    yield started
    started.remove()


def test_a_keeper_makes_rights_gives_accesses_and_purges(server: Server) -> None:
    with server.connect() as connection:
        connection.execute("CREATE ROLE roster_keeper LOGIN CREATEROLE")
        connection.execute("CREATE ROLE nobody LOGIN")
        connection.execute("CREATE DATABASE accounts OWNER roster_keeper TEMPLATE template0")

    def url(login: str) -> str:
        return server.url("accounts").replace("admin@", f"{quote(login)}@")

    keeper = open_store(url("roster_keeper"))
    keeper.load(LINES)
    for _ in range(2):
        assert keeper.secure()
    assert keeper.access("D1") is None
    assert keeper.grant("D1", "kim", "district", school=None, password=PASSWORD)
    with pytest.raises(StoreError):
        open_store(url("nobody"), upgrade=False)
    kim = open_store(url("kim"), upgrade=False)
    assert kim.districts() == ("D1",)
    apply(kim, edited(kim.snapshot("D1"), "a1", grade="2"), actor="kim")
    assert not kim.secure()
    kim.close()
    assert keeper.districts() == ("D1", "D2")
    with keeper.write("D1") as writer:
        writer.purge(header("purge", kind=ImportKind.PURGE, actor="roster_keeper"), [1])
    assert keeper.field_changes("D1", 1) == []
    assert keeper.revoke("D1", "kim")
    keeper.close()
