"""A sheet that its owner arranged anew: what is theirs is as before, wherever it stands."""

from __future__ import annotations

from typing import Any

import xlwings as xw

from rosterkey.excel import buttons
from tests.excel.desk import FIRST, Desk
from tests.libreoffice_engine.test_both_programs import hide

HEADINGS = (
    "Bus", "Last Name", "Username", "Findings", "Student ID", "First Name", "Short", "Grade",
    "School", "Class", "Result", "Changes",
)  # fmt: skip
"""The user's order with columns of their own; Decision is gone, Findings stands in the middle."""
ROWS = (
    ("Line 4", "Smith", "ana.smith", "", "00123", "Ana", "=LOWER(F5)", "3", "Lincoln Elementary",
     "3A", "", ""),
    ("=1+1", "Jones", "", "", "00124", "Ben", "=LOWER(F6)", "3", "Lincoln Elementary",
     "3A", "", ""),
    ("", "Diaz", "cdiaz", "", "00125", "Carla", "=LOWER(F7)", "2", "Nowhere", "2B", "", ""),
    ("", "Evans", "devans", "", "00126", "Dan", "=LOWER(F8)", "2", "Oak Middle", "", "", ""),
)  # fmt: skip
PRODUCT = ("D", "K", "L", "O")
"""Where the results stand: Decision gets a place right of everything."""
YELLOW = (255, 255, 0)


def arrange(desk: Desk) -> None:
    """Let the sheet be as its owner wants it."""
    sheet = desk.import_sheet
    sheet.range("A4").value = [list(HEADINGS)]
    formulas = sheet.range("A5:A8,G5:G8")
    formulas.number_format = "General"
    for number, row in enumerate(ROWS, start=FIRST):
        sheet.range((number, 1)).value = [list(row)]
    sheet.tables["tblImport"].resize(sheet.range("A4:L8"))
    sheet.range("N6").value = "beside it, without a heading"
    sheet.range("K11").value = "checked by Kim"
    sheet.range("A3").value = "our own line above the table"
    sheet.range("B5,C6,I7").color = YELLOW
    sheet.range("I7").add_note("ask the school")
    sheet.range("B8").add_note("from the office")
    hide(desk, FIRST + 3)


def everything(sheet: xw.Sheet) -> dict[str, Any]:
    """All that stands on the sheet but under the headings of the results."""
    found = {}
    for row in range(1, 13):
        for letter in "ABCDEFGHIJKLMN":
            if letter in PRODUCT and FIRST <= row < FIRST + len(ROWS):
                continue
            cell = sheet.range(f"{letter}{row}")
            note = cell.note
            found[f"{letter}{row}"] = (
                cell.value,
                cell.formula,
                cell.number_format,
                cell.color,
                note.text if note is not None else None,
            )
    return found


def test_what_is_the_owners_stays_where_it_is(desk: Desk) -> None:
    arrange(desk)
    sheet = desk.import_sheet
    before = everything(sheet)
    buttons.validate()
    buttons.validate()
    assert sheet.range("K5:K8").value == ["Rename", "Error", "Error", "Unchanged"]
    assert sheet.range("L5").value == "Username: asmith → ana.smith"
    assert sheet.range("D6").value.startswith("Row 6")
    assert sheet.range("O4").value == "Decision"
    after = everything(sheet)
    # The bad cells have a fill of their owner's, and one of them a note: it gets none of ours.
    assert {cell for cell in before if before[cell] != after[cell]} == {"C6"}
    assert after["C6"][:4] == before["C6"][:4]
    assert after["C6"][4].startswith("rosterkey:")

    sheet.range("C6").value = "bjones"
    sheet.range("I7").value = "Lincoln Elementary"
    buttons.validate()
    mended = everything(sheet)
    assert {cell for cell in before if before[cell] != mended[cell]} == {"C6", "I7"}
    assert sheet.range("K5:K8").value == ["Rename", "Unchanged", "Unchanged", "Unchanged"]
    assert sheet.range("D5:D7").value == [None, None, None]


def test_a_fix_on_such_a_sheet_goes_back_to_the_letter(desk: Desk) -> None:
    arrange(desk)
    sheet = desk.import_sheet
    number = sheet.range("E8")
    number.number_format = "0000"
    number.value = 126
    before = everything(sheet)
    desk.select(number)
    desk.answer("yes", "yes")
    buttons.apply_fix()
    assert number.value == "00126"
    buttons.apply_fix()
    assert everything(sheet) == before
