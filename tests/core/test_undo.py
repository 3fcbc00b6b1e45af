"""Taking an import back field by field: what goes back, what stays, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rosterkey.core.history import ImportImages, ImportKind
from rosterkey.core.model import Account, AccountChange, District, Gate, Plan
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.undo import plan_undo

OLD, NEW, NEWER = "old hash", "new hash", "newer hash"
DISTRICT = District("D1", "Lincoln Unified")
ANA = Account("a1", "asmith", "00123", "Ana", "Smith", classes=("3A",), password_hash=OLD)
BO = Account("a2", "bjones", "00124", "Bo", "Jones")
FARAH = Account("a3", "fkhan", "00300", "Farah", "Khan")


def _undo(changes: list[AccountChange], *now: Account) -> Plan:
    return plan_undo(ImportImages(7, tuple(changes)), Snapshot(DISTRICT, now))


def _after(plan: Plan) -> dict[str, Account | None]:
    return {change.account_id: change.after for change in plan.changes}


def _later(account: Account, **values: Any) -> Account:
    return replace(account, version=account.version + 1, **values)


def test_everything_goes_back_where_nobody_changed_anything() -> None:
    ana = _later(ANA, username="ana.s", grade="4", classes=("4A",), password_hash=NEW)
    plan = _undo([AccountChange(ANA, ana)], ana)
    assert _after(plan) == {"a1": replace(ANA, version=ana.version)}
    assert (plan.gate, plan.findings) == (Gate.GO, ())
    assert plan.counts["renamed"] == 1


def test_later_edits_stay_and_are_named() -> None:
    ana = _later(ANA, first_name="Anna", grade="4", classes=("4A",), password_hash=NEW)
    now = _later(ana, first_name="Ann", classes=("4B",), password_hash=NEWER)
    plan = _undo([AccountChange(ANA, ana)], now)
    assert _after(plan) == {"a1": replace(now, grade=None)}
    said = [finding.message for finding in plan.findings]
    assert [finding.code for finding in plan.findings] == ["changed-since"] * 3
    assert any("Anna then, Ann now" in text for text in said)
    assert any("4A then, 4B now" in text for text in said)
    assert not any("hash" in text for text in said), "no hash of a password is shown"


def test_what_an_undo_brought_back_was_not_created() -> None:
    def said(kind: ImportKind, now: Account) -> str:
        images = ImportImages(7, (AccountChange(None, FARAH),), kind)
        return plan_undo(images, Snapshot(DISTRICT, [now])).findings[0].message

    changed = _later(FARAH, grade="4")
    assert "1 account that the import brought back would be removed" in said(ImportKind.UNDO, FARAH)
    assert "was brought back by the import and changed since" in said(ImportKind.UNDO, changed)
    assert "1 account that the import created would be removed" in said(ImportKind.SHEET, FARAH)
    assert "was created by the import and changed since" in said(ImportKind.SHEET, changed)


def test_field_that_is_back_already_is_no_matter() -> None:
    ana = _later(ANA, grade="4")
    plan = _undo([AccountChange(ANA, ana)], _later(ana, grade=None))
    assert plan.changes == ()
    assert [finding.code for finding in plan.findings] == ["nothing-to-do"]


def test_created_account_is_removed_after_a_confirmation() -> None:
    plan = _undo([AccountChange(None, FARAH)], FARAH)
    assert _after(plan) == {"a3": None}
    assert [c.reason for c in plan.confirm] == ["undo-removes-account"]
    assert "fkhan" in plan.confirm[0].message


def test_many_removed_accounts_are_counted() -> None:
    created = [replace(FARAH, account_id=f"n{i}", username=f"n{i}") for i in range(7)]
    plan = _undo([AccountChange(None, account) for account in created], *created)
    assert plan.counts["removed"] == 7
    assert "7 accounts" in plan.confirm[0].message
    assert "2 more" in plan.confirm[0].message


def test_created_account_that_was_used_since_stays() -> None:
    now = _later(FARAH, grade="4")
    plan = _undo([AccountChange(None, FARAH)], now)
    assert plan.changes == ()
    assert [finding.code for finding in plan.findings] == ["changed-since", "nothing-to-do"]


def test_created_account_that_another_program_changed_stays() -> None:
    """A change that left the version alone is a change all the same."""
    plan = _undo([AccountChange(None, FARAH)], replace(FARAH, grade="4"))
    assert plan.changes == ()


def test_created_account_that_is_gone_needs_nothing() -> None:
    assert _undo([AccountChange(None, FARAH)]).changes == ()


def test_removed_account_comes_back() -> None:
    plan = _undo([AccountChange(FARAH, None)])
    assert _after(plan) == {"a3": FARAH}
    assert plan.counts["brought_back"] == 1


def test_removed_account_that_is_back_already_stays_as_it_is() -> None:
    assert _undo([AccountChange(FARAH, None)], FARAH).changes == ()


def test_removed_account_whose_username_is_taken_stays_away() -> None:
    plan = _undo([AccountChange(FARAH, None)], replace(BO, username="FKhan"))
    assert plan.changes == ()
    assert "belongs to another account" in plan.findings[0].message


def test_account_that_is_gone_stays_away_and_is_named() -> None:
    plan = _undo([AccountChange(ANA, _later(ANA, grade="4"))])
    assert plan.changes == ()
    assert "not in the database any more" in plan.findings[0].message


def test_swap_goes_back_as_a_whole() -> None:
    ana, bo = _later(ANA, username="bjones"), _later(BO, username="asmith")
    plan = _undo([AccountChange(ANA, ana), AccountChange(BO, bo)], ana, bo)
    after = _after(plan)
    assert {k: a.username for k, a in after.items() if a} == {"a1": "asmith", "a2": "bjones"}


def test_username_that_another_student_has_now_is_left_through_a_chain() -> None:
    """a1 gave asmith up for bjones, a2 gave bjones up for bo; then a3 took asmith."""
    ana, bo = _later(ANA, username="bjones", grade="4"), _later(BO, username="bo")
    taker = replace(FARAH, username="asmith")
    plan = _undo([AccountChange(ANA, ana), AccountChange(BO, bo)], ana, bo, taker)
    assert _after(plan) == {"a1": replace(ana, grade=None)}
    said = " ".join(finding.message for finding in plan.findings)
    assert "asmith belongs to another account" in said
    assert "bjones belongs to another account" in said


def test_student_id_that_another_student_has_now_is_left() -> None:
    ana = _later(ANA, student_id="00999")
    plan = _undo([AccountChange(ANA, ana)], ana, replace(BO, student_id="00123"))
    assert plan.changes == ()
    assert "00123 belongs to another account" in plan.findings[0].message


def test_old_damage_of_one_id_on_two_accounts_is_not_the_undo_s_fault() -> None:
    twin = replace(BO, student_id="00123")
    ana = _later(ANA, grade="4")
    plan = _undo([AccountChange(ANA, ana)], ana, twin)
    assert _after(plan) == {"a1": replace(ana, grade=None)}


def test_digest_is_bound_to_the_accounts_and_the_import() -> None:
    ana = _later(ANA, grade="4")
    change = AccountChange(ANA, ana)
    plan = _undo([change], ana)
    assert plan.digest == _undo([change], ana).digest
    assert plan.digest != _undo([change], _later(ana)).digest
    other = plan_undo(ImportImages(8, (change,)), Snapshot(DISTRICT, [ana]))
    assert plan.digest != other.digest
    assert ImportImages(8, (change,)).after() == {"a1": ana}


LINCOLN, ROOSEVELT = "Lincoln Elementary", "Roosevelt Middle"


def _undo_at_lincoln(before: Account | None, after: Account | None, *others: Account) -> Plan:
    there = [account for account in (after, *others) if account]
    images = ImportImages(7, (AccountChange(before, after),))
    return plan_undo(images, Snapshot(DISTRICT, there), LINCOLN)


def test_administrator_of_a_school_takes_back_what_is_of_the_school() -> None:
    ana = replace(ANA, school=LINCOLN)
    assert _undo_at_lincoln(ana, _later(ana, username="ana.s")).gate is Gate.GO
    assert _undo_at_lincoln(None, ana).gate is Gate.CONFIRM
    assert _undo_at_lincoln(ana, None).gate is Gate.GO


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({"school": ROOSEVELT}, {"school": ROOSEVELT, "grade": "4"}, id="another"),
        pytest.param({"school": LINCOLN}, {"school": ROOSEVELT}, id="left"),
        pytest.param({"school": ROOSEVELT}, {"school": LINCOLN}, id="came"),
        pytest.param({"school": LINCOLN}, {"school": LINCOLN, "student_id": "9"}, id="Student ID"),
        pytest.param({"school": ROOSEVELT}, None, id="removed"),
        pytest.param(None, {"school": ROOSEVELT}, id="created"),
    ],
)
def test_administrator_of_a_school_takes_nothing_else_back(
    before: dict[str, str] | None, after: dict[str, str] | None
) -> None:
    old = None if before is None else replace(ANA, **before)  # type: ignore[arg-type]
    new = None if after is None else _later(ANA, **after)
    plan = _undo_at_lincoln(old, new)
    assert plan.gate is Gate.BLOCK
    said = plan.findings[-1]
    assert (said.code, said.accounts) == ("not-permitted", ("a1",))
    assert "Ask the district" in said.message


def test_many_students_of_other_schools_are_counted() -> None:
    many = [Account(f"b{n}", f"user{n}", school=ROOSEVELT) for n in range(7)]
    changes = tuple(AccountChange(a, _later(a, grade="4")) for a in many)
    now = Snapshot(DISTRICT, [c.after for c in changes if c.after])
    assert " and 2 more. " in plan_undo(ImportImages(7, changes), now, LINCOLN).findings[0].message
