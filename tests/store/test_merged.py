"""Accounts that were merged: the trace of the old id stays, in the database and in a dump."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rosterkey.core.history import FieldChange
from rosterkey.core.merged import joined_with
from rosterkey.core.model import AccountChange
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.undo import plan_undo
from rosterkey.store import open_store
from rosterkey.store.contract import LoadError, Store
from tests.store.builders import account_line, apply, district_line, removed


def _merge(store: Store, now: Snapshot, stays: str, *gone: str) -> int:
    before = now.accounts[stays]
    after = joined_with(before, [now.accounts[i] for i in gone])
    changes = [removed(now, account_id) for account_id in gone]
    return apply(store, AccountChange(before, after), *changes, digest=f"{stays} {gone}")


def test_the_trace_and_the_usernames_are_with_the_account_that_stays(filled: Store) -> None:
    now = filled.snapshot("D1")
    number = _merge(filled, now, "a1", "a3", "a5")
    after = filled.snapshot("D1")
    assert set(now.accounts) - set(after.accounts) == {"a3", "a5"}
    stays = after.accounts["a1"]
    assert stays.merged_accounts == ("a3", "a5")
    assert stays.past_usernames == ("calvin", "cal", "eva", "evi", "Eve")
    assert after.merged_into == {"a3": stays, "a5": stays}
    shown = filled.field_changes("D1", number)
    assert FieldChange("a1", "merged_accounts", [], ["a3", "a5"]) in shown


def test_a_second_merge_takes_the_trace_along(filled: Store) -> None:
    _merge(filled, filled.snapshot("D1"), "a3", "a5")
    _merge(filled, filled.snapshot("D1"), "a1", "a3")
    assert filled.snapshot("D1").accounts["a1"].merged_accounts == ("a5", "a3")


def test_an_undo_and_its_undo_are_exact(filled: Store) -> None:
    lines = list(filled.dump())
    number = _merge(filled, filled.snapshot("D1"), "a1", "a3", "a5")
    merged = list(filled.dump())
    for expected in (lines, merged):
        plan = plan_undo(filled.images("D1", number), filled.snapshot("D1"))
        number = apply(filled, *plan.changes, digest=plan.digest)
        assert list(filled.dump()) == expected


def test_a_dump_carries_the_trace(filled: Store, tmp_path: Path) -> None:
    _merge(filled, filled.snapshot("D1"), "a1", "a3")
    lines = list(filled.dump())
    assert [line["merged_accounts"] for line in lines if "merged_accounts" in line] == [["a3"]]
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    other.load(lines)
    assert list(other.dump()) == lines
    assert set(other.snapshot("D1").merged_into) == {"a3"}
    other.close()


@pytest.mark.parametrize(
    "accounts",
    [
        pytest.param(
            [account_line("D9", "b1", "x", merged_accounts=["b2"]), account_line("D9", "b2", "y")],
            id="of another account",
        ),
        pytest.param(
            [
                account_line("D9", "b1", "x", merged_accounts=["b0"]),
                account_line("D9", "b2", "y", merged_accounts=["b0"]),
            ],
            id="twice",
        ),
        pytest.param([account_line("D9", "b1", "x", merged_accounts=["b1"])], id="its own"),
    ],
)
def test_an_id_that_is_gone_is_nobody_elses(
    store: Store, accounts: list[dict[str, object]]
) -> None:
    with pytest.raises(LoadError, match="has the id of"):
        store.load([district_line("D9"), *accounts])


def test_an_id_that_is_gone_is_not_loaded_later(filled: Store) -> None:
    _merge(filled, filled.snapshot("D1"), "a1", "a3")
    with pytest.raises(LoadError, match="in the database already"):
        filled.load([district_line("D1"), account_line("D1", "a3", "new one")])


def test_another_past_username_of_a_change_is_kept(filled: Store) -> None:
    """A rename and a merge in one change: the old name is the newest past one."""
    now = filled.snapshot("D1")
    before = now.accounts["a1"]
    after = replace(joined_with(before, [now.accounts["a3"]]), username="ann.new")
    apply(filled, AccountChange(before, after), removed(now, "a3"))
    assert filled.snapshot("D1").accounts["a1"].past_usernames == ("calvin", "cal", "ann")


def _undo(store: Store, number: int) -> int:
    plan = plan_undo(store.images("D1", number), store.snapshot("D1"))
    return apply(store, *plan.changes, digest=plan.digest)


def test_what_came_back_by_itself_is_no_trace_of_what_comes_back_later(
    filled: Store, tmp_path: Path
) -> None:
    merged = _merge(filled, filled.snapshot("D1"), "a1", "a3", "a5")
    deleted = apply(filled, removed(filled.snapshot("D1"), "a1"), digest="deleted")
    _undo(filled, merged)
    _merge(filled, filled.snapshot("D1"), "a2", "a5")
    _undo(filled, deleted)
    now = filled.snapshot("D1").accounts
    assert now["a1"].merged_accounts == ()
    assert now["a2"].merged_accounts == ("a5",)
    assert now["a1"].past_usernames == ("eva", "evi", "Eve"), "a3 has its own names again"
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    other.load(filled.dump())
    assert other.snapshot("D1").accounts["a1"] == replace(now["a1"], version=1)


def test_an_account_that_was_deleted_comes_back_with_its_traces(filled: Store) -> None:
    _merge(filled, filled.snapshot("D1"), "a1", "a3", "a5")
    lines = list(filled.dump())
    deleted = apply(filled, removed(filled.snapshot("D1"), "a1"), digest="deleted")
    _undo(filled, deleted)
    assert list(filled.dump()) == lines
