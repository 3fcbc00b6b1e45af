"""Rewrite the rows of a sheet: other cells' formats, and the cells of the result columns.

One pass over the bytes. A row that nothing changes is copied as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rosterkey.core.model import Severity
from rosterkey.core.reading.columns import column_letter
from rosterkey.files.marks.grammar import CELL_REFERENCE, ROW_NUMBER, STYLE, Cell, Grammar, Row
from rosterkey.files.marks.styles import StyleBook
from rosterkey.files.marks.values import (
    CHANGES,
    DECISION,
    FINDINGS,
    HEADINGS,
    RESULT,
    CellMark,
    RowMark,
)
from rosterkey.files.marks.xml import with_attribute
from rosterkey.files.safe_text import shortened, xml_text

_CUSTOM = re.compile(rb"""\scustomFormat\s*=\s*["'](?:1|true)["']""")
_SPANS = re.compile(rb"""\sspans\s*=\s*(?:"[^"]*"|'[^']*')""")
_NOTHING = RowMark("")


@lru_cache(maxsize=64)  # most rows say one of a few words
def _content(text: str) -> str:
    return xml_text(shortened(text))


@dataclass(frozen=True, slots=True)
class _Said:
    """What a result cell says, and the severity that colours it."""

    text: str
    severity: Severity | None = None


Edit = str | CellMark | _Said
"""What happens to a cell: new XML, a mark, or a result."""


@dataclass(slots=True)
class RowWriter:
    """Rewrites rows: takes earlier marks back and puts the new ones in.

    `columns` are the places of the four result columns, counted from 0. `default_style` gives
    the format of a cell that does not exist yet from the format of its column. `room` tells that
    no cell stands in a result column or right of one, as in a sheet that was never marked.
    """

    grammar: Grammar
    styles: StyleBook | None
    columns: Sequence[int]
    header_row: int
    last_row: int
    heading_style: int
    existing_headings: frozenset[int]
    default_style: Callable[[int], int]
    cells: Mapping[int, Mapping[int, CellMark]]
    results: Mapping[int, RowMark]
    room: bool
    _ours: re.Pattern[bytes] | None = field(init=False)
    _letters: list[str] = field(init=False)
    _unmarked: bool = field(init=False)
    _row_end: bytes = field(init=False)
    _words: dict[tuple[str, Severity | None], tuple[bytes, bytes]] = field(
        init=False, default_factory=dict
    )
    _result_styles: dict[tuple[Severity | None, int | None], int] = field(
        init=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        numbers = sorted(self.styles.ours) if self.styles else []
        either = "|".join(map(str, numbers)).encode()
        self._ours = (
            re.compile(rb"""\ss\s*=\s*["'](?:""" + either + rb""")["']""") if either else None
        )
        self._letters = [column_letter(column) for column in self.columns]
        self._unmarked = self.room and self._ours is None and not self.existing_headings
        self._row_end = f"</{self.grammar.prefix}row>".encode()

    @property
    def wanted_rows(self) -> list[int]:
        """The rows that get something, in order: each has to exist."""
        wanted = {self.header_row, *self.cells}
        wanted.update(n for n, mark in self.results.items() if mark != _NOTHING)
        return sorted(wanted)

    def rewritten(self, row: Row) -> bytes | None:
        """The row with its marks, or None where it stays as it stands."""
        mark = self.results.get(row.number)
        if mark is not None and self._takes_results_only(row.number):
            cells = self._appended(row.number, mark)
            return self._row_around(row, row.inner, cells) if cells else None
        edits = self._edits(row.number)
        clears = self._may_hold_marks(row)
        if not edits and not clears:
            return None
        inner = self._rewrite_cells(row, edits)
        if inner == row.inner:
            return None
        return self._row_around(row, inner)

    def created(self, number: int) -> bytes:
        """A row that the sheet does not have yet."""
        p = self.grammar.prefix
        row = Row(number, f'<{p}row r="{number}">'.encode(), b"", 0, 0)
        inner = self._rewrite_cells(row, self._edits(number))
        return self._row_around(row, inner) if inner else b""

    def _takes_results_only(self, number: int) -> bool:
        """Whether the row gets results and has nothing to look at: nearly all rows of a sheet."""
        return self._unmarked and number not in self.cells and number != self.header_row

    def _appended(self, number: int, mark: RowMark) -> bytes:
        """The result cells, which follow the last cell of the row in the order of the columns."""
        if mark.is_word:
            begin, end = self._around_number(mark)
            return b"%b%d%b" % (begin, number, end)
        texts = (mark.result, mark.changes, mark.findings, mark.decision)
        cells = [
            self._text(
                self._letters[n], number, text, self._style(mark.severity if n == RESULT else None)
            )
            for n, text in enumerate(texts)
            if text
        ]
        return "".join(cells).encode()

    def _around_number(self, mark: RowMark) -> tuple[bytes, bytes]:
        """A cell with a result and nothing else, in the two parts around its row number."""
        said = mark.result, mark.severity
        if said not in self._words:
            letters = self._letters[RESULT]
            cell = self._text(letters, 0, mark.result, self._style(mark.severity))
            begin, _, end = cell.partition(f"{letters}0")
            self._words[said] = f"{begin}{letters}".encode(), end.encode()
        return self._words[said]

    def _may_hold_marks(self, row: Row) -> bool:
        if self._ours is not None and self._ours.search(row.inner):
            return True
        return bool(self.existing_headings) and self.header_row < row.number <= self.last_row

    def _row_around(self, row: Row, *inner: bytes) -> bytes:
        tag = _SPANS.sub(b"", row.tag, count=1) if b"spans" in row.tag else row.tag
        if tag.endswith(b"/>"):
            tag = tag[:-2].rstrip() + b">"
        if not ROW_NUMBER.search(tag):
            tag = with_attribute(tag, "r", str(row.number))
        return b"".join((tag, *inner, self._row_end))

    def _edits(self, number: int) -> dict[int, Edit]:
        """What happens in a row: new XML or results for result cells, marks for the others."""
        edits: dict[int, Edit] = dict(self.cells.get(number, {}))
        if number == self.header_row:
            edits.update(self._heading_cells())
        elif (mark := self.results.get(number)) is not None:
            edits.update(self._result_cells(mark))
        return edits

    def _heading_cells(self) -> dict[int, Edit]:
        return {
            column: self._text(self._letters[n], self.header_row, HEADINGS[n], self.heading_style)
            for n, column in enumerate(self.columns)
            if n not in self.existing_headings
        }

    def _result_cells(self, mark: RowMark) -> dict[int, Edit]:
        texts = {RESULT: mark.result, CHANGES: mark.changes, FINDINGS: mark.findings}
        cells: dict[int, Edit] = {
            self.columns[n]: _Said(text, mark.severity if n == RESULT else None)
            for n, text in texts.items()
            if text
        }
        if mark.decision is not None:
            cells[self.columns[DECISION]] = _Said(mark.decision) if mark.decision else ""
        return cells

    def _said(self, row: Row, column: int, said: _Said, style: int | None) -> str:
        """A result cell; in a column that was there it keeps its look, but for the fill."""
        place = self.columns.index(column)
        base = None
        if place in self.existing_headings:
            base = self._inherited_style(row, column) if style is None else style
        wanted = self._style(said.severity, base)
        return self._text(self._letters[place], row.number, said.text, wanted)

    def _style(self, severity: Severity | None, base: int | None = None) -> int:
        if (severity, base) not in self._result_styles:
            made = self.styles.result(severity, base) if self.styles else 0
            self._result_styles[severity, base] = made
        return self._result_styles[severity, base]

    def _text(self, letters: str, number: int, text: str, style: int) -> str:
        p = self.grammar.prefix
        return (
            f'<{p}c r="{letters}{number}" s="{style}" t="inlineStr"><{p}is>'
            f'<{p}t xml:space="preserve">{_content(text)}</{p}t></{p}is></{p}c>'
        )

    def _rewrite_cells(self, row: Row, edits: dict[int, Edit]) -> bytes:
        pending = sorted(edits)
        last = self._unchanged_part(row, edits)
        out = [row.inner[:last]]
        for cell in self.grammar.cells(row.inner, last):
            while pending and pending[0] < cell.column:
                column = pending.pop(0)
                out.append(self._new_cell(row, column, edits[column]))
            if pending and pending[0] == cell.column:
                pending.pop(0)
            out.append(row.inner[last : cell.start])
            out.append(self._changed_cell(row, cell, edits.get(cell.column)))
            last = cell.end
        out.extend(self._new_cell(row, column, edits[column]) for column in pending)
        out.append(row.inner[last:])
        return b"".join(out)

    def _unchanged_part(self, row: Row, edits: Mapping[int, Edit]) -> int:
        """Up to where the row stays as it is: left of the first edit, without earlier marks."""
        touched = (*edits, *self.columns) if self.existing_headings else edits
        first = min(touched, default=0)
        end = self.grammar.end_before(first, row.inner)
        if self._ours is not None and self._ours.search(row.inner, 0, end):
            return 0
        return end

    def _new_cell(self, row: Row, column: int, edit: Edit) -> bytes:
        if isinstance(edit, _Said):
            return self._said(row, column, edit, None).encode()
        if isinstance(edit, str):
            return edit.encode()
        if self.styles is None:
            return b""
        before = self._inherited_style(row, column)
        style = self.styles.marked(before, edit.severity)
        if style == before:
            return b""
        p, letters = self.grammar.prefix, column_letter(column)
        return f'<{p}c r="{letters}{row.number}" s="{style}"/>'.encode()

    def _inherited_style(self, row: Row, column: int) -> int:
        style = STYLE.search(row.tag)
        if style and _CUSTOM.search(row.tag):
            return int(style[1])
        return self.default_style(column)

    def _changed_cell(self, row: Row, cell: Cell, edit: Edit | None) -> bytes:
        if cell.column in self.columns and row.number > self.header_row:
            return self._result_cell(row, cell, edit)
        if isinstance(edit, str):
            return edit.encode()
        style = cell.style
        before = self.styles.restored(style) if self.styles else style
        wanted = before
        if isinstance(edit, CellMark) and self.styles:
            wanted = self.styles.marked(before, edit.severity)
        elif (
            style != before
            and not self.grammar.has_content(cell)
            and before == self._inherited_style(row, cell.column)
        ):
            return b""
        tag = with_attribute(cell.tag, "s", str(wanted)) if wanted != style else cell.tag
        return self._with_reference(tag, row.number, cell) + cell.rest

    def _result_cell(self, row: Row, cell: Cell, edit: Edit | None) -> bytes:
        """A cell below one of the four headings: new text, nothing, or what the user wrote."""
        kept = self._with_reference(cell.tag, row.number, cell) + cell.rest
        if self.grammar.has_formula(cell):
            return kept
        if isinstance(edit, _Said):
            return self._said(row, cell.column, edit, cell.style).encode()
        if isinstance(edit, str):
            return edit.encode()
        if cell.column == self.columns[DECISION]:
            return kept
        ours = self.styles is not None and cell.style in self.styles.ours
        return b"" if ours or row.number <= self.last_row else kept

    @staticmethod
    def _with_reference(tag: bytes, number: int, cell: Cell) -> bytes:
        if CELL_REFERENCE.search(tag):
            return tag
        return with_attribute(tag, "r", f"{column_letter(cell.column)}{number}")
