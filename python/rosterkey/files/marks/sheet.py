"""The part of a sheet around its rows: where the result columns stand, and how wide they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rosterkey.core.reading.columns import column_letter
from rosterkey.files.marks.grammar import Grammar
from rosterkey.files.marks.values import column_number
from rosterkey.files.marks.xml import (
    Element,
    attributes,
    children,
    prefix_of,
    with_attribute,
)
from rosterkey.files.replace import UnwritableFile

_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?")
_OPENED = re.compile(rb"<[^\s/>!?]+(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
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
