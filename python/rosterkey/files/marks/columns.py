"""Where the result columns stand in a sheet, or where there is room for them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rosterkey.core.reading.columns import fold_heading
from rosterkey.files.marks.grammar import Cell, Grammar
from rosterkey.files.marks.sheet import SheetText
from rosterkey.files.marks.values import COLUMNS, DECISION, HEADINGS, WIDTHS
from rosterkey.files.marks.xml import attributes, unescaped
from rosterkey.files.replace import UnwritableFile
from rosterkey.files.safe_text import unescape_controls

_FOLDED = {fold_heading(heading): number for number, heading in enumerate(HEADINGS)}


@dataclass(frozen=True, slots=True)
class ResultColumns:
    """Where the four result columns stand (from 0), and which of their headings were there.

    `room` tells that no cell of the sheet, not even an empty one, stands in them or right of them.
    """

    columns: tuple[int, ...]
    existing: frozenset[int]
    heading_style: int
    room: bool

    @property
    def new_widths(self) -> dict[int, int]:
        """The widths of the columns that are new."""
        return {c: WIDTHS[n] for n, c in enumerate(self.columns) if n not in self.existing}


def find_result_columns(
    sheet: SheetText, header_row: int, reach: int, shared: SharedTexts
) -> ResultColumns:
    """Find the result columns of an earlier time, or room for new ones right of what is used.

    A single heading such as `Result` with something below it is the user's own column.
    Raises UnwritableFile where four more columns do not fit.
    """
    header = _header_cells(sheet, header_row)
    end = sheet.grammar.last_column(sheet.rows)
    texts = shared.texts(sheet.grammar, header)
    standing = {
        _FOLDED[fold]: c for c in sorted(texts) if (fold := fold_heading(texts[c])) in _FOLDED
    }
    if len(standing) == 1 and DECISION not in standing:
        column = next(iter(standing.values()))
        if column in _used_columns(sheet, header_row, column - 1, end):
            standing = {}
    ours = set(standing.values())
    theirs = [cell for cell in header if cell.column in texts and cell.column not in ours]
    style = theirs[-1].style if theirs else 0
    columns = dict(standing)
    if len(standing) < len(HEADINGS):
        last = max((cell.column for cell in header if cell.column in texts), default=-1)
        used = _used_columns(sheet, header_row, last, end) | {last, reach}
        missing = [n for n in range(len(HEADINGS)) if n not in standing]
        first = _room(used, len(missing))
        columns.update({n: first + i for i, n in enumerate(missing)})
    places = tuple(columns[n] for n in range(len(HEADINGS)))
    room = end is not None and end < places[0] and list(places) == sorted(places)
    return ResultColumns(places, frozenset(standing), style, room)


def _header_cells(sheet: SheetText, header_row: int) -> list[Cell]:
    for row in sheet.grammar.rows(sheet.rows, 0, len(sheet.rows)):
        if row.number == header_row:
            return list(sheet.grammar.cells(row.inner))
        if row.number > header_row:
            break
    return []


def _used_columns(sheet: SheetText, header_row: int, limit: int, end: int | None) -> set[int]:
    """The columns beyond `limit` that hold something below the header.

    `end` is the last column with any cell, None where that is not known.
    """
    used: set[int] = set()
    if end is not None and end <= limit:
        return used
    for row in sheet.grammar.rows(sheet.rows, 0, len(sheet.rows)):
        if row.number > header_row:
            used.update(sheet.grammar.columns_right_of(limit, row.inner))
    return used


def _room(used: set[int], width: int) -> int:
    """The first column of `width` free ones: right of everything, or in the first gap."""
    first = max(used) + 1
    if first + width <= COLUMNS:
        return first
    edges = sorted(used)
    for left, right in itertools.pairwise(edges):
        if right - left > width:
            return left + 1
    raise UnwritableFile(
        "The sheet has no free columns for the results. Delete the columns that are not needed "
        "and try again."
    )


class SharedTexts:
    """The texts that the cells of a header hold, also those kept in the shared strings."""

    def __init__(self, xml: bytes) -> None:
        """Read them from the shared strings part (empty where the workbook has none)."""
        self._xml = xml

    def texts(self, grammar: Grammar, cells: Iterable[Cell]) -> dict[int, str]:
        """The text of each cell that is not blank, by its column."""
        found: dict[int, str] = {}
        shared: dict[int, int] = {}
        for cell in cells:
            value = re.search(rb"<(?:[^\s<>/:]+:)?v(?:\s[^>]*)?>([^<]*)<", cell.rest)
            if attributes(cell.tag).get("t") == "s" and value:
                shared[cell.column] = int(value[1])
            elif attributes(cell.tag).get("t") == "inlineStr":
                found[cell.column] = text_of(cell.rest)
            elif grammar.has_content(cell):
                found[cell.column] = unescaped(value[1].decode()) if value else ""
        found.update(self._shared_texts(shared))
        return found

    def _shared_texts(self, wanted: Mapping[int, int]) -> dict[int, str]:
        if not wanted:
            return {}
        item = re.compile(
            rb"<((?:[^\s<>/:]+:)?)si(?:\s[^>]*?)?(?:/>|>(.*?)</(?:[^\s<>/:]+:)?si\s*>)", re.DOTALL
        )
        needed = max(wanted.values())
        texts: dict[int, str] = {}
        for number, match in enumerate(item.finditer(self._xml)):
            if number in wanted.values():
                texts[number] = text_of(match[2] or b"")
            if number >= needed:
                break
        return {column: texts.get(number, "") for column, number in wanted.items()}


def text_of(xml: bytes) -> str:
    """The text of a rich or plain string, without what is only said of its reading aloud."""
    xml = re.sub(
        rb"<(?:[^\s<>/:]+:)?rPh[\s>].*?</(?:[^\s<>/:]+:)?rPh\s*>", b"", xml, flags=re.DOTALL
    )
    runs = re.findall(rb"<(?:[^\s<>/:]+:)?t(?:\s[^>]*)?>([^<]*)<", xml)
    return "".join(unescape_controls(unescaped(run.decode())) for run in runs)
