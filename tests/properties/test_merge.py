"""Merging what anybody decides: nothing is lost, and the undo gives the accounts of before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rosterkey.core.duplicates.merge import plan_merges
from rosterkey.core.duplicates.review import DECISIONS, Answer
from rosterkey.core.keys import username_key
from rosterkey.core.model import Account, Gate, Plan, Role
from rosterkey.core.options import Options
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.undo import plan_undo
from tests.core.duplicates.reviews import answer, without_versions, written
from tests.properties.rosters import snapshots


@st.composite
def _reviews(draw: st.DrawFn) -> tuple[Snapshot, list[Answer]]:
    """Some students of a district, and decisions about any pairs of them."""
    snapshot = draw(snapshots(largest=6, damage=False))
    students = [a for a in snapshot.accounts.values() if a.role is Role.STUDENT]
    if len(students) < 2:
        return snapshot, []
    pairs = draw(
        st.lists(
            st.tuples(
                st.lists(st.sampled_from(students), min_size=2, max_size=2, unique=True),
                st.sampled_from(DECISIONS),
            ),
            max_size=4,
        )
    )
    return snapshot, [answer(n, *two, word) for n, (two, word) in enumerate(pairs, start=2)]


def _usernames(account: Account) -> set[str]:
    return {username_key(name) for name in (account.username, *account.past_usernames)}


def _planned(snapshot: Snapshot, answers: list[Answer]) -> Plan:
    return plan_merges(answers, snapshot, Options())


@given(_reviews())
def test_an_undo_gives_the_accounts_of_before_and_its_undo_those_of_after(
    review: tuple[Snapshot, list[Answer]],
) -> None:
    snapshot, answers = review
    plan = _planned(snapshot, answers)
    if plan.gate is Gate.BLOCK:
        return
    now, images = written(snapshot.accounts.values(), plan)
    undo = plan_undo(images, Snapshot(snapshot.district, now.values()))
    back, undone = written(now.values(), undo)
    assert without_versions(back.values()) == without_versions(snapshot.accounts.values())
    redo = plan_undo(undone, Snapshot(snapshot.district, back.values()))
    again, _ = written(back.values(), redo)
    assert without_versions(again.values()) == without_versions(now.values())


@given(_reviews())
def test_nothing_of_any_account_is_lost(review: tuple[Snapshot, list[Answer]]) -> None:
    snapshot, answers = review
    plan = _planned(snapshot, answers)
    if plan.gate is Gate.BLOCK:
        return
    now, _ = written(snapshot.accounts.values(), plan)
    after = Snapshot(snapshot.district, now.values())
    for account in snapshot.accounts.values():
        kept = now.get(account.account_id) or after.merged_into[account.account_id]
        assert _usernames(kept) >= _usernames(account)
        assert set(kept.classes) >= set(account.classes)
        assert account.student_id in (None, kept.student_id)
        if account.role is not Role.STUDENT:
            assert kept == account
    ids = [a.student_id for a in now.values() if a.student_id]
    assert len(ids) == len({i.casefold() for i in ids})


@given(_reviews(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    review: tuple[Snapshot, list[Answer]], chance: object
) -> None:
    snapshot, answers = review
    turned = list(answers)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    one, other = _planned(snapshot, answers), _planned(snapshot, turned)
    assert one.gate is other.gate
    if one.gate is Gate.BLOCK:
        return
    states = [
        without_versions(written(snapshot.accounts.values(), p)[0].values()) for p in (one, other)
    ]
    assert states[0] == states[1]
