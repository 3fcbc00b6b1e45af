"""Start: the five steps, how far they are, what never happens, and where help is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rosterkey.workbook.layout import HEADER_ROW, IMPORT, LAST_ROW, START
from rosterkey.workbook.sheets.book import Book, Frame
from rosterkey.workbook.sheets.look import ERROR, INK, QUIET, WARNING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_FRAME = Frame(
    START,
    title="Rosters without duplicate accounts",
    hint=(
        "Change usernames, or start a new school year, in five steps. "
        "Nothing is written to any account before step 5."
    ),
    tab=INK,
    buttons=("export", "validate", "import", "undo", "history", "settings", "help"),
    zoom=110,
    private=False,
)
_WIDTHS = (6, 24, 66, 46)
_NO_ROWS = "No rows yet"
_FIRST_ROW = HEADER_ROW + 1
_FILLED = f"COUNTA({IMPORT}!$B${_FIRST_ROW}:$B${LAST_ROW})"
_COUNTED = (
    f'=IF({_FILLED}=0,"{_NO_ROWS}",IF({_FILLED}=1,"1 row",{_FILLED}&" rows")&" with a username")'
)

_STEPS = (
    (
        "Connect",
        "Nothing to do where this computer holds the accounts of one district. Several districts, "
        "or another database? Then fill in the sheet Settings.",
        ("StartDatabase", "Not connected yet"),
    ),
    (
        "Export",
        "Press Export. The sheet Export shows the students as they are stored, with their "
        "Student IDs: the IDs keep each account with its child.",
        ("StartExported", "Not exported yet"),
    ),
    (
        "Fill the sheet Import",
        "Press Start import on the sheet Export (filter it first), or paste a new roster onto "
        "Import (values only). Write the new usernames. Leave the Student IDs as they are.",
        None,
    ),
    (
        "Validate",
        "Press Validate. Each row says what it would do; Findings lists what is wrong and how to "
        "mend it. Repeat until nothing is left that you do not want.",
        ("StartValidated", "Not validated yet"),
    ),
    (
        "Import",
        "Press Import. You see the sum once more and confirm what has to be confirmed. All is "
        "written or nothing, and Undo takes it back.",
        ("StartImported", "Not imported yet"),
    ),
)
"""Each step's name, what to do, and the name of its state's cell with what it says at first."""

_NEVER = (
    "What never happens to your accounts",
    "✖",
    "Makes a second account for a student in silence: a row that looks like an existing student "
    "waits for your answer.",
    "Hands one child's account to another unasked.",
    "Changes accounts of staff, of other districts, or of students who are not on the sheet.",
    "Takes a blank cell for a value: a blank changes nothing.",
    "Imports something else than what you saw: if the sheet or an account changed since, it stops.",
    "Imports half a sheet, or loses what was there before.",
    "Keeps or exports a password that can be read.",
)
_HELP = (
    "Where help is",
    "?",
    "A finding is not clear: its line on the sheet Findings says what to do; Help says more.",
    "An import was a mistake: open History, choose it, press Undo. A preview comes first.",
)
_BLOCKED = (
    "A button does nothing: macros are blocked. Close the workbook, open the file's Properties in "
    "its folder, tick Unblock, open it again."
)
_ELSEWHERE = (
    "The buttons are on the tab Roster add-in of Excel, or the toolbar Roster of LibreOffice. If "
    "there is none, run: rosterkey setup, for LibreOffice rosterkey setup --libreoffice"
)
"""In a workbook without macros."""


def add(book: Book) -> None:
    """Add the sheet."""
    sheet = book.add_sheet(_FRAME)
    for position, width in enumerate(_WIDTHS):
        sheet.set_column(position, position, width)
    after = _add_steps(book, sheet)
    after = _add_list(book, sheet, after + 1, _NEVER)
    _add_list(book, sheet, after + 1, (*_HELP, _BLOCKED if book.macros else _ELSEWHERE))
    sheet.freeze_panes(3, 0)
    sheet.fit_to_pages(1, 1)
    sheet.activate()
    sheet.set_selection(HEADER_ROW, 3, HEADER_ROW, 3)


def _add_steps(book: Book, sheet: Worksheet) -> int:
    """Write the steps and give the first row below them."""
    look = book.look
    sheet.set_row_pixels(HEADER_ROW - 1, 26)
    sheet.write_string(HEADER_ROW - 1, 0, "No.", look.header_centre)
    for position, heading in enumerate(("Step", "What you do", "State"), start=1):
        sheet.write_string(HEADER_ROW - 1, position, heading, look.header)
    for number, (name, text, state) in enumerate(_STEPS, start=1):
        row = HEADER_ROW - 1 + number
        sheet.set_row_pixels(row, 54)
        sheet.write_number(row, 0, number, look.step)
        sheet.write_string(row, 1, name, look.step_name)
        sheet.write_string(row, 2, text, look.step_text)
        if state is None:
            sheet.write_formula(row, 3, _COUNTED, look.step_text, _NO_ROWS)
        else:
            sheet.write_string(row, 3, state[1], look.state)
            book.define(state[0], sheet, row, 3)
    _tone_states(book, sheet)
    return HEADER_ROW + len(_STEPS)


def _tone_states(book: Book, sheet: Worksheet) -> None:
    """Grey for what is not done yet, red and yellow for a gate that is not open."""
    cells = f"D{_FIRST_ROW}:D{HEADER_ROW + len(_STEPS)}"
    grey = {"italic": True, "font_color": QUIET.text, "bg_color": QUIET.fill}
    begins = (("No rows", grey), ("Not ", grey))
    says = (("BLOCK", ERROR), ("CONFIRM", WARNING))
    for words, said in begins:
        options = {"type": "text", "criteria": "begins with", "value": words}
        sheet.conditional_format(cells, {**options, "format": book.workbook.add_format(said)})
    for word, tone in says:
        bold = {"bold": True, "font_color": tone.text, "bg_color": tone.fill}
        options = {"type": "text", "criteria": "containing", "value": word}
        sheet.conditional_format(cells, {**options, "format": book.workbook.add_format(bold)})


def _add_list(book: Book, sheet: Worksheet, row: int, texts: tuple[str, ...]) -> int:
    """Write a heading, and lines with a sign in front; give the first row below them."""
    title, sign, *lines = texts
    sheet.set_row_pixels(row, 28)
    sheet.write_string(row, 0, title, book.look.section)
    for number, line in enumerate(lines, start=1):
        sheet.write_string(row + number, 0, sign, book.look.sign)
        sheet.write_string(row + number, 1, line, book.look.plain)
    return row + len(lines) + 1
