"""Changes: each field that would change, before and after."""

from __future__ import annotations

from rosterkey.workbook.layout import CHANGES, CHANGES_HEADINGS, TABLES
from rosterkey.workbook.sheets.book import Book, Frame, TableColumn, TableText
from rosterkey.workbook.sheets.conditions import OUTCOME_WORDS, Conditions

_FRAME = Frame(
    CHANGES,
    title="Changes: before and after",
    hint=(
        "Validate fills this sheet: one line for each field that an import would change. "
        "What is not listed stays as it is. The number under Row leads to the cell."
    ),
    tab="#7F6000",
    buttons=("validate", "import"),
)
_TEXT = TableText(
    TABLES[CHANGES],
    "Changes",
    "One changed field a line: the row of the sheet Import, the student, the field, its value "
    "before and after, and what the row does. Passwords are not shown.",
)
_WIDTHS = (8, 28, 16, 32, 32, 18)


def add(book: Book) -> None:
    """Add the sheet."""
    sheet = book.add_sheet(_FRAME)
    look = book.look
    formats = {"Row": look.link, "After": look.strong, "Outcome": look.strong}
    book.add_table(
        sheet,
        _TEXT,
        [
            TableColumn(
                heading,
                width,
                formats.get(heading, look.wrapped),
                look.header_centre if heading == "Row" else None,
            )
            for heading, width in zip(CHANGES_HEADINGS, _WIDTHS, strict=True)
        ],
    )
    conditions = Conditions(book, sheet, "A:F")
    conditions.formats("A:E")
    conditions.tone_words("F", OUTCOME_WORDS)
