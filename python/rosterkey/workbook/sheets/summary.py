"""Summary: how many rows do what, in all and by school, as tables and charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rosterkey.workbook.layout import (
    OUTCOMES,
    SCHOOLS_HEADINGS,
    SCHOOLS_ROWS,
    SCHOOLS_TABLE,
    SUMMARY,
    SUMMARY_HEADER_ROW,
    SUMMARY_HEADINGS,
    SUMMARY_TABLE,
)
from rosterkey.workbook.sheets.book import Book, Frame, TableColumn, TableText
from rosterkey.workbook.sheets.look import INK

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_FRAME = Frame(
    SUMMARY,
    title="Summary: what an import would do",
    hint="Validate fills this sheet. Look at the sums: do they fit what you have in mind?",
    tab="#548235",
    buttons=("validate", "import"),
    private=False,
)
_OUTCOMES_TEXT = TableText(
    SUMMARY_TABLE,
    "Rows by outcome",
    "How many rows of the sheet Import have each outcome, and what the outcome means.",
)
_SCHOOLS_TEXT = TableText(
    SCHOOLS_TABLE,
    "Rows by school",
    "One school a line: its students on the sheet Import, and how many rows would create an "
    "account, change one, or cannot be imported.",
)
_OUTCOMES_TOLD = (
    "Bar chart: the rows of the sheet Import by outcome. The numbers stand in the table Rows by "
    "outcome below."
)
_SCHOOLS_TOLD = (
    "Stacked bar chart: rows created, changed and with errors in each school. The numbers stand in "
    "the table Rows by school below."
)
_HEADER = SUMMARY_HEADER_ROW - 1
_SCHOOLS_LEFT = len(SUMMARY_HEADINGS) + 1
_CHART_ROW = 3
_CHART_HEIGHT = 330
_OUTCOMES_WIDTH, _SCHOOLS_WIDTH = 575, 655
"""The widths of the charts in pixels: those of the tables below them."""
_OUTCOME_COLOURS = ("#C00000", "#BF9000", "#2E75B6", "#2E75B6", "#2E75B6", "#548235", "#8C8C8C")
_SERIES = (
    ("Created", {"fill": {"color": "#BF9000"}}),
    ("Changed", {"fill": {"color": INK}}),
    (
        "Errors",
        {
            "pattern": {
                "pattern": "wide_upward_diagonal",
                "fg_color": "#C00000",
                "bg_color": "#FFFFFF",
            },
            "border": {"color": "#C00000"},
        },
    ),
)
"""The parts of a school's bar. They differ in lightness and pattern, not in colour alone."""


def add(book: Book) -> None:
    """Add the sheet."""
    sheet = book.add_sheet(_FRAME)
    for position, width in enumerate((16, 10, 54, 4, 34, 23, 11, 11, 11)):
        sheet.set_column(position, position, width)
    _add_state(book, sheet)
    _add_outcomes(book, sheet)
    _add_schools(book, sheet)
    for chart, column, description in (
        (_outcomes_chart(book), 0, _OUTCOMES_TOLD),
        (_schools_chart(book), _SCHOOLS_LEFT, _SCHOOLS_TOLD),
    ):
        sheet.insert_chart(_CHART_ROW, column, chart, {"description": description})
    sheet.freeze_panes(3, 0)


def _add_state(book: Book, sheet: Worksheet) -> None:
    """Say below the charts when the sheet was validated, as Start says it."""
    sheet.write_formula(_HEADER - 1, 0, "=StartValidated", book.look.section, "Not validated yet")
    sheet.set_row_pixels(_HEADER - 1, 28)


def _add_outcomes(book: Book, sheet: Worksheet) -> None:
    look = book.look
    formats = (look.strong, look.count, look.wrapped)
    headers = (look.header, look.header_right, look.header)
    columns = [
        TableColumn(heading, 0, cells, header)
        for heading, cells, header in zip(SUMMARY_HEADINGS, formats, headers, strict=True)
    ]
    book.place_table(
        sheet, (_HEADER, 0), _OUTCOMES_TEXT, columns, rows=len(OUTCOMES), filters=False
    )
    for row, (word, meaning) in enumerate(OUTCOMES.values(), start=_HEADER + 1):
        sheet.write_string(row, 0, word, look.strong)
        sheet.write_string(row, 2, meaning, look.wrapped)


def _add_schools(book: Book, sheet: Worksheet) -> None:
    look = book.look
    columns = [
        TableColumn(heading, 0, look.text, look.header)
        if heading == "School"
        else TableColumn(heading, 0, look.count, look.header_right)
        for heading in SCHOOLS_HEADINGS
    ]
    corner = (_HEADER, _SCHOOLS_LEFT)
    book.place_table(sheet, corner, _SCHOOLS_TEXT, columns, rows=SCHOOLS_ROWS, filters=False)
    sheet.set_row_pixels(_HEADER, 26)


def _outcomes_chart(book: Book) -> Chart:
    chart = book.workbook.add_chart({"type": "bar"})
    last = _HEADER + len(OUTCOMES)
    chart.add_series(
        {
            "name": "Rows",
            "categories": [SUMMARY, _HEADER + 1, 0, last, 0],
            "values": [SUMMARY, _HEADER + 1, 1, last, 1],
            "points": [{"fill": {"color": colour}} for colour in _OUTCOME_COLOURS],
            "data_labels": {"value": True, "num_format": "#,##0"},
            "gap": 50,
        }
    )
    chart.set_legend({"none": True})
    # The numbers stand on the bars, so there is no need of an axis.
    chart.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    _finish(chart, "Rows by outcome", _OUTCOMES_WIDTH)
    return chart


def _schools_chart(book: Book) -> Chart:
    chart = book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    first, last = _HEADER + 1, _HEADER + SCHOOLS_ROWS
    for heading, look in _SERIES:
        column = _SCHOOLS_LEFT + SCHOOLS_HEADINGS.index(heading)
        chart.add_series(
            {
                "name": [SUMMARY, _HEADER, column],
                "categories": [SUMMARY, first, _SCHOOLS_LEFT, last, _SCHOOLS_LEFT],
                "values": [SUMMARY, first, column, last, column],
                "gap": 50,
                **look,
            }
        )
    chart.set_legend({"position": "bottom"})
    chart.set_x_axis(
        {
            "min": 0,
            "num_format": "#,##0",
            "label_position": "high",
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
            "line": {"none": True},
        }
    )
    _finish(chart, "Created, changed and errors by school", _SCHOOLS_WIDTH)
    return chart


def _finish(chart: Chart, title: str, width: int) -> None:
    """Give the chart its title and size; the first line of the table stands on top."""
    chart.set_title({"name": title, "name_font": {"size": 13, "color": INK}, "overlay": False})
    chart.set_y_axis({"reverse": True, "major_tick_mark": "none", "num_font": {"size": 10}})
    chart.set_size({"width": width, "height": _CHART_HEIGHT})
    chart.set_chartarea({"border": {"color": "#BFBFBF"}})
