"""History: every import, who did it, when and why."""

from __future__ import annotations

from rosterkey.workbook.layout import HISTORY, HISTORY_HEADINGS, TABLES
from rosterkey.workbook.sheets.book import Book, Frame, TableColumn, TableText
from rosterkey.workbook.sheets.conditions import Conditions, says
from rosterkey.workbook.sheets.look import QUIET

_FRAME = Frame(
    HISTORY,
    title="History: every import, newest first",
    hint=(
        "History fills this sheet. To take an import back, choose its line and press Undo: "
        "first you see what goes back and what stays because it was changed since."
    ),
    tab=QUIET.text,
    buttons=("history", "undo"),
    private=False,
)
_TEXT = TableText(
    TABLES[HISTORY],
    "Imports",
    "One import a line: its number, when and by whom it was done, the sheet and the reason, how "
    "much it changed, and whether it was taken back.",
)
_WIDTHS = (8, 20, 28, 52, 34, 26)


def add(book: Book) -> None:
    """Add the sheet."""
    sheet = book.add_sheet(_FRAME)
    look = book.look
    formats = {"No.": look.number}
    book.add_table(
        sheet,
        _TEXT,
        [
            TableColumn(
                heading,
                width,
                formats.get(heading, look.wrapped),
                look.header_centre if heading == "No." else None,
            )
            for heading, width in zip(HISTORY_HEADINGS, _WIDTHS, strict=True)
        ],
    )
    taken_back = {says("taken back", "F"): {"italic": True, "font_color": QUIET.text}}
    Conditions(book, sheet, "A:F").formats("A:F", taken_back)
