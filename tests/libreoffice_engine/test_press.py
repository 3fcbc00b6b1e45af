"""Every button of the built workbook, from the press to what stands in the sheet afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rosterkey.workbook.layout import BUTTONS
from rosterkey.workbook.macros import python_function, ribbon_callback
from tests.engine.engine import close_all
from tests.excel.desk import ANA, BEN, CARLA, FIRST, Desk
from tests.libreoffice_engine.desk import OfficeDesk
from tests.libreoffice_engine.direct import book_of
from tests.libreoffice_engine.office import Office
from tests.libreoffice_engine.pressing import Press, Workbook

LABELS = {
    "Export": "export",
    "Validate": "validate",
    "Import": "import_",
    "Undo": "undo",
    "History": "history",
    "Start import": "start_import",
    "Add IDs": "add_ids",
    "New usernames": "new_usernames",
    "Next finding": "next_finding",
    "Apply fix": "apply_fix",
    "Apply all fixes": "apply_all_fixes",
    "Open CSV": "open_csv",
    "Save CSV": "save_csv",
    "Settings": "settings",
    "Help": "help",
}
"""The label of each button and the function that it has to ask for."""


def command(function: str) -> str:
    """The Python that a button asks xlwings to run."""
    return f"import rosterkey.excel.buttons as buttons; buttons.{function}()"


@pytest.fixture
def workbook(tmp_path: Path, office: Office) -> Iterator[Workbook]:
    """The built workbook in LibreOffice, where RunPython only notes what it is asked."""
    opened = Workbook(tmp_path, office)
    opened.stand_in()
    yield opened
    opened.close()


class TestTheVba:
    def test_every_button_asks_for_its_function(self, workbook: Workbook) -> None:
        pressed = {}
        for sheet, label in workbook.buttons():
            workbook.push(sheet, label)
            pressed[sheet, label] = workbook.asked()
        assert pressed == {(s, label): [command(LABELS[label])] for s, label in pressed}
        assert {label for _, label in pressed} == set(LABELS)
        assert set(LABELS.values()) == {python_function(button) for button in BUTTONS}

    def test_every_callback_of_the_ribbon_asks_for_its_function(self, workbook: Workbook) -> None:
        for button in BUTTONS:
            workbook.run(f"{ribbon_callback(button)} Nothing")
            assert workbook.asked() == [command(python_function(button))]

    def test_a_press_during_a_press_does_nothing(self, workbook: Workbook) -> None:
        workbook.stand_in('    If PythonCommand Like "*validate*" Then RunButton "help"')
        workbook.push("Start", "Validate")
        assert workbook.asked() == [command("validate")]

    def test_the_ribbon_is_grey_while_a_button_runs(self, workbook: Workbook) -> None:
        asks = 'Dim can\n    Roster_GetEnabled Nothing, can\n    Note "can press: " & CBool(can)'
        workbook.stand_in(f"    {asks}")
        workbook.run("Roster_OnLoad Nothing")
        workbook.push("Start", "Validate")
        assert workbook.asked() == [command("validate"), "can press: False"]
        workbook.run('RunPython ""')
        assert workbook.asked() == ["", "can press: True"]

    def test_after_an_error_it_is_shown_and_the_next_press_works(self, workbook: Workbook) -> None:
        failing = 'Err.Raise 1001, "double", "no Python here"'
        workbook.stand_in(f'    If PythonCommand Like "*validate*" Then {failing}')
        workbook.push("Start", "Validate")
        asked = workbook.asked()
        assert asked[0] == command("validate")
        assert asked[1].startswith("ShowError: ")
        assert "no Python here" in asked[1]
        workbook.push("Start", "Help")
        assert workbook.asked() == [command("help")]


class PressedDesk(OfficeDesk):
    """A desk whose buttons are pressed, each with a Python of its own."""

    def open(self) -> None:
        """Open the workbook with its buttons; this test looks into it through the same engine."""
        self.workbook = Workbook(self.folder, self.office)
        self.workbook.start_python()
        self.path, self.document = self.workbook.path, self.workbook.document
        self.book = book_of(self.document)

    def press(self, sheet: str, label: str, *answers: str, file: Path | None = None) -> Press:
        """Press a button; it ran in another process, without an error, and was named the book."""
        press = self.workbook.press(sheet, label, *answers, file=file)
        assert press.errors == []
        assert press.process != os.getpid()
        assert f"--wb={self.path.name}" in press.command
        assert press.command[press.command.index("-c") + 1].endswith(command(LABELS[label]))
        assert press.status[-1] is False, "the status bar is Excel's again"
        return press


@pytest.fixture
def desk(tmp_path: Path, office: Office) -> Iterator[PressedDesk]:
    """The built workbook, a small district, and a separate Python for each press."""
    opened = PressedDesk(tmp_path, office)
    yield opened
    opened.close()
    close_all()


def lose_a_zero(desk: Desk) -> None:
    """Let Ana's ID become a number."""
    cell = desk.cell(FIRST, "Student ID")
    cell.number_format = "General"
    cell.value = 123.0


