"""Conditional formats: colours and bold type that follow the words in the cells.

No two ranges of a sheet overlap: Excel would join their formats, LibreOffice shows one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rosterkey.core.model import Outcome
from rosterkey.workbook.layout import HEADER_ROW, LAST_ROW, OUTCOMES
from rosterkey.workbook.sheets.book import Book
from rosterkey.workbook.sheets.look import ERROR, GOOD, LINE, NOTICE, QUIET, WARNING, Tone

FIRST = HEADER_ROW + 1
"""The first row below the header; formulas are written for it."""

_OUTCOME_TONES = {
    Outcome.ERROR: ERROR,
    Outcome.CREATE: WARNING,
    Outcome.ASSIGN_ID: NOTICE,
    Outcome.RENAME: NOTICE,
    Outcome.UPDATE: NOTICE,
    Outcome.UNCHANGED: GOOD,
    Outcome.SKIPPED: QUIET,
}
OUTCOME_WORDS: Mapping[str, Tone] = {OUTCOMES[o][0]: tone for o, tone in _OUTCOME_TONES.items()}
"""The words of the outcomes and their tones; the first one found in a cell decides."""

SEVERITY_WORDS: Mapping[str, Tone] = {"Error": ERROR, "Warning": WARNING, "Notice": NOTICE}


class Conditions:
    """The conditional formats below the header of one sheet's table."""

    def __init__(self, book: Book, sheet: Any, columns: str) -> None:
        """For `sheet`, a worksheet of `book`, whose table has the `columns`, such as `A:H`."""
        self._book = book
        self._sheet = sheet
        first, last = columns.split(":")
        self._filled = f"COUNTA(${first}{FIRST}:${last}{FIRST})>0"

    def tone_words(self, column: str, words: Mapping[str, Tone]) -> None:
        """Colour the cells of a column by the word in them; a mark may stand before the word."""
        tones = {
            says(word, column): {
                "bold": tone is not QUIET,
                "font_color": tone.text,
                "bg_color": tone.fill,
            }
            for word, tone in words.items()
        }
        self.formats(f"{column}:{column}", tones)

    def formats(self, columns: str, looks: Mapping[str, dict[str, Any]] | None = None) -> None:
        """Give the cells of `columns` the look of the first formula that is true in their row.

        Every row that holds something has a thin line below it.
        """
        first, last = columns.split(":")
        for formula, look in {**(looks or {}), self._filled: {}}.items():
            lined = {"bottom": 1, "bottom_color": LINE, **look}
            options = {
                "type": "formula",
                "criteria": f"={formula}",
                "format": self._book.workbook.add_format(lined),
                "stop_if_true": True,
            }
            self._sheet.conditional_format(f"{first}{FIRST}:{last}{LAST_ROW}", options)


def says(word: str, column: str) -> str:
    """The formula that finds a word in the cell of a column, in any case."""
    return f'ISNUMBER(SEARCH("{word}",${column}{FIRST}))'
