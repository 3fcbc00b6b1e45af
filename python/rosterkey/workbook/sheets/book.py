"""The workbook while it is built: a sheet's frame, its table and its names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rosterkey.workbook.layout import HEADER_ROW, LAST_ROW
from rosterkey.workbook.sheets.actions import ROW_HEIGHT, add_buttons
from rosterkey.workbook.sheets.look import Look

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Frame:
    """What every sheet has: a title, a hint in plain words, buttons, and a colour of its tab.

    `private` puts a line about the students' names at the foot of the print-out.
    """

    name: str
    title: str
    hint: str
    tab: str
    buttons: tuple[str, ...] = ()
    zoom: int = 100
    gridlines: bool = False
    private: bool = True


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table: its heading, its width in characters, and the format of its cells.

    A `hidden` column is for the program, not for the eye.
    """

    heading: str
    width: float
    cells: Format
    header: Format | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class TableText:
    """The name of a table, and what a screen reader tells of it."""

    name: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Book:
    """A new workbook, its formats, and whether it has the macros that buttons start."""

    workbook: Workbook
    look: Look
    macros: bool

    def add_sheet(self, frame: Frame) -> Worksheet:
        """Add a sheet with its title in row 1, its hint in row 2 and its buttons in row 3.

        A workbook without macros gets no buttons: they would do nothing.
        """
        sheet = self.workbook.add_worksheet(frame.name)
        sheet.set_vba_name(f"Sheet{frame.name}")
        sheet.set_tab_color(frame.tab)
        sheet.set_zoom(frame.zoom)
        if not frame.gridlines:
            sheet.hide_gridlines(2)
        sheet.set_row_pixels(0, 40)
        sheet.write_string(0, 0, frame.title, self.look.title)
        sheet.set_row_pixels(1, 24)
        sheet.write_string(1, 0, frame.hint, self.look.hint)
        sheet.set_row_pixels(2, ROW_HEIGHT if frame.buttons and self.macros else 12)
        if self.macros:
            add_buttons(sheet, frame.buttons)
        _set_up_print(sheet, frame)
        return sheet

    def add_table(self, sheet: Worksheet, text: TableText, columns: Sequence[TableColumn]) -> None:
        """Make the one table of a sheet: its header in `HEADER_ROW`, and one blank row.

        The table grows with what is pasted or written below it. Formats are those of whole
        columns, so that they are there before anybody types.
        """
        for position, column in enumerate(columns):
            hidden = {"hidden": True} if column.hidden else {}
            sheet.set_column(position, position, column.width, column.cells, hidden)
        self.place_table(sheet, (HEADER_ROW - 1, 0), text, columns, rows=1)
        sheet.set_row_pixels(HEADER_ROW - 1, 26)
        sheet.freeze_panes(HEADER_ROW, 0)
        sheet.repeat_rows(HEADER_ROW - 1)
        last = len(columns) - 1
        # No green corners: an ID that is text although it looks like a number is meant.
        sheet.ignore_errors({"number_stored_as_text": _range(HEADER_ROW, 0, LAST_ROW - 1, last)})

    def place_table(
        self,
        sheet: Worksheet,
        corner: tuple[int, int],
        text: TableText,
        columns: Sequence[TableColumn],
        rows: int,
        *,
        filters: bool = True,
    ) -> None:
        """Make a table of `rows` blank rows whose header starts at `corner` (counted from 0)."""
        top, left = corner
        for position, column in enumerate(columns, start=left):
            for row in range(top + 1, top + 1 + rows):
                sheet.write_blank(row, position, None, column.cells)
        options = {
            "name": text.name,
            "title": text.title,
            "description": text.description,
            "style": "Table Style Light 1",
            # Bands would hide behind the colours that say something.
            "banded_rows": False,
            "autofilter": filters,
            "columns": [
                {
                    "header": column.heading,
                    "format": column.cells,
                    "header_format": column.header or self.look.header,
                }
                for column in columns
            ],
        }
        sheet.add_table(top, left, top + rows, left + len(columns) - 1, options)

    def define(self, name: str, sheet: Worksheet, row: int, column: int, rows: int = 1) -> None:
        """Give a cell, or `rows` cells of a column, a name in the whole workbook."""
        from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell  # type: ignore[import-untyped]

        cells = (
            xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
            if rows == 1
            else xl_range_abs(row, column, row + rows - 1, column)
        )
        self.workbook.define_name(name, f"={sheet.get_name()}!{cells}")


def _range(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    from xlsxwriter.utility import xl_range

    return str(xl_range(first_row, first_column, last_row, last_column))


def _set_up_print(sheet: Worksheet, frame: Frame) -> None:
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    private = "&RNames of students: keep this page safe" if frame.private else ""
    sheet.set_footer(f"&L&A&CPage &P of &N{private}")
