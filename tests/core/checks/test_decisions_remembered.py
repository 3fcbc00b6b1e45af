"""What an earlier import decided about a person beside an account is not asked again."""

from __future__ import annotations

import pytest

from rosterkey.core.model import DecidedPair, Decision, Gate, Plan, Severity
from rosterkey.core.plan import make_plan
from rosterkey.core.rules.example import example_sheet
from rosterkey.core.rules.rule import Example
from tests.core.checks.look_alikes import (
    CONFIRMED,
    HEADER,
    MARIA,
    MARIA_NO_ID,
    TWO_MARIAS,
    asked,
    findings,
    snapshot_of,
)


class TestRemembered:
    """What an earlier import decided about the same person beside the same account."""

    PAIR = ("probable-duplicate", "username maria.garcia", "maria garcia", "a1")

    def plan(self, sheet: str, *pairs: DecidedPair, accounts: str = MARIA) -> Plan:
        decided = dict.fromkeys(pairs, "really new")
        made = example_sheet(Example(f"{HEADER}\n{sheet}"))
        return make_plan(made, snapshot_of(accounts, decided))

    def test_is_not_asked_again(self) -> None:
        plan = self.plan(" | Maria.Garcia | MARIA | García |", self.PAIR)
        assert plan.gate is Gate.GO
        (notice,) = findings(plan, "probable-duplicate")
        assert notice.severity is Severity.NOTICE
        assert "Decided in an earlier import: really new." in notice.message
        (decision,) = plan.decisions
        assert decision.remembered
        assert str(decision).endswith("really new (decided in an earlier import)")

    def test_is_part_of_the_plan(self) -> None:
        """What somebody remembers meanwhile makes another plan, which is shown first."""
        row = " | maria.garcia | Maria | Garcia |"
        assert self.plan(row).digest != self.plan(row, self.PAIR).digest

    @pytest.mark.parametrize(
        "row",
        [
            " | m.garcia | Maria | Garcia |",
            " | maria.garcia | Mariah | Garcia |",
            "00700 | maria.garcia | Maria | Garcia |",
        ],
    )
    def test_holds_for_the_same_person_only(self, row: str) -> None:
        accounts = MARIA_NO_ID if row.startswith("00700") else MARIA
        assert asked(self.plan(row, self.PAIR, accounts=accounts)) == {"probable-duplicate": (2,)}

    def test_another_account_in_question_is_asked_about(self) -> None:
        row = " | maria.garcia | Maria | Garcia |"
        assert asked(self.plan(row, self.PAIR, accounts=TWO_MARIAS)) != {}
        second = (*self.PAIR[:3], "a2")
        assert asked(self.plan(row, self.PAIR, second, accounts=TWO_MARIAS)) == {}

    def test_what_stands_on_the_sheet_comes_first(self) -> None:
        row = " | maria.garcia | Maria | Garcia | "
        assert self.plan(row + "take its ID", self.PAIR).rows[0].outcome == "rename"
        assert asked(self.plan(row + "not sure", self.PAIR)) == {"probable-duplicate": (2,)}
        assert asked(self.plan(row + "take ID of zfox", self.PAIR)) != {}
        assert not self.plan(row + "really new", self.PAIR).decisions[0].remembered

    def test_what_does_not_last_is_asked_again(self) -> None:
        sheet, accounts = CONFIRMED["archived-match"]
        pair = ("archived-match", "id 00900", "zane fox", "a1")
        row = sheet.split("\n")[1]
        assert set(asked(self.plan(row, pair, accounts=accounts))) == {"archived-match"}

    def test_is_part_of_what_a_snapshot_is(self) -> None:
        assert snapshot_of(MARIA) == snapshot_of(MARIA, {})
        assert snapshot_of(MARIA) != snapshot_of(MARIA, {self.PAIR: "really new"})


def test_only_a_lasting_decision_has_pairs() -> None:
    decision = Decision(2, "different-person", "same person", ("id 1", "ana"), ("a1", "a2"), True)
    assert decision.pairs == (
        ("different-person", "id 1", "ana", "a1"),
        ("different-person", "id 1", "ana", "a2"),
    )
