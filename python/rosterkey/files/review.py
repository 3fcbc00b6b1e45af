"""The review of duplicates as a workbook: evidence beside a drop-down of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkey.core.duplicates.review import DECISIONS, HEADINGS, SHEET
from rosterkey.files.replace import UnwritableFile
from rosterkey.files.safe_text import without_surrogates
from rosterkey.files.text_book import LAST_ROW, TextBook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_HELP = "How to decide"
_TEXTS = (
    "Each row of the sheet Duplicates shows two accounts that are probably one student's.",
    "Choose under Decision; a row without a decision means later.",
    "merge: A stays: account B goes. Its classes, former usernames and account id move to A.",
    "merge: B stays: the same with A and B turned.",
    "not the same: two students. This is remembered and not asked again.",
    "later: nothing is done, and the pair is listed again next time.",
    "A is the account that has the Student ID, else the one in use, else the one changed most.",
    "Rows with the same number under Group are about one student, so decide them together.",
    "Leave the other columns as they are. Then: rosterkey merge FILE.xlsx",
)
_WIDTHS = {"Decision": 17, "Group": 7, "Score": 7, "Speaks for": 44, "Speaks against": 34}
_WIDTH = {"Username": 20, "Student ID": 12, "Name": 22, "School": 22, "Grade": 7, "Class": 12,
          "Status": 10}  # fmt: skip
_SHADES = {"Decision": "#FFEB9C", "A": "#E2EFDA", "B": "#DDEBF7"}
_LINE = 15
"""The height of a line in points."""

_BOUND = 3
"""The last columns tell the program which accounts a row is about; they are hidden."""


def write_review(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write the rows below the headings. Every cell is text. Raises UnwritableFile."""
    if path.suffix.lower() != ".xlsx":
        raise UnwritableFile(
            f'"{path.name}" was not written: the review is a workbook. Give the file a name that '
            "ends in .xlsx."
        )
    if len(rows) > LAST_ROW:
        raise UnwritableFile(
            f'"{path.name}" was not written: a sheet holds {LAST_ROW:,} rows and the review has '
            f"{len(rows):,}."
        )
    book = TextBook(path)
    # The evidence is a sentence or two, beside cells of one word.
    book.text.set_text_wrap()
    book.text.set_align("top")
    sheet = book.add_sheet(SHEET)
    for number, row in enumerate(rows, start=1):
        sheet.set_row(number, _LINE * _lines(row))
    _set_up(book, sheet)
    book.write_rows(sheet, [HEADINGS], HEADINGS, bold=True)
    book.write_rows(sheet, [[without_surrogates(c) for c in row] for row in rows], HEADINGS, top=1)
    _shade(book, sheet, len(rows))
    options = {
        "validate": "list",
        "source": list(DECISIONS),
        "error_title": "Decision",
        "error_message": "Choose one of the list, or leave the cell blank.",
    }
    sheet.data_validation(1, 0, max(len(rows), 1), 0, options)
    _add_help(book)
    book.save()


def _lines(row: Sequence[str]) -> int:
    """How many lines the evidence of a row takes."""
    shown = zip(HEADINGS, row, strict=True)
    return max(-(-len(text) // _WIDTHS[h]) for h, text in shown if h in _WIDTHS) or 1


def _set_up(book: TextBook, sheet: Worksheet) -> None:
    for position, heading in enumerate(HEADINGS):
        width = _WIDTHS.get(heading) or _WIDTH.get(heading[2:], 14)
        hidden = {"hidden": True} if position >= len(HEADINGS) - _BOUND else {}
        sheet.set_column(position, position, width, book.text, hidden)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _shade(book: TextBook, sheet: Worksheet, rows: int) -> None:
    """Colour the decision and the two accounts, so that the eye finds what belongs together."""
    for position, heading in enumerate(HEADINGS[: len(HEADINGS) - _BOUND]):
        colour = _SHADES.get(heading) or _SHADES.get(heading[:1] if heading[1:2] == " " else "")
        if colour and rows:
            look = book.workbook.add_format({"bg_color": colour})
            always = {"type": "formula", "criteria": "=TRUE", "format": look}
            sheet.conditional_format(1, position, rows, position, always)


def _add_help(book: TextBook) -> None:
    sheet = book.add_sheet(_HELP)
    sheet.set_column(0, 0, 100, book.text)
    book.write_rows(sheet, [[text] for text in _TEXTS], (_HELP,))
