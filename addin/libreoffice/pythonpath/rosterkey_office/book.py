"""What can be asked of the open document as a whole: sheets, names, the selection, tables."""

from __future__ import annotations

from typing import Any

import uno

from rosterkey_office.boxes import Box, Refused, box_of, cells_of, refuse_read_only


class Book:
    """One open document, seen through the window that the button was pressed in."""

    def __init__(self, document: Any, controller: Any) -> None:
        self._document = document
        self._controller = controller

    def about(self) -> dict[str, Any]:
        """Its title, its path (empty where it has none here), its sheets and its names."""
        url = str(self._document.getURL())
        sheets = self._document.Sheets
        return {
            "title": str(self._document.getTitle()),
            "path": uno.fileUrlToSystemPath(url) if url.startswith("file:") else "",
            "sheets": [
                [name, bool(sheets.getByName(name).IsVisible)] for name in sheets.ElementNames
            ],
            "names": list(self._document.NamedRanges.ElementNames),
        }

    def named(self, name: str) -> dict[str, Any] | None:
        """The cells that a name stands for, None where it stands for something else."""
        referred = self._document.NamedRanges.getByName(name).getReferredCells()
        return None if referred is None else self._place(referred.getRangeAddress())

    def active_sheet(self) -> str:
        """The sheet in front."""
        return str(self._controller.getActiveSheet().getName())

    def show_sheet(self, sheet: str) -> None:
        """Bring a sheet to the front."""
        page = self._document.Sheets.getByName(sheet)
        if not page.IsVisible:
            raise Refused("the sheet is hidden")
        self._controller.setActiveSheet(page)

    def selection(self) -> dict[str, Any] | None:
        """The selected cells, the first rectangle of several; None for anything else."""
        selected = self._controller.getSelection()
        if selected is None:
            return None
        if selected.supportsService("com.sun.star.sheet.SheetCellRange"):
            return self._place(selected.getRangeAddress())
        if selected.supportsService("com.sun.star.sheet.SheetCellRanges"):
            return self._place(selected.getRangeAddresses()[0])
        return None

    def select(self, sheet: str, box: Box) -> None:
        """Select cells of the sheet in front."""
        if self.active_sheet() != sheet:
            raise Refused("the sheet is not in front")
        self._controller.select(cells_of(self._document.Sheets.getByName(sheet), box))

    def _place(self, address: Any) -> dict[str, Any]:
        name = self._document.Sheets.getByIndex(address.Sheet).getName()
        return {"sheet": str(name), "box": box_of(address)}

    def tables(self, sheet: str) -> list[dict[str, Any]]:
        """The tables of a sheet, which LibreOffice keeps as database ranges."""
        return [
            {
                "name": name,
                "box": box_of(table.getDataArea()),
                "totals": bool(table.TotalsRow),
                "filtered": [
                    field.Field for field in table.getFilterDescriptor().getFilterFields()
                ],
            }
            for name, table in self._tables()
            if self._document.Sheets.getByIndex(table.getDataArea().Sheet).getName() == sheet
        ]

    def _tables(self) -> list[Any]:
        ranges = self._document.DatabaseRanges
        return [(name, ranges.getByName(name)) for name in ranges.ElementNames]

    def resize_table(self, name: str, box: Box) -> None:
        """Give a table another size; its header row stays where it is."""
        refuse_read_only(self._document)
        table = self._document.DatabaseRanges.getByName(name)
        area = table.getDataArea()
        if box[:2] != box_of(area)[:2] or box[2] == box[0]:
            raise Refused("a table keeps its corner and at least one row")
        sheet = self._document.Sheets.getByIndex(area.Sheet)
        table.setDataArea(cells_of(sheet, box).getRangeAddress())

    def show_all(self, name: str) -> None:
        """Take the filter of a table off."""
        table = self._document.DatabaseRanges.getByName(name)
        area = table.getDataArea()
        sheet = self._document.Sheets.getByIndex(area.Sheet)
        cells = cells_of(sheet, box_of(area))
        cells.filter(cells.createFilterDescriptor(True))
