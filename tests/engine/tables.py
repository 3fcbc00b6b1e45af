"""Excel tables (ListObjects)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from openpyxl.utils import range_boundaries
from openpyxl.worksheet.table import Table, TableColumn
from xlwings import base_classes

from tests.engine.cells import RangeImpl, address_of
from tests.engine.grid import Box
from tests.engine.typing_rules import RefusedByExcel

if TYPE_CHECKING:
    from tests.engine.books import SheetImpl


class FilterImpl(base_classes.AutoFilter):
    """What narrows a table."""

    def __init__(self, table: TableImpl) -> None:
        self._table = table

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """One entry a column."""
        narrowed = self._table.table.autoFilter
        used = {column.colId for column in narrowed.filterColumn} if narrowed else set()
        count = len(self._table.table.tableColumns)
        return [
            base_classes.empty_autofilter_criteria(i + 1, "values" if i in used else "none")
            for i in range(count)
        ]

    def clear(self, field: int | None) -> None:
        """Show all rows again."""
        self._table.range.changing("filter.clear")
        self._table.table.autoFilter.filterColumn = []
        box = self._table.range.boxes[0]
        for row in range(box[0], box[2] + 1):
            self._table.sheet.grid.sheet.row_dimensions[row].hidden = False


class TableImpl(base_classes.Table):
    """One table of a sheet."""

    api = True
    show_headers = True

    def __init__(self, sheet: SheetImpl, table: Table) -> None:
        self.sheet = sheet
        self.table = table

    name = property(lambda self: self.table.displayName)
    parent = property(lambda self: self.sheet)
    autofilter = property(FilterImpl)
    show_totals = property(lambda self: bool(self.table.totalsRowCount))

    def _box(self) -> Box:
        left, top, right, bottom = range_boundaries(self.table.ref)
        return int(top or 0), int(left or 0), int(bottom or 0), int(right or 0)

    @property
    def range(self) -> RangeImpl:
        """The whole table."""
        return RangeImpl(self.sheet, [self._box()])

    @property
    def header_row_range(self) -> RangeImpl:
        """The header row."""
        top, left, _, right = self._box()
        return RangeImpl(self.sheet, [(top, left, top, right)])

    @property
    def data_body_range(self) -> RangeImpl | None:
        """The rows between the header and the totals."""
        top, left, bottom, right = self._box()
        bottom -= self.table.totalsRowCount or 0
        return RangeImpl(self.sheet, [(top + 1, left, bottom, right)]) if bottom > top else None

    @property
    def totals_row_range(self) -> RangeImpl | None:
        """The totals row."""
        _, left, bottom, right = self._box()
        return RangeImpl(self.sheet, [(bottom, left, bottom, right)]) if self.show_totals else None

    def resize(self, new: Any) -> None:
        """Give the table another size; the header row stays where it is."""
        box = new.impl.boxes[0]
        new.impl.changing("table.resize")
        if (box[0], box[1]) != self._box()[:2] or box[2] == box[0]:
            raise RefusedByExcel("Method 'Resize' of object 'ListObject' failed")
        grid = self.sheet.grid
        names = [str(grid.value(box[0], column)) for column in range(box[1], box[3] + 1)]
        if "None" in names or len(set(names)) != len(names):
            raise RefusedByExcel("A table needs a heading over each column, each only once")
        self.table.ref = address_of(box).replace("$", "")
        self.table.tableColumns = [TableColumn(id=i + 1, name=n) for i, n in enumerate(names)]
        if self.table.autoFilter is not None:
            self.table.autoFilter.ref = self.table.ref


class TablesImpl(base_classes.Collection):
    """The tables of a sheet."""

    api = True

    def __init__(self, sheet: SheetImpl) -> None:
        self._sheet = sheet

    def _all(self) -> list[Table]:
        return list(self._sheet.grid.sheet.tables.values())

    def __call__(self, key: int | str) -> TableImpl:
        for number, table in enumerate(self._all(), 1):
            if key in (number, table.displayName):
                return TableImpl(self._sheet, table)
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return any(table.displayName == key for table in self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[TableImpl]:
        for table in self._all():
            yield TableImpl(self._sheet, table)
