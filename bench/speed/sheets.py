"""The sheet of a roster as a workbook and as text, with cells as Excel leaves them.

Texts are shared strings; IDs are texts in `@` cells where an export wrote them, and numbers with
the format 0000000 where somebody typed them; grades from 1 on are numbers; dates are numbers with
a format. The text file is what Excel saves as "CSV UTF-8": what the cells show.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Iterable
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bench.faults.town import GRADES, HEADINGS
from bench.speed.roster import Row

ALL_HEADINGS = (*HEADINGS, "Birth Date")
SHEET_NAME = "Roster"
DIGITS = 7
_WIDTHS = (12, 22, 18, 22, 8, 26, 12, 12)
_THIS_YEAR = 2026


def write_workbook(path: Path, rows: Iterable[Row]) -> None:
    """Write the rows below a header, frozen and filtered as people do."""
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet(SHEET_NAME)
        bold = book.add_format({"bold": True, "bg_color": "#D9E1F2", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        zeros = book.add_format({"num_format": "0" * DIGITS})
        date = book.add_format({"num_format": "m/d/yyyy"})
        for column, (heading, width) in enumerate(zip(ALL_HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width, text if column < 2 else None)
            sheet.write_string(0, column, heading, bold)
        sheet.freeze_panes(1, 0)
        birthdays = random.Random(0)  # noqa: S311
        last = 0
        for last, row in enumerate(rows, start=1):
            _write_row(sheet, last, row, (text, zeros))
            sheet.write_datetime(last, 7, _birthday(row, birthdays), date)
        sheet.autofilter(0, 0, last, len(ALL_HEADINGS) - 1)


def _write_row(sheet: Worksheet, line: int, row: Row, formats: tuple[Format, Format]) -> None:
    after, (text, zeros) = row.after, formats
    if after.student_id and row.typed:
        sheet.write_number(line, 0, int(after.student_id), zeros)
    elif after.student_id:
        sheet.write_string(line, 0, after.student_id, text)
    sheet.write_string(line, 1, after.username, text)
    sheet.write_string(line, 2, after.first_name)
    sheet.write_string(line, 3, after.last_name)
    grade = after.grade or ""
    if grade.isdigit():
        sheet.write_number(line, 4, int(grade))
    else:
        sheet.write_string(line, 4, grade)
    sheet.write_string(line, 5, after.school or "")
    sheet.write_string(line, 6, "; ".join(after.classes))


def write_text(path: Path, rows: Iterable[Row]) -> None:
    """Write the rows as Excel's "CSV UTF-8"."""
    birthdays = random.Random(0)  # noqa: S311
    with path.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(ALL_HEADINGS)
        for row in rows:
            a, born = row.after, _birthday(row, birthdays)
            shown = f"{born.month}/{born.day}/{born.year}"
            fields = (a.student_id, a.username, a.first_name, a.last_name, a.grade, a.school)
            writer.writerow([*fields, "; ".join(a.classes), shown])


def _birthday(row: Row, rng: random.Random) -> dt.datetime:
    """A day in the year in which children of the grade are born."""
    year = _THIS_YEAR - 6 - GRADES.index(row.after.grade or "K")
    return dt.datetime(year, 1, 1) + dt.timedelta(days=rng.randrange(365))  # noqa: DTZ001
