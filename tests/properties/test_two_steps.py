"""One import of IDs and new usernames ends as the two imports that it stands for."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from rosterkey.core.model import Account, District, Gate, Plan
from rosterkey.core.plan import make_plan
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot

DISTRICT = District("D1", "Lincoln", ("Oak",), ("3",))
NAMES = ("asmith", "bjones", "clee", "d.e")
WANTED = (None, *NAMES, "zfox", "ASmith", "q1", "q2", "a b")


def plan(rows: list[tuple[str | None, ...]], header: tuple[str, ...], on: Snapshot) -> Plan:
    return make_plan(Sheet("Import", tuple(enumerate((header, *rows), start=1))), on)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Snapshot, list[tuple[str | None, ...]]]:
    """A few students, some with an ID, and rows that give IDs and usernames to some of them."""
    accounts = [
        Account(f"a{n}", name, f"0{n}" if draw(st.booleans()) else None, f"F{n}", f"L{n}", "Oak")
        for n, name in enumerate(NAMES[: draw(st.integers(1, 4))])
    ]
    wanted = draw(st.permutations(WANTED))
    rows = [
        (draw(st.sampled_from((f"0{n}", None))), account.username, wanted[n])
        for n, account in enumerate(accounts)
        if draw(st.integers(0, 3))
    ]
    return Snapshot(DISTRICT, accounts), draw(st.permutations(rows))


@given(scenes())
def test_it_ends_as_two_imports(scene: tuple[Snapshot, list[tuple[str | None, ...]]]) -> None:
    snapshot, rows = scene
    made = plan(rows, ("Student ID", "Username", "New Username"), snapshot)
    assert not [c for c in made.changes if c.before is None], "nobody can be created here"
    assume(made.gate is not Gate.BLOCK)
    first = plan([row[:2] for row in rows], ("Student ID", "Username"), snapshot)
    assert first.gate is not Gate.BLOCK
    between = _after(first, snapshot)
    # What an administrator would write for the second import: the ID that is stored by then.
    stored = {a.username.casefold(): a.student_id for a in between.accounts.values()}
    later = [(row[0] or stored.get(str(row[1])), row[2] or row[1]) for row in rows]
    second = plan(later, ("Student ID", "Username"), between)
    assert second.gate is not Gate.BLOCK
    assert _after(made, snapshot).accounts == _after(second, between).accounts
    assert {c.reason for c in made.confirm} == {c.reason for c in (*first.confirm, *second.confirm)}


def _after(of: Plan, on: Snapshot) -> Snapshot:
    accounts = dict(on.accounts) | {c.account_id: c.after for c in of.changes if c.after}
    return Snapshot(on.district, accounts.values())
