"""The buttons History and Undo."""

from __future__ import annotations

import pytest

from rosterkey.excel import buttons
from tests.excel.desk import ANA, ANA_RENAMED, NEW, Desk
from tests.excel.test_import import change_meanwhile


@pytest.fixture
def imported(desk: Desk) -> Desk:
    """A desk on which Ana was renamed and Farah was created."""
    desk.fill(ANA_RENAMED, NEW)
    desk.answer("yes")
    buttons.import_()
    return desk


class TestHistory:
    def test_it_says_that_there_is_none(self, desk: Desk) -> None:
        buttons.history()
        assert desk.last() == "Nothing was imported yet."

    def test_it_lists_every_import(self, imported: Desk) -> None:
        buttons.history()
        assert imported.column("No.", "History") == [1.0]
        assert imported.column("Changed", "History") == ["1 created, 1 renamed"]
        assert imported.book.sheets.active.name == "History"


class TestUndo:
    def test_the_last_import_goes_back_after_its_questions(self, imported: Desk) -> None:
        imported.answer("yes", "yes")
        buttons.undo()
        assert imported.accounts() == {
            "a1": "asmith",
            "a2": "bjones",
            "a3": "cdiaz",
            "a4": "devans",
        }
        assert "this is import 2" in imported.last()
        assert imported.column("State", "History") == [None, "taken back by 2"]

    def test_the_preview_comes_first(self, imported: Desk) -> None:
        buttons.undo()
        question = imported.screen.alerts[-2]
        assert question.buttons == "yes_no"
        assert question.prompt.startswith("Take back import 1 (")
        assert "2 accounts would go back" in question.prompt

    @pytest.mark.parametrize("answers", [(), ("no",), ("yes",), ("yes", "no")])
    def test_without_every_yes_nothing_goes_back(
        self, imported: Desk, answers: tuple[str, ...]
    ) -> None:
        imported.answer(*answers)
        buttons.undo()
        assert imported.numbers() == [1]
        assert imported.last().endswith("Nothing was written to the accounts.")

    def test_what_was_changed_since_is_named_and_stays(self, imported: Desk) -> None:
        change_meanwhile(imported, "a1", username="ana.s")
        imported.sheet("History").activate()
        buttons.history()
        imported.select(imported.sheet("History").range("A6"))
        imported.answer("yes", "yes")
        buttons.undo()
        assert any("ana.s now" in prompt for prompt in imported.screen.prompts())
        assert imported.accounts()["a1"] == "ana.s"

    def test_the_chosen_line_of_history_is_meant(self, imported: Desk) -> None:
        imported.fill(("00124", "ben.jones", "Ben", "Jones", "3", "Lincoln Elementary", "3A"))
        imported.answer("yes")
        buttons.import_()
        assert imported.numbers() == [2, 1]
        buttons.history()
        imported.select(imported.sheet("History").range("A6"))
        imported.answer("yes", "yes")
        buttons.undo()
        assert imported.accounts()["a1"] == "asmith"
        assert imported.accounts()["a2"] == "ben.jones"

    @pytest.mark.parametrize(("typed", "told"), [(7, "7"), (1.5, "1.5"), ("one", "one")])
    def test_a_chosen_number_that_is_not_there_takes_nothing_back(
        self, imported: Desk, typed: object, told: str
    ) -> None:
        buttons.history()
        cell = imported.sheet("History").range("A5")
        cell.value = typed
        imported.select(cell)
        imported.answer("yes", "yes")
        buttons.undo()
        assert f"says {told}, and this district has no import with that number" in imported.last()
        assert imported.numbers() == [1]

    def test_nothing_to_take_back_is_said(self, desk: Desk) -> None:
        desk.fill(ANA)
        buttons.undo()
        assert desk.last().startswith("There is no import that could be taken back")

    def test_taken_back_once_is_enough(self, imported: Desk) -> None:
        imported.answer("yes", "yes")
        buttons.undo()
        buttons.undo()
        assert imported.last().startswith("There is no import that could be taken back")
