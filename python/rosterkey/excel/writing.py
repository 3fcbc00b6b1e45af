"""Blocks of values into tables and ranges: text stays text, the rest of the sheet stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rosterkey.core.reading.columns import column_letter
from rosterkey.excel import program
from rosterkey.excel.errors import ButtonStopped, NotTheTemplate, writing_into
from rosterkey.files.safe_text import shortened, without_surrogates

if TYPE_CHECKING:
    from xlwings import Range, Sheet
    from xlwings.main import Table

Value = str | int | None
Row = Sequence[Value]
Cell = tuple[int, int]
"""A cell: its row from 1, its column from 0."""

_UNITS = 8_000
"""UTF-16 units of a cell that is written with others in one block; Excel refuses more than 8,203
there."""
_ADDRESS = 250
"""Characters of an address that Excel takes."""


def text(value: str) -> str:
    """Text as a cell can hold it."""
    return shortened(without_surrogates(value), _UNITS)


def fill_table(table: Table, headings: Sequence[str], rows: Sequence[Row]) -> Range:
    """Put rows into a table in place of those that it has, and return the new body.

    Every column that is not in `links` gets the text format first, so that 00123 stays 00123
    and a name that starts with `=` or `-` does not run. The columns are found by their headings;
    a column that the user added keeps its place and is left alone. Raises NotTheTemplate where a
    heading is missing, ButtonStopped where the table has a totals row, and CannotWriteSheet.
    """
    header = _header(table)
    if table.show_totals:
        raise ButtonStopped(
            f'The table on the sheet "{header.sheet.name}" has a totals row, which would be '
            f"written over. Take it off ({program.here.totals_row}) and press the button again."
        )
    places = _places(header, headings)
    sheet = header.sheet
    with writing_into(sheet.name):
        _show_all(table)
        old = table.data_body_range
        if old is not None:
            for first, last in runs(places):
                _part(old, first, last).clear_contents()
        count = max(len(rows), 1)
        width = header.shape[1]
        corner = (header.row + count, header.column + width - 1)
        table.resize(sheet.range((header.row, header.column), corner))
        body = sheet.range((header.row + 1, header.column), corner)
        for first, last in runs(places):
            at = places.index(first)
            columns = range(at, at + last - first + 1)
            _write(_part(body, first, last), [[row[c] for c in columns] for row in rows])
    return body


def _show_all(table: Table) -> None:
    """Take a filter off: Excel may pass over hidden rows, and the new rows are others anyway."""
    if any(criteria.type != "none" for criteria in table.autofilter.criteria):
        table.autofilter.clear()


def _header(table: Table) -> Range:
    header = table.header_row_range
    if header is None:
        raise NotTheTemplate(f"The table {table.name} has no header row.")
    return header


def _places(header: Range, headings: Sequence[str]) -> list[int]:
    """Where each heading stands in the header row, counted from 0."""
    standing = header.options(ndim=2).value[0]
    missing = [heading for heading in headings if heading not in standing]
    if missing:
        raise NotTheTemplate(
            f'On the sheet "{header.sheet.name}" the heading {missing[0]} is missing. Start from a '
            "fresh RosterTemplate."
        )
    return [standing.index(heading) for heading in headings]


def _part(body: Range, first: int, last: int) -> Range:
    """Some neighbouring columns of a range, counted from 0."""
    bottom, left = body.row + body.shape[0] - 1, body.column
    return body.sheet.range((body.row, left + first), (bottom, left + last))


def _write(block: Range, rows: list[list[Value]]) -> None:
    """Text columns as text; columns of numbers and links as Excel takes them."""
    if not rows:
        return
    columns = len(rows[0])
    linked = [any(_is_live(row[c]) for row in rows) for c in range(columns)]
    for column in range(columns):
        part = _part(block, column, column)
        is_text = part.number_format == "@"
        if linked[column] and is_text:
            part.number_format = "General"
        elif not linked[column] and not is_text:
            part.number_format = "@"
    block.value = rows


class Link(str):
    """A formula of our own that shows a number and leads to a cell; no text of a user."""

    __slots__ = ()


def _is_live(value: Value) -> bool:
    return isinstance(value, (int, Link))


def link_to(sheet_name: str, row: int, column: int, shown: int) -> Link:
    """A link to a cell (row from 1, column from 0) that shows a number."""
    quoted = sheet_name.replace("'", "''")
    return Link(f"=HYPERLINK(\"#'{quoted}'!{column_letter(column)}{row}\",{shown})")


def runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers in order as runs of neighbours: the first and the last of each."""
    start = 0
    for end in range(1, len(numbers) + 1):
        if end == len(numbers) or numbers[end] != numbers[end - 1] + 1:
            yield numbers[start], numbers[end - 1]
            start = end


def joined(sheet: Sheet, cells: Iterable[Cell]) -> Iterator[tuple[Range, list[Cell]]]:
    """Cells as few ranges of several areas, each with the cells that are in it.

    Cells below each other become one area, and an address holds as many as Excel takes.
    """
    address = ""
    inside: list[Cell] = []
    for run in _columns(sorted(cells, key=lambda cell: (cell[1], cell[0]))):
        letters = column_letter(run[0][1])
        part = f"{letters}{run[0][0]}" + (f":{letters}{run[-1][0]}" if len(run) > 1 else "")
        if address and len(address) + 1 + len(part) > _ADDRESS:
            yield sheet.range(address), inside
            address, inside = "", []
        address = f"{address},{part}" if address else part
        inside += run
    if address:
        yield sheet.range(address), inside


def _columns(cells: list[Cell]) -> Iterator[list[Cell]]:
    start = 0
    for end in range(1, len(cells) + 1):
        row, column = cells[end - 1]
        if end == len(cells) or cells[end] != (row + 1, column):
            yield cells[start:end]
            start = end
