"""Whole rows of a sheet cut by regular expressions, where they are written the usual way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from rosterkey.core.sheet import Cell, FormulaCell
from rosterkey.files.limits import MAX_BLOCK_CELLS, MAX_COLUMNS, MAX_ROWS
from rosterkey.files.workbook.cell_values import BadCell, Book
from rosterkey.files.workbook.parts import column_letters, column_number
from rosterkey.files.workbook.xml_text import decode_entities, decode_escapes

_SHARED: Final = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]+"(?: s="[0-9]+")? t="s"><v>([0-9]{1,9})</v></c>|([\s\S]+)'
)
"""A cell with a shared text, or the rest of the row from the first cell of another kind on."""

_CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]+"(?: s="([0-9]+)")?(?:'
    r' t="s"><v>([0-9]{1,9})</v></c>'
    r'| t="inlineStr"><is><t(?: xml:space="preserve")?>([^<]*)</t></is></c>'
    r'|((?: t="[A-Za-z]+")?(?:/>|>(?:<f(?: aca="[a-z]+")?>[^<]+</f>)?(?:<v>[^<]*</v>)?</c>))'
    r")|([\s\S]+)"
)
"""A cell with a shared text, its own text or another plain value, or something else to the end."""

_ROW: Final = re.compile(r'<row(?: [\w:]+="[^"<&]*")*/?>')
_ALPHABET: Final = tuple(map(column_letters, range(256)))
_OTHER: Final = re.compile(
    r'(?: t="([A-Za-z]+)")?(?:/>|>(?:<f[^>]*>([^<]+)</f>)?(?:<v>([^<]*)</v>)?</c>)'
)
_MOST_KNOWN: Final = 50_000
"""Values that are kept to be found again; more would be no repetitions."""

_ROW_NUMBER: Final = re.compile(r' r="([0-9]{1,7})"')
_HIDDEN: Final = re.compile(r' hidden="(?:1|true)"')


class _Columns(dict[str, int]):
    """The column from 0 by its letters, computed once each."""

    def __missing__(self, letters: str) -> int:
        number = column_number(letters)
        if number >= MAX_COLUMNS:
            raise BadCell("it lies beyond the last column")
        self[letters] = number
        return number


_COLUMNS: Final = _Columns()


class _NotPlain(Exception):
    """This block is for the XML parser."""


@dataclass(slots=True)
class Block:
    """Rows of one block: those with a value, those of them that are hidden, the last number."""

    last_row: int
    rows: list[tuple[int, tuple[Cell, ...]]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    cells: int = 0


def read_block(text: str, book: Book, last_row: int) -> Block | None:
    """The rows of a block of whole `<row>` elements that follows row `last_row`.

    None where anything in the block is not plain: then nothing of it counts.
    """
    block = Block(last_row)
    try:
        _read(text, book, block)
    except (_NotPlain, BadCell, IndexError):
        return None
    return block


def _read(text: str, book: Book, block: Block) -> None:
    """Fill the block, row by row. `text` ends with an end tag of a row."""
    mixed = False
    for piece in text.split("</row>")[:-1]:
        hidden, begin = _begin_row(piece, block)
        body = piece[begin:]
        if not body:
            continue
        cells = None if mixed else _shared_row(body, book)
        if cells is None:
            cells, mixed = _mixed_row(body, book), True  # as the rows that follow probably are
        if cells:
            block.rows.append((block.last_row, cells))
            block.cells += len(cells)
            if block.cells > MAX_BLOCK_CELLS:  # the parser's way counts row by row
                raise _NotPlain
            if hidden:
                block.hidden.append(block.last_row)


def _begin_row(piece: str, block: Block) -> tuple[bool, int]:
    """Read the start tag of a row, and rows without cells before it.

    Returns whether the row is hidden, and where its cells begin.
    """
    begin = 0
    while True:
        end = piece.find(">", begin) + 1
        tag = piece[begin:end]
        if not _ROW.fullmatch(tag):
            raise _NotPlain
        block.last_row = _row_number(tag, block.last_row)
        begin = end
        if not tag.endswith("/>"):
            return " hidden=" in tag and _HIDDEN.search(tag) is not None, begin


def _shared_row(body: str, book: Book) -> tuple[Cell, ...] | None:
    """The cells of a row of shared texts without gaps; None for any other row."""
    letters, indexes, rest = zip(*_SHARED.findall(body), strict=True)
    if rest[-1] or letters != _ALPHABET[: len(letters)]:
        return None
    cells: tuple[Cell, ...] = tuple(map(book.strings.__getitem__, map(int, indexes)))
    while cells and cells[-1] is None:
        cells = cells[:-1]
    return cells


def _mixed_row(body: str, book: Book) -> tuple[Cell, ...]:
    """The cells of a row with gaps or with other cells than shared texts."""
    strings, columns, known = book.strings, _COLUMNS, book.known
    cells: list[Cell] = []
    value: Cell
    for letters, style, shared, inline, other, odd in _CELL.findall(body):
        if shared:
            value = strings[int(shared)]
        elif inline:
            value = _text(inline) if "&" in inline or "_x" in inline else inline
        elif odd:
            raise _NotPlain
        elif (other, style) in known:  # one grade or one day stands in thousands of cells
            value = known[other, style]
        else:
            value = _value(other, style, book) if other else None
            if len(known) < _MOST_KNOWN:
                known[other, style] = value
        if value is None:
            continue
        gap = columns[letters] - len(cells)
        if gap:
            cells.extend([None] * gap)
            if gap < 0:
                raise _NotPlain
        cells.append(value)
    return tuple(cells)


def _row_number(row: str, before: int) -> int:
    """The number of a row by its start tag; one more than the row before where it has none."""
    if "xmlns" in row:
        raise _NotPlain
    found = _ROW_NUMBER.search(row)
    number = int(found[1]) if found else before + 1
    if not before < number <= MAX_ROWS or (found is None and " r=" in row):
        raise _NotPlain
    return number


def _value(other: str, style: str, book: Book) -> Cell:
    """The value of a cell that is no shared text; `other` is what follows its style."""
    if other == "/>":
        return None
    found = _OTHER.fullmatch(other)
    if found is None:
        raise _NotPlain
    kind, formula, text = found.groups()
    if kind == "inlineStr":
        raise _NotPlain
    if "&" in other:
        formula, text = _decoded(formula), _decoded(text)
    if formula is not None:
        return formula_cell("=" + formula, kind or "", text, style, book)
    return None if text is None else book.value(kind or "", text, style)


def _text(written: str) -> str:
    """An inline text with entities or escapes in it."""
    text = decode_entities(written)
    if text is None:
        raise _NotPlain
    return decode_escapes(text)


def _decoded(part: str | None) -> str | None:
    if part is None:
        return None
    text = decode_entities(part)
    if text is None:
        raise _NotPlain
    return text


def formula_cell(formula: str, kind: str, text: str | None, style: str, book: Book) -> FormulaCell:
    """A formula with its stored value; `text` is None where no value is stored.

    An empty stored text is a result (`=""`) and stays an empty text here, because None says
    that nothing was calculated. An empty number is no result: that is how programs write
    formulas that they cannot calculate.
    """
    if text is None:
        return FormulaCell(formula, None)
    value = book.value(kind, text, style)
    return FormulaCell(formula, "" if value is None and kind in {"str", "s"} else value)
