"""What holds for decisions on the rows of any sheet."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping

from hypothesis import event, given
from hypothesis import strategies as st

from rosterkey.core.model import Account, DecidedPair, Plan
from rosterkey.core.plan import make_plan
from rosterkey.core.sheet import Cell, Sheet
from rosterkey.core.snapshot import Snapshot
from tests.properties.rosters import DISTRICT, OPTIONS

HEADER = ("Student ID", "Username", "First Name", "Last Name", "Grade", "Decision")
DECISIONS = (
    "really new", "take its ID", "take its username", "take ID of m0", "take username of m1",
    "confirmed", "same person", "confirmed; take its ID", "really new; take its ID", "maybe", None,
)  # fmt: skip
FIRST = ("Maria", "Maria", "Maria", "Marie", "Zane")
LAST = ("Garcia", "Garcia", "Garcia", "Garcya", "Fox")
Scene = tuple[list[tuple[Cell, ...]], Snapshot]


@st.composite
def lookalikes(draw: st.DrawFn) -> Scene:
    """Rows without their keys, of students who look like those that are stored."""
    names = st.tuples(st.sampled_from(FIRST), st.sampled_from(LAST))
    accounts = [
        Account(f"a{n}", f"m{n}", draw(st.sampled_from((None, f"0{n}"))), *draw(names), None, "3")
        for n in range(draw(st.integers(1, 4)))
    ]
    rows = [
        (
            draw(st.sampled_from((None, None, None, None, f"0{n}", "9"))),
            draw(st.sampled_from((*[f"new{n}"] * 5, f"m{n}", "m0"))),
            *draw(names),
            draw(st.sampled_from(("3", "3", "3", "4"))),
            draw(st.sampled_from(DECISIONS)),
        )
        for n in range(draw(st.integers(1, 4)))
    ]
    return rows, Snapshot(DISTRICT, accounts)


def sheet_of(rows: list[tuple[Cell, ...]]) -> Sheet:
    return Sheet("Import", tuple(enumerate((HEADER, *rows), start=1)))


def told(plan: Plan, rows: list[tuple[Cell, ...]]) -> Counter[object]:
    """What becomes of each line, whatever its row number."""
    decided = Counter((rows[d.row - 2], d.code, d.word) for d in plan.decisions)
    findings = Counter(
        (rows[row.row - 2], row.outcome, row.account, f.code, f.severity)
        for row in plan.rows
        for f in row.findings
    )
    return decided + findings  # type: ignore[operator]


@given(lookalikes(), st.integers(0, 5))
def test_order_of_the_rows_does_not_matter(scene: Scene, seed: int) -> None:
    rows, snapshot = scene
    rows = list(dict.fromkeys(rows))
    other = rows.copy()
    random.Random(seed).shuffle(other)  # noqa: S311
    one, two = (make_plan(sheet_of(r), snapshot, OPTIONS) for r in (rows, other))
    for word in {decision.word.split()[0] for decision in one.decisions} or {"nothing"}:
        event(f"decided: {word}")
    assert (one.gate, one.counts) == (two.gate, two.counts)
    assert {c.reason for c in one.confirm} == {c.reason for c in two.confirm}
    if len({row[:-1] for row in rows}) == len(rows):
        assert told(one, rows) == told(two, other)


@given(lookalikes())
def test_what_is_decided_is_not_asked_and_the_rest_still_is(scene: Scene) -> None:
    rows, snapshot = scene
    plan = make_plan(sheet_of(rows), snapshot, OPTIONS)
    asked = {(c.reason, row) for c in plan.confirm for row in c.rows}
    decided = {(d.code, d.row) for d in plan.decisions}
    assert not asked & decided
    takes = [d.accounts for d in plan.decisions if "take" in d.word]
    assert len(takes) == len(set(takes)), "no account is taken twice"
    for row in plan.rows:
        for finding in row.findings:
            if finding.code == "probable-duplicate" and finding.severity == "warning":
                assert (finding.code, row.row) in asked


@given(lookalikes())
def test_what_was_decided_once_is_not_asked_on_a_silent_sheet(scene: Scene) -> None:
    rows, snapshot = scene
    plan = make_plan(sheet_of(rows), snapshot, OPTIONS)
    if any("take" in str(row[-1]) for row in rows):
        return  # those accounts are nobody else's any more, so less was asked
    lasting = {pair: d.word for d in plan.decisions for pair in d.pairs}
    again = make_plan(sheet_of([(*row[:-1], None) for row in rows]), _knows(snapshot, lasting))
    asked = {(c.reason, row) for c in again.confirm for row in c.rows}
    assert not asked & {(d.code, d.row) for d in plan.decisions if d.lasting}


def _knows(snapshot: Snapshot, decided: Mapping[DecidedPair, str]) -> Snapshot:
    return Snapshot(snapshot.district, snapshot.accounts.values(), decided)
