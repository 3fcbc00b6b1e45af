"""The examples of every rule are true: the bad one is said to be so, the good one is not."""

from __future__ import annotations

import pytest

from rosterkey.core.model import Gate, Plan
from rosterkey.core.plan import make_plan
from rosterkey.core.rules import RULES
from rosterkey.core.rules.example import EXAMPLE_DISTRICT, example_accounts, example_sheet
from rosterkey.core.rules.rule import Example, Rule
from rosterkey.core.snapshot import Snapshot

SHOWN = [rule for rule in RULES.values() if rule.bad and rule.good and rule.bad.sheet]


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: rule.code)
def test_bad_example_is_said_and_good_one_is_not(rule: Rule) -> None:
    assert rule.bad is not None
    assert rule.good is not None
    assert rule.code in _said(_plan(rule.bad))
    assert rule.code not in _said(_plan(rule.good))


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: rule.code)
def test_good_example_may_be_imported(rule: Rule) -> None:
    """What an administrator is shown as the remedy never runs into an error of another kind."""
    assert rule.good is not None
    plan = _plan(rule.good)
    assert plan.gate is not Gate.BLOCK, _said(plan)


@pytest.mark.parametrize(
    "rule", [rule for rule in SHOWN if rule.confirms], ids=lambda rule: rule.code
)
def test_reason_that_confirms_stops_the_import(rule: Rule) -> None:
    assert rule.bad is not None
    plan = _plan(rule.bad)
    asked = {confirmation.reason for confirmation in plan.confirm}
    assert rule.code in asked or plan.gate is Gate.BLOCK


def _plan(example: Example) -> Plan:
    return make_plan(example_sheet(example), Snapshot(EXAMPLE_DISTRICT, example_accounts(example)))


def _said(plan: Plan) -> set[str]:
    return {f.code for f in (*plan.findings, *(f for row in plan.rows for f in row.findings))}
