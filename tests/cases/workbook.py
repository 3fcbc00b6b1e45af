"""Writes the sheets of the cases as real workbooks, cell by cell as Excel would store them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

HEADER = ("Student ID", "Username", "First Name", "Last Name", "School", "Grade", "Class")


def write_cases_workbook(
    path: Path,
    header: Sequence[str],
    rows: Iterable[tuple[int, Sequence[Any]]],
    *,
    hidden: Iterable[int] = (),
    filter_column: str | None = None,
) -> Path:
    """Write a workbook with one sheet: the header in row 1 and each row in its Excel row.

    A cell is a text, a number (numeric cell), None (blank), or one of the notations
    `{"error": "#N/A"}`, `{"date": "2026-03-01"}`, `{"formula": "=A1", "cached": None}`,
    `{"number": 123, "format": "00000"}`.
    """
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Import")
        for column, heading in enumerate(header):
            sheet.write_string(0, column, heading)
        last = 1
        for number, cells in rows:
            last = max(last, number)
            for column, cell in enumerate(cells):
                _write(book, sheet, number - 1, column, cell)
        if filter_column is not None:
            sheet.autofilter(0, 0, last - 1, len(header) - 1)
            sheet.filter_column(list(header).index(filter_column), "x != nothing")
        for number in hidden:
            sheet.set_row(number - 1, options={"hidden": True})
    return path


def by_columns(header: Sequence[str], cells: Mapping[str, Any]) -> list[Any]:
    """The cells of a row in the order of the header."""
    return [cells.get(column) for column in header]


def _write(book: Workbook, sheet: Worksheet, row: int, column: int, cell: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif isinstance(cell, dict):
        _write_special(book, sheet, row, column, cell)
    else:
        sheet.write_number(row, column, cell)


def _write_special(
    book: Workbook, sheet: Worksheet, row: int, column: int, cell: dict[str, Any]
) -> None:
    if "error" in cell:
        # An error is the value of a formula; xlsxwriter then writes the cell with t="e".
        sheet.write_formula(row, column, "=NA()", None, cell["error"])
    elif "date" in cell:
        format_ = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(row, column, dt.datetime.fromisoformat(cell["date"]), format_)
    elif "formula" in cell:
        cached = cell["cached"]
        sheet.write_formula(row, column, cell["formula"], None, "" if cached is None else cached)
    else:
        format_ = book.add_format({"num_format": cell["format"]})
        sheet.write_number(row, column, cell["number"], format_)
