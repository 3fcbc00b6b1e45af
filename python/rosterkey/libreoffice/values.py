"""Values on their way between the sheet and xlwings, in the form in which Excel hands them out."""

from __future__ import annotations

import datetime as dt
from typing import Any

Values = list[list[Any]]
"""The values of a block, row by row."""

ERROR_NUMBERS = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
}
"""Errors as Excel on Windows hands them out: whole numbers. Real numbers come as float."""
_TEXTS = {number: text for text, number in ERROR_NUMBERS.items()}
_FIRST_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - as in a sheet


def values_of(block: dict[str, Any]) -> Values:
    """The values of a block that LibreOffice answered: float, str, bool, datetime, error, None."""
    values: Values = [[float(v) if type(v) is int else v for v in row] for row in block["values"]]
    for row, column, text in block["errors"]:
        values[row][column] = ERROR_NUMBERS[text]
    for row, column in block["days"]:
        values[row][column] = _FIRST_DAY + dt.timedelta(days=values[row][column])
    for row, column in block["logical"]:
        values[row][column] = bool(values[row][column])
    return values


def formulas_of(block: dict[str, Any]) -> list[list[str]]:
    """The formulas of a block, or the constants as text."""
    texts = [[_as_text(value) for value in row] for row in values_of(block)]
    for row, column, formula in block["formulas"]:
        texts[row][column] = formula
    return texts


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def clean(value: Any, empty_as: object, *, errors_as_text: bool) -> Any:
    """A value as xlwings hands it on."""
    if value in ("", None):
        return empty_as
    if type(value) is int and value in _TEXTS:
        return _TEXTS[value] if errors_as_text else None
    return value
