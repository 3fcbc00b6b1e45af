"""The part of a sheet around its rows: where the result columns stand, and how wide they are."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rosterkey.core.columns import column_letter, fold_heading
from rosterkey.files.mark_rows import Cell, Grammar
from rosterkey.files.mark_target import UnwritableFile
from rosterkey.files.mark_values import COLUMNS, DECISION, HEADINGS, WIDTHS, column_number
from rosterkey.files.mark_xml import (
    Element,
    attributes,
    children,
    prefix_of,
    unescaped,
    with_attribute,
)
from rosterkey.files.safe_text import unescape_controls

_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?")
_OPENED = re.compile(rb"<[^\s/>!?]+(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_FOLDED = {fold_heading(heading): number for number, heading in enumerate(HEADINGS)}
_BEFORE_LEGACY_DRAWING = re.compile(
    "sheet(CalcPr|Protection)|protectedRanges|scenarios|autoFilter|sortState|dataConsolidate|"
    "customSheetViews|mergeCells|phoneticPr|conditionalFormatting|dataValidations|hyperlinks|"
    "printOptions|page(Margins|Setup)|headerFooter|(row|col)Breaks|customProperties|cellWatches|"
    "ignoredErrors|smartTags|drawing"
)
"""The elements that come before `legacyDrawing` in a sheet (ECMA-376, CT_Worksheet)."""


@dataclass(frozen=True, slots=True)
class Range:
    """A range of cells: rows from 1, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


def read_range(reference: str) -> Range | None:
    """The range that `A1:I7` or `A1` names, or None for anything else."""
    match = _RANGE.fullmatch(reference)
    if match is None:
        return None
    last_column, last_row = match[3] or match[1], match[4] or match[2]
    return Range(int(match[2]), column_number(match[1]), int(last_row), column_number(last_column))


@dataclass(slots=True)
class SheetText:
    """A sheet's part in three: what stands before its rows, the rows, and what follows them."""

    head: bytes
    rows: bytes
    tail: bytes
    grammar: Grammar

    @classmethod
    def of(cls, xml: bytes, part: str) -> SheetText:
        """Split the part. Raises UnwritableFile where it holds no rows' element."""
        opened = _OPENED.search(xml)
        prefix = prefix_of(opened[0]) if opened else b""
        p = re.escape(prefix)
        start = re.search(b"<" + p + rb"sheetData(?:\s[^>]*?)?(/?)>", xml)
        closing = b"</" + prefix + b"sheetData"
        end = start and (start.end() if start[1] else xml.find(closing, start.end()))
        if start is None or end is None or end < 0:
            raise UnwritableFile(f'The part "{part}" of the workbook is damaged.')
        if start[1]:
            head = xml[: start.end() - 2] + b">"
            return cls(head, b"", closing + b">" + xml[end:], Grammar(prefix))
        return cls(xml[: start.end()], xml[start.end() : end], xml[end:], Grammar(prefix))

    @property
    def xml(self) -> bytes:
        """The part as it is now."""
        return b"".join((self.head, self.rows, self.tail))

    @property
    def root_tag(self) -> bytes:
        """The start tag of the whole part."""
        opened = _OPENED.search(self.head)
        return opened[0] if opened else b""

    def before(self) -> list[Element]:
        """The elements before the rows, in `head`."""
        opened = _OPENED.search(self.head)
        return list(children(self.head, opened.end() if opened else 0))

    def after(self) -> list[Element]:
        """The elements after the rows, in `tail`."""
        return list(children(self.tail, self.tail.index(b">") + 1))

    def refuse_protection(self, name: str) -> None:
        """Raise UnwritableFile where the sheet is protected."""
        for element in self.after():
            if element.name == "sheetProtection":
                about = attributes(element.tag(self.tail))
                if about.get("sheet", "0") in {"1", "true"}:
                    raise UnwritableFile(
                        f'The sheet "{name}" is protected, so the results were not written into '
                        "it. Take the protection off (Review, Unprotect Sheet) and try again."
                    )

    def reach(self, first_row: int, last_row: int) -> int:
        """The last column of filters and merged cells that touch these rows; -1 for none."""
        reach = -1
        for element in self.after():
            if element.name not in {"autoFilter", "mergeCells"}:
                continue
            within = children(self.tail, element.open_end, element.end)
            places = [element] if element.name == "autoFilter" else within
            for place in places:
                found = read_range(attributes(place.tag(self.tail)).get("ref", ""))
                if found and found.last_row >= first_row and found.first_row <= last_row:
                    reach = max(reach, found.last_column)
        return reach

    def column_styles(self) -> list[tuple[int, int, int]]:
        """First column, last column (from 0) and cell format of every range of columns."""
        styles = []
        for group in self.before():
            if group.name == "cols":
                for element in children(self.head, group.open_end, group.end):
                    about = attributes(element.tag(self.head))
                    first, last = int(about.get("min", 1)), int(about.get("max", 1))
                    styles.append((first - 1, last - 1, int(about.get("style", 0))))
        return styles

    def extend_dimension(self, last_column: int, last_row: int) -> None:
        """Let the stated size of the sheet include the result columns."""
        for element in self.before():
            if element.name == "dimension":
                tag = element.tag(self.head)
                known = read_range(attributes(tag).get("ref", "")) or Range(1, 0, 1, 0)
                column = column_letter(max(known.last_column, last_column))
                first = f"{column_letter(known.first_column)}{known.first_row}"
                ref = f"{first}:{column}{max(known.last_row, last_row)}"
                new = with_attribute(tag, "ref", ref)
                self.head = self.head[: element.start] + new + self.head[element.open_end :]
                return

    def widen(self, widths: Mapping[int, int]) -> None:
        """Set the width of new result columns, and leave all other columns as they are."""
        if not widths:
            return
        p = self.grammar.prefix
        groups = [element for element in self.before() if element.name == "cols"]
        entries: list[tuple[int, bytes]] = []
        for group in groups:
            for element in children(self.head, group.open_end, group.end):
                entries.extend(_pieces(element.tag(self.head), widths))
        for column, width in widths.items():
            n = column + 1
            new = f'<{p}col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
            entries.append((n, new.encode()))
        inner = b"".join(entry for _, entry in sorted(entries))
        block = f"<{p}cols>".encode() + inner + f"</{p}cols>".encode()
        start = groups[0].start if groups else self.head.rindex(b"<")
        end = groups[-1].end if groups else start
        self.head = self.head[:start] + block + self.head[end:]

    def set_legacy_drawing(self, identity: str | None, namespace: str) -> None:
        """Let the sheet name the drawing of its notes, or none for None."""
        place = 0
        for element in self.after():
            if element.name == "legacyDrawing":
                self.tail = self.tail[: element.start] + self.tail[element.end :]
        place = self.tail.index(b">") + 1
        for element in self.after():
            if _BEFORE_LEGACY_DRAWING.fullmatch(element.name):
                place = element.end
        if identity is not None:
            p = self.grammar.prefix
            new = f'<{p}legacyDrawing xmlns:r="{namespace}" r:id="{identity}"/>'
            self.tail = self.tail[:place] + new.encode() + self.tail[place:]


