"""A user's desk: the real workbook open in the tests' Excel, and a real database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlwings as xw

from rosterkey.core.snapshot import Snapshot
from rosterkey.store import open_store
from rosterkey.workbook.layout import IMPORT, IMPORT_HEADINGS, ROSTER_HEADINGS
from rosterkey.workbook.template import write_template
from tests.engine.engine import Screen, open_book

DISTRICT = {
    "kind": "district",
    "code": "D1",
    "name": "Lincoln Unified",
    "schools": ["Lincoln Elementary", "Oak Middle"],
    "grades": ["K", "1", "2", "3"],
}
PEOPLE = (
    ("a1", "00123", "asmith", "Ana", "Smith", "3", "Lincoln Elementary", ["3A"]),
    ("a2", "00124", "bjones", "Ben", "Jones", "3", "Lincoln Elementary", ["3A"]),
    ("a3", "00125", "cdiaz", "Carla", "Diaz", "2", "Lincoln Elementary", ["2B"]),
    ("a4", "00126", "devans", "Dan", "Evans", "2", "Oak Middle", []),
)
ANA = ("00123", "asmith", "Ana", "Smith", "3", "Lincoln Elementary", "3A")
BEN = ("00124", "bjones", "Ben", "Jones", "3", "Lincoln Elementary", "3A")
CARLA = ("00125", "cdiaz", "Carla", "Diaz", "2", "Lincoln Elementary", "2B")
ANA_RENAMED = ("00123", "ana.smith", *ANA[2:])
NEW = ("00300", "fkhan", "Farah", "Khan", "3", "Lincoln Elementary", "3A")
FIRST = 5
"""The first row below the header of the sheet Import."""


def account_lines(people: Iterable[Sequence[Any]] = PEOPLE) -> list[dict[str, Any]]:
    """The district and its accounts as `load` takes them."""
    keys = ("account", "student_id", "username", "first_name", "last_name", "grade", "school")
    usual = {"kind": "account", "district": "D1", "role": "student", "status": "active"}
    return [
        DISTRICT,
        *(
            usual
            | dict(zip(keys, person, strict=False))
            | {"classes": person[7], "password_hash": None, "past_usernames": []}
            for person in people
        ),
    ]


class Desk:
    """The workbook in Excel, the database, and what the user sees."""

    def __init__(self, folder: Path, lines: list[dict[str, Any]] | None = None) -> None:
        self.folder = folder
        self.url = f"sqlite:///{(folder / 'accounts.db').as_posix()}"
        store = open_store(self.url)
        store.load(account_lines() if lines is None else lines)
        store.close()
        self.path = folder / "Roster.xlsx"
        with self.path.open("wb") as file:
            write_template(file, None)
        self.open()
        self.name("SettingDatabase", self.url)

    def open(self) -> None:
        """Open the saved workbook in a new Excel."""
        self.book = open_book(self.path)
        self.screen: Screen = self.book.app.impl.screen

    def sheet(self, name: str) -> xw.Sheet:
        """A sheet of the workbook."""
        return self.book.sheets[name]

    @property
    def import_sheet(self) -> xw.Sheet:
        """The sheet Import."""
        return self.sheet(IMPORT)

    def name(self, name: str, value: str | None = None) -> Any:
        """What a named cell holds; with a value, write it first."""
        cell = self.book.names[name].refers_to_range
        if value is not None:
            cell.value = value
        return cell.value

    def fill(self, *rows: Sequence[Any]) -> None:
        """Type rows into Import, whose columns are text, and let the table end with them."""
        sheet = self.import_sheet
        width = len(ROSTER_HEADINGS)
        block = sheet.range((FIRST, 1), (FIRST + len(rows) - 1, width))
        block.value = [list(row) for row in rows]
        table = sheet.tables["tblImport"]
        table.resize(sheet.range((FIRST - 1, 1), (FIRST + len(rows) - 1, len(IMPORT_HEADINGS))))

    def column(self, heading: str, sheet: str = IMPORT) -> list[Any]:
        """The values of a table's column."""
        table = next(iter(self.sheet(sheet).tables))
        place = table.header_row_range.value.index(heading)
        body = table.data_body_range
        return [row[place] for row in body.options(ndim=2).value]

    def cell(self, row: int, heading: str) -> xw.Range:
        """A cell of the sheet Import by its row and heading."""
        table = self.import_sheet.tables["tblImport"]
        place = table.header_row_range.value.index(heading)
        return self.import_sheet.range((row, place + 1))

    def select(self, cell: xw.Range) -> None:
        """Click on a cell."""
        cell.sheet.activate()
        cell.select()

    def answer(self, *answers: str) -> None:
        """What the user will press, dialog by dialog."""
        self.screen.answers.extend(answers)

    def last(self) -> str:
        """The text of the last dialog."""
        return self.screen.alerts[-1].prompt

    def accounts(self) -> dict[str, str]:
        """The usernames in the database by account."""
        return {key: account.username for key, account in self.snapshot().accounts.items()}

    def snapshot(self) -> Snapshot:
        """The accounts as they are stored."""
        store = open_store(self.url)
        try:
            return store.snapshot("D1")
        finally:
            store.close()

    def numbers(self) -> list[int]:
        """The imports in the history, newest first."""
        store = open_store(self.url)
        try:
            return [entry.number for entry in store.imports("D1")]
        finally:
            store.close()
