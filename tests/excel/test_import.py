"""The button Import: the plan that was seen, each question answered, or nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rosterkey.core.history import ImportHeader
from rosterkey.core.model import AccountChange
from rosterkey.excel import buttons, importing
from rosterkey.store import open_store
from tests.excel.desk import ANA, ANA_RENAMED, BEN, FIRST, NEW, Desk
from tests.store.builders import NOON, edited

SWAP = (("00123", "bjones", *ANA[2:]), ("00124", "asmith", *BEN[2:]))
"""Ana and Ben get each other's username: one reason to confirm."""


def change_meanwhile(desk: Desk, account: str, **values: Any) -> None:
    """Another administrator changes an account."""
    store = open_store(desk.url)
    changes: list[AccountChange] = [edited(store.snapshot("D1"), account, **values)]
    with store.write("D1") as writer:
        writer.apply(ImportHeader(digest=repr(values), actor="Lu", at=NOON), changes)
    store.close()


class TestTheStraightWay:
    def test_validate_then_import_then_the_number_is_told(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, BEN)
        desk.name("SettingReason", "new year")
        buttons.validate()
        desk.answer("yes")
        buttons.import_()
        assert desk.accounts()["a1"] == "ana.smith"
        assert "Import 1 was done: 1 account written" in desk.last()
        assert "import 1" in desk.name("StartImported")
        assert not desk.name("PlanDigest")
        assert desk.column("No.", "History") == [1.0]
        assert desk.column("What", "History") == ["Roster.xlsx (new year)"]

    def test_the_sum_is_shown_first(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, NEW)
        buttons.validate()
        buttons.import_()
        question = desk.screen.alerts[-2]
        assert question.buttons == "yes_no"
        assert "1 row: Create" in question.prompt
        assert "1 row: Rename" in question.prompt

    def test_without_a_validation_it_validates_first(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED)
        desk.answer("yes")
        buttons.import_()
        assert desk.accounts()["a1"] == "ana.smith"
        assert desk.column("Result") == ["Rename"]

    def test_generated_passwords_lie_beside_the_workbook(self, desk: Desk) -> None:
        desk.fill(NEW)
        desk.answer("yes")
        buttons.import_()
        [handout] = desk.folder.glob("Roster - new passwords *.csv")
        assert handout.name in desk.last()
        assert "fkhan" in handout.read_text("utf-8-sig")

    def test_the_same_sheet_again_changes_nothing(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED)
        desk.answer("yes")
        buttons.import_()
        buttons.import_()
        assert "The sheet changes nothing" in desk.last()
        assert desk.numbers() == [1]


class TestQuestions:
    def test_each_reason_has_its_own_question(self, desk: Desk) -> None:
        desk.fill(*SWAP)
        buttons.validate()
        before = len(desk.screen.alerts)
        desk.answer("yes", "yes")
        buttons.import_()
        first, second, _ = desk.screen.alerts[before:]
        assert "1 question will follow" in first.prompt
        assert "Do you confirm this?" in second.prompt
        assert second.mode == "critical"
        assert desk.accounts()["a1"] == "bjones"
        assert desk.column("Decision") == [None, None], "the column is the user's"

    @pytest.mark.parametrize(
        ("answers", "written"),
        [(("yes", "yes", "yes"), True), (("yes", "yes", "no"), False), (("yes", "yes"), False)],
    )
    def test_a_yes_to_one_reason_is_none_to_another(
        self, desk: Desk, answers: tuple[str, ...], written: bool
    ) -> None:
        desk.fill(*SWAP, ("", "carla.diaz", "Carla", "Diaz", "2", "Lincoln Elementary", "2B"))
        desk.answer(*answers)
        buttons.import_()
        asked = [prompt for prompt in desk.screen.prompts() if "Do you confirm" in prompt]
        assert [prompt[:16] for prompt in asked] == ["Question 1 of 2.", "Question 2 of 2."]
        assert (desk.numbers() == [1]) is written

    @pytest.mark.parametrize(
        "answers", [(), ("no",), ("cancel",), ("yes",), ("yes", "no"), ("yes", "ok")]
    )
    def test_a_question_without_a_yes_writes_nothing(
        self, desk: Desk, answers: tuple[str, ...]
    ) -> None:
        desk.fill(*SWAP)
        buttons.validate()
        desk.answer(*answers)
        buttons.import_()
        assert desk.numbers() == []
        assert desk.accounts()["a1"] == "asmith"
        assert desk.last().endswith("Nothing was written to the accounts.")
        assert desk.screen.alerts[-1].mode == "info", "a no is no trouble"

    def test_what_was_decided_on_the_sheet_is_not_asked(self, desk: Desk) -> None:
        desk.fill(*SWAP)
        for row in (FIRST, FIRST + 1):
            desk.cell(row, "Decision").value = "confirmed"
        buttons.validate()
        desk.answer("yes")
        buttons.import_()
        assert "will follow" not in desk.screen.prompts()[-2]
        assert desk.accounts()["a1"] == "bjones"
        assert desk.column("Decision") == ["confirmed", "confirmed"]

    def test_an_error_shuts_the_gate(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, ("00124", "", *BEN[2:]))
        desk.answer("yes", "yes")
        buttons.import_()
        assert "BLOCK" in desk.last()
        assert desk.numbers() == []

    def test_rows_with_errors_are_left_out_where_settings_say_so(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED, ("00124", "", *BEN[2:]))
        desk.name("SettingLeaveOut", "yes")
        desk.answer("yes")
        buttons.import_()
        assert "1 row with errors: left out" in desk.screen.prompts()[-2]
        assert desk.accounts() | {"a1": "ana.smith"} == desk.accounts()


