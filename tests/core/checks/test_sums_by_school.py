"""Each school of a sheet is judged as a sheet of its own would be, within one question."""

from __future__ import annotations

from dataclasses import replace

from rosterkey.core.model import Account, District, Gate, Plan
from rosterkey.core.plan import make_plan
from rosterkey.core.rules.example import FIRST_NAMES, LAST_NAMES
from rosterkey.core.sheet import Cell, Sheet
from rosterkey.core.snapshot import Snapshot

SCHOOLS = ("North", "South", "East", "West", "Hill", "Lake")
DISTRICT = District("D1", "Lincoln Unified", SCHOOLS, ("K", *(str(n) for n in range(1, 13))))
HEADINGS = ("Student ID", "Username", "First Name", "Last Name", "School", "Grade")
Line = list[Cell]


def _students(school: str, count: int, start: int, grade: str = "3") -> list[Account]:
    return [
        Account(
            f"a{i}", f"s{i:04}", f"{i:05}", FIRST_NAMES[i % 8], LAST_NAMES[i % 11], school, grade
        )
        for i in range(start, start + count)
    ]


def _line(a: Account) -> Line:
    return [a.student_id, a.username, a.first_name, a.last_name, a.school, a.grade]


def _plan(lines: list[Line], accounts: list[Account]) -> Plan:
    rows = [(n, tuple(line)) for n, line in enumerate([list[Cell](HEADINGS), *lines], start=1)]
    return make_plan(Sheet("Import", tuple(rows)), Snapshot(DISTRICT, accounts))


def _said(plan: Plan, code: str) -> str:
    return " ".join(f.message for f in plan.findings if f.code == code)


def _asked(plan: Plan) -> set[str]:
    return {confirmation.reason for confirmation in plan.confirm}


LARGE, SMALL = _students("North", 400, 1000), _students("South", 30, 2000)
ALL = [*LARGE, *SMALL]


def test_updates_of_one_school() -> None:
    """30 of 430 accounts are few, but they are all of South."""
    lines = [_line(a) for a in LARGE] + [[*_line(a)[:5], "4"] for a in SMALL]
    plan = _plan(lines, ALL)
    assert _said(plan, "mass-update").startswith("30 of 30 (100 %) accounts of South change.")
    assert _asked(plan) == {"mass-update"}


def test_half_of_a_school_may_change() -> None:
    half = [[*_line(a)[:5], "4"] for a in SMALL[:15]]
    plan = _plan([*map(_line, LARGE), *half, *map(_line, SMALL[15:])], ALL)
    assert plan.gate is Gate.GO


def test_blank_names_of_one_school() -> None:
    """4 of 430 rows are few, but more than a tenth of South."""
    blank: list[Line] = [[*_line(a)[:3], None, *_line(a)[4:]] for a in SMALL[:4]]
    plan = _plan([*map(_line, LARGE), *blank, *map(_line, SMALL[4:])], ALL)
    said = _said(plan, "mass-blank")
    assert said.startswith("Last Name is blank in 4 of 30 (13 %) rows of South. The usual cause")
    three = [*map(_line, LARGE), *blank[:3], *map(_line, SMALL[3:])]
    assert not _said(_plan(three, ALL), "mass-blank")


def test_different_persons_of_one_school() -> None:
    """2 of 430 rows are under one percent, and 7 % of South."""
    strangers: list[Line] = [[*_line(a)[:2], "Xaver", "Quist", *_line(a)[4:]] for a in SMALL[:2]]
    plan = _plan([*map(_line, LARGE), *strangers, *map(_line, SMALL[2:])], ALL)
    said = _said(plan, "mass-different-person")
    assert said.startswith("In 2 of 30 (7 %) rows of South the account belongs to somebody")
    few: list[Line] = [[*_line(a)[:2], "Xaver", "Quist", *_line(a)[4:]] for a in LARGE[:2]]
    plan = _plan([*few, *map(_line, LARGE[2:]), *map(_line, SMALL)], ALL)
    assert _asked(plan) == {"different-person"}


def test_renames_to_names_of_others_tell_the_schools() -> None:
    turned = [*SMALL[1:4], SMALL[0]]
    renamed: list[Line] = [
        [a.student_id, other.username, *_line(a)[2:]]
        for a, other in zip(SMALL[:4], turned, strict=True)
    ]
    plan = _plan([*map(_line, LARGE), *renamed, *map(_line, SMALL[4:])], ALL)
    assert _said(plan, "mass-rename").startswith(
        "4 of 430 (under 1 %) rows, among them 4 of 30 (13 %) rows of South, give a student"
    )


def test_schools_with_few_rows_are_no_sheet_of_their_own() -> None:
    small = SMALL[:19]
    plan = _plan([*map(_line, LARGE), *([*_line(a)[:5], "4"] for a in small)], [*LARGE, *small])
    assert plan.gate is Gate.GO


def test_three_schools_are_named_and_the_others_counted() -> None:
    known = [a for n, s in enumerate(SCHOOLS) for a in _students(s, 20, 1000 * (n + 1))]
    rest = _students("North", 500, 9000)
    lines = [*map(_line, rest), *([*_line(a)[:5], "4"] for a in known)]
    said = _said(_plan(lines, [*rest, *known]), "mass-update")
    assert said.count(" of ") == 2 * 3
    assert "East" in said
    assert "and 2 more schools change." in said


def _new_year(movers: int, *who_stay: Account) -> Plan:
    """Grades 1 and 2 of South become 2 and 3, grade 3 has left, 30 beginners, some movers."""
    stay = _students("South", 60, 1000, "1") + _students("South", 60, 2000, "2")
    left = _students("South", 60, 3000, "3")
    lines = [[*_line(a)[:5], str(int(a.grade or 0) + 1)] for a in stay]
    lines += [_line(a) for a in _students("South", 30, 5000, "1")]
    lines += [[*_line(a)[:2], f"Xe{i}", f"Quy{i}", "South", "3"]
              for i, a in enumerate(_students("South", movers, 6000))]  # fmt: skip
    return _plan([*lines, *map(_line, who_stay)], [*stay, *left, *who_stay])


def test_new_school_year_with_beginners_and_movers_asks_once() -> None:
    """28 of 178 are new in upper grades: more than one in twenty, less than one in five."""
    plan = _new_year(28)
    assert _asked(plan) == {"mass-update"}
    assert "58 are new" in _said(plan, "mass-update")


def test_new_school_year_with_too_many_movers_asks_about_them() -> None:
    plan = _new_year(40)
    assert _asked(plan) == {"mass-update", "mass-create"}
    assert _said(plan, "mass-create").startswith("70 of 190 (37 %) rows would create an account.")


def test_who_stays_in_a_lower_grade_tells_that_the_new_ones_are_no_beginners() -> None:
    """The lowest grade of the school on the sheet is K then; without a grade nothing is told."""
    (below,), (unknown,) = _students("South", 1, 7000, "K"), _students("South", 1, 7001)
    unknown = replace(unknown, grade=None)
    assert _asked(_new_year(28, unknown)) == {"mass-update"}
    assert _asked(_new_year(28, unknown, below)) == {"mass-update", "mass-create"}
