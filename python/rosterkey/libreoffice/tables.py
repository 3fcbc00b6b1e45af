"""Excel tables, which LibreOffice keeps as database ranges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from rosterkey.libreoffice.boxes import Box
from rosterkey.libreoffice.cells import OfficeRange

if TYPE_CHECKING:
    from rosterkey.libreoffice.books import OfficeSheet


class OfficeFilter(base_classes.AutoFilter):
    """What narrows a table."""

    def __init__(self, table: OfficeTable) -> None:
        self._table = table

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """One entry a column."""
        used = self._table.about["filtered"]
        return [
            base_classes.empty_autofilter_criteria(i + 1, "values" if i in used else "none")
            for i in range(self._table.range.shape[1])
        ]

    def clear(self, _field: int | None) -> None:
        """Show all rows again."""
        self._table.sheet.book.channel.ask("show_all", name=self._table.name)
        self._table.about["filtered"] = []


class OfficeTable(base_classes.Table):
    """One table of a sheet."""

    api = True
    show_headers = True

    def __init__(self, sheet: OfficeSheet, about: dict[str, Any]) -> None:
        self.sheet = sheet
        self.about = about

    name = property(lambda self: self.about["name"])
    parent = property(lambda self: self.sheet)
    autofilter = property(OfficeFilter)
    show_totals = property(lambda self: self.about["totals"])

    def _box(self) -> Box:
        top, left, bottom, right = self.about["box"]
        return top, left, bottom, right

    @property
    def range(self) -> OfficeRange:
        """The whole table."""
        return OfficeRange(self.sheet, [self._box()])

    @property
    def header_row_range(self) -> OfficeRange:
        """The header row."""
        top, left, _, right = self._box()
        return OfficeRange(self.sheet, [(top, left, top, right)])

    @property
    def data_body_range(self) -> OfficeRange | None:
        """The rows between the header and the totals."""
        top, left, bottom, right = self._box()
        bottom -= self.show_totals
        return OfficeRange(self.sheet, [(top + 1, left, bottom, right)]) if bottom > top else None

    @property
    def totals_row_range(self) -> OfficeRange | None:
        """The totals row."""
        _, left, bottom, right = self._box()
        return (
            OfficeRange(self.sheet, [(bottom, left, bottom, right)]) if self.show_totals else None
        )

    def resize(self, new: Any) -> None:
        """Give the table another size; the header row stays where it is."""
        box = new.impl.boxes[0]
        self.sheet.book.channel.ask("resize_table", name=self.name, box=box)
        self.about["box"] = list(box)


class OfficeTables(base_classes.Collection):
    """The tables of a sheet, asked for once each time."""

    api = True

    def __init__(self, sheet: OfficeSheet) -> None:
        asked = sheet.book.channel.ask("tables", sheet=sheet.name)
        self._tables = [OfficeTable(sheet, about) for about in asked]

    def __iter__(self) -> Iterator[OfficeTable]:
        return iter(self._tables)

    def __call__(self, key: int | str) -> OfficeTable:
        """A table by its number or its name. Raises KeyError."""
        for number, table in enumerate(self._tables, 1):
            if key in (number, table.name):
                return table
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        return any(table.name == key for table in self._tables)

    def __len__(self) -> int:
        return len(self._tables)