class TestStalePlans:
    def test_an_edited_sheet(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED)
        buttons.validate()
        desk.cell(FIRST, "Username").value = "ana.smith2"
        desk.answer("yes")
        buttons.import_()
        assert "The sheet itself" in desk.last()
        assert desk.numbers() == []
        assert "ana.smith2" in desk.column("Changes")[0], "the new result is there to look at"

    def test_then_the_next_press_imports_what_was_shown(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED)
        buttons.validate()
        desk.cell(FIRST, "Username").value = "ana.smith2"
        buttons.import_()
        desk.answer("yes")
        buttons.import_()
        assert desk.accounts()["a1"] == "ana.smith2"

    def test_an_account_that_changed_is_named(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED)
        buttons.validate()
        change_meanwhile(desk, "a1", last_name="Smythe")
        desk.answer("yes")
        buttons.import_()
        assert "Ana Smythe" in desk.last()
        assert "was changed since then" in desk.last()
        assert desk.accounts()["a1"] == "asmith"

    def test_a_change_while_the_questions_are_open(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.fill(ANA_RENAMED)
        buttons.validate()
        asked = importing._asked

        def slow(*arguments: Any) -> list[str]:
            change_meanwhile(desk, "a1", last_name="Smythe")
            return asked(*arguments)

        monkeypatch.setattr(importing, "_asked", slow)
        desk.answer("yes")
        buttons.import_()
        assert "nothing was written to the accounts" in desk.last()
        assert desk.accounts()["a1"] == "asmith"

    def test_a_plan_that_was_imported_meanwhile_is_told_once(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        planned = importing.import_planned

        def twice(*arguments: Any, **named: Any) -> Any:
            return replace(planned(*arguments, **named), number=None, already=1)

        monkeypatch.setattr(importing, "import_planned", twice)
        desk.fill(ANA_RENAMED)
        desk.answer("yes")
        buttons.import_()
        assert desk.last() == (
            "This very plan was imported before, as import 1. Nothing was written to the accounts."
        )


class TestAfterTheCommit:
    def test_a_workbook_that_refuses_does_not_hide_the_import(self, desk: Desk) -> None:
        desk.fill(ANA_RENAMED)
        buttons.validate()
        desk.sheet("History").impl.grid.sheet.protection.sheet = True
        desk.answer("yes")
        buttons.import_()
        assert desk.accounts()["a1"] == "ana.smith"
        assert desk.last().startswith("Import 1 was done")
        assert 'did not let the sheet "History" be written' in desk.last()

    def test_neither_does_a_fault_of_ours(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: Any) -> None:
            raise ZeroDivisionError("Ana Smith")

        monkeypatch.setattr(importing, "write_history", broken)
        desk.fill(ANA_RENAMED)
        desk.answer("yes")
        buttons.import_()
        assert desk.last().startswith("Import 1 was done")
        assert "ZeroDivisionError" in desk.last()
        assert "Ana Smith" not in desk.last()
