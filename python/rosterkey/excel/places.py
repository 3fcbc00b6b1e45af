"""Where things stand in the open workbook: its sheets, tables and named cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rosterkey.excel.errors import NotTheTemplate, writing_into
from rosterkey.workbook.layout import TABLES

if TYPE_CHECKING:
    from xlwings import Book, Range, Sheet
    from xlwings.main import Table


def sheet_named(book: Book, name: str) -> Sheet:
    """A sheet of the workbook. Raises NotTheTemplate where it has none of this name."""
    if name not in [sheet.name for sheet in book.sheets]:
        raise NotTheTemplate(
            f'This workbook ({book.name}) has no sheet named "{name}". The buttons work in a '
            "workbook made from RosterTemplate: copy the roster into its Import sheet."
        )
    sheet: Sheet = book.sheets[name]
    return sheet


def table_of(book: Book, sheet_name: str, table_name: str | None = None) -> Table:
    """A table of a sheet, by default the one that the layout has there.

    Raises NotTheTemplate where it is gone, or has no header row.
    """
    wanted = table_name or TABLES[sheet_name]
    sheet = sheet_named(book, sheet_name)
    for table in sheet.tables:
        if table.name == wanted and table.header_row_range is not None:
            return table
    raise NotTheTemplate(
        f'The table "{wanted}" is missing on the sheet "{sheet_name}", or its header row is. Start '
        "from a fresh RosterTemplate and copy your roster into its Import sheet."
    )


def named_range(book: Book, name: str) -> Range | None:
    """The cells behind a name of the workbook, None where it has no such name."""
    if name not in book.names:
        return None
    return book.names[name].refers_to_range


def setting(book: Book, name: str) -> str:
    """The text of a named cell, an empty one where it is blank or not there."""
    cells = named_range(book, name)
    if cells is None:
        return ""
    value = cells.options(ndim=2, err_to_str=True).value[0][0]
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a district code that somebody typed as a number
    return "" if value is None else str(value).strip()


def write_named(book: Book, name: str, text: str) -> None:
    """Write text into a named cell; without such a cell nothing happens.

    Raises CannotWriteSheet.
    """
    cells = named_range(book, name)
    if cells is not None:
        with writing_into(cells.sheet.name):
            cells.number_format = "@"
            cells.value = text


def write_list(book: Book, name: str, entries: Sequence[str]) -> None:
    """Write the entries behind a drop-down; the cells that are left over become blank.

    Raises CannotWriteSheet.
    """
    cells = named_range(book, name)
    if cells is None:
        return
    room = cells.shape[0]
    wanted: list[str | None] = [*entries[:room], *[None] * (room - len(entries))]
    if [row[0] for row in cells.options(ndim=2).value] == wanted:
        return
    with writing_into(cells.sheet.name):
        cells.number_format = "@"
        cells.value = [[entry] for entry in wanted]
