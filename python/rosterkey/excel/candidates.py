"""Where the drop-downs of doubtful Student IDs find their candidates: on the hidden sheet of lists.

They stand there by username, so that a row that is sorted elsewhere keeps its candidates. The
column of the template looks for them; nothing is written into the cells themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rosterkey.excel.errors import writing_into
from rosterkey.excel.places import named_range, write_list
from rosterkey.workbook.layout import CANDIDATES, CANDIDATES_OFFERED

if TYPE_CHECKING:
    from xlwings import Book


def offer_candidates(book: Book, values: Mapping[str, Sequence[str]]) -> None:
    """Offer Student IDs by username, in place of those of before; as many as the list has room for.

    A workbook from an older template offers none. Raises CannotWriteSheet.
    """
    keys = named_range(book, CANDIDATES)
    if keys is None:
        return
    room = keys.shape[0]
    offered = dict(list(values.items())[:room])
    write_list(book, CANDIDATES, list(offered))
    lines = [_padded(ids) for ids in offered.values()]
    lines += [_padded(())] * (room - len(lines))
    last = keys.row + room - 1, keys.column + CANDIDATES_OFFERED
    block = keys.sheet.range((keys.row, keys.column + 1), last)
    with writing_into(keys.sheet.name):
        block.number_format = "@"
        block.value = lines


def _padded(ids: Sequence[str]) -> list[str | None]:
    shown: list[str | None] = list(ids[:CANDIDATES_OFFERED])
    return shown + [None] * (CANDIDATES_OFFERED - len(shown))