class TestTheWholeChain:
    def test_the_daily_way(self, desk: PressedDesk) -> None:
        assert desk.press("Start", "Settings").last.startswith("Database: sqlite")
        assert desk.press("Start", "Help").last.startswith("1. Export")

        desk.press("Start", "Export")
        assert sorted(desk.column("Username", "Export")) == ["asmith", "bjones", "cdiaz", "devans"]

        told = desk.press("Export", "Start import").last
        assert told.startswith("4 students of the sheet Export are on the sheet Import.")
        assert desk.column("Username") == desk.column("Username", "Export")

        ana = desk.column("Username").index("asmith")
        desk.cell(FIRST + ana, "Username").value = "ana.smith"
        told = desk.press("Import", "Validate").last
        assert told.startswith("4 rows. GO")
        assert desk.column("Result").count("Unchanged") == 3
        assert desk.column("Changes")[ana] == "Username: asmith → ana.smith"

        assert desk.press("Import", "Import", "yes").last.startswith("Import 1 was done")
        assert desk.accounts()["a1"] == "ana.smith"

        desk.press("Start", "Undo", "yes", "yes")
        assert desk.accounts()["a1"] == "asmith"

        desk.press("Start", "History")
        assert desk.column("No.", "History") == [2.0, 1.0]
        assert desk.book.sheets.active.name == "History"

    def test_findings_are_reached_and_mended(self, desk: PressedDesk) -> None:
        desk.fill(ANA, BEN, CARLA)
        lose_a_zero(desk)
        desk.press("Import", "Validate")
        assert desk.cell(FIRST, "Student ID").color is not None

        desk.press("Import", "Next finding")
        assert desk.book.app.selection.address == f"$A${FIRST}"

        desk.press("Import", "Apply fix", "yes")
        assert desk.cell(FIRST, "Student ID").value == "00123"

        desk.press("Import", "Apply all fixes", "yes")
        assert desk.cell(FIRST, "Student ID").value == 123.0, "a second press takes it back"

    def test_ids_come_in_from_a_list(self, desk: PressedDesk) -> None:
        listed = desk.folder / "sis.csv"
        listed.write_text("Student ID,First Name,Last Name\n00123,Ana,Smith\n", "utf-8")
        desk.fill(("", *ANA[1:]), BEN)
        told = desk.press("Import", "Add IDs", "yes", file=listed).last
        assert told.startswith("1 cell of the sheet Import got a Student ID.")
        assert desk.column("Student ID") == ["00123", "00124"]

    def test_new_usernames_come_onto_import(self, desk: PressedDesk) -> None:
        desk.name("SettingPattern", "{first}.{last}")
        told = desk.press("Export", "New usernames", "yes").last
        assert told.startswith("4 students with a new username on the sheet Import.")
        assert desk.column("Username") == ["carla.diaz", "ben.jones", "ana.smith", "dan.evans"]
        assert desk.accounts()["a1"] == "asmith"

    def test_a_text_file_comes_in_and_goes_out(self, desk: PressedDesk) -> None:
        sent = desk.folder / "sis.csv"
        sent.write_text("SID,Login,First Name\n00123,asmith,=1+1\n00124,bjones,Zo\u00eb\n", "utf-8")
        told = desk.press("Import", "Open CSV", "yes", file=sent)
        assert told.last == "2 rows of sis.csv are on the sheet Import."
        assert desk.column("Student ID") == ["00123", "00124"]
        assert desk.column("First Name") == ["=1+1", "Zo\u00eb"]

        saved = desk.folder / "out.csv"
        assert desk.press("Import", "Save CSV", file=saved).last.startswith("2 rows were saved in")
        lines = saved.read_text("utf-8-sig").splitlines()
        assert [line.split(",")[:3] for line in lines[1:]] == [
            ["00123", "asmith", "'=1+1"],
            ["00124", "bjones", "Zo\u00eb"],
        ]

    def test_without_a_screen_there_is_no_dialog_for_files(self, desk: PressedDesk) -> None:
        desk.fill(ANA)
        assert "cannot show a dialog for files" in desk.press("Import", "Open CSV").last
