"""The button Export, and the way from there to Validate."""

from __future__ import annotations

from pathlib import Path

from rosterkey.excel import buttons
from tests.engine.engine import close_all
from tests.excel.desk import PEOPLE, Desk, account_lines


def test_the_students_stand_on_the_sheet_as_text(desk: Desk) -> None:
    buttons.export()
    assert sorted(desk.column("Student ID", "Export")) == ["00123", "00124", "00125", "00126"]
    assert desk.last().startswith("4 students on the sheet Export")
    assert "4 students" in desk.name("StartExported")
    assert desk.book.sheets.active.name == "Export"


def test_the_filters_of_settings_narrow_it(desk: Desk) -> None:
    desk.name("SettingSchool", "lincoln elementary")
    desk.name("SettingGrade", "3rd")
    buttons.export()
    assert sorted(desk.column("Username", "Export")) == ["asmith", "bjones"]
    assert "School lincoln elementary; Grade 3rd" in desk.last()


def test_an_unknown_school_is_said(desk: Desk) -> None:
    desk.name("SettingSchool", "Elm Street")
    buttons.export()
    assert 'There is no school "Elm Street"' in desk.last()


def test_fewer_students_leave_nothing_behind(desk: Desk) -> None:
    buttons.export()
    desk.name("SettingGrade", "2")
    buttons.export()
    assert sorted(desk.column("Username", "Export")) == ["cdiaz", "devans"]
    below = desk.sheet("Export").range("A7:G9").value
    assert all(value is None for row in below for value in row)


def test_names_that_would_run_are_text(tmp_path: Path) -> None:
    odd = Desk(tmp_path, account_lines([(*PEOPLE[0][:3], "=1+1", "-Kai", *PEOPLE[0][5:])]))
    buttons.export()
    close_all()
    assert odd.column("First Name", "Export") == ["=1+1"]
    assert odd.column("Last Name", "Export") == ["-Kai"]


def test_export_copied_to_import_is_all_unchanged(desk: Desk) -> None:
    buttons.export()
    desk.fill(*desk.sheet("Export").tables["tblExport"].data_body_range.value)
    buttons.validate()
    assert set(desk.column("Result")) == {"Unchanged"}
