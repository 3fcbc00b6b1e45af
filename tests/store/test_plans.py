"""What is remembered of validated plans."""

from __future__ import annotations

import pytest

from rosterkey.store import plans
from rosterkey.store.contract import Store, UnknownDistrict


def test_a_plan_is_remembered_in_its_district(filled: Store) -> None:
    reads = {"a1": "0" * 16, "Ünal": "f" * 16}
    filled.remember_plan("D1", "x", reads)
    assert filled.remembered_plan("D1", "x") == reads
    assert filled.remembered_plan("D2", "x") is None
    assert filled.remembered_plan("D1", "y") is None


def test_the_same_plan_again_takes_the_place_of_the_first(filled: Store) -> None:
    filled.remember_plan("D1", "x", {"a1": "1"})
    filled.remember_plan("D1", "x", {"a1": "2"})
    assert filled.remembered_plan("D1", "x") == {"a1": "2"}


def test_the_newest_hundred_of_each_district_are_kept(filled: Store) -> None:
    filled.remember_plan("D2", "p0", {})
    for number in range(100):
        filled.remember_plan("D1", f"p{number}", {"a1": str(number)})
    filled.remember_plan("D1", "p0", {"a1": "again"})
    filled.remember_plan("D1", "last", {})
    assert filled.remembered_plan("D1", "p0") == {"a1": "again"}
    assert filled.remembered_plan("D1", "p1") is None
    assert filled.remembered_plan("D1", "p2") == {"a1": "2"}
    assert filled.remembered_plan("D2", "p0") == {}


def test_large_plans_leave_sooner(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "KEPT_BYTES", 10)
    filled.remember_plan("D1", "x", {"a1": "1"})
    filled.remember_plan("D1", "y", {"a1": "2"})
    assert filled.remembered_plan("D1", "x") is None
    assert filled.remembered_plan("D1", "y") == {"a1": "2"}


def test_a_plan_of_an_unknown_district(filled: Store) -> None:
    with pytest.raises(UnknownDistrict):
        filled.remember_plan("D9", "x", {})
