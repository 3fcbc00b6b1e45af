"""What is put aside for speed is planned as it would be among the other rows."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from bench.faults.kinds import Kind
from bench.faults.measure import KINDS
from bench.faults.town import Town
from bench.faults.town import sheet_of as sheet_of_lines
from rosterkey.core import plan as planning
from rosterkey.core import snapshot as asking
from rosterkey.core.checks import who
from rosterkey.core.matching.settle import Aside
from rosterkey.core.model import Outcome, Plan
from rosterkey.core.options import Options
from rosterkey.core.people.folding import joined, name_key
from rosterkey.core.reading.rows import Row
from rosterkey.core.rules import RULES
from rosterkey.core.rules.example import EXAMPLE_DISTRICT, example_accounts, example_sheet
from rosterkey.core.rules.rule import Rule
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot
from tests.by_key import by_key
from tests.properties.rosters import OPTIONS, scenes


def _nothing_aside(rows: Iterable[Row], *_: object) -> tuple[list[Aside], list[Row]]:
    return [], list(rows)


def _plainly(sheet: Sheet, snapshot: Snapshot, options: Options) -> Plan:
    """The plan where every row takes the long way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "set_aside", _nothing_aside)
        patch.setattr(who, "may_have_slipped", lambda *_: True)
        return planning.make_plan(sheet, snapshot, options)


def _scanned(sheet: Sheet, whole: Snapshot, options: Options) -> Plan:
    """The plan of a sheet held against the lines of a district, and read by key otherwise."""
    snapshot, _ = by_key(whole)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "WHOLE_FROM", 0)
        patch.setattr(Snapshot, "worth_scanning", lambda *_: True)
        return planning.make_plan(sheet, snapshot, options)


def _every_way(sheet: Sheet, snapshot: Snapshot, options: Options = OPTIONS) -> Plan:
    plan = planning.make_plan(sheet, snapshot, options)
    assert plan == _plainly(sheet, snapshot, options)
    assert plan == _scanned(sheet, snapshot, options)
    return plan


@given(scenes())
def test_any_sheet(scene: tuple[Sheet, Snapshot]) -> None:
    sheet, snapshot = scene
    plan = _every_way(sheet, snapshot)
    event(f"{sum(row.outcome is Outcome.UNCHANGED for row in plan.rows)} unchanged")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_sheets_with_known_faults(kind: Kind) -> None:
    town = Town(7, 150, **kind.town)  # type: ignore[arg-type]
    sheet = sheet_of_lines(kind.make(town), kind.headings)
    _every_way(sheet, town.snapshot, Options())


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_every_example_of_a_rule(rule: Rule) -> None:
    for example in (rule.bad, rule.good):
        snapshot = Snapshot(EXAMPLE_DISTRICT, example_accounts(example))
        _every_way(example_sheet(example), snapshot)


@given(st.text("abcdeéñJr .-'", max_size=9) | st.text(max_size=5))
def test_a_plain_name_is_joined_as_any_other(name: str) -> None:
    assert joined(name) == name_key(name).joined
