"""Guards on the sum: at what figure they speak, what they say, and when they are silent."""

from __future__ import annotations

from rosterkey.core.model import Gate, Plan
from rosterkey.core.plan import make_plan
from rosterkey.core.rules.example import (
    EXAMPLE_DISTRICT,
    FIRST_NAMES,
    LAST_NAMES,
    example_accounts,
    example_sheet,
)
from rosterkey.core.rules.rule import Example
from rosterkey.core.snapshot import Snapshot

HEADER = "Student ID | Username | First Name | Last Name | School | Grade"
NORTH, SOUTH = EXAMPLE_DISTRICT.schools


def _lines(numbers: str, *, school: str = NORTH, grade: str = "3", username: str = "s{i}") -> str:
    return f"{numbers}x {{i:05d}} | {username} | {{first}} | {{last}} | {school} | {grade}"


def _plan(rows: list[str], accounts: list[str]) -> Plan:
    sheet = example_sheet(Example(sheet="\n".join([HEADER, *rows])))
    known = example_accounts(Example(accounts="\n".join([HEADER, *accounts])))
    return make_plan(sheet, Snapshot(EXAMPLE_DISTRICT, known))


def _said(plan: Plan, code: str) -> str:
    return " ".join(finding.message for finding in plan.findings if finding.code == code)


def _asked(plan: Plan) -> set[str]:
    return {confirmation.reason for confirmation in plan.confirm}


def test_five_new_students_are_no_alarm() -> None:
    plan = _plan([_lines("1..5")], [])
    assert (plan.gate, plan.counts["create"]) == (Gate.GO, 5)


def test_first_load_of_a_district_is_no_alarm() -> None:
    assert _plan([_lines("1..88")], []).gate is Gate.GO


def test_sheet_of_another_district_is_asked_about() -> None:
    """Nobody fits, and nobody looks like a known student either."""
    plan = _plan([_lines("40..60")], [_lines("1..30", grade="8", school=SOUTH)])
    assert "nothing-matched" in _asked(plan)
    assert "0 of 21 (0 %)" in _said(plan, "nothing-matched")


def test_less_than_half_fits() -> None:
    plan = _plan([_lines("1..40")], [_lines("1..15")])
    assert "nothing-matched" in _asked(plan)
    half = _plan([_lines("1..40")], [_lines("1..20")])
    assert (half.gate, half.counts["create"]) == (Gate.GO, 20)


def test_creates_are_counted_for_the_district_and_for_each_school() -> None:
    rows = [_lines("1..60"), _lines("61..84", school=SOUTH)]
    plan = _plan(rows, [_lines("1..60")])
    said = _said(plan, "mass-create")
    assert "24 of 84 (29 %)" in said
    assert f"24 of 24 (100 %) rows of {SOUTH}" in said
    assert "mass-create" in _asked(plan)


def test_new_school_year_asks_one_question_at_most() -> None:
    """Everybody moves up one grade, and the youngest are new."""
    rows = [_lines("1..66", grade="2"), _lines("67..88", grade="K")]
    plan = _plan(rows, [_lines("1..66", grade="1")])
    assert plan.gate is Gate.CONFIRM
    assert _asked(plan) == {"mass-update"}
    assert "22 are new" in _said(plan, "mass-update")


def test_new_students_of_all_grades_are_no_new_school_year() -> None:
    rows = [_lines("1..60", grade="4"), _lines("61..88", grade="8")]
    plan = _plan(rows, [_lines("1..60", grade="3")])
    assert {"mass-update", "mass-create"} <= _asked(plan)


def test_grades_that_the_district_does_not_have_count_for_nothing() -> None:
    plan = _plan([_lines("1..25", grade="4")], [_lines("1..25", grade="Sonnenklasse")])
    assert _asked(plan) == {"mass-update"}
    assert "new school year" not in _said(plan, "mass-update")


def test_unchanged_sheet_of_any_size_is_silent() -> None:
    plan = _plan([_lines("1..88")], [_lines("1..88")])
    assert (plan.gate, plan.findings) == (Gate.GO, ())


def test_student_without_a_grade_does_not_hide_a_new_school_year() -> None:
    rows = [_lines("1..64", grade="2"), _lines("65..67", grade="<clear>")]
    plan = _plan([*rows, _lines("68..88", grade="K")], [_lines("1..67", grade="1")])
    assert _asked(plan) == {"mass-update"}
    assert "21 are new" in _said(plan, "mass-update")


def test_column_that_was_sorted_alone_is_named_without_an_offset() -> None:
    usernames = [f"{'zyxwvut'[i % 7]}{i:02d}" for i in range(30)]
    students = [f"{FIRST_NAMES[i % 8]} | {LAST_NAMES[i % 11]} | {NORTH} | 3" for i in range(30)]
    lines = zip(range(30), usernames, sorted(usernames), students, strict=True)
    accounts, rows = [], []
    for i, own, other, student in lines:
        accounts.append(f"00{i:03d} | {own} | {student}")
        rows.append(f"00{i:03d} | {other} | {student}")
    assert "sorted on its own" in _said(_plan(rows, accounts), "shifted-column")
