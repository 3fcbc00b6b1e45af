"""A plan from what was asked for by key is the plan from all accounts, to the last letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.faults.kinds import Kind
from bench.faults.measure import KINDS
from bench.faults.town import Town
from bench.faults.town import sheet_of as sheet_of_lines
from rosterkey.core import snapshot as asking
from rosterkey.core.history import ImportImages
from rosterkey.core.model import Account, AccountChange, Plan
from rosterkey.core.options import Options
from rosterkey.core.people.vocabulary import Vocabulary, filed_under, looked_for
from rosterkey.core.plan import make_plan
from rosterkey.core.rules import RULES
from rosterkey.core.rules.example import (
    EXAMPLE_DISTRICT,
    example_accounts,
    example_sheet,
)
from rosterkey.core.rules.rule import Rule
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.undo import plan_undo
from tests.by_key import by_key
from tests.properties.rosters import DISTRICT, HEADER, OPTIONS, scenes, sheet_of, snapshots

NAMES = st.text("abcdeéñ -'", max_size=9) | st.sampled_from(
    ["Bob", "Robert", "Bo", "B", "Lupita", "Guadalupe", "de la Cruz", "Cruz", "Mc Neil", "McNeil",
     "García López", "Garcia", "Gracia", "Lopez Ruiz", "Алексей", "Aleksey", "O'Brien", "Jr.", ""]
)  # fmt: skip


@pytest.fixture(autouse=True)
def _never_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Districts of these tests are so small that all would be read at once."""
    monkeypatch.setattr(asking, "WHOLE_FROM", 0)


def _same(sheet: Sheet, whole: Snapshot, options: Options = OPTIONS) -> Plan:
    asked, _ = by_key(whole)
    plan = make_plan(sheet, asked, options)
    assert plan == make_plan(sheet, whole, options)
    return plan


@given(scenes())
def test_any_sheet(scene: tuple[Sheet, Snapshot]) -> None:
    _same(*scene)


@given(
    snapshots(largest=8),
    st.lists(st.tuples(NAMES, NAMES, NAMES, st.sampled_from(["K", "1", "2"])), max_size=6),
    st.lists(st.tuples(NAMES, NAMES), min_size=8, max_size=8),
    st.booleans(),
)
def test_new_students_beside_those_they_resemble(
    known: Snapshot,
    new: list[tuple[str, str, str, str]],
    names: list[tuple[str, str]],
    with_ids: bool,
) -> None:
    named = [
        replace(account, first_name=first, last_name=last)
        for account, (first, last) in zip(known.accounts.values(), names, strict=False)
    ]
    rows = [
        (f"77{n}" if with_ids else None, made or f"new{n}", first, last, known.district.schools[0],
         grade, None, None, None)
        for n, (made, first, last, grade) in enumerate(new)
    ]  # fmt: skip
    _same(sheet_of(HEADER, rows), Snapshot(known.district, named))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_sheets_with_known_faults(kind: Kind) -> None:
    town = Town(5, 150, **kind.town)  # type: ignore[arg-type]
    _same(sheet_of_lines(kind.make(town), kind.headings), town.snapshot)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_every_example_of_a_rule(rule: Rule) -> None:
    for example in (rule.bad, rule.good):
        whole = Snapshot(EXAMPLE_DISTRICT, example_accounts(example))
        _same(example_sheet(example), whole)


@given(NAMES, NAMES, st.integers(1, 9), st.booleans())
def test_a_name_is_filed_where_a_like_one_is_looked_for(
    stored: str, other: str, length: int, short_forms: bool
) -> None:
    # Now and then only the beginning of a name stands on the sheet.
    asked = stored[:length] if length < 7 else other
    if Vocabulary([stored], short_forms=short_forms).like(asked):
        assert not filed_under(stored).isdisjoint(looked_for(asked, short_forms=short_forms))


def test_a_like_username_is_found_whatever_else_differs() -> None:
    known = [
        Account("a1", "anasmith", None, "Ana", "Smith", "Roosevelt Middle", "3"),
        Account("a2", "x1", None, "Wilma", "Zorn", "Roosevelt Middle", "3"),
    ]
    other = ("Lincoln Elementary", "3", None, None, None)
    rows = [
        ("7", "ana.smith1", "Ana", "Okafor", *other),
        (None, "x1@lincoln.example.org", "Wilma", "Jones", *other),
    ]
    plan = _same(sheet_of(HEADER, rows), Snapshot(DISTRICT, known))
    named = [f.accounts for f in plan.rows[1].findings if f.code == "probable-duplicate"]
    assert named == [("a2",)]


@given(st.lists(NAMES, max_size=6), NAMES, st.booleans())
def test_whether_a_name_is_found_does_not_depend_on_others(
    stored: list[str], asked: str, short_forms: bool
) -> None:
    alone = [Vocabulary([name], short_forms=short_forms).like(asked) for name in stored]
    assert Vocabulary(stored, short_forms=short_forms).like(asked) == frozenset().union(*alone)


@given(snapshots(), snapshots())
def test_undo_of_any_import(then: Snapshot, now: Snapshot) -> None:
    changes = tuple(
        AccountChange(then.accounts.get(i), now.accounts.get(i))
        for i in sorted(then.accounts.keys() | now.accounts.keys())
        if then.accounts.get(i) != now.accounts.get(i)
    )
    images = ImportImages(1, changes)
    asked, _ = by_key(now)
    assert plan_undo(images, asked) == plan_undo(images, now)
    asked, _ = by_key(then)
    assert plan_undo(images, asked) == plan_undo(images, then)
