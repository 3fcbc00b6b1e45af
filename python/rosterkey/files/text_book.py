"""A workbook in which every cell is text, written in memory and put into its place whole."""

from __future__ import annotations

import io
import re
import secrets
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from rosterkey.files.replace import UnwritableFile, replacing
from rosterkey.files.safe_text import xml_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

LAST_ROW = 1_048_575
"""The last row of a sheet below its header."""

_ODD = re.compile("<r>.*</r>|.*_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_.*", re.DOTALL)
"""What XlsxWriter does not write as it stands: text shaped like rich text, joined escapes."""


class TextBook:
    """A workbook in the making. `00123` stays, and `=HYPERLINK(…)` does not run."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter  # type: ignore[import-untyped]  # late: it takes its time

        self._path = path
        self._stream = io.BytesIO()
        self._odd: dict[str, str] = {}
        # in_memory: else XlsxWriter leaves the names for a while in the system's temporary folder.
        self.workbook = xlsxwriter.Workbook(
            self._stream,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.text = self.workbook.add_format({"num_format": "@"})
        self.bold = self.workbook.add_format({"num_format": "@", "bold": True})

    def add_sheet(self, name: str) -> Worksheet:
        """A new sheet behind the others."""
        return self.workbook.add_worksheet(name)

    def write_rows(
        self,
        sheet: Worksheet,
        rows: Iterable[Sequence[str]],
        headings: Sequence[str],
        *,
        top: int = 0,
        bold: bool = False,
    ) -> None:
        """Write texts from row `top` (from 0) on. `headings` name a cell that holds too much.

        Raises UnwritableFile for text that is longer than a cell can be.
        """
        look = self.bold if bold else self.text
        for number, cells in enumerate(rows, start=top):
            for position, cell in enumerate(cells):
                if not cell:
                    sheet.write_blank(number, position, None, look)
                elif sheet.write_string(number, position, self._written(cell), look):
                    raise UnwritableFile(
                        f'"{self._path.name}" was not written: row {number + 1} has more text '
                        f'under "{headings[position]}" than a cell holds. Write a .csv file '
                        "instead."
                    )

    def save(self) -> None:
        """Put the workbook into its place. Raises UnwritableFile."""
        self.workbook.close()
        self._stream.seek(0)
        with replacing(self._path) as file:
            if self._odd:
                _put_odd_texts(self._stream, file, self._odd)
            else:
                shutil.copyfileobj(self._stream, file)

    def _written(self, cell: str) -> str:
        """The cell, or for odd text a stand-in that is replaced when the workbook is saved."""
        if ("_x" in cell or cell.startswith("<r>")) and _ODD.fullmatch(cell):
            stand_in = secrets.token_hex(16)
            self._odd[stand_in] = cell
            return stand_in
        return cell


def _put_odd_texts(source: IO[bytes], target: IO[bytes], odd: Mapping[str, str]) -> None:
    stand_ins = re.compile("|".join(odd))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "xl/sharedStrings.xml":
                shared = stand_ins.sub(lambda match: xml_text(odd[match[0]]), content.decode())
                shared = shared.replace("<t>", '<t xml:space="preserve">')
                content = shared.encode()
            new.writestr(info, content, zipfile.ZIP_DEFLATED)
