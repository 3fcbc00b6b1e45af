"""The open workbook in LibreOffice: its sheets and its names."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from rosterkey.libreoffice.boxes import Box, boxes_of
from rosterkey.libreoffice.cells import OfficeNote, OfficeRange
from rosterkey.libreoffice.channel import Channel, Refused
from rosterkey.libreoffice.tables import OfficeTables

if TYPE_CHECKING:
    from rosterkey.libreoffice.engine import OfficeApp


class OfficeSheet(base_classes.Sheet):
    """One sheet."""

    api = True
    book: Any = None  # xlwings declares these as properties that cannot be set
    name = ""
    index = 0
    visible = True

    def __init__(self, book: OfficeBook, name: str, index: int, *, visible: bool) -> None:
        self.book = book
        self.name = name
        self.index = index
        self.visible = visible

    tables = property(OfficeTables)

    @property
    def notes(self) -> list[OfficeNote]:
        """Every note."""
        found = self.book.channel.ask("notes", sheet=self.name)
        return [OfficeNote(self.range((row, column)), text) for row, column, text in found]

    @property
    def used_range(self) -> OfficeRange:
        """From A1 to the last cell that holds something."""
        return OfficeRange(self, [tuple(self.book.channel.ask("used", sheet=self.name))])

    def range(self, first: Any, second: Any = None) -> OfficeRange:
        """A range by its address or its corners."""
        boxes = _boxes(first)
        if second is not None:
            boxes = [(*boxes[0][:2], *_boxes(second)[0][2:])]
        return OfficeRange(self, boxes)

    def activate(self) -> None:
        """Show this sheet."""
        self.book.channel.ask("show_sheet", sheet=self.name)

    select = activate


def _boxes(corner: Any) -> list[Box]:
    if isinstance(corner, OfficeRange):
        return corner.boxes
    if isinstance(corner, str):
        return boxes_of(corner)
    row, column, *size = corner
    rows, columns = size or (1, 1)
    return [(row, column, row + rows - 1, column + columns - 1)]


class OfficeSheets(base_classes.Sheets):
    """The sheets of the workbook."""

    api = True

    def __init__(self, book: OfficeBook) -> None:
        self._book = book

    @property
    def active(self) -> OfficeSheet:
        """The sheet in front."""
        return self(self._book.channel.ask("active_sheet"))

    def __call__(self, key: int | str) -> OfficeSheet:
        """A sheet by its number or its name. Raises Refused."""
        for sheet in self:
            if key in (sheet.index, sheet.name):
                return sheet
        raise Refused(f"there is no sheet {key}")

    def __len__(self) -> int:
        return len(self._book.all_sheets)

    def __iter__(self) -> Iterator[OfficeSheet]:
        return iter(self._book.all_sheets)

    def __contains__(self, key: object) -> bool:
        return any(sheet.name == key for sheet in self)


class OfficeName(base_classes.Name):
    """A defined name of the workbook."""

    api = True

    def __init__(self, book: OfficeBook, name: str) -> None:
        self._book = book
        self._name = name

    name = property(lambda self: self._name)

    @property
    def refers_to_range(self) -> OfficeRange:
        """The cells that it names."""
        place = self._book.channel.ask("named", name=self._name)
        if place is None:
            raise Refused(f"the name {self._name} stands for no cells")
        return self._book.range_at(place)


class OfficeNames(base_classes.Names):
    """The names of the workbook."""

    api = True

    def __init__(self, book: OfficeBook) -> None:
        self._book = book

    def __call__(self, key: int | str) -> OfficeName:
        """A name by its number or itself. Raises Refused."""
        names = self._book.about["names"]
        wanted = names[key - 1] if isinstance(key, int) else key
        if wanted not in names:
            raise Refused(f"there is no name {wanted}")
        return OfficeName(self._book, wanted)

    def __len__(self) -> int:
        return len(self._book.about["names"])

    def contains(self, key: object) -> bool:
        """Whether the workbook has this name."""
        return key in self._book.about["names"]


class OfficeBook(base_classes.Book):
    """The workbook that the button was pressed in; no button adds sheets or names to it."""

    api = True
    app: Any = None  # xlwings declares it as a property that cannot be set

    def __init__(self, app: OfficeApp, channel: Channel) -> None:
        self.app = app
        self.channel = channel
        self.about = channel.ask("about")

    sheets = property(OfficeSheets)
    names = property(OfficeNames)
    fullname = property(lambda self: self.about["path"])

    @property
    def name(self) -> str:
        """The name of its file, its title where it was not saved yet."""
        return Path(self.fullname).name or str(self.about["title"])

    def activate(self) -> None:
        """Nothing to do, see `OfficeApp.activate`."""

    @functools.cached_property
    def all_sheets(self) -> list[OfficeSheet]:
        """Every sheet in its order."""
        about = enumerate(self.about["sheets"], 1)
        return [OfficeSheet(self, name, n, visible=seen) for n, (name, seen) in about]

    def range_at(self, place: dict[str, Any]) -> OfficeRange:
        """The cells at a place as LibreOffice answers it."""
        return OfficeRange(self.sheets(place["sheet"]), [tuple(place["box"])])
