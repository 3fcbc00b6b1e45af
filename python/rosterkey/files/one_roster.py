"""A OneRoster set as sheets: the CSV files of a zip, in the bounds of every other file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkey.core.rules import files as rules
from rosterkey.core.sheet import Sheet
from rosterkey.files.csv.split import bounded_fields, bounded_lines
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.limits import MAX_CELLS
from rosterkey.files.workbook.package import Package

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class RosterZip(Package):
    """A zip of CSV files; what is wrong with it is said without the words of workbooks."""

    def damaged(self, detail: str) -> UnreadableFile:
        """The refusal for a zip file that is not whole."""
        said = f"{self.file_name} is damaged, {detail}: export or download the zip file again."
        return UnreadableFile(rules.DAMAGED_FILE, said)

    def too_large(self, detail: str) -> UnreadableFile:
        """The refusal for a zip file that unpacks to more than is read."""
        said = (
            f"{self.file_name} unpacks to more than is read ({detail}): no roster needs that; "
            "unpack users.csv yourself and give that file."
        )
        return UnreadableFile(rules.TOO_LARGE_UNPACKED, said)


def read_zip(path: Path, wanted: tuple[str, ...]) -> dict[str, Sheet]:
    """The wanted CSV files of a zip by their names without folder and `.csv`.

    Nothing is unpacked to disk. Raises UnreadableFile.
    """
    with RosterZip(path) as package:
        found: dict[str, Sheet] = {}
        for part in package.names:
            name = part.replace("\\", "/").rpartition("/")[2].lower()
            stem = name.removesuffix(".csv")
            if stem == name or stem not in wanted:
                continue
            if stem in found:
                raise package.damaged(f"it holds {name} twice")
            found[stem] = Sheet(name, tuple(_rows(package, part, name)))
        return found


def _rows(package: Package, part: str, name: str) -> Iterator[tuple[int, tuple[str | None, ...]]]:
    """The rows that are not blank; OneRoster's files are UTF-8 with commas."""
    stream = io.TextIOWrapper(
        io.BufferedReader(_Unpacked(package, part)), encoding="utf-8-sig", newline=""
    )
    cells = 0
    with bounded_fields():
        reader = csv.reader(bounded_lines(name, stream), strict=True)
        try:
            for number, row in enumerate(reader, start=1):
                cells += len(row)
                if cells > MAX_CELLS:
                    raise package.too_large(f"more than {MAX_CELLS:,} cells in {name}")
                if any(row):
                    yield number, tuple(cell or None for cell in row)
        except UnicodeDecodeError:
            raise package.damaged(f"{name} is not written in UTF-8") from None
        except csv.Error:
            line = reader.line_num
            raise package.damaged(f"line {line} of {name} is no row of a CSV") from None


class _Unpacked(io.RawIOBase):
    """The bytes of a part as a stream, unpacked piece by piece."""

    def __init__(self, package: Package, part: str) -> None:
        self._chunks = package.chunks(part)
        self._left = b""

    def readable(self) -> bool:
        """It can be read, and nothing else."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer from the part; 0 at its end."""
        view = memoryview(buffer).cast("B")
        if not self._left:
            self._left = next(self._chunks, b"")
        size = min(len(view), len(self._left))
        view[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
