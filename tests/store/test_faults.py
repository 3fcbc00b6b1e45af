"""What a disk, a constraint and a policy can do to an import: all or nothing is written."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from rosterkey.core.keys import username_key
from rosterkey.store import open_store
from rosterkey.store.contract import Store, StoreError
from rosterkey.store.engine import connect_to_write, open_engine
from rosterkey.store.schema import metadata, username_claim
from tests.postgresql import SERVERS, Servers
from tests.reliability import Figures
from tests.store.builders import LINES, apply, created, edited, everything, statements

MANY = 5_000


@pytest.mark.parametrize("url", ["sqlite", SERVERS[0]], indirect=True)
def test_a_constraint_that_refuses_the_last_of_many_rows(
    filled: Store, url: str, figures: Figures
) -> None:
    """A name that no snapshot shows is claimed; the claims are the last thing that is checked."""
    many = [created(f"n{number:05}", f"user{number:05}") for number in range(MANY)]
    last = username_key(f"user{MANY - 1:05}")
    engine = open_engine(url, create=False)
    with connect_to_write(engine) as connection, connection.begin():
        row = {"district_id": "D1", "username_key": last, "account_id": "t1"}
        connection.execute(insert(username_claim), row)
    engine.dispose()
    before = everything(filled)
    with pytest.raises(StoreError, match="username of this import is held by another account"):
        apply(filled, *many)
    assert everything(filled) == before
    apply(filled, *many[:-1])
    assert len(filled.snapshot("D1").accounts) == MANY - 1 + 7
    figures.add("imports whose last row a constraint refused", 1, url)


@pytest.mark.parametrize("url", SERVERS, indirect=True)
def test_many_rows_of_a_login_that_a_policy_guards(
    filled: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """COPY into a guarded table is refused, so new rows take the way of the changed ones."""
    monkeypatch.setattr("rosterkey.store.bulk.STAGED_FROM", 3)
    many = [created(f"n{number:03}", f"user{number:03}", classes=("1A",)) for number in range(50)]
    whole = connect_to_write(open_engine(url, create=False))
    with whole as connection, connection.begin():
        connection.execute(text("CREATE ROLE clerk"))
        connection.execute(text("GRANT ALL ON ALL TABLES IN SCHEMA public TO clerk"))
        for table in metadata.tables:
            connection.execute(text(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'))
            rule = f'CREATE POLICY for_clerk ON "{table}" TO clerk USING (true) WITH CHECK (true)'
            connection.execute(text(rule))
    try:
        clerk = open_store(f"{url}&options=-crole%3Dclerk", upgrade=False)
        with statements() as seen:
            assert apply(clerk, *many) == 1
        assert {s.split()[1] for s in seen if s.startswith("COPY")} == {"staging"}
        now = clerk.snapshot("D1").accounts
        renamed = [
            edited(clerk.snapshot("D1"), c.account_id, username=f"x{c.account_id}") for c in many
        ]
        assert apply(clerk, *renamed, digest="renamed") == 2
        clerk.close()
        assert {now[c.account_id].classes for c in many} == {("1A",)}
        assert filled.snapshot("D1").accounts["n007"].username == "xn007"
    finally:
        with whole.engine.begin() as connection:
            for table in metadata.tables:
                connection.execute(text(f'DROP POLICY for_clerk ON "{table}"'))
                connection.execute(text(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY'))
            connection.execute(text("DROP OWNED BY clerk"))
            connection.execute(text("DROP ROLE clerk"))
        whole.engine.dispose()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 16 MB."""
    folder = Path(tempfile.mkdtemp(prefix="rosterkey-small-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m,mode=777", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode != 0:
        folder.rmdir()
        pytest.skip("no small disk can be mounted here: a server's full disk was not tried")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


@pytest.mark.skipif(os.name != "posix", reason="a small disk is made on Linux only")
def test_the_disk_of_a_server_is_full(
    postgresql_servers: Servers, small_disk: Path, figures: Figures
) -> None:
    server = postgresql_servers.of(SERVERS[0])
    place = small_disk / "space"
    place.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(place, "postgres", "postgres")
    with server.connect() as connection:
        connection.execute(f"CREATE TABLESPACE small LOCATION '{place}'".encode())
        connection.execute("CREATE DATABASE on_small TEMPLATE template0 TABLESPACE small")
    try:
        store = open_store(server.url("on_small"))
        store.load(LINES)
        before = everything(store)
        many = [
            created(f"n{i}", f"user{i}", password_hash=os.urandom(1_500).hex()) for i in range(MANY)
        ]
        with pytest.raises(StoreError, match=r"disk .* is full"):
            apply(store, *many)
        assert everything(store) == before
        store.close()
    finally:
        server.drop("on_small")
        with server.connect() as connection:
            connection.execute("DROP TABLESPACE small")
    figures.add("full disks", 1, "postgresql:")
