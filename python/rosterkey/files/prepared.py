"""Prepared sheets as a file: a workbook with drop-downs and notes, or a CSV of the first sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rosterkey.core.prepare.sheet import Choice, PreparedSheet
from rosterkey.files.csv.write import write_rows
from rosterkey.files.replace import UnwritableFile
from rosterkey.files.safe_text import without_surrogates
from rosterkey.files.text_book import LAST_ROW, TextBook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

KINDS = frozenset({".xlsx", ".csv"})
"""The kinds of files that are written."""

_LIST_UNITS = 255
_NOTE_UNITS = 2_000
_NOTE_SIZE = {"width": 420, "height": 130}
_CHOICES = "Choices"
"""The hidden sheet with the values of drop-downs that are too long for a cell."""

_DOUBTFUL = "#FFEB9C"
_WIDEST = 40


def write_prepared(path: Path, sheets: Sequence[PreparedSheet]) -> None:
    """Write prepared sheets to a `.xlsx`, or the first of them to a `.csv`.

    Every cell is text. Raises UnwritableFile, also for another kind of file.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise UnwritableFile(
            f'"{path.name}" was not written: a sheet is written as .xlsx or .csv. Give the file '
            "one of these names."
        )
    if kind == ".csv":
        write_rows(path, [sheets[0].headings, *sheets[0].rows])
    else:
        _write_xlsx(path, sheets)


def _write_xlsx(path: Path, sheets: Sequence[PreparedSheet]) -> None:
    book = TextBook(path)
    doubtful = book.workbook.add_format({"num_format": "@", "bg_color": _DOUBTFUL})
    written = [(book.add_sheet(sheet.name), sheet) for sheet in sheets]
    choices = book.add_sheet(_CHOICES) if any(s.choices for s in sheets) else None
    used = 0
    for worksheet, sheet in written:
        _write_sheet(path, book, worksheet, sheet)
        for (row, column), choice in sheet.choices.items():
            worksheet.write_blank(row + 1, column, None, doubtful)
            source = _source(choices, used, choice)
            used += not isinstance(source, list)
            _offer(worksheet, row + 1, column, choice, source)
    if choices is not None:
        choices.hide()
    book.save()


def _write_sheet(path: Path, book: TextBook, worksheet: Worksheet, sheet: PreparedSheet) -> None:
    if len(sheet.rows) > LAST_ROW:
        raise UnwritableFile(
            f'"{path.name}" was not written: a sheet holds {LAST_ROW:,} rows and there are '
            f"{len(sheet.rows):,}. Write a .csv file instead."
        )
    columns = range(len(sheet.headings))
    # Text that is typed later stays text, too.
    for column in columns:
        longest = max([len(sheet.headings[column]), *(len(row[column]) for row in sheet.rows)])
        hidden = {"hidden": True} if column in sheet.hidden else {}
        worksheet.set_column(column, column, min(longest + 2, _WIDEST), book.text, hidden)
    book.write_rows(worksheet, [sheet.headings], sheet.headings, bold=True)
    book.write_rows(worksheet, sheet.rows, sheet.headings, top=1)
    worksheet.freeze_panes(1, 0)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(0)
    worksheet.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)


def _source(choices: Worksheet | None, used: int, choice: Choice) -> str | list[str]:
    """The values of a drop-down, or where on the hidden sheet they stand."""
    values = [without_surrogates(value) for value in choice.values]
    if choices is None or (
        len(",".join(values)) <= _LIST_UNITS and not any("," in v for v in values)
    ):
        return values
    for column, value in enumerate(values):
        choices.write_string(used, column, value)
    from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

    last = xl_rowcol_to_cell(used, len(values) - 1, row_abs=True, col_abs=True)
    return f"={_CHOICES}!$A${used + 1}:{last}"


def _offer(
    worksheet: Worksheet, row: int, column: int, choice: Choice, source: str | list[str]
) -> None:
    """Another value is warned of, not refused: the right one may be none of these."""
    options = {"validate": "list", "source": source, "error_type": "warning"}
    options["error_title"] = "Another value"
    options["error_message"] = "This value is none of the candidates."
    worksheet.data_validation(row, column, row, column, options)
    note = without_surrogates(choice.note)[:_NOTE_UNITS]
    worksheet.write_comment(row, column, note, {"author": "rosterkey", **_NOTE_SIZE})
