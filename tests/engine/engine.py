"""An engine of xlwings over openpyxl, so that tests run the real buttons without Excel.

It knows what the buttons use of the public API and answers as Excel on Windows does. Whatever
else is asked raises NotImplementedError.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlwings as xw
from xlwings import base_classes

from rosterkey.excel import program
from tests.engine.books import BookImpl
from tests.engine.cells import RangeImpl
from tests.engine.typing_rules import KNOWN_ERRORS


@dataclass(frozen=True, slots=True)
class Alert:
    """A dialog that was shown."""

    prompt: str
    title: str
    buttons: str
    mode: str | None


@dataclass(slots=True)
class Screen:
    """What the user sees and does: dialogs with their scripted answers, the status bar."""

    answers: deque[str] = field(default_factory=deque)
    alerts: list[Alert] = field(default_factory=list)
    status: list[str | bool] = field(default_factory=list)

    def prompts(self) -> list[str]:
        """The texts of all dialogs."""
        return [alert.prompt for alert in self.alerts]


class AppImpl(base_classes.App):
    """One running Excel."""

    api = True
    pid = 1
    screen_updating = True
    enable_events = True
    display_alerts = True
    version = "16.0"

    def __init__(self, engine: EngineImpl, user: str = "Kim Lee") -> None:
        self.engine = engine
        self.user = user
        self.screen = Screen()
        self.open_books: list[BookImpl] = []
        self._status: str | bool = False

    @property
    def status_bar(self) -> str | bool:
        """What the status bar shows; False where Excel has it."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._status = value
        self.screen.status.append(value)

    @property
    def selection(self) -> RangeImpl | None:
        """The selected cells."""
        return self.open_books[-1].selected if self.open_books else None

    def activate(self, steal_focus: bool = False) -> None:
        """Nothing to do: there is one window."""

    def alert(self, prompt: str, title: str, buttons: str, mode: str | None, callback: Any) -> str:
        """Show a dialog: the next scripted answer, or `ok`; an unscripted question is closed."""
        self.screen.alerts.append(Alert(prompt, title, buttons, mode))
        if buttons == "ok":
            return "ok"
        return self.screen.answers.popleft() if self.screen.answers else "cancel"


class AppsImpl(base_classes.Apps):
    """The one Excel that runs."""

    def __init__(self, engine: EngineImpl) -> None:
        self._engine = engine

    def keys(self) -> list[int]:
        """Its process number."""
        return [self._engine.app.pid]

    def __iter__(self) -> Iterator[AppImpl]:
        yield self._engine.app

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> AppImpl:
        return self._engine.app


class EngineImpl:
    """The engine; a new Excel for each test."""

    name = "openpyxl"
    type = "desktop"

    def __init__(self) -> None:
        self.app = AppImpl(self)

    @property
    def apps(self) -> AppsImpl:
        """The running Excels."""
        return AppsImpl(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """A value on its way into a cell."""
        return "" if value is None else value

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        """Values on their way out: errors as text where wished, unknown ones as numbers."""

        def clean(value: Any) -> Any:
            if value in ("", None):
                return empty_as
            if type(value) is int and value in KNOWN_ERRORS:
                return KNOWN_ERRORS[value] if err_to_str else None
            return value

        return [[clean(value) for value in row] for row in data]


def open_book(path: Path) -> xw.Book:
    """Open a workbook in a new Excel and make it the caller of the next button."""
    impl = EngineImpl()
    engine = xw.Engine(impl=impl)
    xw.engines.engines[:] = [e for e in xw.engines.engines if e.name != impl.name]
    xw.engines.add(engine)
    engine.activate()
    book = xw.Book(impl=BookImpl(impl.app, path, impl.app.user))
    impl.app.open_books.append(book.impl)
    book.set_mock_caller()
    return book


def close_all() -> None:
    """Forget the caller: it is global and would lead the next test astray."""
    if hasattr(xw.Book, "_mock_caller"):
        del xw.Book._mock_caller
    xw.engines.active = None
    program.here = program.EXCEL
