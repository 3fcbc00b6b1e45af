"""Accounts as they were: the history has every version but the present one."""

from __future__ import annotations

from dataclasses import replace

from rosterkey.core.model import AccountChange
from rosterkey.store.contract import Store
from tests.store.builders import edited, header


def test_every_version_but_the_present_one_is_known(filled: Store) -> None:
    first = filled.snapshot("D1").accounts["a1"]
    for number, grade in enumerate(("2", "K"), start=1):
        with filled.write("D1") as writer:
            change = edited(writer.snapshot(), "a1", grade=grade)
            writer.apply(header(f"digest-{number}"), [change])
    wanted = [("a1", first.version), ("a1", 2), ("a1", 3), ("a2", 1), ("nobody", 1)]
    found = filled.earlier_states("D1", wanted)
    assert found.keys() == {("a1", 1), ("a1", 2)}
    assert found["a1", 1] == replace(first, password_hash=None)
    assert found["a1", 2].grade == "2"
    assert filled.earlier_states("D2", wanted) == {}
    assert filled.earlier_states("D1", []) == {}


def test_of_an_account_that_came_back_the_newest_state_counts(filled: Store) -> None:
    account = filled.snapshot("D1").accounts["a4"]
    steps = [
        AccountChange(account, None),
        AccountChange(None, replace(account, grade="2")),
    ]
    for number, change in enumerate(steps):
        with filled.write("D1") as writer:
            writer.apply(header(f"digest-{number}"), [change])
    with filled.write("D1") as writer:
        writer.apply(header("digest-9"), [edited(writer.snapshot(), "a4", grade="K")])
    assert filled.earlier_states("D1", [("a4", 1)])["a4", 1].grade == "2"


def test_many_accounts_are_asked_for_at_once(filled: Store) -> None:
    with filled.write("D1") as writer:
        writer.apply(header(), [edited(writer.snapshot(), "a2", grade="2")])
    wanted = [(f"x{n}", 1) for n in range(1_200)] + [("a2", 1)]
    assert filled.earlier_states("D1", wanted).keys() == {("a2", 1)}
