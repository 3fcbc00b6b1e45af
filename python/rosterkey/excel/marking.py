"""What Validate writes into the Import sheet itself: result columns, colours, notes.

The product's own fills are known by their colours, its notes by their first line. A cell with a
fill of the user keeps it, and so does a note: the Findings column says everything anyway.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rosterkey.core.reading.columns import (
    RESULT_HEADINGS,
    Header,
    columns_of,
    find_header,
    fold_heading,
)
from rosterkey.core.sheet import FormulaCell
from rosterkey.core.sheet import Sheet as ReadSheet
from rosterkey.excel import program
from rosterkey.excel.errors import ButtonStopped, writing_into
from rosterkey.excel.writing import Cell, joined, runs, text
from rosterkey.files.marks.values import AUTHOR, PLAIN_FILLS, CellMark, Marks
from rosterkey.files.safe_text import shortened

if TYPE_CHECKING:
    from xlwings import Note, Range, Sheet

Colour = tuple[int, int, int]

SIGNATURE = f"{AUTHOR}:\n"
"""The first line of our notes: Excel gives every note the user's name as its author."""
NOTES_AT_MOST = 1_000
"""Each note is a call of its own; of more the most serious get one."""
_NOTE_UNITS = 2_000


def _rgb(fill: str) -> Colour:
    return int(fill[2:4], 16), int(fill[4:6], 16), int(fill[6:8], 16)


COLOURS = {severity: _rgb(fill) for severity, fill in PLAIN_FILLS.items()}
"""The fills of cells with findings: the same as in a file that was marked."""


def write_marks(sheet: Sheet, read: ReadSheet, marks: Marks) -> None:
    """Write the marks of a validation in place of those of an earlier one.

    `read` is the sheet as it was read a moment ago. Raises CannotWriteSheet.
    """
    header = find_header(read)
    if not header.positions:
        return
    with writing_into(sheet.name):
        users_notes = clear_marks(sheet, read)
        _write_results(sheet, read, header, marks)
        covered = set(_covered(read))
        cells = {
            (row, int(column)): mark
            for (row, column), mark in marks.cells.items()
            if (row, int(column)) not in covered
        }
        for severity, colour in COLOURS.items():
            wanted = [cell for cell, mark in cells.items() if mark.severity is severity]
            recolour(sheet, wanted, {None}, colour)
        _add_notes(sheet, cells, users_notes)


def _covered(read: ReadSheet) -> Iterator[Cell]:
    """The cells that a merged range covers all but its first: Excel puts no notes there."""
    for area in read.merged:
        for row in range(area.first_row, area.last_row + 1):
            for column in range(area.first_column, area.last_column + 1):
                if (row, column) != (area.first_row, area.first_column):
                    yield row, column


def result_columns(read: ReadSheet, header: Header) -> dict[str, int]:
    """The columns (from 0) of Result, Changes, Findings and Decision.

    Those that the header row does not have stand right of everything that is used, also of what
    has no heading.
    """
    cells: tuple[object, ...] = next((c for n, c in read.rows if n == header.row), ())
    folded = [fold_heading(cell) if isinstance(cell, str) else "" for cell in cells]
    found, free = {}, max((len(c) for n, c in read.rows if n >= header.row), default=0)
    for heading in RESULT_HEADINGS:
        if fold_heading(heading) in folded:
            found[heading] = folded.index(fold_heading(heading))
        else:
            found[heading], free = free, free + 1
    return found


def clear_marks(
    sheet: Sheet, read: ReadSheet, signatures: tuple[str, ...] = (SIGNATURE,)
) -> set[Cell]:
    """Take our notes and fills away; return the cells of other notes.

    Notes are ours that begin with one of `signatures`.
    """
    header = find_header(read)
    others = _clear_notes(sheet, signatures)
    _clear_leftovers(sheet, header, _last_row(read, header))
    return others


def _last_row(read: ReadSheet, header: Header) -> int:
    return max((number for number, _ in read.rows), default=header.row)


def notes_of(sheet: Sheet) -> dict[Cell, Note]:
    """Every note of a sheet by its cell."""
    found = {}
    for note in sheet.notes:
        place = note.location
        found[place.row, place.column - 1] = note
    return found


def _clear_notes(sheet: Sheet, signatures: tuple[str, ...]) -> set[Cell]:
    """Take our notes away, with the fills of their cells; return the cells of other notes."""
    notes = notes_of(sheet)
    ours = {cell: note for cell, note in notes.items() if note.text.startswith(signatures)}
    recolour(sheet, ours, set(COLOURS.values()), None)
    for note in ours.values():
        note.delete()
    return set(notes) - set(ours)


