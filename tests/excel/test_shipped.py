"""The buttons in the workbook that is shipped, macros and all."""

from __future__ import annotations

import shutil
from pathlib import Path

from rosterkey.excel import buttons
from tests.excel.desk import ANA, ANA_RENAMED, Desk

SHIPPED = Path(__file__).resolve().parents[2] / "workbook" / "RosterTemplate.xlsm"


def test_they_find_every_place_of_the_shipped_workbook(desk: Desk) -> None:
    desk.path = desk.folder / "Mine.xlsm"
    shutil.copy(SHIPPED, desk.path)
    desk.open()
    desk.name("SettingDatabase", desk.url)
    buttons.export()
    desk.fill(ANA_RENAMED)
    buttons.validate()
    desk.answer("yes")
    buttons.import_()
    assert desk.accounts()["a1"] == "ana.smith"
    desk.answer("yes")
    buttons.undo()
    assert desk.accounts()["a1"] == ANA[1]
    assert desk.column("What", "History") == ["undo of import 1", "Mine.xlsm"]
