"""Export: the students as they are stored."""

from __future__ import annotations

from rosterkey.workbook.layout import EXPORT, EXPORT_HEADINGS, TABLES
from rosterkey.workbook.sheets.book import Book, Frame, TableColumn, TableText
from rosterkey.workbook.sheets.conditions import Conditions

_FRAME = Frame(
    EXPORT,
    title="Export: the students as they are stored",
    hint=(
        "Export fills this sheet; which students, the sheet Settings says. Start import puts what "
        "you see here onto Import: what you change here is never imported from here."
    ),
    tab="#2E75B6",
    buttons=("export", "start_import", "new_usernames", "settings"),
    gridlines=True,
)
_TEXT = TableText(
    TABLES[EXPORT],
    "Exported students",
    "One student a line, as stored: Student ID, username, names, grade, school and classes.",
)
_WIDTHS = (14, 24, 18, 20, 9, 30, 28)


def add(book: Book) -> None:
    """Add the sheet."""
    sheet = book.add_sheet(_FRAME)
    pairs = zip(EXPORT_HEADINGS, _WIDTHS, strict=True)
    columns = [TableColumn(heading, width, book.look.text) for heading, width in pairs]
    book.add_table(sheet, _TEXT, columns)
    Conditions(book, sheet, "A:G").formats("A:G")
