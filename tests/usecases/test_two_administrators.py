"""Two administrators import at the same moment: one is served, the other told the truth."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest

from rosterkey.core.keys import username_key
from rosterkey.store import open_store
from rosterkey.store.contract import Contended, Store, StoreError
from rosterkey.usecases.import_ import Imported, StalePlan, import_planned
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import Validated, plan_sheet
from tests.postgresql import SERVERS, Servers
from tests.properties.rosters import sheet_of
from tests.reliability import Figures

ENGINES = ("sqlite", SERVERS[0])
HEADER = ("Student ID", "Username", "First Name", "Last Name", "School", "Grade")
LINES: list[dict[str, Any]] = [
    {"kind": "district", "code": "D1", "schools": ["North", "South"], "grades": ["1", "2"]},
    *(
        {"kind": "account", "district": "D1", "account": f"a{n}", "student_id": f"00{n}"}
        | {"username": username, "first_name": first, "last_name": last}
        | {"school": school, "grade": "1"}
        for n, username, first, last, school in (
            (1, "asmith", "Ana", "Smith", "North"),
            (2, "bjones", "Bo", "Jones", "North"),
            (3, "clee", "Chi", "Lee", "South"),
        )
    ),
]
Row = tuple[str, str, str, str, str, str]
ANA: Row = ("001", "asmith", "Ana", "Smith", "North", "1")
BO: Row = ("002", "bjones", "Bo", "Jones", "North", "1")
CHI: Row = ("003", "clee", "Chi", "Lee", "South", "1")
NIA: Row = ("900", "nokafor", "Nia", "Okafor", "South", "2")


def changed(row: Row, username: str = "", grade: str = "") -> Row:
    """The row with another username or grade."""
    return (row[0], username or row[1], row[2], row[3], row[4], grade or row[5])


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path, postgresql_servers: Servers) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'accounts.db'}"
    server = postgresql_servers.of(request.param)
    return server.url(server.current_database())


@pytest.fixture
def stores(url: str) -> Iterator[tuple[Store, Store]]:
    """The database as two administrators have it open."""
    opened = open_store(url), open_store(url)
    opened[0].load(LINES)
    yield opened
    for store in opened:
        store.close()


def import_at_once(
    stores: tuple[Store, Store], sheets: Sequence[Sequence[Row]], folder: Path
) -> list[Imported | Exception]:
    """What each was told who imported the sheet that had been validated before the other wrote."""
    plans = [plan_of(sheet, store) for sheet, store in zip(sheets, stores, strict=True)]
    answers: dict[int, Imported | Exception] = {}
    together = threading.Barrier(len(stores))

    def import_it(who: int) -> None:
        together.wait(timeout=30)
        try:
            answers[who] = import_planned(
                plans[who],
                stores[who],
                Settings("not used", actor=f"administrator {who}"),
                source=folder / f"{who}.xlsx",
                confirmed=[one.reason for one in plans[who].plan.confirm],
            )
        except (StalePlan, StoreError) as error:
            answers[who] = error

    threads = [threading.Thread(target=import_it, args=(who,)) for who in range(len(stores))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [answers[who] for who in range(len(stores))]


def plan_of(sheet: Sequence[Row], store: Store) -> Validated:
    return plan_sheet(sheet_of(HEADER, sheet), store, Settings("not used", actor="kim"))


def told(answers: Sequence[Imported | Exception]) -> list[str]:
    """In a word what each was told, sorted."""

    def word(answer: Imported | Exception) -> str:
        if isinstance(answer, StalePlan):
            assert answer.differences
            return "stale"
        assert isinstance(answer, Imported), answer
        assert answer.mismatches == []
        return "served" if answer.number is not None else f"already {answer.already}"

    return sorted(map(word, answers))


CONTESTS: dict[str, tuple[list[Row], list[Row], list[str]]] = {
    "same student": ([changed(ANA, grade="2")], [changed(ANA, "ana")], ["served", "stale"]),
    "cross renames": (
        [changed(ANA, "bjones"), changed(BO, "asmith")],
        [changed(BO, "clee"), changed(CHI, "bjones")],
        ["served", "stale"],
    ),
    "the same free username": ([changed(ANA, "fox")], [changed(BO, "Fox")], ["served", "stale"]),
    "the same new student": ([NIA], [changed(NIA, grade="1")], ["served", "stale"]),
    "the very same sheet": ([NIA, changed(ANA, "ana")],) * 2 + (["already 1", "served"],),
    "different schools": ([changed(ANA, "ana")], [changed(CHI, "chi")], ["served", "served"]),
}


@pytest.mark.parametrize("contest", CONTESTS)
def test_two_at_once(
    contest: str, stores: tuple[Store, Store], url: str, tmp_path: Path, figures: Figures
) -> None:
    first, second, expected = CONTESTS[contest]
    answers = import_at_once(stores, (first, second), tmp_path)
    assert told(answers) == expected
    served = [n for n, answer in enumerate(answers) if getattr(answer, "number", None) is not None]
    now = stores[0].snapshot("D1").accounts.values()
    by_id = {account.student_id: account for account in now}
    assert len(by_id) == len(now), "a student has two accounts"
    assert max(Counter(username_key(account.username) for account in now).values()) == 1
    for who in served:
        for row in (first, second)[who]:
            account = by_id[row[0]]
            assert (account.username, account.grade) == (row[1], row[5])
    assert len(stores[0].imports("D1")) == len(served)
    figures.add("imports of two administrators at once", 2, url)


@pytest.mark.parametrize("url", [SERVERS[0]], indirect=True)
def test_a_deadlock_with_another_program_is_tried_again(
    stores: tuple[Store, Store], url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds Bo and wants Ana; the import holds Ana and wants Bo, and is the one to give way."""
    sheet = [changed(ANA, grade="2"), changed(BO, "bo")]
    plan = plan_of(sheet, stores[0])
    gave_way: list[Contended] = []
    made = Contended.__init__

    def note(error: Contended, *text: object) -> None:
        gave_way.append(error)
        made(error, *text)

    monkeypatch.setattr(Contended, "__init__", note)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as other:
        other.execute("SET deadlock_timeout = '1min'")
        other.execute("BEGIN")
        lock = "UPDATE account SET grade = grade WHERE account_id = %s"
        # An import changes grades before usernames: columns in their order by name.
        other.execute(lock, ["a2"])
        importing = _Import(plan, stores[0], tmp_path)
        importing.start()
        _until_waiting(url)
        other.execute(lock, ["a1"])
        other.execute("ROLLBACK")
        importing.join(timeout=60)
    assert importing.number == 1
    assert len(gave_way) == 1
    now = stores[1].snapshot("D1").accounts
    assert (now["a1"].grade, now["a2"].username) == ("2", "bo")


class _Import(threading.Thread):
    """One import in the background."""

    def __init__(self, plan: Validated, store: Store, folder: Path) -> None:
        super().__init__()
        self._work: Callable[[], Imported] = lambda: import_planned(
            plan,
            store,
            Settings("not used", actor="kim"),
            source=folder / "r.xlsx",
            confirmed=[one.reason for one in plan.plan.confirm],
        )
        self.number: int | None = None

    def run(self) -> None:
        self.number = self._work().number


def _until_waiting(url: str) -> None:
    """Wait until a statement of the import waits for a lock."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as watching:
        for _ in range(600):
            waiting = watching.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            ).fetchone()
            if waiting != (0,):
                return
            threading.Event().wait(0.05)
    raise AssertionError("the import never waited")
