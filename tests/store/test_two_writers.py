"""Two administrators at once: the second waits, or is told so."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from rosterkey.store import open_store, waiting
from rosterkey.store.contract import Store, StoreError
from tests.store.builders import LINES, apply, created, edited, everything, header, usernames


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a write wait for a moment only."""
    monkeypatch.setattr(waiting, "BUSY_SECONDS", 0.05)


def test_the_second_waits_and_sees_the_first(url: str, filled: Store) -> None:
    second = open_store(url)
    starts = threading.Event()
    seen: list[str] = []

    def import_second() -> None:
        starts.set()
        with second.write("D1") as writer:
            now = writer.snapshot()
            seen.append(now.accounts["a1"].username)
            writer.apply(header("second"), [edited(now, "a1", username="abi")])

    other = threading.Thread(target=import_second)
    with filled.write("D1") as writer:
        other.start()
        assert starts.wait(timeout=30)
        writer.apply(header("first"), [edited(writer.snapshot(), "a1", username="amy")])
        assert seen == []
    other.join(timeout=30)
    second.close()
    assert seen == ["amy"]
    assert usernames(filled)["a1"] == "abi"
    assert [e.header.digest for e in filled.imports("D1")] == ["second", "first"]


@pytest.mark.usefixtures("impatient")
def test_a_second_that_waits_too_long_is_refused(url: str, filled: Store) -> None:
    second = open_store(url)
    with filled.write("D1") as writer:
        writer.apply(header(), [])
        with pytest.raises(StoreError, match="Someone else is writing"), second.write("D1"):
            pytest.fail("the lock was taken twice")
        with pytest.raises(StoreError, match="Someone else is writing"):
            second.load(LINES)
        # Reading goes on, and shows the state before the first write.
        assert second.imports("D1") == []
    assert apply(second, digest="second") == 2
    second.close()


@pytest.mark.usefixtures("impatient")
def test_another_process_is_kept_out_too(url: str, filled: Store) -> None:
    program = (
        "import sys; from rosterkey.store import open_store, waiting, contract\n"
        "waiting.BUSY_SECONDS = 0.05\n"
        "store = open_store(sys.argv[1])\n"
        "try:\n    with store.write('D1'): print('written')\n"
        "except contract.StoreError: print('refused')\n"
    )
    script = [sys.executable, "-c", program, url]
    with filled.write("D1"):
        run = subprocess.run(script, capture_output=True, text=True, check=True)
    assert run.stdout == "refused\n"
    run = subprocess.run(script, capture_output=True, text=True, check=True)
    assert run.stdout == "written\n"


def test_the_same_plan_from_many_threads_is_one_import(filled: Store) -> None:
    change = edited(filled.snapshot("D1"), "a1", username="amy")
    outcomes: list[str] = []

    def import_it() -> None:
        try:
            outcomes.append(f"import {apply(filled, change)}")
        except Exception as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=import_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["AlreadyImported"] * 5 + ["import 1"]


def test_writes_of_one_store_from_many_threads_follow_each_other(filled: Store) -> None:
    def import_one(number: int) -> None:
        apply(filled, created(f"n{number}", f"user{number}"), digest=f"digest-{number}")

    threads = [threading.Thread(target=import_one, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert [e.number for e in filled.imports("D1")] == [6, 5, 4, 3, 2, 1]
    assert usernames(filled).items() >= {f"n{n}": f"user{n}" for n in range(6)}.items()


def test_many_processes_make_one_new_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'accounts.db'}"
    program = "import sys; from rosterkey.store import open_store; open_store(sys.argv[1]).close()"
    script = [sys.executable, "-W", "error", "-c", program, url]
    running = [subprocess.Popen(script, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    errors = [process.communicate(timeout=120)[1] for process in running]
    assert errors == [""] * 4
    store = open_store(url, upgrade=False)
    assert everything(store) == []
    store.close()
