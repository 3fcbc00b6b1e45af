"""XML parts read as a stream of events: no DTD, no depth without end, one clear refusal."""

from __future__ import annotations

from collections.abc import Iterable
from pyexpat import ExpatError, ParserCreate, XMLParserType
from typing import Final

from rosterkey.core.rules import files as rules
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.limits import MAX_DEPTH, MAX_UNFINISHED

_OURS: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
)
"""The namespaces of workbooks, transitional and strict; a name in another one is never ours."""


class StopReading(Exception):
    """Raised by a reader that has seen enough."""


def local(name: str) -> str:
    """The name alone where its namespace is ours or none; other names keep their namespace."""
    space, _, plain = name.rpartition(" ")
    return plain if not space or space in _OURS else name


class Scan:
    """The base of every reader of an XML part: override `start`, `end` and `text`.

    `where` names the file and the part in refusals.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self.path: list[str] = []
        self._fed = 0
        self._names: dict[str, str] = {}
        self._parser = self._make_parser()

    def _make_parser(self) -> XMLParserType:
        parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = self._doctype
        return parser

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; `path` ends with its name."""

    def end(self, name: str) -> None:
        """An element ends; `path` still ends with its name."""

    def text(self, text: str) -> None:
        """Characters inside the element that `path` ends with."""

    def feed(self, chunk: bytes | str) -> None:
        """Read on.

        Raises:
            UnreadableFile: the part is damaged, nests too deep or holds a DTD.
        """
        try:
            self._parser.Parse(chunk, False)
        except ExpatError:
            raise self.damaged() from None
        self._fed += len(chunk)
        if self._fed - max(self._parser.CurrentByteIndex, 0) > MAX_UNFINISHED:
            raise self.damaged()

    def close(self) -> None:
        """Say that the part is at its end.

        Raises:
            UnreadableFile: the part breaks off.
        """
        try:
            self._parser.Parse(b"", True)
        except ExpatError:
            raise self.damaged() from None

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read a whole part, or until the reader has seen enough."""
        try:
            for chunk in chunks:
                self.feed(chunk)
            self.close()
        except StopReading:
            pass

    def damaged(self, detail: str = "") -> UnreadableFile:
        """The refusal for a part that is not what a workbook holds."""
        return UnreadableFile(
            rules.DAMAGED_FILE,
            f"The workbook is damaged ({self.where}{': ' + detail if detail else ''}): open it in "
            "Excel, let it repair the file and save it under a new name, or fetch it again.",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        plain = self._names.get(name)
        if plain is None:
            plain = self._names[name] = local(name)
            if len(self._names) > 10_000:
                raise self.damaged("too many kinds of elements")
        self.path.append(plain)
        if len(self.path) > MAX_DEPTH:
            raise self.damaged("elements stand too deep in each other")
        self.start(plain, attributes)

    def _end(self, _name: str) -> None:
        self.end(self.path[-1])
        self.path.pop()

    def _doctype(self, *_details: object) -> None:
        raise UnreadableFile(
            rules.XML_ENTITIES,
            f"The workbook is not read because {self.where} holds definitions (a DTD) that no "
            "workbook needs and that can do harm: ask its sender for a copy saved by Excel.",
        )


class PrologScan(Scan):
    """Looks for a DTD only: it stops at the first element."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """The prolog is over."""
        raise StopReading
