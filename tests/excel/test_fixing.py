"""The buttons Apply fix, Apply all fixes: what goes in, and how it comes back."""

from __future__ import annotations

import pytest

from rosterkey.excel import buttons
from rosterkey.excel.fix_notes import Before, as_note, read_note
from tests.excel.desk import ANA, BEN, CARLA, FIRST, Desk


@pytest.fixture
def damaged(desk: Desk) -> Desk:
    """A desk on which Excel took the zeros of three IDs, seen by Validate."""
    desk.fill(ANA, BEN, CARLA)
    for row, number in ((FIRST, 123), (FIRST + 1, 124), (FIRST + 2, 125)):
        cell = desk.cell(row, "Student ID")
        cell.number_format = "General"
        cell.value = number
    buttons.validate()
    return desk


class TestOne:
    def test_it_goes_in_as_text_after_a_yes(self, damaged: Desk) -> None:
        cell = damaged.cell(FIRST, "Student ID")
        damaged.select(cell)
        damaged.answer("yes")
        buttons.apply_fix()
        assert 'Put "00123" into A5 in place of the number 123?' in damaged.last()
        assert cell.value == "00123"
        assert cell.number_format == "@"
        assert cell.color is None

    def test_without_a_yes_the_cell_stays(self, damaged: Desk) -> None:
        damaged.select(damaged.cell(FIRST, "Student ID"))
        buttons.apply_fix()
        assert damaged.cell(FIRST, "Student ID").value == 123

    def test_a_second_press_takes_it_back(self, damaged: Desk) -> None:
        cell = damaged.cell(FIRST, "Student ID")
        damaged.select(cell)
        damaged.answer("yes", "yes")
        buttons.apply_fix()
        buttons.apply_fix()
        assert (cell.value, cell.number_format, cell.note) == (123.0, "General", None)

    def test_the_old_value_survives_a_validation_and_a_save(self, damaged: Desk) -> None:
        damaged.select(damaged.cell(FIRST, "Student ID"))
        damaged.answer("yes")
        buttons.apply_fix()
        buttons.validate()
        damaged.book.save()
        damaged.open()
        damaged.select(damaged.cell(FIRST, "Student ID"))
        damaged.answer("yes")
        buttons.apply_fix()
        assert damaged.cell(FIRST, "Student ID").value == 123

    def test_the_only_fix_of_the_row_is_meant_from_any_cell_of_it(self, damaged: Desk) -> None:
        damaged.select(damaged.cell(FIRST, "Last Name"))
        damaged.answer("yes")
        buttons.apply_fix()
        assert damaged.cell(FIRST, "Student ID").value == "00123"

    def test_a_line_of_findings_is_good_too(self, damaged: Desk) -> None:
        codes = damaged.column("Code", "Findings")
        line = FIRST + codes.index("leading-zero-lost")
        damaged.select(damaged.sheet("Findings").range((line, 1)))
        damaged.answer("yes")
        buttons.apply_fix()
        assert damaged.cell(FIRST, "Student ID").value == "00123"

    def test_rows_that_were_sorted_since_get_their_own_value(self, damaged: Desk) -> None:
        sheet = damaged.import_sheet
        first, second = sheet.range("A5:G5"), sheet.range("A6:G6")
        first.value, second.value = second.value, first.value
        damaged.select(damaged.cell(FIRST, "Student ID"))
        damaged.answer("yes")
        buttons.apply_fix()
        assert damaged.cell(FIRST, "Student ID").value == "00124"

    def test_a_note_of_the_user_is_not_lost(self, damaged: Desk) -> None:
        cell = damaged.cell(FIRST, "Student ID")
        cell.note.delete()
        cell.add_note("from the office")
        damaged.select(cell)
        damaged.answer("yes")
        buttons.apply_fix()
        assert cell.value == 123
        assert cell.note.text == "from the office"
        assert "has a note of yours" in damaged.last()

    def test_a_formula_is_never_written_over(self, damaged: Desk) -> None:
        cell = damaged.cell(FIRST, "Student ID")
        cell.value = "=B1"
        damaged.import_sheet.impl.grid.results[FIRST, 1] = 123.0
        damaged.select(cell)
        damaged.answer("yes")
        buttons.apply_fix()
        assert cell.formula == "=B1"
        assert "no suggested value for row 5" in damaged.last()

    def test_another_sheet_has_nothing_to_fix(self, damaged: Desk) -> None:
        damaged.select(damaged.sheet("Start").range("A1"))
        buttons.apply_fix()
        assert damaged.last().startswith("Choose a cell of the sheet Import")


class TestAll:
    def test_all_of_the_kind_go_in_and_the_sheet_is_validated(self, damaged: Desk) -> None:
        damaged.select(damaged.cell(FIRST, "Student ID"))
        damaged.answer("yes")
        buttons.apply_all_fixes()
        assert damaged.column("Student ID") == ["00123", "00124", "00125"]
        assert damaged.column("Result") == ["Unchanged"] * 3
        assert "3 cells got the suggested value" in damaged.last()

    def test_pressed_on_a_fixed_cell_it_takes_all_back(self, damaged: Desk) -> None:
        damaged.select(damaged.cell(FIRST, "Student ID"))
        damaged.answer("yes", "yes")
        buttons.apply_all_fixes()
        damaged.cell(FIRST + 2, "Student ID").value = "00999"
        buttons.apply_all_fixes()
        assert damaged.column("Student ID") == [123.0, 124.0, "00999"]
        assert damaged.last().startswith("2 cells hold their old value again")

    def test_no_yes_no_change(self, damaged: Desk) -> None:
        damaged.select(damaged.cell(FIRST, "Student ID"))
        buttons.apply_all_fixes()
        assert damaged.column("Student ID") == [123, 124, 125]

    def test_people_are_decided_one_by_one(self, desk: Desk) -> None:
        desk.fill(("", "ana.smith", *ANA[2:]))
        buttons.validate()
        assert "probable-duplicate" in desk.column("Code", "Findings")
        desk.select(desk.cell(FIRST, "Username"))
        desk.answer("yes")
        buttons.apply_all_fixes()
        assert desk.screen.answers, "nothing was asked"
        assert "decided one by one" in desk.last() or "several suggested values" in desk.last()


class TestNotes:
    @pytest.mark.parametrize("was", [123.0, "123", "a\nb", 'quo"te\u00a0', None, True])
    def test_every_value_comes_back(self, was: str | float | bool | None) -> None:
        before = Before("cleaned", was, "00000", "x\ny")
        assert read_note(as_note(before)) == before
        assert read_note(as_note(before).replace("\n", "\r\n")) == before

    @pytest.mark.parametrize("text", ["", "rosterkey:\nError: no", "rosterkey fix: x\nWas: {\n"])
    def test_other_notes_are_none(self, text: str) -> None:
        assert read_note(text) is None
