"""Findings: one line each, grouped by cause, with a link to the cell."""

from __future__ import annotations

from rosterkey.workbook.layout import FINDINGS, FINDINGS_HEADINGS, HEADER_ROW, TABLES
from rosterkey.workbook.sheets.book import Book, Frame, TableColumn, TableText
from rosterkey.workbook.sheets.conditions import FIRST, SEVERITY_WORDS, Conditions

_FRAME = Frame(
    FINDINGS,
    title="Findings: what is wrong, and how to mend it",
    hint=(
        "Validate fills this sheet: errors first, the same cause together. "
        "The number under Row leads to the cell. Mend on the sheet Import, then validate again."
    ),
    tab="#C00000",
    buttons=("validate", "next_finding", "apply_fix", "apply_all_fixes", "help"),
)
_TEXT = TableText(
    TABLES[FINDINGS],
    "Findings",
    "One finding a line: how serious it is, its cause, the row and the column of the sheet "
    "Import, the student, the message, and a value that would mend it.",
)
_WIDTHS = (12, 34, 8, 14, 22, 72, 22, 28)


def add(book: Book) -> None:
    """Add the sheet."""
    sheet = book.add_sheet(_FRAME)
    look = book.look
    formats = {
        "Severity": look.strong,
        # A link is a formula, and a formula in a text cell would stay text.
        "Row": look.link,
        "Message": look.wrapped,
        "Suggested value": look.strong,
    }
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
            for heading, width in zip(FINDINGS_HEADINGS, _WIDTHS, strict=True)
        ],
    )
    conditions = Conditions(book, sheet, "A:H")
    conditions.tone_words("A", SEVERITY_WORDS)
    # Bold where a cause begins: the lines below it are more of the same.
    conditions.formats("B:B", {f"$B{FIRST}<>$B{HEADER_ROW}": {"bold": True}})
    conditions.formats("C:H")
