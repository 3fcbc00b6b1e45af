"""Workbooks, sheets and names of LibreOffice."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from tests.engine.books import SheetImpl, SheetsImpl
from tests.engine.typing_rules import RefusedByExcel
from tests.libreoffice_engine.bridge import import_uno, properties
from tests.libreoffice_engine.cells import UnoNote, UnoRange, box_of
from tests.libreoffice_engine.grid import Formats, UnoGrid
from tests.libreoffice_engine.tables import UnoTables

if TYPE_CHECKING:
    from tests.libreoffice_engine.engine import UnoApp

_MACRO_WORKBOOK = "Calc MS Excel 2007 VBA XML"


class UnoSheet(SheetImpl):
    """One sheet."""

    book: UnoBook
    grid: UnoGrid  # type: ignore[assignment]

    name = ""  # asked once: no button renames or moves a sheet
    index = 0

    def __init__(self, book: UnoBook, sheet: Any, index: int) -> None:
        self.book = book
        self.name = sheet.getName()
        self.index = index
        self.grid = UnoGrid(book.formats, sheet)

    visible = property(lambda self: bool(self.grid.sheet.IsVisible))
    tables = property(UnoTables)

    @property
    def notes(self) -> list[UnoNote]:  # type: ignore[override]
        """Every note."""
        found = self.grid.sheet.getAnnotations()
        notes = [found.getByIndex(number) for number in range(found.getCount())]
        return [
            UnoNote(self.range((note.getPosition().Row + 1, note.getPosition().Column + 1)), note)
            for note in notes
        ]

    @property
    def used_range(self) -> UnoRange:
        """From A1 to the last cell that holds something."""
        cursor = self.grid.sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = box_of(cursor.getRangeAddress())
        return UnoRange(self, [(1, 1, *last[2:])])

    def range(self, first: Any, second: Any = None) -> UnoRange:
        """A range by its address, its corners, or a name."""
        return UnoRange(self, super().range(first, second).boxes)

    def activate(self) -> None:
        """Show this sheet."""
        if not self.visible:
            raise RefusedByExcel("Activate method of Worksheet class failed")
        self.book.controller.setActiveSheet(self.grid.sheet)

    select = activate


class UnoName(base_classes.Name):
    """A defined name of the workbook."""

    api = True

    def __init__(self, book: UnoBook, named: Any) -> None:
        self._book = book
        self._named = named

    name = property(lambda self: self._named.getName())

    @property
    def refers_to_range(self) -> UnoRange:
        """The cells that it names."""
        return self._book.range_at(self._named.getReferredCells().getRangeAddress())


class UnoNames(base_classes.Names):
    """The names of a workbook."""

    api = True

    def __init__(self, book: UnoBook) -> None:
        self._book = book
        self._names = book.document.NamedRanges

    def __call__(self, key: int | str) -> UnoName:
        wanted = self._names.getElementNames()[key - 1] if isinstance(key, int) else key
        if not self._names.hasByName(wanted):
            raise RefusedByExcel("Name not found")
        return UnoName(self._book, self._names.getByName(wanted))

    def __len__(self) -> int:
        return len(self._names.getElementNames())

    def contains(self, key: object) -> bool:
        """Whether the workbook has this name."""
        return bool(self._names.hasByName(str(key)))


class UnoBook(base_classes.Book):
    """One open workbook."""

    api = True
    app: Any = None  # xlwings declares it as a property that cannot be set

    def __init__(self, app: UnoApp, document: Any) -> None:
        self.app = app
        self.document = document
        self.controller = document.getCurrentController()
        self.formats = Formats(document)

    fullname = property(lambda self: import_uno().fileUrlToSystemPath(self.document.getURL()))
    name = property(lambda self: Path(self.fullname).name)
    sheets = property(SheetsImpl)
    names = property(UnoNames)

    @functools.cached_property
    def all_sheets(self) -> list[UnoSheet]:
        """Every sheet in its order."""
        return [UnoSheet(self, sheet, n) for n, sheet in enumerate(self.document.Sheets, 1)]

    @property
    def active_sheet(self) -> UnoSheet:
        """The sheet in front."""
        return self.all_sheets[self.controller.getActiveSheet().getRangeAddress().Sheet]

    def range_at(self, address: Any) -> UnoRange:
        """The cells at an address of LibreOffice."""
        return UnoRange(self.all_sheets[address.Sheet], [box_of(address)])

    def activate(self) -> None:
        """Bring its window to the front."""
        self.controller.getFrame().activate()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save the workbook; a password is not supported."""
        url = import_uno().systemPathToFileUrl(path or self.fullname)
        self.document.storeToURL(url, properties(FilterName=_MACRO_WORKBOOK))

    def close(self) -> None:
        """Close it without saving."""
        self.document.close(True)


class UnoBooks(base_classes.Books):
    """The workbooks that are open."""

    api = True

    def __init__(self, app: UnoApp) -> None:
        self._app = app

    def __iter__(self) -> Iterator[UnoBook]:
        for component in self._app.desktop.getComponents():
            if component.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                yield UnoBook(self._app, component)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, key: int | str) -> UnoBook:
        for number, book in enumerate(self, 1):
            if key == number or str(key).lower() == book.name.lower():
                return book
        raise KeyError(key)

    @property
    def active(self) -> UnoBook:
        """The workbook in front."""
        return UnoBook(self._app, self._app.desktop.getCurrentComponent())
