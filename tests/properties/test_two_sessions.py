"""Two sessions validate, import and undo, one after the other and at once, on a real database."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from rosterkey.core.keys import username_key
from rosterkey.core.model import Gate
from rosterkey.core.snapshot import Snapshot
from rosterkey.store import open_store
from rosterkey.store.contract import Store
from rosterkey.store.engine import connect_to_read, open_engine
from rosterkey.store.schema import account, username_claim
from rosterkey.usecases.import_ import StalePlan, import_planned
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.undo import undo_import
from rosterkey.usecases.validate import Validated, plan_sheet
from tests.postgresql import SERVERS, Servers
from tests.properties.rosters import HEADER, USERNAMES, sheet_of

LONG = os.environ.get("ROSTERKEY_LONG") == "1"
SESSIONS = st.sampled_from([0, 1])
_SETTINGS = Settings("not used", actor="kim")
_STUDENTS = [(f"00{n}", name) for n, name in enumerate(("asmith", "bjones", "clee", "zfox"), 1)]


class TwoSessions(RuleBasedStateMachine):
    """What holds whoever does what, and when."""

    plans = Bundle("plans")

    def __init__(self, url: str) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.stores: list[Store] = [open_store(url), open_store(url)]
        self.engine = open_engine(url, create=False)
        self.written = 0

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        self.engine.dispose()
        shutil.rmtree(self.folder)

    @initialize()
    def load(self) -> None:
        lines: list[dict[str, Any]] = [
            {"kind": "district", "code": "D1", "schools": ["North"], "grades": ["1", "2"]}
        ]
        for student_id, username in _STUDENTS:
            line = {"kind": "account", "district": "D1", "account": f"a{student_id}"}
            names = {"first_name": "Ana", "last_name": f"Smith{student_id}"}
            lines.append(line | names | {"student_id": student_id, "username": username})
        self.stores[0].load(lines)

    @rule(
        target=plans,
        who=SESSIONS,
        names=st.dictionaries(st.integers(0, 4), st.sampled_from(USERNAMES), min_size=1),
        grade=st.sampled_from(["1", "2"]),
    )
    def validate(self, who: int, names: dict[int, str], grade: str) -> tuple[int, Validated]:
        """A sheet of new usernames for some students, the fifth of whom may be new."""
        rows = [
            (f"00{n + 1}", name, "Ana", f"Smith00{n + 1}", "North", grade)
            for n, name in names.items()
        ]
        sheet = sheet_of(HEADER[:6], rows)
        return who, plan_sheet(sheet, self.stores[who], _SETTINGS)

    @rule(made=plans)
    def import_(self, made: tuple[int, Validated]) -> None:
        event(self._settle([self._importing(*made)])[0])

    @rule(first=plans, second=plans)
    def import_at_once(self, first: tuple[int, Validated], second: tuple[int, Validated]) -> None:
        """Two imports in two threads, each on the connection of another session."""
        works = [self._importing(0, first[1]), self._importing(1, second[1])]
        event(f"at once: {sorted(self._settle(works))}")

    @rule(who=SESSIONS, made=plans, choices=st.data())
    def undo_beside_an_import(
        self, who: int, made: tuple[int, Validated], choices: st.DataObject
    ) -> None:
        if not self.written:
            return
        number = choices.draw(st.integers(1, self.written))
        works = [self._undoing(who, number), self._importing(1 - who, made[1])]
        event(f"undo beside import: {self._settle(works)}")

    def _importing(self, who: int, made: Validated) -> Callable[[], str]:
        def work() -> str:
            try:
                done = import_planned(
                    made,
                    self.stores[who],
                    _SETTINGS,
                    source=self.folder / "r.xlsx",
                    confirmed=[one.reason for one in made.plan.confirm],
                )
            except StalePlan:
                return "stale"
            assert done.mismatches == [] or len(self._threads) > 1
            if done.number is None:
                return "already" if done.already else "nothing"
            assert made.plan.gate is not Gate.BLOCK
            return "written"

        return work

    def _undoing(self, who: int, number: int) -> Callable[[], str]:
        def work() -> str:
            store = self.stores[who]
            try:
                shown = undo_import(number, store, _SETTINGS, preview=True)
                reasons = [one.reason for one in shown.plan.confirm]
                done = undo_import(number, store, _SETTINGS, confirmed=reasons)
            except StalePlan:
                return "stale"
            return "nothing" if done.number is None else "written"

        return work

    def _settle(self, works: list[Callable[[], str]]) -> list[str]:
        """Run the works at once; every one of them has to come to an answer."""
        answers: dict[int, str] = {}

        def run(number: int) -> None:
            answers[number] = works[number]()

        self._threads = [threading.Thread(target=run, args=(n,)) for n in range(len(works))]
        for thread in self._threads:
            thread.start()
        for thread in self._threads:
            thread.join(timeout=60)
        assert len(answers) == len(works), "an import ended without an answer"
        found = [answers[n] for n in range(len(works))]
        self.written += found.count("written")
        return found

    @invariant()
    def usernames_are_unique_and_claimed(self) -> None:
        with connect_to_read(self.engine) as connection, connection.begin():
            claims = select(username_claim.c.account_id, username_claim.c.username_key)
            held = select(account.c.account_id, account.c.username_key)
            claimed = sorted(map(tuple, connection.execute(claims)))
            assert claimed == sorted(map(tuple, connection.execute(held)))

    @invariant()
    def nobody_is_lost_or_doubled(self) -> None:
        now = self._now()
        ids = Counter(one.student_id for one in now.accounts.values())
        assert set(ids.values()) <= {1}
        assert {student_id for student_id, _ in _STUDENTS} <= set(ids) or not ids

    @invariant()
    def both_sessions_see_the_same(self) -> None:
        if self.stores[0].districts():
            assert self._now() == self.stores[1].snapshot("D1")
            for one in self._now().accounts.values():
                assert username_key(one.username) not in map(username_key, one.past_usernames)

    @invariant()
    def history_counts_every_import(self) -> None:
        if self.stores[0].districts():
            numbers = [entry.number for entry in self.stores[1].imports("D1")]
            assert numbers == list(range(self.written, 0, -1))

    def _now(self) -> Snapshot:
        store = self.stores[0]
        return store.snapshot("D1") if store.districts() else Snapshot.__new__(Snapshot)


@pytest.mark.parametrize("engine", ["sqlite", SERVERS[0]])
def test_two_sessions(engine: str, tmp_path: Path, postgresql_servers: Servers) -> None:
    numbers = iter(range(1_000_000))

    def machine() -> TwoSessions:
        if engine == "sqlite":
            return TwoSessions(f"sqlite:///{tmp_path / f'{next(numbers)}.db'}")
        server = postgresql_servers.of(engine)
        return TwoSessions(server.url(server.current_database()))

    usual = settings()
    run_state_machine_as_test(
        machine,
        settings=settings(
            # A server takes its time: it has half of the examples, unless time does not matter.
            max_examples=min(usual.max_examples // (3 if LONG or engine == "sqlite" else 6), 200),
            stateful_step_count=min(usual.stateful_step_count, 15),
            deadline=None,
        ),
    )
