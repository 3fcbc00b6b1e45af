"""What a review decides becomes a plan: who stays, what moves, what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rosterkey.core.duplicates.merge import plan_merges
from rosterkey.core.duplicates.review import A_STAYS, B_STAYS, LATER, NOT_SAME, Answer
from rosterkey.core.model import Account, Gate, Outcome, Plan, Role, Status
from rosterkey.core.options import Options
from rosterkey.core.plan import make_plan
from rosterkey.core.sheet import Cell, Sheet
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.undo import plan_undo
from tests.core.duplicates.reviews import (
    BOB,
    BOB2,
    BOB3,
    DISTRICT,
    HASH,
    answer,
    planned,
    without_versions,
    written,
)

BOBS = (BOB, BOB2, BOB3)


def _after(plan: Plan) -> dict[str, Account | None]:
    return {change.account_id: change.after for change in plan.changes}


def _errors(plan: Plan) -> list[tuple[int, str]]:
    assert plan.gate is Gate.BLOCK
    rows = [(row.row, f.code) for row in plan.rows for f in row.findings]
    return rows + [(f.row or 0, f.code) for f in plan.findings if f.severity == "error"]


def test_the_account_that_stays_gets_what_the_other_has() -> None:
    plan = planned([answer(2, BOB, BOB2, A_STAYS)], BOBS)
    assert _after(plan) == {
        "a1": replace(
            BOB,
            classes=("3A", "4A"),
            past_usernames=("bobj", "bob.jones"),
            merged_accounts=("a2",),
            password_hash=HASH,
        ),
        "a2": None,
    }
    assert (plan.gate, [c.reason for c in plan.confirm]) == (Gate.CONFIRM, ["merges-accounts"])
    assert (
        "Bob Jones (username bob.jones, no Student ID) into Robert Jones" in plan.confirm[0].message
    )
    assert plan.counts == {"rows": 1, "merged": 1, "apart": 0}
    assert [(r.row, r.outcome, r.account) for r in plan.rows] == [(2, Outcome.UPDATE, "a1")]


def test_the_other_way_the_student_id_moves_and_own_values_stay() -> None:
    plan = planned([answer(2, BOB, BOB2, B_STAYS)], BOBS)
    stays = _after(plan)["a2"]
    assert stays is not None
    assert (stays.student_id, stays.first_name, stays.grade) == ("00124", "Bob", "4")
    assert (stays.username, stays.past_usernames) == ("bob.jones", ("bobj", "bjones"))


def test_an_archived_account_that_stays_comes_into_use() -> None:
    archived = replace(BOB, status=Status.ARCHIVED)
    stays = _after(planned([answer(2, archived, BOB2, A_STAYS)], (archived, BOB2)))["a1"]
    assert stays is not None
    assert stays.status is Status.ACTIVE
    both = replace(BOB2, status=Status.ARCHIVED)
    stays = _after(planned([answer(2, archived, both, A_STAYS)], (archived, both)))["a1"]
    assert stays is not None
    assert stays.status is Status.ARCHIVED


def test_chains_end_at_the_account_that_never_goes() -> None:
    plan = planned([answer(2, BOB, BOB2, B_STAYS), answer(3, BOB2, BOB3, B_STAYS)], BOBS)
    stays = _after(plan)["a3"]
    assert stays is not None
    assert stays.merged_accounts == ("a1", "a2")
    assert _after(plan) == {"a1": None, "a2": None, "a3": stays}
    assert {row.account for row in plan.rows} == {"a3"}


def test_two_that_stay_are_one_student_and_the_rule_chooses() -> None:
    plan = planned([answer(2, BOB, BOB2, A_STAYS), answer(3, BOB3, BOB2, A_STAYS)], BOBS)
    assert [i for i, after in _after(plan).items() if after] == ["a1"]


def test_traces_of_earlier_merges_move_on() -> None:
    earlier = replace(BOB2, merged_accounts=("a8",))
    stays = _after(planned([answer(2, BOB, earlier, A_STAYS)], (BOB, earlier)))["a1"]
    assert stays is not None
    assert stays.merged_accounts == ("a8", "a2")


def test_not_the_same_is_remembered_and_changes_nothing() -> None:
    plan = planned([answer(5, BOB, BOB2, NOT_SAME)], BOBS)
    assert (plan.gate, plan.changes) == (Gate.GO, ())
    assert [d.pairs for d in plan.decisions] == [(("same-person-two-accounts", "a1", "", "a2"),)]
    assert str(plan.decisions[0]) == "same-person-two-accounts: row 5 not the same"
    known = Snapshot(DISTRICT, BOBS, {plan.decisions[0].pairs[0]: NOT_SAME})
    again = plan_merges([answer(5, BOB, BOB2, NOT_SAME)], known, Options())
    assert (again.decisions, [f.code for f in again.findings]) == ((), ["nothing-to-do"])


@pytest.mark.parametrize("word", ["", LATER])
def test_later_and_blank_do_nothing(word: str) -> None:
    plan = planned([answer(2, BOB, BOB2, word)], BOBS)
    assert (plan.changes, plan.decisions) == ((), ())
    assert [f.code for f in plan.findings] == ["nothing-to-do"]
    assert plan.rows[0].outcome is Outcome.SKIPPED


def test_the_same_review_again_does_nothing() -> None:
    answers = [answer(2, BOB, BOB2, B_STAYS), answer(3, BOB2, BOB3, B_STAYS)]
    now, _ = written(BOBS, planned(answers, BOBS))
    again = planned(answers, now.values())
    assert (again.gate, [f.code for f in again.findings]) == (Gate.GO, ["nothing-to-do"])


def test_a_word_that_is_not_known_stops() -> None:
    assert _errors(planned([answer(2, BOB, BOB2, "merge")], BOBS)) == [(2, "unknown-decision")]


def test_what_changed_since_the_review_stops() -> None:
    was = answer(2, BOB, BOB2, A_STAYS)
    changed = replace(BOB2, grade="3")
    assert _errors(planned([was], (BOB, changed))) == [(2, "review-outdated")]
    assert _errors(planned([was], (BOB,))) == [(2, "review-outdated")]
    assert _errors(planned([Answer(2, "a1", "a1", "", A_STAYS)], BOBS)) == [(2, "review-outdated")]
    renumbered = replace(BOB2, version=9)
    assert planned([was], (BOB, renumbered)).gate is Gate.CONFIRM


def test_staff_stops() -> None:
    staff = replace(BOB2, role=Role.STAFF)
    plan = planned([answer(2, BOB, staff, A_STAYS)], (BOB, staff))
    assert _errors(plan) == [(2, "not-a-student-account")]
    assert plan.changes == ()


def test_two_student_ids_stop_also_by_way_of_a_third() -> None:
    other = replace(BOB3, student_id="00377")
    answers = [answer(2, BOB, BOB2, A_STAYS), answer(3, BOB2, other, A_STAYS)]
    assert _errors(planned(answers, (BOB, BOB2, other))) == [(2, "merge-two-ids")]


def test_a_student_id_of_a_third_account_stops() -> None:
    damaged = replace(BOB3, student_id="00124")
    plan = planned([answer(2, BOB, BOB2, A_STAYS)], (BOB, BOB2, damaged))
    assert _errors(plan) == [(2, "id-not-unique-in-database")]


def test_a_ring_stops() -> None:
    answers = [answer(2, BOB, BOB2, A_STAYS), answer(3, BOB2, BOB, A_STAYS)]
    assert _errors(planned(answers, BOBS)) == [(2, "merge-contradicts")]


def test_not_the_same_contradicts_a_merge_by_way_of_a_third() -> None:
    answers = [
        answer(2, BOB, BOB2, A_STAYS),
        answer(3, BOB, BOB3, A_STAYS),
        answer(4, BOB2, BOB3, NOT_SAME),
    ]
    plan = planned(answers, BOBS)
    assert _errors(plan) == [(2, "merge-contradicts"), (4, "merge-contradicts")]
    assert (plan.changes, plan.decisions) == ((), ())


def test_an_administrator_of_one_school_merges_there_only() -> None:
    elsewhere = replace(BOB2, school="Grant")
    plan = planned(
        [answer(2, BOB, elsewhere, A_STAYS)], (BOB, elsewhere), Options(only_school="Lincoln")
    )
    assert _errors(plan) == [(2, "not-permitted")]
    nowhere = replace(BOB2, school=None)
    plan = planned([answer(2, BOB, nowhere, A_STAYS)], (BOB, nowhere), Options(only_school="Grant"))
    assert _errors(plan) == [(2, "not-permitted")] * 2


def test_another_state_of_an_account_is_another_plan() -> None:
    answers = [answer(2, BOB, BOB2, A_STAYS)]
    one, same = planned(answers, BOBS), planned(answers, BOBS)
    other = planned(answers, (BOB, replace(BOB2, version=2), BOB3))
    assert one.digest == same.digest != other.digest
    assert set(one.reads) == {"a1", "a2"}


def test_an_undo_gives_back_what_was_there_and_can_be_undone() -> None:
    plan = planned([answer(2, BOB, BOB2, B_STAYS), answer(3, BOB, BOB3, A_STAYS)], BOBS)
    now, images = written(BOBS, plan)
    undo = plan_undo(images, Snapshot(DISTRICT, now.values()))
    assert undo.findings == ()
    back, undone = written(now.values(), undo)
    assert without_versions(back.values()) == without_versions(BOBS)
    again, _ = written(back.values(), plan_undo(undone, Snapshot(DISTRICT, back.values())))
    assert without_versions(again.values()) == without_versions(now.values())


def test_an_undo_leaves_what_was_changed_since() -> None:
    now, images = written(BOBS, planned([answer(2, BOB, BOB2, A_STAYS)], BOBS))
    later = replace(now["a1"], classes=("5C",), past_usernames=(*now["a1"].past_usernames, "new"))
    undo = plan_undo(images, Snapshot(DISTRICT, [later, BOB3]))
    assert [f.code for f in undo.findings] == ["changed-since"]
    stays = _after(undo)["a1"]
    assert stays is not None
    assert (stays.classes, stays.past_usernames, stays.merged_accounts) == (("5C",), ("new",), ())
    assert _after(undo)["a2"] == BOB2


def test_an_account_whose_username_is_taken_stays_merged() -> None:
    now, images = written(BOBS, planned([answer(2, BOB, BOB2, A_STAYS)], BOBS))
    thief = replace(BOB3, username="Bob.Jones")
    undo = plan_undo(images, Snapshot(DISTRICT, [now["a1"], thief]))
    assert "cannot come back" in undo.findings[0].message
    stays = _after(undo)["a1"]
    assert stays is not None
    assert stays.merged_accounts == ("a2",)
    assert "bob.jones" in stays.past_usernames


def test_a_merge_that_went_on_is_taken_back_from_its_end() -> None:
    """Bob 2 into Bob 3, then Bob 3 into Bob: the first cannot be taken back before the second."""
    first, first_images = written(BOBS, planned([answer(2, BOB3, BOB2, A_STAYS)], BOBS))
    three = first["a3"]
    second, images = written(
        first.values(), planned([answer(2, BOB, three, A_STAYS)], first.values())
    )
    undo = plan_undo(first_images, Snapshot(DISTRICT, second.values()))
    assert any("Take that merge back first" in f.message for f in undo.findings)
    assert undo.changes == ()
    back, _ = written(second.values(), plan_undo(images, Snapshot(DISTRICT, second.values())))
    whole, _ = written(back.values(), plan_undo(first_images, Snapshot(DISTRICT, back.values())))
    assert without_versions(whole.values()) == without_versions(BOBS)


def test_one_student_id_of_two_accounts_comes_back_once() -> None:
    twice = replace(BOB2, student_id="00124")
    now, images = written((BOB, twice), planned([answer(2, BOB, twice, A_STAYS)], (BOB, twice)))
    undo = plan_undo(images, Snapshot(DISTRICT, now.values()))
    assert "comes back without this Student ID" in undo.findings[0].message
    assert _after(undo)["a2"] == replace(twice, student_id=None)


def test_an_undo_of_an_undo_leaves_apart_who_was_changed_since() -> None:
    now, images = written(BOBS, planned([answer(2, BOB, BOB2, A_STAYS)], BOBS))
    back, undone = written(now.values(), plan_undo(images, Snapshot(DISTRICT, now.values())))
    changed = [replace(a, grade="1") if a.account_id == "a2" else a for a in back.values()]
    again = _after(plan_undo(undone, Snapshot(DISTRICT, changed)))
    assert "a2" not in again
    stays = again.get("a1", BOB)
    assert stays is not None
    assert stays.merged_accounts == ()


def test_an_id_that_is_gone_is_given_to_nobody() -> None:
    """The same sheet makes the same ids, so a row of it could meet the one that was merged."""
    head: tuple[Cell, ...] = ("Student ID", "Username", "First Name", "Last Name")
    sheet = Sheet("Import", ((1, head), (2, ("7", "xng", "Xi", "Ng"))))
    (made,) = make_plan(sheet, Snapshot(DISTRICT, [BOB2])).changes
    holder = replace(BOB2, merged_accounts=(made.account_id,))
    (again,) = make_plan(sheet, Snapshot(DISTRICT, [holder])).changes
    assert again.account_id != made.account_id
