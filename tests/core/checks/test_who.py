"""A right key with another child's name: said where it is plain, and only there."""

from __future__ import annotations

import pytest

from rosterkey.core.model import Account, Finding, Plan
from rosterkey.core.plan import make_plan
from rosterkey.core.rules.example import EXAMPLE_DISTRICT
from rosterkey.core.sheet import Cell, Sheet
from rosterkey.core.snapshot import Snapshot

Name = tuple[str, str]
HEADINGS: list[Cell] = ["Username", "First Name", "Last Name", "Grade"]


def _plan(stored: list[Name], said: list[Name], grades: tuple[str, str] = ("6", "6")) -> Plan:
    before, after = grades
    accounts = [
        Account(f"a{i}", f"s{i}", None, *name, "Lincoln Elementary", before)
        for i, name in enumerate(stored)
    ]
    lines: list[list[Cell]] = [HEADINGS]
    lines += [[f"s{i}", first, last, after] for i, (first, last) in enumerate(said)]
    rows = tuple((n, tuple(line)) for n, line in enumerate(lines, start=1))
    return make_plan(Sheet("Import", rows), Snapshot(EXAMPLE_DISTRICT, accounts))


def _alarms(plan: Plan) -> dict[int, Finding]:
    found = (f for row in plan.rows for f in row.findings if f.code == "different-person")
    return {f.row or 0: f for f in found}


JAMES, JAMIE = ("James", "Winters"), ("Jamie", "Compton")


def test_exchanged_children_are_seen_though_one_name_is_a_short_form_of_the_other() -> None:
    alarms = _alarms(_plan([JAMES, JAMIE], [JAMIE, JAMES]))
    assert set(alarms) == {2, 3}
    assert "but the row says Jamie Compton, and row 3 has it the other way" in alarms[2].message
    assert "but the row says James Winters, and row 2 has it the other way" in alarms[3].message


@pytest.mark.parametrize(
    "other",
    [pytest.param(("Bo", "Winters"), id="siblings"), pytest.param(("James", "Hall"), id="first")],
)
def test_exchanged_children_are_seen_though_they_share_a_name(other: Name) -> None:
    assert set(_alarms(_plan([JAMES, other], [other, JAMES]))) == {2, 3}


def test_accents_make_nobody_of_two_exchange_names() -> None:
    assert not _alarms(
        _plan([("Jose", "Diaz"), ("José", "Díaz")], [("José", "Díaz"), ("Jose", "Diaz")])
    )


def test_new_family_name_of_another_student_is_no_exchange() -> None:
    """James becomes James Hall; James Hall stays who he is, or becomes James Moore."""
    hall, moore = ("James", "Hall"), ("James", "Moore")
    assert not _alarms(_plan([JAMES, hall], [hall, hall]))
    assert not _alarms(_plan([JAMES, hall], [hall, moore]))


@pytest.mark.parametrize(("grade", "alarm"), [("5", True), ("6", False), ("7", False), ("8", True)])
def test_nickname_with_a_new_family_name_has_to_be_of_the_same_grade_or_the_next(
    grade: str, alarm: bool
) -> None:
    plan = _plan([JAMIE], [JAMES], ("6", grade))
    assert bool(_alarms(plan)) is alarm
