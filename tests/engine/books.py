"""Workbooks and sheets."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName
from xlwings import base_classes

from tests.engine.cells import NoteImpl, RangeImpl, boxes_of
from tests.engine.grid import Box, Grid
from tests.engine.tables import TablesImpl
from tests.engine.typing_rules import RefusedByExcel

if TYPE_CHECKING:
    from tests.engine.engine import AppImpl


def _loaded(path: Path, *, data_only: bool = False) -> Workbook:
    """Load a workbook; openpyxl warns of print areas of whole columns, which nobody prints here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(path, data_only=data_only)


class SheetImpl(base_classes.Sheet):
    """One sheet."""

    api = True
    book: Any = None  # xlwings declares it as a property that cannot be set

    def __init__(self, book: BookImpl, grid: Grid) -> None:
        self.book = book
        self.grid = grid

    name = property(lambda self: self.grid.sheet.title)
    index = property(lambda self: self.book.grids.index(self.grid) + 1)
    visible = property(lambda self: self.grid.sheet.sheet_state == "visible")
    tables = property(TablesImpl)

    @property
    def notes(self) -> list[NoteImpl]:
        """Every note, row by row."""
        # Not over iter_rows, which makes the cells that are not there yet.
        cells = sorted(self.grid.sheet._cells.items())
        return [NoteImpl(self.range(at)) for at, cell in cells if cell.comment]

    @property
    def used_range(self) -> RangeImpl:
        """From the first to the last cell that holds something."""
        sheet = self.grid.sheet
        return RangeImpl(self, [(sheet.min_row, sheet.min_column, sheet.max_row, sheet.max_column)])

    @property
    def cells(self) -> RangeImpl:
        """All cells."""
        return RangeImpl(self, [(1, 1, 1_048_576, 16_384)])

    def range(self, first: Any, second: Any = None) -> RangeImpl:
        """A range by its address, its corners, or a name."""
        boxes = self._boxes(first)
        if second is not None:
            other = self._boxes(second)[0]
            boxes = [(*boxes[0][:2], *other[2:])]
        return RangeImpl(self, boxes)

    def _boxes(self, corner: Any) -> list[Box]:
        if isinstance(corner, RangeImpl):
            return corner.boxes
        if isinstance(corner, tuple):
            row, column, *size = corner
            rows, columns = size or (1, 1)
            return [(row, column, row + rows - 1, column + columns - 1)]
        return boxes_of(corner)

    def activate(self) -> None:
        """Show this sheet."""
        if not self.visible:
            raise RefusedByExcel("Activate method of Worksheet class failed")
        self.book.active_sheet = self

    select = activate


class SheetsImpl(base_classes.Sheets):
    """The sheets of a workbook."""

    api = True

    def __init__(self, book: BookImpl) -> None:
        self._book = book

    active = property(lambda self: self._book.active_sheet)

    def __call__(self, key: int | str) -> SheetImpl:
        for number, sheet in enumerate(self._book.all_sheets, 1):
            if key in (number, sheet.name):
                return sheet
        raise RefusedByExcel("Subscript out of range")

    def __len__(self) -> int:
        return len(self._book.all_sheets)

    def __iter__(self) -> Iterator[SheetImpl]:
        return iter(self._book.all_sheets)

    def __contains__(self, key: object) -> bool:
        return any(sheet.name == key for sheet in self._book.all_sheets)


class NameImpl(base_classes.Name):
    """A defined name of the workbook."""

    api = True

    def __init__(self, book: BookImpl, defined: DefinedName) -> None:
        self._book = book
        self._defined = defined

    name = property(lambda self: self._defined.name)

    @property
    def refers_to(self) -> str:
        """What it refers to, with an equals sign first."""
        return "=" + str(self._defined.attr_text)

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._defined.attr_text = value.removeprefix("=")

    @property
    def refers_to_range(self) -> RangeImpl:
        """The cells that it names."""
        title, address = next(iter(self._defined.destinations))
        return SheetsImpl(self._book)(title).range(address)


class NamesImpl(base_classes.Names):
    """The names of a workbook."""

    api = True

    def __init__(self, book: BookImpl) -> None:
        self._book = book

    def __call__(self, key: int | str) -> NameImpl:
        defined = self._book.workbook.defined_names
        if isinstance(key, int):
            return NameImpl(self._book, list(defined.values())[key - 1])
        if key not in defined:
            raise RefusedByExcel("Name not found")
        return NameImpl(self._book, defined[key])

    def __len__(self) -> int:
        return len(self._book.workbook.defined_names)

    def contains(self, key: object) -> bool:
        """Whether the workbook has this name."""
        return key in self._book.workbook.defined_names


class BookImpl(base_classes.Book):
    """One open workbook."""

    api = True
    app: Any = None  # xlwings declares it as a property that cannot be set

    def __init__(self, app: AppImpl, path: Path, user: str) -> None:
        self.app = app
        self.path = path
        self.calls: Counter[str] = Counter()
        self.workbook = _loaded(path)
        self.grids = [Grid(sheet, self.calls, user) for sheet in self.workbook.worksheets]
        self.all_sheets = [SheetImpl(self, grid) for grid in self.grids]
        self._take_results(path)
        self.active_sheet = self.all_sheets[0]
        self.selected: RangeImpl = self.active_sheet.range("A1")

    def _take_results(self, path: Path) -> None:
        stored = _loaded(path, data_only=True)
        for grid in self.grids:
            for row in grid.sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        at = (cell.row, cell.column)
                        grid.results[at] = stored[grid.sheet.title].cell(*at).value

    name = property(lambda self: self.path.name)
    fullname = property(lambda self: str(self.path))
    sheets = property(SheetsImpl)
    names = property(NamesImpl)

    def activate(self) -> None:
        """Nothing to do: there is one window."""

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save the workbook; a password is not supported."""
        self.workbook.save(path or self.path)
