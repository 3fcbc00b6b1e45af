"""What holds for the plan of any sheet on any accounts."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Gate, Outcome, Plan, Role
from rosterkey.core.plan import make_plan
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot
from tests.properties.rosters import OPTIONS, after_import, scenes

Scene = tuple[Sheet, Snapshot]
LEAVE_OUT = replace(OPTIONS, leave_out_errors=True)


@given(scenes())
def test_everything_typed_gets_a_plan_and_every_row_an_outcome(scene: Scene) -> None:
    sheet, snapshot = scene
    plan = make_plan(sheet, snapshot, OPTIONS)
    event(f"gate {plan.gate}")
    if not any(finding.severity == "error" for finding in plan.findings):
        filled = {n for n, line in sheet.rows[1:] if any(c is not None for c in line)}
        assert filled <= {row.row for row in plan.rows}
    assert len({row.row for row in plan.rows}) == len(plan.rows)
    for row in plan.rows:
        assert (row.outcome is Outcome.ERROR) == (row.severity == "error")
        assert row.outcome is not Outcome.ERROR or row.changes == {}


@given(scenes(), st.integers(0, 5))
def test_order_of_the_rows_does_not_matter(scene: Scene, seed: int) -> None:
    sheet, snapshot = scene
    header, *rows = (line for _, line in sheet.rows)
    random.Random(seed).shuffle(rows)  # noqa: S311
    other = Sheet("Import", tuple(enumerate((header, *rows), start=1)))
    for options in (OPTIONS, LEAVE_OUT):
        one, two = (make_plan(s, snapshot, options) for s in (sheet, other))
        assert one.gate is two.gate
        assert _counts(one) == _counts(two)
        assert {c.reason for c in one.confirm} == {c.reason for c in two.confirm}
        assert _outcomes(sheet, one) == _outcomes(other, two)
        assert _students(one) == _students(two)


def _counts(plan: Plan) -> dict[str, int]:
    """The counts without the blank rows: below the last row they are not part of the sheet."""
    blank = sum(row.outcome is Outcome.SKIPPED and not row.findings for row in plan.rows)
    return plan.counts | {"skipped": plan.counts["skipped"] - blank}


def _outcomes(sheet: Sheet, plan: Plan) -> Counter[tuple[str, str]]:
    """What each line of cells does, whatever its row number."""
    lines = dict(sheet.rows)
    return Counter(
        (repr(lines[row.row]), row.outcome)
        for row in plan.rows
        if any(cell is not None for cell in lines[row.row])
    )


def _students(plan: Plan) -> Counter[Any]:
    """What each account becomes; an account that is created has an id of its own each time."""
    return Counter(
        (
            change.before,
            replace(change.after, account_id="", classes=tuple(sorted(change.after.classes))),
            change.password,
            change.generated,
        )
        for change in plan.changes
        if change.after
    )


@given(scenes(), st.booleans())
def test_invariants_of_every_import(scene: Scene, leave_out: bool) -> None:
    sheet, snapshot = scene
    plan = make_plan(sheet, snapshot, LEAVE_OUT if leave_out else OPTIONS)
    if plan.gate is Gate.BLOCK:
        return
    before, now = snapshot.accounts, after_import(snapshot, plan).accounts
    event(f"{min(len(plan.changes), 3)} changes, gate {plan.gate}")
    assert before.keys() <= now.keys(), "no account is lost"
    names = Counter(username_key(account.username) for account in now.values())
    assert max(names.values(), default=1) == 1
    ids_before, ids_now = _ids(snapshot), _ids(Snapshot(snapshot.district, now.values()))
    assert all(ids_now[key] <= max(1, ids_before[key]) for key in ids_now)
    with_password = _rows_with_password(sheet)
    for change in plan.changes:
        assert change.rows, "no account changes without a row that says so"
        if change.before is None:
            continue
        assert change.before.role is Role.STUDENT
        assert change.before == before[change.account_id]
        assert change.after is not None
        assert change.after.password_hash == change.before.password_hash
        assert change.after.role is Role.STUDENT
        assert change.password is None or with_password & set(change.rows)
        assert not change.generated, "only a new account gets a made-up password"


def _ids(snapshot: Snapshot) -> Counter[str]:
    return Counter(id_key(a.student_id) for a in snapshot.accounts.values() if a.student_id)


def _rows_with_password(sheet: Sheet) -> set[int]:
    header = sheet.rows[0][1]
    if "Password" not in header:
        return set()
    position = header.index("Password")
    return {number for number, line in sheet.rows[1:] if line[position] is not None}


@given(scenes())
def test_accounts_that_no_row_names_stay(scene: Scene) -> None:
    sheet, snapshot = scene
    plan = make_plan(sheet, snapshot, LEAVE_OUT)
    words = {_word(cell) for _, line in sheet.rows[1:] for cell in line}
    for change in plan.changes:
        if change.before is not None:
            keys = (change.before.username, change.before.student_id)
            assert {_word(key) for key in keys if key} & words


def _word(cell: object) -> str:
    shown = getattr(cell, "shown", None) or getattr(cell, "cached", None) or cell
    text = str(int(shown)) if isinstance(shown, float) and shown.is_integer() else str(shown)
    return username_key(text.strip("\u00a0\u200b "))


@given(scenes(odd=False, damage=False))
def test_same_sheet_again_changes_nothing(scene: Scene) -> None:
    sheet, snapshot = scene
    sheet = _without_errors(sheet, snapshot)
    plan = make_plan(sheet, snapshot, OPTIONS)
    event(f"{min(len(plan.changes), 3)} changes, gate {plan.gate}")
    if plan.gate is Gate.BLOCK:  # nothing but the header is left
        return
    again = make_plan(sheet, after_import(snapshot, plan), OPTIONS)
    assert again.gate is not Gate.BLOCK
    for row in again.rows:
        assert row.outcome in (Outcome.UNCHANGED, Outcome.SKIPPED), row
    assert again.changes == ()


def _without_errors(sheet: Sheet, snapshot: Snapshot) -> Sheet:
    """The sheet as an administrator leaves it who deletes the rows with errors."""
    plan = make_plan(sheet, snapshot, LEAVE_OUT)
    wrong = {row.row for row in plan.rows if row.outcome is Outcome.ERROR}
    return replace(sheet, rows=tuple(line for line in sheet.rows if line[0] not in wrong))


@given(scenes())
def test_a_plan_is_bound_to_what_it_read(scene: Scene) -> None:
    sheet, snapshot = scene
    """The same sheet and accounts give the same digest; another version of an account another."""
    plan = make_plan(sheet, snapshot, OPTIONS)
    assert make_plan(sheet, snapshot, OPTIONS) == plan
    touched = {change.account_id for change in plan.changes if change.before}
    assert touched <= plan.reads.keys()
    for account_id in plan.reads:
        moved = dict(snapshot.accounts)
        moved[account_id] = replace(moved[account_id], version=moved[account_id].version + 1)
        other = make_plan(sheet, Snapshot(snapshot.district, moved.values()), OPTIONS)
        assert other.digest != plan.digest
