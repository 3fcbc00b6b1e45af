"""The desk of the other tests of the buttons, with the workbook on a screen."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from rosterkey.workbook.build import TEMPLATE_FILE
from rosterkey.workbook.layout import HISTORY
from tests.excel.desk import Desk
from tests.libreoffice_engine.bridge import ROOT
from tests.libreoffice_engine.direct import book_of
from tests.libreoffice_screen.seeing import wait_for
from tests.libreoffice_screen.user import User

BAR = "Roster"
"""The tool bar of the extension."""


class ShownDesk(Desk):
    """Buttons are clicked; what the cells hold is read, and typed, behind the user's back."""

    def __init__(self, folder: Path, user: User, lines: list[dict[str, Any]] | None = None):
        self.user = user
        super().__init__(folder, lines)

    def open(self) -> None:
        """Open a copy of the built workbook."""
        self.path = self.folder / "Roster.xlsm"
        shutil.copyfile(ROOT / TEMPLATE_FILE, self.path)
        self.user.open(self.path)
        self.book = book_of(self.user.document)

    def close(self) -> None:
        """Close the workbook without saving; what a broken test left open is dismissed."""
        wait_for(self.dismissed, "a workbook without a dialog")
        self.user.document.close(True)

    def dismissed(self) -> bool:
        """Whether no dialog waits; one that does is left without an answer."""
        dialog = self.user.office.windows.dialog()
        if dialog is not None:
            self.user.dismiss(dialog)
        return dialog is None

    def press(self, label: str, *answers: str) -> str:
        """Click on a button, answer its dialogs and see it end; what the last one said."""
        self.user.press(BAR, label)
        return self.answered(*answers)

    def answered(self, *answers: str) -> str:
        """Answer the dialogs of the button that runs and see it end; what the last one said."""
        said = ""
        for answer in answers:
            said = self.user.answer(answer)
        wait_for(self.ready, "the end of the button")
        return said

    def ready(self) -> bool:
        """Whether a button can be pressed: they are grey while one runs."""
        button = self.user.button(BAR, "Export")
        return button is not None and button.enabled

    @property
    def selected(self) -> str:
        """Where the cursor is, as `$Import.$A$6`."""
        return str(self.user.document.getCurrentSelection().AbsoluteName)

    def rows(self, sheet: str) -> list[tuple[Any, ...]]:
        """The cells below a table's headings."""
        body = next(iter(self.sheet(sheet).tables)).data_body_range
        return [tuple(row) for row in body.options(ndim=2).value]

    def history(self) -> list[tuple[int, int | None]]:
        """The imports on the sheet History: each number, and that of the import that undid it."""
        told = []
        for number, *_, state in self.rows(HISTORY):
            if number is not None:
                told.append((int(number), int(state.split()[-1]) if state else None))
        return told
