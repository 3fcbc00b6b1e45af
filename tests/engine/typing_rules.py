"""How Excel takes what is typed or written into a cell, and how it hands errors out."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

ERROR_NUMBERS = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
    "#SPILL!": -2146826243,
    "#CALC!": -2146826238,
}
"""Errors as Excel on Windows hands them out: whole numbers. Real numbers come as float."""

KNOWN_ERRORS = {
    number: text for text, number in ERROR_NUMBERS.items() if text not in ("#SPILL!", "#CALC!")
}
"""The errors that xlwings turns into text; newer kinds arrive as bare numbers."""

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?([eE][+-]?\d+)?|[+-]?\.\d+")
_DAY = re.compile(r"(\d{1,2})[/-](\d{1,2})")
_FRIENDLY = re.compile(r'=HYPERLINK\("[^"]*",(?:(\d+)|"([^"]*)")\)')


class RefusedByExcel(Exception):
    """What Excel answers where it does not let a program change something."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a cell holds after something was written into it."""

    value: Any
    formula: str | None = None


def take(value: Any, number_format: str) -> Taken:
    """Write a value into a cell of this format: text under General is read as if it were typed."""
    if value in (None, ""):
        return Taken(None)
    if isinstance(value, bool | dt.date | dt.time):
        return Taken(value)
    if isinstance(value, int | float):
        return Taken(str(value) if number_format == "@" else float(value))
    if number_format == "@":
        return Taken(value)
    return _typed(value)


def _typed(text: str) -> Taken:
    if text.startswith("'"):
        return Taken(text[1:])
    if text.startswith("="):
        return Taken(calculated(text), text)
    constant = _constant(text)
    if isinstance(constant, str) and text[0] in "+-@":
        return Taken(ErrorValue("#NAME?"), "=" + text.removeprefix("+"))
    return Taken(constant)


def _constant(text: str) -> Any:
    """The number, the logical value, the error or the day that Excel makes of a text."""
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", ""))
    if text.upper() in ("TRUE", "FALSE"):
        return text.upper() == "TRUE"
    if text in ERROR_NUMBERS:
        return ErrorValue(text)
    day = _DAY.fullmatch(text)
    if day and 0 < int(day[1]) <= 12 and 0 < int(day[2]) <= 28:
        return dt.datetime(2026, int(day[1]), int(day[2]))  # noqa: DTZ001 - as in a sheet
    return text


def calculated(formula: str) -> Any:
    """What Excel would show: links with a friendly name are known, all else is `#NAME?`."""
    found = _FRIENDLY.fullmatch(formula)
    if found is None:
        return ErrorValue("#NAME?")
    return float(found[1]) if found[1] else found[2]


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell that shows an error."""

    text: str

    @property
    def number(self) -> int:
        """The number by which Excel names the error."""
        return ERROR_NUMBERS[self.text]
