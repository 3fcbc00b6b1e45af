"""Lists: a hidden sheet with the entries behind the drop-downs, and the plan of the last Validate.

The lists of a district are written there by the buttons; a new workbook has none.
"""

from __future__ import annotations

from rosterkey.workbook.layout import (
    CANDIDATES,
    CANDIDATES_OFFERED,
    EXPORTED_COLUMN,
    EXPORTED_HEADINGS,
    LIST_ROWS,
    LISTS,
)
from rosterkey.workbook.sheets.book import Book, Frame
from rosterkey.workbook.sheets.look import QUIET

_FRAME = Frame(
    LISTS,
    title="Lists",
    hint="Written by rosterkey: the entries behind the drop-downs. Nothing to do here.",
    tab=QUIET.text,
    private=False,
)
_HEADER = 3
_DECISIONS = (
    "really new",
    "same person",
    "confirmed",
    "take its ID",
    "take its username",
    "mine",
    "theirs",
)
_COLUMNS = (
    ("Schools", "ListSchools", 36),
    ("Grades", "ListGrades", 12),
    ("Decisions", "ListDecisions", 24),
)
_DIGEST_COLUMN = len(_COLUMNS)


def offered(name: str, row: int, column: int) -> str:
    """The source of a drop-down in a cell: the filled part of the list `name`.

    As long as the list is empty it is the cell itself, so that every entry is right. Row and
    column are counted from 0; in a range they are those of its first cell.
    """
    from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

    cell = xl_rowcol_to_cell(row, column)
    return f"=IF(COUNTA({name})=0,{cell},OFFSET({name},0,0,COUNTA({name}),1))"


def offered_beside(name: str, key: str, row: int, column: int) -> str:
    """The source of a drop-down in a cell: what stands beside the cell `key` in the list `name`.

    Where the key is not on the list it is the cell itself, as above.
    """
    from xlsxwriter.utility import xl_rowcol_to_cell

    cell = xl_rowcol_to_cell(row, column)
    at = f"MATCH({key},{name},0)-1,1,1"
    filled = f"COUNTA(OFFSET({name},{at},{CANDIDATES_OFFERED}))"
    return f"=IF(COUNTIF({name},{key})=0,{cell},OFFSET({name},{at},{filled}))"


def add(book: Book) -> None:
    """Add the sheet, hidden."""
    sheet = book.add_sheet(_FRAME)
    for position, (heading, name, width) in enumerate(_COLUMNS):
        sheet.set_column(position, position, width, book.look.text)
        sheet.write_string(_HEADER, position, heading, book.look.header)
        book.define(name, sheet, _HEADER + 1, position, rows=LIST_ROWS)
    for number, word in enumerate(_DECISIONS, start=1):
        sheet.write_string(_HEADER + number, _COLUMNS.index(_COLUMNS[2]), word, book.look.text)
    sheet.set_column(_DIGEST_COLUMN, _DIGEST_COLUMN, 70, book.look.text)
    sheet.write_string(_HEADER, _DIGEST_COLUMN, "Plan of the last Validate", book.look.header)
    sheet.write_blank(_HEADER + 1, _DIGEST_COLUMN, None, book.look.text)
    book.define("PlanDigest", sheet, _HEADER + 1, _DIGEST_COLUMN)
    for position, heading in enumerate(EXPORTED_HEADINGS, start=EXPORTED_COLUMN - 1):
        sheet.set_column(position, position, 22, book.look.text)
        sheet.write_string(_HEADER, position, heading, book.look.header)
    first = EXPORTED_COLUMN - 1 + len(EXPORTED_HEADINGS) + 1
    sheet.set_column(first, first + CANDIDATES_OFFERED, 14, book.look.text)
    sheet.write_string(_HEADER, first, "Doubtful username", book.look.header)
    sheet.write_string(_HEADER, first + 1, "Candidates", book.look.header)
    book.define(CANDIDATES, sheet, _HEADER + 1, first, rows=LIST_ROWS)
    sheet.hide()
