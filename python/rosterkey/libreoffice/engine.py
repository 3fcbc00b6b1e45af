"""An engine of xlwings over LibreOffice, so that the buttons run in it unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import xlwings as xw
from xlwings import base_classes

from rosterkey.excel import program
from rosterkey.libreoffice.books import OfficeBook
from rosterkey.libreoffice.cells import OfficeRange
from rosterkey.libreoffice.channel import Channel
from rosterkey.libreoffice.values import clean

_PERCENT = re.compile(r"(\d{1,3})%")


class OfficeApp(base_classes.App):
    """The running LibreOffice, with the one workbook that a button works on."""

    api = True
    pid = 1
    enable_events = True
    """LibreOffice runs no macros of the user's on our changes that could be held back."""

    def __init__(self, engine: OfficeEngine, channel: Channel) -> None:
        self.engine = engine
        self.channel = channel
        self._status: str | bool = False
        self._drawing = True
        self.book = OfficeBook(self, channel)

    @property
    def selection(self) -> OfficeRange | None:
        """The selected cells."""
        place = self.channel.ask("selection")
        return None if place is None else self.book.range_at(place)

    @property
    def status_bar(self) -> str | bool:
        """What the status bar shows; False where LibreOffice has it."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._status = value
        text = value if isinstance(value, str) else ""
        percent = _PERCENT.search(text)
        self.channel.ask("status", text=text, percent=int(percent[1]) if percent else 0)

    @property
    def screen_updating(self) -> bool:
        """Whether the sheet is drawn while it changes."""
        return self._drawing

    @screen_updating.setter
    def screen_updating(self, on: bool) -> None:
        if on != self._drawing:
            self._drawing = on
            self.channel.ask("drawing", on=on)

    def activate(self, steal_focus: bool = False) -> None:
        """Nothing to do: the window that the button was pressed in is in front."""

    def alert(self, prompt: str, title: str, buttons: str, mode: str | None, _callback: Any) -> str:
        """Show a dialog and tell which button was pressed."""
        serious = mode == "critical"
        if buttons == "ok":
            self.channel.ask("tell", title=title, text=prompt, trouble=serious)
            return "ok"
        yes = self.channel.ask("ask", title=title, text=prompt, grave=serious)
        return "yes" if yes else "no"


class OfficeApps(base_classes.Apps):
    """The one LibreOffice that runs."""

    def __init__(self, engine: OfficeEngine) -> None:
        self._engine = engine

    def keys(self) -> list[int]:
        """Its number."""
        return [self._engine.app.pid]

    def __iter__(self) -> Iterator[OfficeApp]:
        yield self._engine.app

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> OfficeApp:
        return self._engine.app


class OfficeEngine:
    """The engine; one for each press."""

    name = "libreoffice"
    type = "desktop"

    def __init__(self, channel: Channel) -> None:
        self.app = OfficeApp(self, channel)

    @property
    def apps(self) -> OfficeApps:
        """The running programs."""
        return OfficeApps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        """A value on its way into a cell."""
        return "" if value is None else value

    @staticmethod
    def clean_value_data(
        data: Any, _datetime_builder: Any, empty_as: Any, _number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        """Values on their way out: errors as text where wished, unknown ones as numbers."""
        return [[clean(v, empty_as, errors_as_text=err_to_str) for v in row] for row in data]


def use(channel: Channel) -> xw.Book:
    """Let the next button work on the workbook behind `channel`, which is returned."""
    program.here = program.LIBREOFFICE
    impl = OfficeEngine(channel)
    engine = xw.Engine(impl=impl)
    xw.engines.engines[:] = [e for e in xw.engines.engines if e.name != impl.name]
    xw.engines.add(engine)
    engine.activate()
    book = xw.Book(impl=impl.app.book)
    book.set_mock_caller()
    return book