def _pieces(tag: bytes, widths: Iterable[int]) -> list[tuple[int, bytes]]:
    """What is left of a range of columns when the result columns are taken out of it."""
    about = attributes(tag)
    first, last = int(about.get("min", 1)), int(about.get("max", 1))
    pieces = []
    for cut in [*sorted(c + 1 for c in widths if first <= c + 1 <= last), last + 1]:
        if first < cut:
            piece = with_attribute(with_attribute(tag, "min", str(first)), "max", str(cut - 1))
            pieces.append((first, piece if piece.endswith(b"/>") else piece[:-1] + b"/>"))
        first = cut + 1
    return pieces


@dataclass(frozen=True, slots=True)
class ResultColumns:
    """Where the four result columns stand (from 0), and which of their headings were there."""

    columns: tuple[int, ...]
    existing: frozenset[int]
    heading_style: int

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
    texts = shared.texts(sheet.grammar, header)
    standing = {
        _FOLDED[fold]: c for c in sorted(texts) if (fold := fold_heading(texts[c])) in _FOLDED
    }
    if len(standing) == 1 and DECISION not in standing:
        column = next(iter(standing.values()))
        if column in _used_columns(sheet, header_row, column - 1):
            standing = {}
    ours = set(standing.values())
    theirs = [cell for cell in header if cell.column in texts and cell.column not in ours]
    style = theirs[-1].style if theirs else 0
    columns = dict(standing)
    if len(standing) < len(HEADINGS):
        last = max((cell.column for cell in header if cell.column in texts), default=-1)
        used = _used_columns(sheet, header_row, last) | {last, reach}
        missing = [n for n in range(len(HEADINGS)) if n not in standing]
        first = _room(used, len(missing))
        columns.update({n: first + i for i, n in enumerate(missing)})
    places = tuple(columns[n] for n in range(len(HEADINGS)))
    return ResultColumns(places, frozenset(standing), style)


def _header_cells(sheet: SheetText, header_row: int) -> list[Cell]:
    for row in sheet.grammar.rows(sheet.rows, 0, len(sheet.rows)):
        if row.number == header_row:
            return list(sheet.grammar.cells(row.inner))
        if row.number > header_row:
            break
    return []


def _used_columns(sheet: SheetText, header_row: int, limit: int) -> set[int]:
    """The columns beyond `limit` that hold something below the header."""
    used: set[int] = set()
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
                found[cell.column] = _text_of(cell.rest)
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
                texts[number] = _text_of(match[2] or b"")
            if number >= needed:
                break
        return {column: texts.get(number, "") for column, number in wanted.items()}


def _text_of(xml: bytes) -> str:
    """The text of a rich or plain string, without what is only said of its reading aloud."""
    xml = re.sub(
        rb"<(?:[^\s<>/:]+:)?rPh[\s>].*?</(?:[^\s<>/:]+:)?rPh\s*>", b"", xml, flags=re.DOTALL
    )
    runs = re.findall(rb"<(?:[^\s<>/:]+:)?t(?:\s[^>]*)?>([^<]*)<", xml)
    return "".join(unescape_controls(unescaped(run.decode())) for run in runs)
