"""Validate, import, edit by other hands, undo: in any order, on a real database."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from rosterkey.core.keys import username_key
from rosterkey.core.model import FIELDS, Account, Gate, Outcome
from rosterkey.core.sheet import Cell
from rosterkey.core.snapshot import Snapshot
from rosterkey.store import open_store
from rosterkey.store.contract import Store
from rosterkey.usecases.import_ import Imported, StalePlan, import_planned
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.undo import Undone, undo_import
from rosterkey.usecases.validate import Validated, plan_sheet
from tests.properties.rosters import FIRST, HEADER, USERNAMES, cells, sheet_of, snapshots

Fields = dict[str, Any]
STATED = (*FIELDS, "role", "status", "password_hash")
_WITHOUT_PASSWORD = HEADER[:7]


@dataclass(frozen=True)
class Done:
    """An import of the history with the accounts before and after it, by id."""

    number: int
    before: dict[str, Fields]
    after: dict[str, Fields]


def _fields(account: Account) -> Fields:
    return {name: getattr(account, name) for name in STATED}


def _all_fields(snapshot: Snapshot) -> dict[str, Fields]:
    return {key: _fields(account) for key, account in snapshot.accounts.items()}


@cache
def _empty_database() -> Path:
    """A database with the schema and nothing in it, made once: migrations take their time."""
    path = Path(tempfile.mkdtemp()) / "empty.db"
    open_store(f"sqlite:///{path}").close()
    return path


class Roster(RuleBasedStateMachine):
    """The database beside a plain dictionary of what it should hold."""

    plans = Bundle("plans")
    imports = Bundle("imports")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.database = self.folder / "accounts.db"
        shutil.copy(_empty_database(), self.database)
        self.settings = Settings(f"sqlite:///{self.database}", actor="kim")
        self.store: Store = open_store(self.settings.database)
        self.model: dict[str, Fields] = {}
        self.written = 0

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    @initialize(start=snapshots(damage=False))
    def load(self, start: Snapshot) -> None:
        district = start.district
        lines: list[dict[str, Any]] = [
            {"kind": "district", "code": district.code, "name": district.name}
            | {"schools": list(district.schools), "grades": list(district.grades)}
        ]
        for account in start.accounts.values():
            line = {"kind": "account", "district": "D1", "account": account.account_id}
            stated = {name: getattr(account, name) for name in STATED}
            past = list(account.past_usernames)
            shown = {"classes": list(account.classes), "past_usernames": past}
            lines.append(line | stated | shown | {"password_hash": None})
        self.store.load(lines)
        self.model = {
            key: _fields(replace(account, password_hash=None))
            for key, account in start.accounts.items()
        }

    @rule(target=plans, choices=st.data(), leave_out=st.booleans())
    def validate(self, choices: st.DataObject, leave_out: bool) -> Validated:
        """A sheet about the students as they are now, with some cells changed, and new ones."""
        keys = choices.draw(st.lists(st.sampled_from([*sorted(self.model), "new"]), max_size=4))
        lines = []
        for number, key in enumerate(keys):
            line = self._line(key, number)
            for position in choices.draw(st.sets(st.sampled_from([0, 1, 1, 2, 5, 6]), max_size=2)):
                line[position] = choices.draw(cells(position, odd=False))
            lines.append(line)
        sheet = sheet_of(_WITHOUT_PASSWORD, lines)
        return plan_sheet(sheet, self.store, self.settings, leave_out_errors=leave_out)

    def _line(self, key: str, number: int) -> list[Cell]:
        if key not in self.model:
            return [f"600{number}", f"pupil{number}", "Dee", "Okafor", None, "K", "3A"]
        stored = self.model[key]
        names = ("student_id", "username", "first_name", "last_name", "school", "grade")
        return [*(stored[name] for name in names), "; ".join(stored["classes"]) or None]

    @rule(plan=plans)
    def import_without_a_confirmation(self, plan: Validated) -> None:
        """Where something has to be confirmed, nothing is written."""
        if plan.plan.gate is not Gate.GO:
            done = self._import(plan, ())
            assert done is None or done.number is None

    @rule(target=imports, plan=plans)
    def import_(self, plan: Validated) -> Any:
        """Import a plan, fresh or stale: exactly the plan, or nothing and a reason."""
        before = dict(self.model)
        done = self._import(plan, [c.reason for c in plan.plan.confirm])
        if done is None or done.number is None:
            event("nothing imported")
            if done is not None and done.already is None:
                assert plan.plan.gate is Gate.BLOCK or not plan.plan.changes
            return multiple()
        assert done.mismatches == []
        assert plan.plan.gate is not Gate.BLOCK
        event(f"{min(len(plan.plan.changes), 3)} accounts imported")
        now = self._now()
        for change in plan.plan.changes:
            assert change.after is not None
            assert change.before is None or _same(_fields(change.before), before[change.account_id])
            stored = now.accounts[change.account_id]
            assert _same(_fields(stored), _fields(change.after), but="password_hash")
            if change.before is None:
                assert (stored.password_hash or "").startswith("$argon2id$")
            else:
                assert stored.password_hash == change.before.password_hash
            self.model[change.account_id] = _fields(stored)
        self.written += 1
        assert done.number == self.written
        self._check_same_sheet_again(plan)
        return Done(done.number, before, dict(self.model))

    def _check_same_sheet_again(self, plan: Validated) -> None:
        again = plan_sheet(plan.sheet, self.store, self.settings)
        written = {number for change in plan.plan.changes for number in change.rows}
        left_out = any(row.outcome is Outcome.ERROR for row in plan.plan.rows)
        for row in again.plan.rows:
            if row.row in written and not left_out:
                assert row.outcome in (Outcome.UNCHANGED, Outcome.SKIPPED), row

    def _import(self, plan: Validated, confirmed: Any) -> Imported | None:
        try:
            return import_planned(
                plan,
                self.store,
                self.settings,
                source=self.folder / "roster.xlsx",
                confirmed=confirmed,
            )
        except StalePlan:
            event("stale plan")
            assert _all_fields(plan.snapshot) != self.model or plan.snapshot != self._now()
            return None

    @rule(target=imports, done=consumes(imports))
    def undo(self, done: Done) -> Any:
        """Take an import back; every field that nobody changed since is what it was."""
        before = dict(self.model)
        preview = self._undo(done, preview=True)
        assert self._now_fields() == self.model
        result = self._undo(done)
        assert result.plan.changes == preview.plan.changes
        self.model = self._now_fields()
        self._check_undone(done, before, result)
        if result.number is None:
            assert result.already is None, "an undo that still changes something was not done"
            assert not result.plan.changes
            assert self.model == before
            return multiple()
        assert result.mismatches == []
        self.written += 1
        assert result.number == self.written
        event("undo")
        return Done(result.number, before, dict(self.model))

    def _undo(self, done: Done, *, preview: bool = False) -> Undone:
        asked = undo_import(done.number, self.store, self.settings, preview=True)
        confirmed = [c.reason for c in asked.plan.confirm]
        return undo_import(
            done.number, self.store, self.settings, confirmed=confirmed, preview=preview
        )

    def _check_undone(self, done: Done, before: dict[str, Fields], result: Undone) -> None:
        """The rule of an undo, told on plain fields."""
        for key in before.keys() | self.model.keys() | done.before.keys():
            old, new, was, now = (m.get(key) for m in (done.before, done.after, before, self.model))
            if old is None or new is None or was is None or now is None:
                continue
            for name in STATED:
                if old[name] == new[name] or was[name] != new[name]:
                    assert now[name] == was[name], "not changed by the import, or changed since"
                elif name != "username":
                    assert now[name] == old[name], "what nobody changed since goes back"
                elif now[name] != old[name]:
                    assert now[name] == was[name]
                    assert any(f.code == "changed-since" for f in result.plan.findings)
        if before == done.after:
            assert self.model == done.before, "an undo right after the import gives back all"

    @precondition(lambda self: self.model)
    @rule(choices=st.data(), first=st.sampled_from(FIRST), grade=st.sampled_from(["K", "1"]))
    def edit_in_the_database(self, choices: st.DataObject, first: str, grade: str) -> None:
        """Another program changes an account, and knows nothing of versions."""
        key = choices.draw(st.sampled_from(sorted(self.model)))
        with sqlite3.connect(self.database) as database:
            database.execute(
                "UPDATE account SET first_name = ?, grade = ? WHERE account_id = ?",
                (first, grade, key),
            )
        database.close()
        self.model[key] = self.model[key] | {"first_name": first, "grade": grade}

    @precondition(lambda self: self.model)
    @rule(choices=st.data(), username=st.sampled_from(USERNAMES))
    def rename_by_hand(self, choices: st.DataObject, username: str) -> None:
        """Another administrator renames one student, where the name is free."""
        key = choices.draw(st.sampled_from(sorted(self.model)))
        held = {username_key(fields["username"]) for fields in self.model.values()}
        if username_key(username) in held:
            return
        with sqlite3.connect(self.database) as database:
            claim = (username_key(username), key)
            database.execute(
                "UPDATE account SET username = ?, username_key = ?, version = version + 1 "
                "WHERE account_id = ?",
                (username, *claim),
            )
            database.execute(
                "UPDATE username_claim SET username_key = ? WHERE account_id = ?", claim
            )
        database.close()
        self.model[key] = self.model[key] | {"username": username}

    def _now(self) -> Snapshot:
        return self.store.snapshot("D1")

    def _now_fields(self) -> dict[str, Fields]:
        return _all_fields(self._now())

    @invariant()
    def database_is_the_model(self) -> None:
        if self.model:
            assert self._now_fields() == self.model

    @invariant()
    def usernames_are_unique_and_claimed(self) -> None:
        keys = Counter(username_key(fields["username"]) for fields in self.model.values())
        assert max(keys.values(), default=1) == 1
        with sqlite3.connect(self.database) as database:
            claims = dict(database.execute("SELECT account_id, username_key FROM username_claim"))
        database.close()
        assert claims == {k: username_key(f["username"]) for k, f in self.model.items()}

    @invariant()
    def history_is_complete(self) -> None:
        if self.model or self.written:
            assert [entry.number for entry in self.store.imports("D1")] == list(
                range(self.written, 0, -1)
            )


def _same(one: Fields, other: Fields, *, but: str = "") -> bool:
    return all(one[name] == other[name] for name in STATED if name != but)


TestRoster = Roster.TestCase
_usual = settings()
TestRoster.settings = settings(
    max_examples=min(_usual.max_examples, 300), stateful_step_count=_usual.stateful_step_count
)
