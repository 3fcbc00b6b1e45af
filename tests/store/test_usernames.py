"""Usernames: any end state can be reached in one import, and old ones are remembered."""

from __future__ import annotations

import itertools

import pytest

from rosterkey.store.contract import Store
from tests.store.builders import apply, created, edited, removed, usernames


@pytest.mark.parametrize("order", list(itertools.permutations(["a1", "a2", "a3"])))
@pytest.mark.parametrize(
    "end",
    [
        {"a1": "bob", "a2": "ann", "a3": "cal"},
        {"a1": "bob", "a2": "cal", "a3": "ann"},
        {"a1": "bob", "a2": "cal", "a3": "new"},
        {"a1": "BOB", "a2": "Ann", "a3": "CAL"},
    ],
    ids=["swap", "cycle", "chain", "other-case"],
)
def test_swaps_cycles_and_chains_in_any_order(
    filled: Store, end: dict[str, str], order: tuple[str, ...]
) -> None:
    now = filled.snapshot("D1")
    apply(filled, *(edited(now, i, username=end[i]) for i in order))
    assert usernames(filled).items() >= end.items()


def test_a_freed_username_goes_to_a_new_account_in_the_same_import(filled: Store) -> None:
    now = filled.snapshot("D1")
    apply(
        filled,
        created("n1", "ann"),
        created("n2", "dee"),
        edited(now, "a1", username="amy", student_id="777"),
        removed(now, "a4"),
    )
    assert usernames(filled).items() >= {"n1": "ann", "n2": "dee", "a1": "amy"}.items()


def test_past_usernames_are_appended_oldest_first(filled: Store) -> None:
    for step, username in enumerate(["amy", "ada", "abi"]):
        change = edited(filled.snapshot("D1"), "a1", username=username)
        apply(filled, change, digest=f"digest-{step}")
    now = filled.snapshot("D1")
    assert now.accounts["a1"].past_usernames == ("ann", "amy", "ada")
    assert now.with_past_username("amy") == [now.accounts["a1"]]


def test_a_username_that_comes_back_leaves_the_list(filled: Store) -> None:
    apply(filled, edited(filled.snapshot("D1"), "a5", username="EVA"))
    assert filled.snapshot("D1").accounts["a5"].past_usernames == ("evi", "Eve")


def test_letter_case_alone_adds_no_past_username(filled: Store) -> None:
    apply(filled, edited(filled.snapshot("D1"), "a1", username="ANN"))
    account = filled.snapshot("D1").accounts["a1"]
    assert (account.username, account.past_usernames) == ("ANN", ())


def test_the_callers_list_of_past_usernames_is_not_taken(filled: Store) -> None:
    change = edited(filled.snapshot("D1"), "a5", grade="2", past_usernames=("wrong",))
    apply(filled, change)
    assert filled.snapshot("D1").accounts["a5"].past_usernames == ("eva", "evi")


def test_keys_are_those_of_unicode_and_not_of_the_engine(filled: Store) -> None:
    """An accent makes another username; composition and letter case beyond ASCII do not."""
    apply(filled, created("n1", "Zoë"), created("n2", "zoe"))
    now = filled.snapshot("D1")
    apply(filled, edited(now, "n1", username="ZOE\u0308"), digest="digest-2")
    account = filled.snapshot("D1").accounts["n1"]
    assert account.past_usernames == ()
