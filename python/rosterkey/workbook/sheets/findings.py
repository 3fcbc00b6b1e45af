"""Findings: one line each, grouped by cause, with a link to the cell."""

from __future__ import annotations

from rosterkey.workbook.layout import FINDINGS, FINDINGS_HEADINGS, HEADER_ROW, TABLES
from rosterkey.workbook.sheets.book import Book, Frame, TableColumn, TableText
from rosterkey.workbook.sheets.conditions import SEVERITY_WORDS, Conditions
from rosterkey.workbook.sheets.look import MUTED

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
        "Finding": look.strong,
        # A link is a formula, and a formula in a text cell would stay text.
        "Row": look.link,
        "Message": look.wrapped,
        "Suggested value": look.strong,
    }
    book.add_table(
        sheet,
        _TEXT,
        [
            TableColumn(heading, width, formats.get(heading, look.wrapped))
            for heading, width in zip(FINDINGS_HEADINGS, _WIDTHS, strict=True)
        ],
    )
    conditions = Conditions(book, sheet)
    # A darker line where the next cause begins; the header has its own edge.
    row = HEADER_ROW + 1
    next_cause = f'AND($B{row}<>"",$B{row + 1}<>$B{row})'
    conditions.when(next_cause, "A:H", {"bottom": 1, "bottom_color": MUTED})
    conditions.rule_lines("A:H")
    conditions.tone_words("A", SEVERITY_WORDS)
