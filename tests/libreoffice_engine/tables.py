"""Excel tables, which LibreOffice keeps as database ranges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.engine.grid import Box
from tests.engine.typing_rules import RefusedByExcel
from tests.libreoffice_engine.cells import UnoRange, box_of

if TYPE_CHECKING:
    from tests.libreoffice_engine.books import UnoSheet


class UnoFilter(base_classes.AutoFilter):
    """What narrows a table."""

    def __init__(self, table: UnoTable) -> None:
        self._table = table

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """One entry a column."""
        fields = self._table.database_range.getFilterDescriptor().getFilterFields()
        used = {field.Field for field in fields}
        return [
            base_classes.empty_autofilter_criteria(i + 1, "values" if i in used else "none")
            for i in range(self._table.range.shape[1])
        ]

    def clear(self, field: int | None) -> None:
        """Show all rows again."""
        raise NotImplementedError("no test filters a table in LibreOffice")


class UnoTable(base_classes.Table):
    """One table of a sheet."""

    api = True
    show_headers = True

    def __init__(self, sheet: UnoSheet, database_range: Any) -> None:
        self.sheet = sheet
        self.database_range = database_range

    name = property(lambda self: self.database_range.getName())
    parent = property(lambda self: self.sheet)
    autofilter = property(UnoFilter)
    show_totals = property(lambda self: bool(self.database_range.TotalsRow))

    def _box(self) -> Box:
        return box_of(self.database_range.getDataArea())

    @property
    def range(self) -> UnoRange:
        """The whole table."""
        return UnoRange(self.sheet, [self._box()])

    @property
    def header_row_range(self) -> UnoRange:
        """The header row."""
        top, left, _, right = self._box()
        return UnoRange(self.sheet, [(top, left, top, right)])

    @property
    def data_body_range(self) -> UnoRange | None:
        """The rows between the header and the totals."""
        top, left, bottom, right = self._box()
        bottom -= self.show_totals
        return UnoRange(self.sheet, [(top + 1, left, bottom, right)]) if bottom > top else None

    @property
    def totals_row_range(self) -> UnoRange | None:
        """The totals row."""
        _, left, bottom, right = self._box()
        return UnoRange(self.sheet, [(bottom, left, bottom, right)]) if self.show_totals else None

    def resize(self, new: Any) -> None:
        """Give the table another size; the header row stays where it is."""
        box = new.impl.boxes[0]
        if box[:2] != self._box()[:2] or box[2] == box[0]:
            raise RefusedByExcel("Method 'Resize' of object 'ListObject' failed")
        area = self.sheet.grid.cells(box).getRangeAddress()
        self.database_range.setDataArea(area)


class UnoTables(base_classes.Collection):
    """The tables of a sheet."""

    api = True

    def __init__(self, sheet: UnoSheet) -> None:
        self._sheet = sheet

    def __iter__(self) -> Iterator[UnoTable]:
        ranges = self._sheet.book.document.DatabaseRanges
        for name in ranges.getElementNames():
            found = ranges.getByName(name)
            if found.getDataArea().Sheet + 1 == self._sheet.index:
                yield UnoTable(self._sheet, found)

    def __call__(self, key: int | str) -> UnoTable:
        for number, table in enumerate(self, 1):
            if key in (number, table.name):
                return table
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return any(table.name == key for table in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
