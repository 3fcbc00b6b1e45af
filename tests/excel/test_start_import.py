"""The button Start import: from the sheet Export to the sheet Import, with what each row was."""

from __future__ import annotations

from pathlib import Path

import pytest

from rosterkey.excel import buttons, dialogs
from rosterkey.store import open_store
from tests.excel.desk import FIRST, PEOPLE, Desk, account_lines
from tests.store.builders import edited, header


def by_somebody_else(desk: Desk, account_id: str, digest: str = "other", **values: str) -> None:
    """An import that a colleague makes on another computer."""
    store = open_store(desk.url)
    try:
        with store.write("D1") as writer:
            writer.apply(header(digest), [edited(writer.snapshot(), account_id, **values)])
    finally:
        store.close()


def started(desk: Desk) -> None:
    buttons.export()
    buttons.start_import()


def test_the_exported_students_stand_on_import(desk: Desk) -> None:
    started(desk)
    assert sorted(desk.column("Username")) == ["asmith", "bjones", "cdiaz", "devans"]
    assert sorted(desk.column("Account")) == ["a1", "a2", "a3", "a4"]
    assert set(desk.column("Version")) == {"1"}
    assert desk.last().startswith("4 students of the sheet Export are on the sheet Import.")
    assert desk.book.sheets.active.name == "Import"
    buttons.validate()
    assert set(desk.column("Result")) == {"Unchanged"}


def test_whoever_sorts_export_takes_nothing_apart(desk: Desk) -> None:
    buttons.export()
    body = desk.sheet("Export").tables["tblExport"].data_body_range
    body.value = list(reversed(body.value))
    buttons.start_import()
    origins = dict(zip(desk.column("Username"), desk.column("Account"), strict=True))
    assert origins == {"asmith": "a1", "bjones": "a2", "cdiaz": "a3", "devans": "a4"}


def test_a_smaller_export_leaves_nothing_of_the_larger_one(desk: Desk) -> None:
    buttons.export()
    desk.name("SettingGrade", "2")
    buttons.export()
    kept = desk.sheet("Lists").range("F5:H9").value
    assert [line[0] for line in kept if line[0]] == ["cdiaz", "devans"]


def test_a_filter_on_export_leaves_the_others_out(desk: Desk) -> None:
    buttons.export()
    names = desk.column("Username", "Export")
    row = FIRST + names.index("cdiaz")
    desk.sheet("Export").impl.grid.sheet.row_dimensions[row].hidden = True
    buttons.start_import()
    assert sorted(desk.column("Username")) == ["asmith", "bjones", "devans"]
    assert "1 student that the filter hides were left out" in desk.last()


def test_rows_that_stand_there_are_kept_without_a_yes(desk: Desk) -> None:
    started(desk)
    desk.cell(FIRST, "Username").value = "typed"
    desk.answer("no")
    buttons.start_import()
    assert "The 4 rows on the sheet Import would be replaced" in desk.screen.alerts[-2].prompt
    assert desk.last() == "The sheet Import was left as it is."
    assert desk.cell(FIRST, "Username").value == "typed"


def test_without_an_export_there_is_nothing_to_start_from(desk: Desk) -> None:
    buttons.start_import()
    assert desk.last().startswith("The sheet Export holds no students.")


def test_what_somebody_changed_since_is_told_on_the_row(desk: Desk) -> None:
    started(desk)
    by_somebody_else(desk, "a1", grade="2")
    row = FIRST + desk.column("Username").index("asmith")
    buttons.validate()
    result = desk.column("Result")[row - FIRST], desk.column("Findings")[row - FIRST]
    assert result[0] == "Unchanged"
    assert 'somebody changed "3" to "2"' in result[1]
    desk.cell(row, "Grade").value = "1"
    buttons.validate()
    assert "Which one counts?" in desk.column("Findings")[row - FIRST]
    desk.cell(row, "Decision").value = "theirs: Grade"
    buttons.validate()
    assert desk.column("Result")[row - FIRST] == "Unchanged"


def test_after_an_import_the_rows_have_the_new_version(desk: Desk) -> None:
    started(desk)
    row = FIRST + desk.column("Username").index("asmith")
    desk.cell(row, "Grade").value = "2"
    buttons.validate()
    desk.answer("yes")
    buttons.import_()
    assert desk.numbers() == [1]
    assert desk.cell(row, "Version").value == "2"
    desk.cell(row, "Grade").value = "1"
    buttons.validate()
    assert "both-changed" not in str(desk.column("Findings")), "it was your own import"
    assert desk.column("Result")[row - FIRST] == "Update"


def test_a_csv_that_is_opened_afterwards_brings_nothing_of_the_old_rows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started(desk)
    saved, typed = tmp_path / "saved.csv", tmp_path / "typed.csv"
    monkeypatch.setattr(dialogs, "choose_file_to_save", lambda *_: saved)
    buttons.save_csv()
    typed.write_text("Username,Grade\nasmith,1\n", "utf-8")
    monkeypatch.setattr(dialogs, "choose_file_to_open", lambda *_: typed)
    desk.answer("yes")
    buttons.open_csv()
    assert desk.column("Account") == [None]
    monkeypatch.setattr(dialogs, "choose_file_to_open", lambda *_: saved)
    desk.answer("yes")
    buttons.open_csv()
    assert sorted(desk.column("Account")) == ["a1", "a2", "a3", "a4"]


def test_an_account_with_an_odd_id_is_text(tmp_path: Path) -> None:
    odd = Desk(tmp_path, account_lines([("=1+1", *PEOPLE[0][1:])]))
    started(odd)
    assert odd.column("Account") == ["=1+1"]
