"""Who is missing from a roster: only of the schools that it speaks about, only once imported."""

from __future__ import annotations

from dataclasses import replace

from rosterkey.core.missing import Missing, find_missing
from rosterkey.core.model import Account, District, Status
from rosterkey.core.options import Options
from rosterkey.core.plan import make_plan
from rosterkey.core.rules.example import example_sheet
from rosterkey.core.rules.rule import Example
from rosterkey.core.snapshot import Snapshot

LINCOLN, ROOSEVELT = "Lincoln Elementary", "Roosevelt Middle"
DISTRICT = District("D1", "Lincoln Unified", (LINCOLN, ROOSEVELT), ("3", "4"))


def _student(number: int, school: str | None) -> Account:
    return Account(
        f"a{number:03}", f"user{number}", f"{number:05}", f"First{number}", f"Last{number}", school
    )


LINCOLNS = [_student(n, LINCOLN) for n in range(30)]
ROOSEVELTS = [_student(n, ROOSEVELT) for n in range(30, 60)]
NOWHERE = [_student(60, None)]
HEADER = "Student ID | Username | First Name | Last Name | School"
EVERYBODY = [*LINCOLNS, *ROOSEVELTS, *NOWHERE]


def _line(of: Account) -> str:
    return (
        f"\n{of.student_id} | {of.username} | {of.first_name} | {of.last_name} | {of.school or ''}"
    )


def _missing(
    on_sheet: list[Account], *, options: Options | None = None, changed: str = ""
) -> Missing:
    sheet = example_sheet(Example(HEADER + "".join(map(_line, on_sheet)) + changed))
    snapshot = Snapshot(DISTRICT, EVERYBODY)
    options = options or Options()
    return find_missing(make_plan(sheet, snapshot, options), snapshot, options)


def test_nobody_is_missing_from_a_full_roster() -> None:
    missing = _missing(EVERYBODY)
    assert [(s.school, s.students) for s in missing.schools] == [
        (LINCOLN, 30), (ROOSEVELT, 30), (None, 1),
    ]  # fmt: skip
    assert (missing.accounts, missing.findings) == ((), ())


def test_a_sheet_of_one_school_speaks_about_that_school_only() -> None:
    missing = _missing(LINCOLNS[:-2])
    assert [s.school for s in missing.schools] == [LINCOLN]
    assert missing.accounts == tuple(LINCOLNS[-2:])
    assert missing.findings == ()


def test_a_student_who_moves_on_the_sheet_does_not_speak_for_the_old_school() -> None:
    moved = replace(ROOSEVELTS[0], school=LINCOLN)
    missing = _missing([*LINCOLNS, moved])
    assert [s.school for s in missing.schools] == [LINCOLN]
    assert [f.code for f in missing.findings] == ["sheet-not-imported"]


def test_archived_students_are_not_missing() -> None:
    gone = replace(LINCOLNS[0], status=Status.ARCHIVED)
    snapshot = Snapshot(DISTRICT, [gone, *LINCOLNS[1:]])
    sheet = example_sheet(Example(HEADER + "".join(map(_line, LINCOLNS[1:]))))
    missing = find_missing(make_plan(sheet, snapshot), snapshot, Options())
    assert (missing.accounts, missing.findings) == ((), ())


def test_a_sheet_that_would_change_something_is_not_imported_yet() -> None:
    renamed = replace(LINCOLNS[0], username="new.name")
    missing = _missing([renamed, *LINCOLNS[1:-1]])
    assert [f.code for f in missing.findings] == ["sheet-not-imported"]
    assert "would change 1 account." in missing.findings[0].message


def test_a_row_with_an_error_may_be_the_missing_student() -> None:
    missing = _missing(LINCOLNS[:-1], changed="\n | | Ana | Smith | Lincoln Elementary")
    (finding,) = missing.findings
    assert finding.code == "sheet-not-imported"
    assert "Rows with errors: 1, the first of them row 31" in finding.message


def test_a_sheet_with_an_error_of_its_own_tells_nothing() -> None:
    sheet = example_sheet(Example("Username | Username\nuser1 | user1"))
    snapshot = Snapshot(DISTRICT, EVERYBODY)
    missing = find_missing(make_plan(sheet, snapshot), snapshot, Options())
    assert missing.schools == ()
    assert [f.code for f in missing.findings] == ["sheet-not-imported"]


def test_half_of_a_school_is_no_full_roster() -> None:
    """15 of 30 missing may be; 16 of 30 are more than half."""
    assert _missing(LINCOLNS[:15]).findings == ()
    (finding,) = _missing(LINCOLNS[:14]).findings
    assert finding.code == "not-a-full-roster"
    assert "16 of 30 (53 %) students of Lincoln Elementary" in finding.message


def test_a_small_school_is_never_a_sum() -> None:
    """Guards look at 20 students and more."""
    few = Options()
    snapshot = Snapshot(DISTRICT, NOWHERE + [replace(a, school=None) for a in LINCOLNS[:19]])
    sheet = example_sheet(Example(HEADER + _line(NOWHERE[0])))
    (finding,) = find_missing(make_plan(sheet, snapshot), snapshot, few).findings
    assert "no school" in finding.message
    smaller = Snapshot(DISTRICT, list(snapshot.accounts.values())[:19])
    assert find_missing(make_plan(sheet, smaller), smaller, few).findings == ()


def test_an_administrator_of_one_school_is_told_of_that_school_only() -> None:
    missing = _missing(LINCOLNS[:-1] + ROOSEVELTS[:-1], options=Options(only_school=LINCOLN))
    assert [s.school for s in missing.schools] == [LINCOLN]
    assert missing.accounts == (LINCOLNS[-1],)
