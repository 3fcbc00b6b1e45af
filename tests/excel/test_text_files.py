"""The buttons Open CSV and Save CSV."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rosterkey.excel import buttons, dialogs
from rosterkey.files.read import read_sheet
from tests.excel.desk import ANA, BEN, FIRST, Desk

LINES = "Title\r\nLogin,SID,First Name,Last Name,Shoe size\r\nasmith,00123,'=Ana,Smith,38\r\n"


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    """What the user chooses in the file dialogs."""
    monkeypatch.setattr(dialogs, "choose_file_to_open", lambda *_: path)
    monkeypatch.setattr(dialogs, "choose_file_to_save", lambda *_: path)


class TestOpen:
    def test_every_cell_comes_in_as_text(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "sis.csv").write_text(LINES, "utf-8", newline="")
        choose(monkeypatch, tmp_path / "sis.csv")
        desk.answer("yes")
        buttons.open_csv()
        assert desk.column("Student ID") == ["00123"]
        assert desk.column("First Name") == ["=Ana"]
        assert desk.last() == "1 row of sis.csv are on the sheet Import."
        assert "Login" in desk.screen.prompts()[0], "a guessed heading is asked about"

    def test_rows_that_stand_there_are_kept_without_a_yes(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        desk.fill(ANA, BEN)
        (tmp_path / "sis.csv").write_text("Username,Student ID\nx,1\n", "utf-8")
        choose(monkeypatch, tmp_path / "sis.csv")
        buttons.open_csv()
        assert "The 2 rows on the sheet Import would be replaced" in desk.screen.prompts()[0]
        assert desk.column("Username") == ["asmith", "bjones"]

    def test_marks_of_the_old_rows_go_with_them(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        desk.fill(("00123", "", *ANA[2:]), BEN)
        buttons.validate()
        (tmp_path / "sis.csv").write_text("Username,Student ID\nasmith,00123\n", "utf-8")
        choose(monkeypatch, tmp_path / "sis.csv")
        desk.answer("yes")
        buttons.open_csv()
        assert desk.column("Result") == [None]
        assert not list(desk.import_sheet.notes)
        assert desk.cell(FIRST, "Username").color is None
        assert not desk.name("PlanDigest")

    def test_a_column_of_the_user_is_kept_and_named(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.fill(ANA, BEN)
        sheet = desk.import_sheet
        sheet.range((FIRST - 1, 15)).value = "Bus"
        sheet.range((FIRST + 1, 15)).value = "Line 4"
        sheet.range((FIRST - 1, 16)).value = "Empty"
        (desk.folder / "sis.csv").write_text("Username,Student ID\nx,1\n", "utf-8")
        choose(monkeypatch, desk.folder / "sis.csv")
        desk.answer("yes")
        buttons.open_csv()
        assert "What you added beside them was left as it was (Bus)" in desk.last()
        assert sheet.range((FIRST + 1, 15)).value == "Line 4"

    @pytest.mark.parametrize(
        ("name", "content"), [("is.xlsx", b""), ("empty.csv", b""), ("header.csv", b"x,y\n")]
    )
    def test_what_cannot_be_used_is_said(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes
    ) -> None:
        (desk.folder / name).write_bytes(content)
        choose(monkeypatch, desk.folder / name)
        desk.answer("yes")
        buttons.open_csv()
        said = {"is.xlsx": "is no text file", "empty.csv": "empty", "header.csv": "No header row"}
        assert said[name] in desk.last()
        assert desk.screen.answers, "nothing was asked"

    def test_the_memory_of_fixes_goes_with_the_old_rows(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.fill(ANA)
        desk.cell(FIRST, "Username").add_note('rosterkey fix: cleaned\nWas: "x"\nFormat: @\nNow: 1')
        desk.cell(FIRST, "Grade").add_note("mine")
        (desk.folder / "sis.csv").write_text("Username,Student ID\nasmith,00123\n", "utf-8")
        choose(monkeypatch, desk.folder / "sis.csv")
        desk.answer("yes")
        buttons.open_csv()
        assert [note.text for note in desk.import_sheet.notes] == ["mine"]

    def test_a_closed_dialog_does_nothing(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        choose(monkeypatch, None)
        buttons.open_csv()
        buttons.save_csv()
        assert not desk.screen.alerts


class TestSave:
    def test_the_way_back_gives_the_same_and_nothing_runs(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        desk.fill((*ANA[:2], "=1+1", *ANA[3:]), BEN)
        desk.cell(FIRST, "Password").value = "Sunny-Day-7"
        choose(monkeypatch, tmp_path / "out.csv")
        buttons.save_csv()
        written = (tmp_path / "out.csv").read_text("utf-8-sig")
        assert "'=1+1" in written
        assert "Sunny" not in written
        assert "The passwords were left out" in desk.last()
        rows = read_sheet(tmp_path / "out.csv").rows
        assert rows[1][1][:3] == ("00123", "asmith", "=1+1")
        if os.name == "posix":
            assert (tmp_path / "out.csv").stat().st_mode & 0o077 == 0

    def test_decisions_travel_with_their_rows(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        desk.fill(ANA, BEN)
        desk.cell(FIRST + 1, "Decision").value = "really new"
        choose(monkeypatch, tmp_path / "out.csv")
        buttons.save_csv()
        desk.cell(FIRST + 1, "Decision").value = None
        desk.answer("yes")
        buttons.open_csv()
        assert desk.column("Decision") == [None, "really new"]


class TestDialogs:
    def test_a_python_without_windows_is_said(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, "tkinter", None)
        buttons.open_csv()
        assert "cannot show a dialog for files" in desk.last()
