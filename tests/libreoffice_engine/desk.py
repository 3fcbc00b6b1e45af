"""The user's desk with the built workbook open in LibreOffice."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from rosterkey.workbook.build import TEMPLATE_FILE
from tests.engine.engine import Screen
from tests.excel.desk import Desk
from tests.libreoffice_engine.direct import book_of
from tests.libreoffice_engine.office import ROOT, Office


class OfficeDesk(Desk):
    """The same desk as in the other tests of the buttons; only the program is another."""

    def __init__(self, folder: Path, office: Office, lines: list[dict[str, Any]] | None = None):
        self.office = office
        self.document: Any = None
        super().__init__(folder, lines)

    def open(self) -> None:
        """Open a copy of the built workbook."""
        path = self.folder / "Roster.xlsm"
        shutil.copyfile(ROOT / TEMPLATE_FILE, path)
        self.open_other(path)

    def open_other(self, path: Path) -> None:
        """Open a workbook in place of the last."""
        self.path = path
        self.document = self.office.load(path)
        self.screen = Screen()
        self.book = book_of(self.document, self.screen)

    def close(self) -> None:
        """Close the workbook without saving."""
        self.document.close(True)
