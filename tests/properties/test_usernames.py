"""What holds for new usernames of any students in any district."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rosterkey.core.keys import username_key
from rosterkey.core.model import Account, District, Outcome, Role, Status
from rosterkey.core.plan import make_plan
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.usernames.choose import Answer, Wishes, choose_usernames
from rosterkey.core.usernames.compose import Collision, Style
from rosterkey.core.usernames.pattern import read_pattern
from rosterkey.core.usernames.refused import RefusedWords, reads_as_value

DISTRICT = District("D1", "Lincoln", ("Lincoln Elementary",), ("K", "1", "12"))
PATTERNS = ("{first:1}{last}", "{last:3}{first:3}", "{first}.{last}{grad:2}", "{last:1}{id:-2}",
            "{grad:2}e{id:1}{first:1}", "{first:1}{last}@s.example.org")  # fmt: skip
WORDS = RefusedWords(("ass", "shit", "ana"))
_names = st.one_of(
    st.sampled_from(("Ana", "Abe", "As", "Smith", "S", "O'Brien", "李", "Ł", "Jr.", "May", "Hit")),
    st.text(max_size=12),
)
_usernames = st.sampled_from(
    ("asmith", "asmith2", "ASmith3", "may1", "smiana", "abe.smith27", "s01", "zz")
)


@st.composite
def districts(draw: st.DrawFn) -> Snapshot:
    """A few students who clash, beside accounts that are nobody's business."""
    accounts = []
    for number in range(draw(st.integers(0, 9))):
        username = draw(_usernames) if draw(st.booleans()) else f"u{number}"
        accounts.append(
            Account(
                f"a{number}",
                username,
                f"{number:03}" if draw(st.integers(0, 5)) else None,
                draw(_names),
                draw(_names),
                "Lincoln Elementary",
                draw(st.sampled_from(("K", "1", "12", None))),
                role=draw(st.sampled_from((Role.STUDENT, Role.STUDENT, Role.STAFF))),
                status=draw(st.sampled_from((Status.ACTIVE, Status.ACTIVE, Status.ARCHIVED))),
                past_usernames=tuple(draw(st.lists(_usernames, max_size=2))),
            )
        )
    by_key = {username_key(a.username): a for a in accounts}
    return Snapshot(DISTRICT, by_key.values())


wishes = st.builds(
    Wishes,
    st.lists(st.sampled_from(PATTERNS).map(read_pattern), min_size=1, max_size=2),
    st.builds(
        Style,
        st.sampled_from(tuple(Collision)),
        st.sampled_from((8, 20, 64)),
        st.just(2027),
    ),
    st.sampled_from((WORDS, RefusedWords(()))),
)


@given(districts(), wishes)
def test_nobody_gets_a_name_that_another_has_had_or_gets(snapshot: Snapshot, wish: Wishes) -> None:
    given_to: dict[str, str] = {}
    for choice in choose_usernames(snapshot.active_students, snapshot, wish):
        if choice.answer is not Answer.NEW:
            continue
        key = username_key(choice.username)
        for account in snapshot.accounts.values():
            if account.account_id != choice.account.account_id:
                assert key not in map(username_key, (account.username, *account.past_usernames))
        assert given_to.setdefault(key, choice.account.account_id) == choice.account.account_id
        assert len(choice.username) <= wish.style.longest
        assert not reads_as_value(choice.username)


@given(districts(), wishes, st.integers(0, 9))
def test_the_order_makes_no_difference(snapshot: Snapshot, wish: Wishes, seed: int) -> None:
    expected = choose_usernames(snapshot.active_students, snapshot, wish)
    mixed = list(snapshot.accounts.values())
    random.Random(seed).shuffle(mixed)  # noqa: S311
    other = Snapshot(snapshot.district, mixed)
    assert choose_usernames(other.active_students, other, wish) == expected


@given(districts(), wishes)
def test_the_planner_takes_them_and_everybody_keeps_them(snapshot: Snapshot, wish: Wishes) -> None:
    """The sheet has no error, and once it is imported the next run changes nothing."""
    chosen = choose_usernames(snapshot.active_students, snapshot, wish)
    new = [choice for choice in chosen if choice.answer is Answer.NEW]
    rows = [("Student ID", "Username"), *((c.account.student_id, c.username) for c in new)]
    plan = make_plan(Sheet("Import", tuple(enumerate(rows, start=1))), snapshot)
    for row in plan.rows:
        assert row.outcome is Outcome.RENAME, row.findings
    after = {change.account_id: change.after for change in plan.changes}
    later = Snapshot(
        snapshot.district,
        [_renamed(a, after.get(a.account_id)) for a in snapshot.accounts.values()],
    )
    again = choose_usernames(later.active_students, later, wish)
    assert not [choice for choice in again if choice.answer is Answer.NEW]


def _renamed(before: Account, after: Account | None) -> Account:
    if after is None:
        return before
    return replace(after, past_usernames=(*before.past_usernames, before.username))