def _clear_leftovers(sheet: Sheet, header: Header, last: int) -> None:
    """Take away our fills on cells without our note: a column at a time, halved where mixed."""
    if last <= header.row:
        return
    for position in columns_of(header).values():
        column = sheet.range((header.row + 1, position + 1), (last, position + 1))
        for part in list(_own_fills(column)):
            part.color = None


def _own_fills(column: Range) -> Iterator[Range]:
    colour, rows = colour_of(column), column.shape[0]
    if colour in COLOURS.values():
        yield column
    elif colour == MIXED and rows > 1:
        top, at, middle = column.row, column.column, column.row + rows // 2
        yield from _own_fills(column.sheet.range((top, at), (middle - 1, at)))
        yield from _own_fills(column.sheet.range((middle, at), (top + rows - 1, at)))


MIXED = (0, 0, 0)
"""What Excel says of cells with different fills; it says the same of black ones."""


def colour_of(cells: Range) -> Colour | None:
    """The fill that all cells have, None for none, MIXED where they differ."""
    try:
        return cells.color
    except TypeError:  # a Mac answers "missing value" for different fills
        return MIXED


def recolour(
    sheet: Sheet, cells: Iterable[Cell], now: Collection[Colour | None], colour: Colour | None
) -> None:
    """Give the cells a fill, but only those that have one of `now` at this moment."""
    for area, inside in joined(sheet, cells):
        if colour_of(area) in now:
            area.color = colour
        elif len(inside) > 1:
            middle = len(inside) // 2
            recolour(sheet, inside[:middle], now, colour)
            recolour(sheet, inside[middle:], now, colour)


def _write_results(sheet: Sheet, read: ReadSheet, header: Header, marks: Marks) -> None:
    """Write each result column in few blocks; what the user chose under Decision stays.

    Formulas stay in these columns too, and so do totals and what stands below the table.
    """
    standing: tuple[object, ...] = next((c for n, c in read.rows if n == header.row), ())
    columns = result_columns(read, header)
    for heading, column in columns.items():
        if column >= len(standing):
            sheet.range((header.row, column + 1)).value = heading
    last = max([header.row, _end_of_table(sheet, read, header), *marks.results])
    numbers = [n for n in range(header.row + 1, last + 1) if n not in read.totals_rows]
    said = {
        number: (mark.result, mark.changes, mark.findings) for number, mark in marks.results.items()
    }
    for place, heading in enumerate(RESULT_HEADINGS[:3]):
        column = columns[heading]
        formulas = _formulas_in(read, column)
        free = [n for n in numbers if n not in formulas]
        for first, final in runs(free):
            block = sheet.range((first, column + 1), (final, column + 1))
            if block.number_format != "@":
                block.number_format = "@"
            texts = [said[n][place] if n in said else "" for n in range(first, final + 1)]
            block.value = [[text(part) or None] for part in texts]
            if read.hidden_rows and place == 0:
                _look_again(sheet, column + 1, first, [text(part) or None for part in texts])


def _end_of_table(sheet: Sheet, read: ReadSheet, header: Header) -> int:
    """The last row of the table under the header row; without a table, of the sheet."""
    for table in sheet.tables:
        top = table.header_row_range
        body = table.data_body_range
        if top is not None and top.row == header.row and body is not None:
            return int(body.row + body.shape[0] - 1)
    return _last_row(read, header)


def _formulas_in(read: ReadSheet, column: int) -> frozenset[int]:
    """The rows that have a formula in a column (from 0)."""
    return frozenset(
        number
        for number, cells in read.rows
        if column < len(cells) and isinstance(cells[column], FormulaCell)
    )


def _look_again(sheet: Sheet, column: int, first: int, wanted: list[str | None]) -> None:
    """Make sure that each row got its own result: Excel may pass over rows that a filter hides."""
    block = sheet.range((first, column), (first + len(wanted) - 1, column))
    if [row[0] for row in block.options(ndim=2).value] != wanted:
        raise ButtonStopped(
            f'A filter hides rows of the sheet "{sheet.name}", and {program.here.name} did not '
            f"write the results beside the right ones. Show all rows ({program.here.show_all}) and "
            "press the button again."
        )


def _add_notes(sheet: Sheet, cells: Mapping[Cell, CellMark], taken: set[Cell]) -> None:
    free = [(cell, mark) for cell, mark in cells.items() if mark.note and cell not in taken]
    free.sort(key=lambda item: (item[1].severity.rank, item[0]))
    for (row, column), mark in free[:NOTES_AT_MOST]:
        note = SIGNATURE + shortened(mark.note, _NOTE_UNITS)
        # A cell with a conversation of the user's ("comments" of newer Excels) takes no note, and
        # says it with an error of each system's own; the Findings column tells the same.
        with contextlib.suppress(Exception):
            sheet.range((row, column + 1)).add_note(note)
