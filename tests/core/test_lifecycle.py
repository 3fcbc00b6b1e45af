"""Archive, restore, delete: who is meant, what is confirmed, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rosterkey.core.lifecycle import (
    ACTIVE_AT_ONCE,
    Step,
    accounts_named,
    choose_accounts,
    plan_step,
)
from rosterkey.core.model import Account, District, Gate, Plan, Role, Status
from rosterkey.core.options import Options
from rosterkey.core.snapshot import Snapshot

LINCOLN, ROOSEVELT = "Lincoln Elementary", "Roosevelt Middle"
ANA = Account("a1", "asmith", "123", "Ana", "Smith", LINCOLN, "3")
BO = Account("a2", "123", "124", "Bo", "Jones", ROOSEVELT, "6")
CAL = Account("a3", "clee", "125", "Cal", "Lee", LINCOLN, "3", status=Status.ARCHIVED)
DEE = Account("a4", "dee", None, "Dee", "Diaz", LINCOLN, role=Role.STAFF)
ALL = Snapshot(District("D1"), (ANA, BO, CAL, DEE))
DISTRICT, SCHOOL = Options(), Options(only_school=LINCOLN)


def _plan(step: Step, *accounts: Account, options: Options = DISTRICT) -> Plan:
    return plan_step(step, accounts, ALL, options)


def _codes(plan: Plan) -> list[str]:
    return [finding.code for finding in plan.findings]


def _crowd(count: int, *, archived: bool = False) -> list[Account]:
    status = Status.ARCHIVED if archived else Status.ACTIVE
    return [replace(ANA, account_id=f"n{i:03}", username=f"n{i}", status=status)
            for i in range(count)]  # fmt: skip


@pytest.mark.parametrize("who", ["a1", "asmith", "ASmith"])
def test_an_account_is_named_by_id_and_by_username(who: str) -> None:
    assert accounts_named(who, ALL) == [ANA]


def test_student_id_names_an_account_too() -> None:
    assert accounts_named("125", ALL) == [CAL]
    assert accounts_named("125", ALL, by_student_id=False) == []


def test_what_names_two_accounts_is_an_error_that_names_both() -> None:
    chosen = choose_accounts(["123"], ALL, DISTRICT)
    (finding,) = chosen.findings
    assert (chosen.accounts, finding.code) == ([], "several-accounts")
    assert "Ana Smith" in finding.message
    assert "account id a2" in finding.message
    assert plan_step(Step.ARCHIVE, (), ALL, DISTRICT, findings=[finding]).gate is Gate.BLOCK


def test_administrator_of_a_school_has_no_use_of_the_student_id() -> None:
    """The Student ID 123 is Ana's, but for a school 123 is Bo's username and nothing else."""
    assert choose_accounts(["123"], ALL, SCHOOL).accounts == [BO]


def test_nobody_is_an_error_and_twice_is_once() -> None:
    chosen = choose_accounts(["asmith", "a1", "nobody"], ALL, DISTRICT)
    assert chosen.accounts == [ANA]
    assert [f.code for f in chosen.findings] == ["no-such-account"]


def test_archive_changes_the_status_alone_and_asks_first() -> None:
    plan = _plan(Step.ARCHIVE, ANA)
    assert [c.after for c in plan.changes] == [replace(ANA, status=Status.ARCHIVED)]
    assert (plan.gate, plan.counts) == (Gate.CONFIRM, {"accounts": 1, "archived": 1})
    assert [c.reason for c in plan.confirm] == ["archives-accounts"]
    assert "1 account would be archived: Ana Smith" in plan.confirm[0].message


def test_restore_brings_back() -> None:
    plan = _plan(Step.RESTORE, CAL)
    assert [c.after for c in plan.changes] == [replace(CAL, status=Status.ACTIVE)]
    assert [c.reason for c in plan.confirm] == ["restores-accounts"]


def test_delete_of_an_archived_account_asks_once() -> None:
    plan = _plan(Step.DELETE, CAL)
    assert [(c.before, c.after) for c in plan.changes] == [(CAL, None)]
    assert [c.reason for c in plan.confirm] == ["deletes-accounts"]


def test_delete_of_accounts_in_use_asks_again_and_names_each() -> None:
    crowd = _crowd(ACTIVE_AT_ONCE)
    plan = plan_step(Step.DELETE, crowd, ALL, DISTRICT)
    assert [c.reason for c in plan.confirm] == ["deletes-accounts", "deletes-active-account"]
    assert all(f"username {a.username}," in plan.confirm[1].message for a in crowd)


def test_delete_of_many_accounts_in_use_is_refused() -> None:
    plan = plan_step(Step.DELETE, _crowd(ACTIVE_AT_ONCE + 1), ALL, DISTRICT)
    assert plan.gate is Gate.BLOCK
    assert "rosterkey archive" in plan.findings[-1].message
    archived = plan_step(Step.DELETE, _crowd(ACTIVE_AT_ONCE + 1, archived=True), ALL, DISTRICT)
    assert archived.gate is Gate.CONFIRM
    assert "and 6 more" in archived.confirm[0].message


def test_staff_is_never_concerned() -> None:
    for step in Step:
        assert (_plan(step, DEE).gate, _codes(_plan(step, DEE))) == (
            Gate.BLOCK, ["not-a-student-account"],
        )  # fmt: skip


def test_what_is_so_already_is_said_and_changes_nothing() -> None:
    for step, account in ((Step.ARCHIVE, CAL), (Step.RESTORE, ANA)):
        plan = _plan(step, account)
        assert (plan.gate, plan.changes, _codes(plan)) == (Gate.GO, (), ["already-done"])


def test_nothing_named_is_nothing_to_do() -> None:
    assert _codes(_plan(Step.ARCHIVE)) == ["nothing-to-do"]


def test_administrator_of_a_school_stays_in_it_and_deletes_nobody() -> None:
    nowhere = replace(BO, school=None)
    assert _codes(_plan(Step.ARCHIVE, BO, options=SCHOOL)) == ["not-permitted"]
    assert "no school" in _plan(Step.ARCHIVE, nowhere, options=SCHOOL).findings[0].message
    assert _codes(_plan(Step.DELETE, CAL, options=SCHOOL)) == ["not-permitted"]
    assert _plan(Step.RESTORE, CAL, options=SCHOOL).gate is Gate.CONFIRM


def test_many_of_one_school_ask_with_the_figures() -> None:
    """More than 20 and more than 5 %: 21 of 420 are 5 % and no alarm, 21 of 419 are."""
    for students, alarms in ((420, 0), (419, 1)):
        crowd = _crowd(students)
        now = Snapshot(District("D1"), crowd)
        plan = plan_step(Step.ARCHIVE, crowd[:21], now, DISTRICT)
        assert _codes(plan).count("mass-archive") == alarms
        assert plan_step(Step.ARCHIVE, crowd[:20], now, DISTRICT).confirm[0].rows == ()
    assert "21 of 419 (5 %) students of Lincoln Elementary" in plan.confirm[1].message


def test_many_of_the_district_ask_where_no_school_stands_out() -> None:
    crowd = [replace(a, school=None if i % 2 else LINCOLN) for i, a in enumerate(_crowd(200))]
    plan = plan_step(Step.ARCHIVE, crowd[:22], Snapshot(District("D1"), crowd), DISTRICT)
    assert "22 of 200 (11 %) students of the district" in plan.confirm[1].message


def test_the_digest_is_bound_to_the_step_the_accounts_and_the_sheet() -> None:
    digests = {
        _plan(Step.ARCHIVE, ANA).digest,
        _plan(Step.DELETE, ANA).digest,
        _plan(Step.ARCHIVE, ANA, BO).digest,
        _plan(Step.ARCHIVE, replace(ANA, version=2)).digest,
        plan_step(Step.ARCHIVE, [ANA], ALL, DISTRICT, bound_to="sheet").digest,
    }
    assert len(digests) == 5
    assert _plan(Step.ARCHIVE, BO, ANA).digest == _plan(Step.ARCHIVE, ANA, BO).digest
