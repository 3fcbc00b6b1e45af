"""XML parts of a million like elements: plain blocks are cut fast, all else is parsed.

The parser sees the part with the plain blocks left out, which is still well-formed XML. This is
sound because `<` begins markup everywhere except in comments, CDATA and processing instructions:
from the first `<!` or `<?` behind the beginning on, everything goes through the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar, Final

from rosterkey.files.limits import MAX_CELL, MAX_UNFINISHED
from rosterkey.files.workbook.xml_scan import Scan, StopReading

_PROLOG: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=[\"']1\.[0-9][\"']"
    rb"(?: encoding=[\"'](?i:utf-8)[\"'])?(?: standalone=[\"'](?:yes|no)[\"'])? ?\?>)?"
    rb"\s*(?=<[A-Za-z])"
)
_ODD: Final = bytes(b for b in range(0x20) if b not in b"\t\n")
"""Characters that XML forbids, and the carriage return, which a parser turns into a newline."""


class BlockScan(Scan):
    """A scan with a fast way for the elements inside `container`.

    Subclasses say in `opening` how the container's start tag begins, in `ending` the end tag of
    one of the like elements, and do the work in `fast`.
    """

    opening: ClassVar[bytes]
    ending: ClassVar[bytes]
    container: ClassVar[tuple[str, ...]]

    def fast(self, block: str) -> bool:
        """Take whole elements as text; False leaves all of them, untouched, to the parser."""
        raise NotImplementedError

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read a whole part, or until the reader has seen enough."""
        self._buffer = b""
        self._begun = False
        self._slow = False
        try:
            for chunk in chunks:
                self._take(chunk)
            if self._buffer:
                self.feed(self._buffer)
            self.close()
        except StopReading:
            pass

    def _take(self, chunk: bytes) -> None:
        if self._slow:
            self.feed(chunk)
            return
        self._buffer += chunk
        if not self._begun and not self._begin():
            return
        cut = self._buffer.rfind(self.ending)
        if cut < 0:
            self._slow = len(self._buffer) > MAX_UNFINISHED
        else:
            cut += len(self.ending)
            block, self._buffer = self._buffer[:cut], self._buffer[cut:]
            self._take_block(block)
        if self._slow and self._buffer:
            rest, self._buffer = self._buffer, b""
            self.feed(rest)

    def _begin(self) -> bool:
        """Feed everything up to and with the container's start tag, when it is there."""
        at = self._buffer.find(self.opening)
        end = self._buffer.find(b">", at) if at >= 0 else -1
        prolog = _PROLOG.match(self._buffer)
        if end < 0 and len(self._buffer) < MAX_UNFINISHED // 16:
            return False
        head, rest = self._buffer[: end + 1], self._buffer[end + 1 :]
        odd = prolog is None or b"<!" in head or b"<?" in head[prolog.end() :]
        if end < 0 or odd:
            self._slow = True
            return True
        self.feed(head)
        self._buffer = rest
        self._begun = True
        self._slow = tuple(self.path) != self.container
        return True

    def _take_block(self, block: bytes) -> None:
        # A longer block may hold an endless cell, which the parser's way stops.
        usual = not self._slow and len(block) <= MAX_CELL
        if usual and len(block) == len(block.translate(None, _ODD)):
            try:
                if self.fast(block.decode("utf-8")):
                    return
            except UnicodeDecodeError:
                raise self.damaged("its text is not UTF-8") from None
        self._slow = self._slow or b"<!" in block or b"<?" in block
        self.feed(block)
        self._slow = self._slow or tuple(self.path) != self.container
