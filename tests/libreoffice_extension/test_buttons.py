"""The extension as a user has it: installed, found, and each press a Python of its own.

A program without a window closes every dialog by itself, so a question gets no yes here.
"""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

import pytest

from rosterkey.workbook.layout import BUTTONS
from tests.excel.desk import ANA, ANA_RENAMED, BEN, CARLA, FIRST
from tests.libreoffice_engine.bridge import properties
from tests.libreoffice_engine.desk import OfficeDesk
from tests.libreoffice_engine.office import Office
from tests.libreoffice_extension.installed import Buttons, unopkg, wait_for

FORMS = {".xlsm": "Calc MS Excel 2007 VBA XML", ".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}
"""The files that a user may have, and LibreOffice's names of their forms."""


def test_it_is_installed_under_its_name(settings: list[str]) -> None:
    listed = unopkg("list", "--shared", settings=settings)
    assert "Identifier: org.rosterkey.buttons" in listed
    assert "is registered: yes" in listed


def test_each_button_is_served_and_nothing_else(buttons: Buttons) -> None:
    assert [name for name in BUTTONS if buttons.find(name)[0] is None] == []
    assert buttons.find("Validate now")[0] is None


def test_from_the_accounts_to_the_findings(desk: OfficeDesk, buttons: Buttons) -> None:
    buttons.press("export")
    assert sorted(desk.column("Username", "Export")) == ["asmith", "bjones", "cdiaz", "devans"]
    buttons.press("start_import")
    assert desk.column("Username") == desk.column("Username", "Export")
    place = desk.column("Username").index("bjones")
    desk.cell(FIRST + place, "Username").value = ""
    buttons.press("validate")
    assert desk.column("Result").count("Unchanged") == 3
    assert desk.column("Result")[place] == "Error"
    assert desk.cell(FIRST + place, "Username").note.text.startswith("rosterkey:\nError: Row")
    assert "BLOCK" in desk.name("StartValidated")
    buttons.press("next_finding")
    assert desk.book.app.selection.address == f"$B${FIRST + place}"
    buttons.press("history")
    assert desk.book.sheets.active.name == "History"


@pytest.mark.parametrize("ending", FORMS)
def test_it_works_in_each_form_of_a_workbook(ending: str, desk: OfficeDesk, office: Office) -> None:
    desk.fill(ANA_RENAMED, BEN, ("00125", "", *CARLA[2:]))
    path = desk.folder / f"My roster{ending}"
    desk.document.storeToURL(path.as_uri(), properties(FilterName=FORMS[ending]))
    desk.close()
    desk.open_other(path)
    Buttons(desk.document).press("validate")
    assert desk.column("Result") == ["Rename", "Unchanged", "Error"]
    assert "username-blank" in desk.column("Code", "Findings")
    assert desk.cell(FIRST + 2, "Username").color is not None
    assert desk.name("PlanDigest")


def test_a_button_that_runs_makes_all_of_them_grey(desk: OfficeDesk, buttons: Buttons) -> None:
    desk.fill(ANA)
    assert buttons.press("validate") == [True, False, True]


def test_a_question_without_a_yes_changes_nothing(desk: OfficeDesk, buttons: Buttons) -> None:
    desk.fill(ANA_RENAMED, BEN)
    buttons.press("validate")
    buttons.press("import")
    assert desk.accounts()["a1"] == "asmith"
    assert desk.numbers() == []


def process_of_the_button(office: Office) -> int | None:
    """The number of the Python that this office started, None before it did."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            ours = f"HOME={office.home}".encode() in (folder / "environ").read_bytes().split(b"\0")
            if ours and b"rosterkey.libreoffice" in (folder / "cmdline").read_bytes():
                return int(folder.name)
    return None


def test_a_button_whose_python_dies_gives_the_window_back(
    desk: OfficeDesk, buttons: Buttons, office: Office
) -> None:
    desk.fill(*[(f"{n:05}", f"user{n}", *ANA[2:]) for n in range(1_000, 1_400)])
    watcher = buttons.start("validate")
    os.kill(wait_for(lambda: process_of_the_button(office)), signal.SIGKILL)
    assert watcher.wait() == [True, False, True]
    assert not desk.name("PlanDigest")
    assert desk.document.IsAdjustHeightEnabled
    assert not desk.document.hasControllersLocked()
    assert not desk.document.getUndoManager().isLocked()
    assert buttons.press("help") == [True, False, True]


def test_a_workbook_that_is_closed_ends_its_button(
    desk: OfficeDesk, buttons: Buttons, office: Office, tmp_path: Path
) -> None:
    desk.fill(*[(f"{n:05}", f"user{n}", *ANA[2:]) for n in range(1_000, 2_000)])
    watcher = buttons.start("validate")
    desk.close()
    assert watcher.wait()[-1]
    desk.open()
    desk.fill(ANA)
    assert Buttons(desk.document).press("validate")[-1]
