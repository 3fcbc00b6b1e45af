"""The product's own way to LibreOffice, without the pipe: its far side runs in this process.

What the extension does on the open document is done over UNO from here. Dialogs and the status
bar are not LibreOffice's: a program without a window has none, so they are scripted and kept as in
the tests' own Excel.
"""

from __future__ import annotations

import json
from typing import Any

import xlwings as xw

from rosterkey.libreoffice.channel import answer_of
from rosterkey.libreoffice.engine import use
from tests.engine.engine import Alert, Screen
from tests.libreoffice_engine.bridge import import_office_side


class DirectChannel:
    """Asks the functions of the extension about a document, each question once around as JSON."""

    def __init__(self, document: Any, screen: Screen) -> None:
        import_office_side()
        from rosterkey_office.calls import Calls

        self.screen = screen
        controller = document.getCurrentController()
        self._calls = Calls(document, controller, _Window(screen), _Heights())

    def ask(self, do: str, **what: Any) -> Any:
        """The answer as the pipe would bring it."""
        asked = json.loads(json.dumps({"do": do, "with": what}))
        return answer_of(json.loads(json.dumps(self._calls.answer(asked))))


class _Window:
    """What the user sees and answers, scripted."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def status(self, text: str, percent: int) -> None:
        self._screen.status.append(text or False)

    def drawing(self, on: bool) -> None:
        pass

    def tell(self, title: str, text: str, trouble: bool) -> None:
        self._screen.alerts.append(Alert(text, title, "ok", "critical" if trouble else "info"))

    def ask(self, title: str, text: str, grave: bool) -> bool:
        self._screen.alerts.append(Alert(text, title, "yes_no", "critical" if grave else "info"))
        return bool(self._screen.answers) and self._screen.answers.popleft() == "yes"

    def choose_file(self, title: str, folder: str, kinds: Any, saving: bool, name: str) -> None:
        raise AssertionError("a test that chooses a file puts its own dialog in place")


class _Heights:
    """Row heights are LibreOffice's own business here: each block is measured at once."""

    def will_change(self, sheet: str, box: Any, rows: Any = ()) -> None:
        pass


def book_of(document: Any, screen: Screen | None = None) -> xw.Book:
    """The workbook of a document, as the caller of the next button."""
    return use(DirectChannel(document, screen or Screen()))
