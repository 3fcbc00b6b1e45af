"""The texts that a workbook's cells share, read fast where they are written the usual way.

Excel and the common writers put one plain `<si><t>…</t></si>` after the other. Blocks of such
entries are cut by one regular expression; anything else in a block goes through the XML parser.
Both ways give the same texts (tests compare them).
"""

from __future__ import annotations

import re
from typing import Final

from rosterkey.core.rules import files as rules
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.limits import MAX_CELL, MAX_STRINGS
from rosterkey.files.workbook.block_scan import BlockScan
from rosterkey.files.workbook.package import Package
from rosterkey.files.workbook.xml_text import decode_entities, decode_escapes

_ENTRY: Final = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>|([\s\S])')
_ENTRY_DEPTH: Final = 2


class _Strings(BlockScan):
    """`sharedStrings.xml`; a blank text is None."""

    opening = b"<sst"
    ending = b"</si>"
    container = ("sst",)

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.strings: list[str | None] = []
        self._pieces: list[str] = []
        self._size = 0

    def fast(self, block: str) -> bool:
        entries = _ENTRY.findall(block)
        texts = [text for text, _ in entries]
        if any(other for _, other in entries):
            return False
        if "&" in block:
            decoded = [decode_entities(text) for text in texts]
            if None in decoded:
                return False
            texts = [text for text in decoded if text is not None]
        if "_x" in block:
            texts = [decode_escapes(text) for text in texts]
        self.strings.extend([text or None for text in texts])
        self._bound()
        return True

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si" and len(self.path) == _ENTRY_DEPTH:
            self._pieces = []
            self._size = 0

    def text(self, text: str) -> None:
        # Phonetic guides (rPh) are no part of the text.
        if self.path[-1] == "t" and "rPh" not in self.path:
            self._size += len(text)
            if self._size > MAX_CELL:
                raise too_long(self.where)
            self._pieces.append(text)

    def end(self, name: str) -> None:
        if name == "si" and len(self.path) == _ENTRY_DEPTH:
            self.strings.append(decode_escapes("".join(self._pieces)) or None)
            if not len(self.strings) % 4096:
                self._bound()

    def _bound(self) -> None:
        if len(self.strings) > MAX_STRINGS:
            raise UnreadableFile(
                rules.TOO_LARGE_UNPACKED,
                f"The workbook holds more than {MAX_STRINGS:,} texts: split it into several.",
            )


def too_long(where: str) -> UnreadableFile:
    """The refusal for a cell that is far beyond what Excel can hold."""
    return UnreadableFile(
        rules.TOO_LARGE_UNPACKED,
        f"A cell of the workbook has more than {MAX_CELL:,} characters ({where}): no roster needs "
        "that; copy the roster's cells into a new workbook.",
    )


def strings_of(package: Package, part: str | None) -> list[str | None]:
    """The shared texts by index; none where the workbook has no such part."""
    if part is None or part not in package:
        return []
    scan = _Strings(part)
    scan.read(package.chunks(part))
    return scan.strings
