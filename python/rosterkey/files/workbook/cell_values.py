"""What the attributes and the text of a cell in the sheet's XML mean."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from rosterkey.core.sheet import Cell, ErrorCell, NumberCell
from rosterkey.files.workbook.number_format import Meaning, meaning_of, shown
from rosterkey.files.workbook.serial_dates import elapsed, moment
from rosterkey.files.workbook.xml_text import decode_escapes

_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,5})?", re.ASCII)
_WHOLE: Final = 1e15
"""Above it a float no longer holds every whole number that Excel can show."""

_TOO_WIDE: Final = "########"
"""What Excel shows for a number that is no date under a date format."""


class BadCell(Exception):
    """The cell cannot be read; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Book:
    """What cells refer to: shared texts (None for a blank one), formats by style, the epoch.

    `formats` holds None for a style that shows numbers as they are. `known` are values that were
    read before, by what stands in the cell and its style.
    """

    strings: Sequence[str | None] = ()
    formats: Sequence[str | None] = ()
    date_1904: bool = False
    known: dict[tuple[str, str], Cell] = field(default_factory=dict, compare=False, repr=False)

    def shared(self, index: str) -> str | None:
        """A shared text by its index.

        Raises:
            BadCell: there is no such text.
        """
        text = index.strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit()) or len(text) > 9:
            raise BadCell("it points to no text")
        number = int(text)
        if number >= len(self.strings):
            raise BadCell("it points to a text that is not in the file")
        return self.strings[number]

    def number(self, text: str, style: str) -> Cell:
        """A number, or what its format makes of it: a date, a time, another text.

        Raises:
            BadCell: the text is no number.
        """
        text = text.strip()
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise BadCell("it should hold a number and does not")
        value = float(text)
        if value in (float("inf"), float("-inf")):
            raise BadCell("its number is too large")
        code = self._format(style)
        plain = int(value) if value.is_integer() and abs(value) < _WHOLE else value
        return plain if code is None else _formatted(plain, code, date_1904=self.date_1904)

    def _format(self, style: str) -> str | None:
        if not style or not (style.isascii() and style.isdigit()) or len(style) > 6:
            return None
        number = int(style)
        return self.formats[number] if number < len(self.formats) else None

    def value(self, kind: str, text: str, style: str) -> Cell:
        """The value of a cell of any kind (the attribute `t`) from the text of its `<v>`.

        Raises:
            BadCell: kind and text do not fit.
        """
        reader = _READERS.get(kind)
        if reader is None:
            raise BadCell("it is of a kind that does not exist")
        return reader(self, text, style)


def _formatted(value: float, code: str, *, date_1904: bool) -> Cell:
    meaning = meaning_of(code)
    if meaning is Meaning.NUMBER:
        text = shown(value, code)
        return value if text is None or text == str(value) else NumberCell(value, text)
    when: Cell
    if meaning is Meaning.ELAPSED:
        when = elapsed(value)
    else:
        when = moment(value, date_1904=date_1904, only_time=meaning is Meaning.TIME)
    return NumberCell(value, _TOO_WIDE) if when is None else when


def _boolean(_book: Book, text: str, _style: str) -> Cell:
    word = text.strip().lower()
    if word not in {"0", "1", "true", "false", ""}:
        raise BadCell("it should be true or false")
    return None if not word else word in {"1", "true"}


def _iso_date(_book: Book, text: str, _style: str) -> Cell:
    word = text.strip()
    for read in (dt.date.fromisoformat, dt.datetime.fromisoformat, dt.time.fromisoformat):
        try:
            return read(word)
        except ValueError:
            continue
    return word or None


_READERS: Final[dict[str, Callable[[Book, str, str], Cell]]] = {
    "": Book.number,
    "n": Book.number,
    "s": lambda book, text, _style: book.shared(text),
    "str": lambda _book, text, _style: decode_escapes(text) or None,
    "inlineStr": lambda _book, text, _style: decode_escapes(text) or None,
    "b": _boolean,
    "e": lambda _book, text, _style: ErrorCell(text.strip() or "#ERROR!"),
    "d": _iso_date,
}
