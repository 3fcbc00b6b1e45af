"""The buttons of the tool bar, clicked with a mouse; the workbook and the accounts are read.

Import, Undo and History have their clicks in test_story.py.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from rosterkey.workbook.layout import EXPORT, ROSTER_HEADINGS
from tests.excel.desk import ANA, BEN, CARLA, NEW, PEOPLE
from tests.libreoffice_engine.bridge import ROOT
from tests.libreoffice_screen.desk import BAR, ShownDesk
from tests.libreoffice_screen.seeing import role, wait_for
from tests.libreoffice_screen.user import told

RIBBON = ROOT / "addin" / "ribbon" / "customUI14.xml"
LOST_ZEROS = ("124", *BEN[1:])
TWICE = ("125", *CARLA[1:])


def ribbon_labels() -> list[str]:
    """What the buttons of Excel's ribbon are called, in their order."""
    return re.findall(r'<button[^>]*?\slabel="([^"]+)"', RIBBON.read_text("utf-8"), re.DOTALL)


def test_the_tool_bar_and_the_menu_are_the_ribbon(desk: ShownDesk) -> None:
    bar = desk.user.window.find("TOOL_BAR", BAR)
    assert bar is not None
    buttons = [b for b in bar.children() if b.role == role("PUSH_BUTTON")]
    assert [b.name for b in buttons] == ribbon_labels()
    assert all(b.enabled and b.middle for b in buttons)
    desk.user.look("tool bar")
    assert desk.user.open_menu(BAR) == ribbon_labels()
    desk.user.look("menu")
    desk.user.screen.press("Escape")


def test_the_way_from_export_to_a_mended_sheet(desk: ShownDesk) -> None:
    user = desk.user
    assert desk.press("Export", "OK").startswith("4 students on the sheet Export")
    assert {row[:7] for row in desk.rows(EXPORT)} >= {ANA, BEN, CARLA}
    user.look("exported")
    assert desk.press("Start import", "OK").startswith("4 students of the sheet Export are on")
    assert sorted(desk.column("Username")) == sorted(p[2] for p in PEOPLE)

    desk.fill(("00123", "ana.smith", *ANA[2:]), LOST_ZEROS, TWICE, NEW)
    said = desk.press("Validate", "OK")
    assert said.startswith("4 rows")
    assert "BLOCK" in said
    assert desk.column("Result") == ["Rename", "Error", "Error", "Create"]
    desk.press("Next finding")
    wait_for(lambda: desk.selected == "$Import.$A$6", "the first cell with a finding")
    user.look("validated")

    user.press(BAR, "Apply fix")
    assert [b.name for b in user.buttons()] == ["Yes", "No"]
    user.look("question")
    assert 'Put "00124" into A6 in place of "124"?' in desk.answered("Yes")
    assert desk.column("Student ID") == ["00123", "00124", "125", "00300"]
    desk.select(desk.cell(7, "Student ID"))
    assert "1 cell got the suggested value" in desk.press("Apply all fixes", "Yes", "OK")
    assert desk.column("Student ID") == ["00123", "00124", "00125", "00300"]
    assert desk.column("Result") == ["Rename", "Unchanged", "Unchanged", "Create"]


def test_what_prepares_an_import(desk: ShownDesk, tmp_path: Path) -> None:
    listed = tmp_path / "from the SIS.csv"
    listed.write_text(
        "Student ID,Username,First Name,Last Name\n00123,asmith,Ana,Smith\n", encoding="utf-8"
    )
    desk.fill(("", *ANA[1:]), ("", *BEN[1:]))
    desk.user.press(BAR, "Add IDs")
    desk.user.choose_file(listed, "Open")
    desk.answered("Yes", "OK")
    assert desk.column("Student ID") == ["00123", None]

    desk.name("SettingPattern", "{first}.{last}")
    desk.user.press(BAR, "New usernames")
    assert "ana.smith" in told(desk.user.dialog())
    assert desk.answered("Yes", "OK").startswith("4 students with a new username")
    wanted = {f"{p[3]}.{p[4]}".lower() for p in PEOPLE}
    assert set(desk.column("Username")) == wanted
    assert desk.accounts() == {p[0]: p[2] for p in PEOPLE}


def test_text_files_in_and_out(desk: ShownDesk, tmp_path: Path) -> None:
    came = tmp_path / "Roster list.csv"
    rows = [list(ANA), list(BEN)]
    with came.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([ROSTER_HEADINGS[:7], *rows])
    desk.user.press(BAR, "Open CSV")
    desk.user.choose_file(came, "Open")
    assert desk.answered("OK").startswith("2 rows of Roster list.csv are on the sheet Import.")
    assert desk.column("Student ID") == ["00123", "00124"]

    left = tmp_path / "Saved list.csv"
    desk.user.press(BAR, "Save CSV")
    desk.user.choose_file(left, "Save")
    assert desk.answered("OK").startswith(f"2 rows were saved in {left}.")
    with left.open(encoding="utf-8-sig", newline="") as file:
        saved = list(csv.reader(file))
    assert [line[:7] for line in saved[1:]] == rows


def test_what_explains(desk: ShownDesk) -> None:
    said = desk.press("Settings", "OK")
    assert "The database answers.\nDistrict: Lincoln Unified, 4 students" in said
    assert desk.press("Help", "OK").startswith("1. Export: the sheet Export shows")
