"""Conditional formats: colours and bold type that follow the words in the cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rosterkey.core.model import Outcome
from rosterkey.workbook.layout import HEADER_ROW, LAST_ROW, OUTCOMES
from rosterkey.workbook.sheets.book import Book
from rosterkey.workbook.sheets.look import ERROR, GOOD, LINE, NOTICE, QUIET, WARNING, Tone

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

    def __init__(self, book: Book, sheet: Any) -> None:
        """For `sheet`, a worksheet of `book`."""
        self._book = book
        self._sheet = sheet

    def tone_words(self, column: str, words: Mapping[str, Tone]) -> None:
        """Colour the cells of a column by the word in them; a mark may stand before the word."""
        for word, tone in words.items():
            self.when(
                f'ISNUMBER(SEARCH("{word}",${column}{HEADER_ROW + 1}))',
                f"{column}:{column}",
                {"bold": tone is not QUIET, "font_color": tone.text, "bg_color": tone.fill},
                last=True,
            )

    def rule_lines(self, columns: str) -> None:
        """Draw a thin line under every row that holds something."""
        first, last = columns.split(":")
        row = HEADER_ROW + 1
        filled = f"COUNTA(${first}{row}:${last}{row})>0"
        self.when(filled, columns, {"bottom": 1, "bottom_color": LINE})

    def when(self, formula: str, columns: str, look: dict[str, Any], *, last: bool = False) -> None:
        """Give the cells of `columns` (`A:H`) a format in rows where the formula is true.

        The formula is written for the first row below the header. With `last` no later format is
        looked at for such a cell.
        """
        first, final = columns.split(":")
        options = {
            "type": "formula",
            "criteria": f"={formula}",
            "format": self._book.workbook.add_format(look),
            "stop_if_true": last,
        }
        cells = f"{first}{HEADER_ROW + 1}:{final}{LAST_ROW}"
        self._sheet.conditional_format(cells, options)
