"""An engine of xlwings over LibreOffice: the buttons run in a real spreadsheet program.

Cells, tables, names, notes, fills and the selection are LibreOffice's own. Dialogs and the status
bar are not: a program without a window has none, so they are scripted and kept as in the other
engine of the tests.
"""

from __future__ import annotations

from typing import Any

import xlwings as xw

from tests.engine.engine import AppImpl, EngineImpl
from tests.libreoffice_engine.books import UnoBook, UnoBooks
from tests.libreoffice_engine.cells import UnoRange


class UnoApp(AppImpl):
    """The running LibreOffice."""

    def __init__(self, engine: UnoEngine, desktop: Any) -> None:
        super().__init__(engine)
        self.desktop = desktop

    books = property(UnoBooks)

    @property
    def selection(self) -> UnoRange | None:
        """The selected cells of the workbook that the button works on."""
        books = self.open_books or list(UnoBooks(self))
        if not books:
            return None
        book: Any = books[-1]
        selected = book.document.getCurrentSelection()
        if not selected.supportsService("com.sun.star.sheet.SheetCellRange"):
            return None
        found: UnoRange = book.range_at(selected.getRangeAddress())
        return found


class UnoEngine(EngineImpl):
    """The engine; a new one for each test, on the office of the session."""

    name = "libreoffice"

    def __init__(self, desktop: Any) -> None:
        self.app = UnoApp(self, desktop)


def activate(desktop: Any) -> UnoEngine:
    """Let xlwings work through the LibreOffice of `desktop`."""
    impl = UnoEngine(desktop)
    engine = xw.Engine(impl=impl)
    xw.engines.engines[:] = [e for e in xw.engines.engines if e.name != impl.name]
    xw.engines.add(engine)
    engine.activate()
    return impl


def book_of(desktop: Any, document: Any) -> xw.Book:
    """The workbook of a document, as the caller of the next button."""
    app = activate(desktop).app
    book = xw.Book(impl=UnoBook(app, document))
    app.open_books.append(book.impl)
    book.set_mock_caller()
    return book
