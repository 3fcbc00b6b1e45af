"""A row that takes the Student ID or the username of the account that it looks like."""

from __future__ import annotations

import pytest

from rosterkey.core.model import Gate, Severity
from rosterkey.core.options import Options
from tests.core.checks.look_alikes import (
    HEADER,
    MARIA,
    MARIA_AND_MARIE,
    MARIA_NO_ID,
    TWO_MARIAS,
    asked,
    changes,
    findings,
    maria,
    planned,
)


@pytest.mark.parametrize(
    "word", ["take its ID", "take  its id", "Take ID", "take Student ID of MGarcia"]
)
def test_taking_the_id_renames_the_account(word: str) -> None:
    plan = maria(word)
    assert changes(plan) == [("a1", "maria.garcia", "00124")]
    assert (plan.gate, plan.rows[0].outcome) == (Gate.GO, "rename")
    (notice,) = findings(plan, "probable-duplicate")
    assert notice.severity is Severity.NOTICE
    assert "take ID of mgarcia" in notice.message
    assert "00124" in notice.message
    assert list(map(str, plan.decisions)) == ["probable-duplicate: row 2 take ID of mgarcia"]
    assert plan.decisions[0].pairs == (), "the row itself tells from now on who is meant"


@pytest.mark.parametrize("accounts", [MARIA, MARIA_NO_ID])
def test_taking_the_username_means_the_account_as_it_is(accounts: str) -> None:
    plan = maria("take its username", accounts)
    assert (plan.changes, plan.rows[0].outcome, plan.rows[0].account) == ((), "unchanged", "a1")
    assert "take username of mgarcia" in findings(plan, "probable-duplicate")[0].message


def test_taking_the_username_brings_the_id_of_the_row() -> None:
    plan = planned(
        f"{HEADER}\n00700 | maria.garcia | Maria | Garcia | take its username", MARIA_NO_ID
    )
    assert changes(plan) == [("a1", "mgarcia", "00700")]
    assert plan.rows[0].outcome == "assign_id"


def test_a_damaged_spelling_in_the_cell_does_not_come_through() -> None:
    sheet = f"{HEADER}\n | {{nbsp}}maria.garcia | Maria | Garcia | take its username"
    plan = planned(sheet)
    assert findings(plan, "cleaned") == []
    assert plan.rows[0].outcome == "unchanged"


def test_a_named_account_is_taken_before_the_best_one() -> None:
    for name, number in (("mgarcia", "a1"), ("MGARCIA2", "a2")):
        plan = maria(f"take username of {name}", TWO_MARIAS)
        assert plan.rows[0].account == number


def test_an_account_that_is_not_in_question_cannot_be_taken() -> None:
    plan = maria("take ID of zfox", f"{MARIA}\n00900 | zfox | Zane | Fox")
    assert asked(plan) == {"probable-duplicate": (2,)}
    (said,) = findings(plan, "unknown-decision")
    assert "names none of the accounts" in said.message
    assert "really new, take its ID, take its username" in said.message


def test_an_id_that_the_account_does_not_have_cannot_be_taken() -> None:
    plan = maria("take its ID", MARIA_NO_ID)
    assert plan.rows[0].outcome == "create"
    (said,) = findings(plan, "unknown-decision")
    assert "not possible" in said.message
    assert "no Student ID" in said.message
    assert said.message.endswith("count: really new, take its username.")


def test_the_id_of_the_second_best_account_is_offered_by_name() -> None:
    plan = maria("?", MARIA_AND_MARIE)
    named = findings(plan, "probable-duplicate")[0].accounts
    assert named == ("a1", "a2"), "the example needs two accounts in this order"
    assert "take ID of maria.garci," in findings(plan, "unknown-decision")[0].message


@pytest.mark.parametrize("other", ["take its ID", "take its username", "take ID of mgarcia"])
@pytest.mark.parametrize("username", ["m.garcia", "maria.garcia.2"])
def test_two_rows_cannot_take_one_account(username: str, other: str) -> None:
    """Also where the taken keys would make the rows equal, or a username that is free by then."""
    sheet = (
        f"{HEADER}\n | maria.g | Maria | Garcia | take its ID\n"
        f" | {username} | Maria | Garcia | {other}"
    )
    plan = planned(sheet)
    assert plan.gate is Gate.BLOCK
    assert [row.outcome for row in plan.rows] == ["error", "error"]
    first, second = findings(plan, "two-rows-one-account")
    assert "row 3" in first.message
    assert "row 2" in second.message
    assert (plan.decisions, plan.confirm) == ((), ())
    left = planned(sheet, options=Options(leave_out_errors=True))
    assert (left.gate, left.changes) == (Gate.GO, ())


def test_a_row_that_takes_an_account_leaves_nothing_for_the_others_to_decide() -> None:
    """The second row looked like the account that the first one means by now."""
    sheet = (
        f"{HEADER}\n | maria.garcia | Maria | Garcia | take its ID\n"
        " | mari.garcia | Mari | Garcia | really new"
    )
    plan = planned(sheet)
    assert [row.outcome for row in plan.rows] == ["rename", "create"]
    assert [d.row for d in plan.decisions] == [2]
    assert findings(plan, "unknown-decision") == []


def test_a_row_may_learn_from_another_whom_it_means() -> None:
    """The best account for row 3 has no Student ID, and row 2 means it: the second best is left."""
    sheet = (
        f"{HEADER}\n | m.garcia | Maria | Garcia | take its username\n"
        " | maria.garcia | Maria | Garcia | take its ID"
    )
    plan = planned(sheet, MARIA_AND_MARIE)
    assert [row.account for row in plan.rows] == ["a1", "a2"]
    assert changes(plan) == [("a2", "maria.garcia", "00125")]
