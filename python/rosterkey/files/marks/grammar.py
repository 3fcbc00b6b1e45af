"""How rows and cells are spelt in the XML of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rosterkey.files.marks.values import column_number

ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
CELL_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)\d+["']""")
STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")

_PIECE = 1 << 20
"""Bytes that are looked through at a time, so that a large sheet needs no memory for its cells."""


@cache
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


class Row(NamedTuple):
    """One row of the sheet's XML: its number, its start tag and what stands within."""

    number: int
    tag: bytes
    inner: bytes
    start: int
    end: int


class Cell(NamedTuple):
    """One cell within a row's XML: its column from 0, its start tag and the rest of it."""

    column: int
    tag: bytes
    rest: bytes
    start: int
    end: int

    @property
    def style(self) -> int:
        """The number of its format."""
        match = STYLE.search(self.tag)
        return int(match[1]) if match else 0


def _pieces(xml: bytes) -> Iterator[bytes]:
    """The bytes in pieces that end where a tag does, so that no tag is cut."""
    start = 0
    while start < len(xml):
        end = xml.find(b">", start + _PIECE) + 1 or len(xml)
        yield xml[start:end]
        start = end


class Grammar:
    """How rows and cells are spelt in one sheet, with its prefix (`x:`) or without."""

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        self.prefix = prefix.decode()
        self._row_start = re.compile(b"<" + p + rb"""row(?=[\s/>])(?: r="(\d+)")?[^>]*>""")
        self._row_end = b"</" + prefix + b"row"
        self._cell = re.compile(
            b"<" + p + rb"c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</" + p + rb"c\s*>)", re.DOTALL
        )
        self._cell_start = b"<" + prefix + b"c"
        self._cell_named = re.compile(self._cell_start + rb"""\sr=["']([A-Z]{1,3})\d""")
        self._formula = re.compile(b"<" + p + rb"f[\s/>]")
        self._content = re.compile(b"<" + p + rb"(?:v|is|f)[\s>]")

    def rows(self, xml: bytes, start: int, end: int) -> Iterator[Row]:
        """The rows in the order of the file. A row without a number follows the one before."""
        number, place = 0, start
        # Plain searches for the two tags: an expression over the whole row reads every byte of it.
        while opened := self._row_start.search(xml, place, end):
            tag, inner, place = opened[0], b"", opened.end()
            if not tag.endswith(b"/>"):
                closing = xml.find(self._row_end, place, end)
                if closing < 0:
                    return
                inner, place = xml[place:closing], xml.index(b">", closing) + 1
            named = opened if opened[1] else ROW_NUMBER.search(tag)
            number = int(named[1]) if named else number + 1
            yield Row(number, tag, inner, opened.start(), place)

    def cells(self, inner: bytes, start: int = 0) -> Iterator[Cell]:
        """The cells of a row. A cell without a reference follows the one before.

        `start` is an end of a cell, after which every cell has a reference.
        """
        column = -1
        for match in self._cell.finditer(inner, start):
            inner_start = match.start(2)
            split = inner_start if inner_start >= 0 else match.end()
            tag, rest = inner[match.start() : split], inner[split : match.end()]
            named = CELL_REFERENCE.search(tag)
            column = _column(named[1]) if named else column + 1
            yield Cell(column, tag, rest, match.start(), match.end())

    def last_column(self, xml: bytes) -> int | None:
        """The last column in which any cell stands, empty ones too (-1 for none).

        None where some cell's reference is missing or spelt in an unusual way.
        """
        named, letters = 0, set()
        for piece in _pieces(xml):
            found = self._cell_named.findall(piece)
            named += len(found)
            letters.update(found)
        starts = xml.count(self._cell_start + b" ") + xml.count(self._cell_start + b">")
        return max(map(_column, letters), default=-1) if named == starts else None

    def has_formula(self, cell: Cell) -> bool:
        """Whether a formula stands in the cell; those are the user's, wherever they stand."""
        return self._formula.search(cell.rest) is not None

    def has_content(self, cell: Cell) -> bool:
        """Whether the cell holds a value, a text or a formula."""
        return self._content.search(cell.rest) is not None

    def end_before(self, column: int, inner: bytes) -> int:
        """Where the last cell left of `column` ends; 0 where that cannot be told from the right.

        Results stand at the right end of long rows, so this is far less than reading them all.
        """
        place = inner.rfind(self._cell_start)
        while place >= 0:
            match = self._cell.match(inner, place)
            if match:
                named = CELL_REFERENCE.search(match[1])
                if not named:
                    return 0
                if _column(named[1]) < column:
                    return match.end()
            place = inner.rfind(self._cell_start, 0, place)
        return 0

    def columns_right_of(self, limit: int, inner: bytes) -> Iterator[int]:
        """The columns beyond `limit` in which the row holds something, from the right."""
        place = inner.rfind(self._cell_start)
        while place >= 0:
            match = self._cell.match(inner, place)
            if match:
                named = CELL_REFERENCE.search(match[1])
                if not named:
                    cells = [c.column for c in self.cells(inner) if self.has_content(c)]
                    yield from (column for column in cells if column > limit)
                    return
                column = _column(named[1])
                if column <= limit:
                    return
                if self._content.search(match[2] or b""):
                    yield column
            place = inner.rfind(self._cell_start, 0, place)
