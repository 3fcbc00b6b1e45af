"""Which reasons a plan waits for, and of which kind of import each is."""

from __future__ import annotations

from collections import Counter

import pytest

from rosterkey.core.history import ImportKind
from rosterkey.core.model import Confirmation, Gate, Plan
from rosterkey.core.rules import RULES
from rosterkey.core.rules.reasons import reasons_of


def test_each_reason_is_asked_for_by_one_kind_of_import() -> None:
    times = Counter(reason for kind in ImportKind for reason in reasons_of(kind))
    confirmed = {code for code, rule in RULES.items() if rule.confirms}
    assert times == dict.fromkeys(confirmed, 1)


def test_a_sheet_asks_for_what_is_about_its_rows() -> None:
    assert {"probable-duplicate", "both-changed", "mass-create"} <= set(
        reasons_of(ImportKind.SHEET)
    )
    assert reasons_of(ImportKind.DELETE) == ("deletes-accounts", "deletes-active-account")


@pytest.mark.parametrize(("gate", "awaited"), [(Gate.CONFIRM, ["b"]), (Gate.BLOCK, [])])
def test_a_plan_waits_for_what_is_missing_unless_an_error_stops_it(
    gate: Gate, awaited: list[str]
) -> None:
    reasons = tuple(Confirmation(reason, (), "") for reason in "ab")
    plan = Plan("", gate, reasons, {}, (), (), (), {}, "")
    assert [c.reason for c in plan.awaited(["b", "c"])] == awaited
