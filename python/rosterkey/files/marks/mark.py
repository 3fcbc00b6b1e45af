"""Write findings into the user's own workbook and leave all else in it as it is.

The one sheet, the cell formats and the notes are patched; every other part (macros, ribbon,
charts, other sheets) is copied byte for byte. A library that loads and saves a workbook would
lose what it does not know.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from rosterkey.files.marks.columns import ResultColumns, SharedTexts, find_result_columns
from rosterkey.files.marks.notes import Position, write_notes
from rosterkey.files.marks.parts import Place, find_sheet, related, relations
from rosterkey.files.marks.rows import RowWriter
from rosterkey.files.marks.sheet import SheetText, read_range
from rosterkey.files.marks.styles import StyleBook
from rosterkey.files.marks.values import CellMark, Marks, RowMark, column_number
from rosterkey.files.marks.xml import attributes, root
from rosterkey.files.marks.zip import Package
from rosterkey.files.replace import (
    UnwritableFile,
    cannot_write,
    refuse_open_workbook,
    replacing,
)

_LAST_ROW = 1_048_576
"""The last row of a sheet."""

__all__ = ["CellMark", "Marks", "RowMark", "UnwritableFile", "mark_workbook"]


def mark_workbook(source: Path, target: Path, marks: Marks) -> None:
    """Write `marks` into a copy of `source` that takes the place of `target`.

    Both may be the same file. The four result columns are those that stand in the header row
    already, or new ones right of what is used. What the product marked earlier is removed first:
    fills, notes and the texts of the result columns, but not what the user chose under
    `Decision`. The user's values, formulas, notes, filters and tables stay.

    Raises UnwritableFile, with nothing changed: the file is open elsewhere, no .xlsx or .xlsm
    workbook, without this sheet, or the sheet is protected. Raises ValueError for a mark on a row
    or column that no sheet has.
    """
    _check(marks)
    for path in {source, target}:
        refuse_open_workbook(path)
    with Package(source) as package:
        place = find_sheet(package, marks.sheet)
        _mark(package, place, marks)
        with replacing(target, mode=_rights(target, source)) as file:
            package.save(file)


def _check(marks: Marks) -> None:
    rows = [marks.header_row, marks.last_row, *marks.results, *(row for row, _ in marks.cells)]
    if min(rows) < 1 or max(rows) > _LAST_ROW:
        raise ValueError("a mark names a row that no sheet has")
    if marks.results and min(marks.results) <= marks.header_row:
        raise ValueError("results stand below the header row")


def _rights(*paths: Path) -> int:
    for path in paths:
        try:
            return stat.S_IMODE(os.stat(path).st_mode)  # noqa: PTH116 - one call, links followed
        except FileNotFoundError:
            continue
        except OSError as error:
            raise cannot_write(path, error) from error
    return 0o600


def _mark(package: Package, place: Place, marks: Marks) -> None:
    sheet = SheetText.of(package.read(place.sheet), place.sheet)
    sheet.refuse_protection(marks.sheet)
    styles = _styles(package, place)
    reach = max(sheet.reach(marks.header_row, marks.last_row), _table_reach(package, place, marks))
    shared = SharedTexts(package.read(place.shared_strings) if place.shared_strings else b"")
    results = find_result_columns(sheet, marks.header_row, reach, shared)
    cells = {
        position: mark
        for (row, column), mark in marks.cells.items()
        if (position := (row, column_number(column)))[1] not in results.columns
    }
    _rewrite_rows(sheet, _row_writer(sheet, styles, results, marks, cells))
    sheet.extend_dimension(max(results.columns), max((marks.header_row, *marks.results)))
    sheet.widen(results.new_widths)
    write_notes(package, place, sheet, cells)
    package.set(place.sheet, sheet.xml)
    if styles and styles.changed and place.styles:
        package.set(place.styles, styles.xml)


def _styles(package: Package, place: Place) -> StyleBook | None:
    if place.styles is None:
        return None
    about = related(package, "", "extended-properties")
    said = package.read(about.target) if about and about.target in package else b""
    # LibreOffice writes a colour of its own choice where Excel keeps the background of a fill.
    kept = b"LibreOffice" not in said
    return StyleBook(package.read(place.styles), place.styles, backgrounds=kept)


def _table_reach(package: Package, place: Place, marks: Marks) -> int:
    """The last column of the Excel tables that the marked rows touch; -1 for none."""
    reach = -1
    for relation in relations(package, place.sheet):
        if relation.kind == "table" and relation.target in package:
            xml = package.read(relation.target)
            about = attributes(root(xml, relation.target).tag(xml))
            found = read_range(about.get("ref", ""))
            if found and found.last_row >= marks.header_row and found.first_row <= marks.last_row:
                reach = max(reach, found.last_column)
    return reach


def _row_writer(
    sheet: SheetText,
    styles: StyleBook | None,
    results: ResultColumns,
    marks: Marks,
    cells: dict[Position, CellMark],
) -> RowWriter:
    by_row: dict[int, dict[int, CellMark]] = {}
    for (row, column), mark in cells.items():
        by_row.setdefault(row, {})[column] = mark
    return RowWriter(
        grammar=sheet.grammar,
        styles=styles,
        columns=results.columns,
        header_row=marks.header_row,
        last_row=marks.last_row,
        heading_style=results.heading_style,
        existing_headings=results.existing,
        default_style=_default_style(sheet.column_styles()),
        cells=by_row,
        results=marks.results,
        room=results.room,
    )


def _default_style(styles: list[tuple[int, int, int]]) -> Callable[[int], int]:
    def style_of(column: int) -> int:
        return next((style for first, last, style in styles if first <= column <= last), 0)

    return style_of


def _rewrite_rows(sheet: SheetText, writer: RowWriter) -> None:
    """One pass: rows without marks are copied, missing rows are created in their order."""
    rows = sheet.rows
    wanted = writer.wanted_rows
    out: list[bytes] = []
    copied, next_wanted = 0, 0
    for row in sheet.grammar.rows(rows, 0, len(rows)):
        while next_wanted < len(wanted) and wanted[next_wanted] <= row.number:
            if wanted[next_wanted] < row.number:
                out += (rows[copied : row.start], writer.created(wanted[next_wanted]))
                copied = row.start
            next_wanted += 1
        new = writer.rewritten(row)
        if new is not None:
            out += (rows[copied : row.start], new)
            copied = row.end
    out.append(rows[copied:])
    out += (writer.created(number) for number in wanted[next_wanted:])
    sheet.rows = b"".join(out)
