"""A workbook's zip package: its parts by name, in bounds, with nothing ever unpacked to disk."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final

from rosterkey.core.rules import files as rules
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.limits import (
    CHUNK,
    FREE_PART,
    MAX_DIRECTORY,
    MAX_ENTRIES,
    MAX_PACKAGE,
    MAX_PART,
    MAX_RATIO,
    MAX_SMALL_PART,
    MIB,
)
from rosterkey.files.opening import cannot_open
from rosterkey.files.workbook.xml_scan import PrologScan

_END: Final = b"PK\x05\x06"
_END64_LOCATOR: Final = b"PK\x06\x07"
_TAIL: Final = 65_535 + 22 + 20


class Package:
    """The parts of a workbook. Use it in a `with` statement.

    Raises:
        UnreadableFile: not a whole zip file, locked, too large, or with one part name twice.
    """

    def __init__(self, path: Path) -> None:
        self.file_name = path.name
        try:
            self._stream: BinaryIO = path.open("rb")
        except OSError as error:
            raise cannot_open(path, error) from None
        try:
            self._open()
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()
        self._stream.close()

    def _open(self) -> None:
        _check_directory(self._stream, self)
        try:
            self._zip = zipfile.ZipFile(self._stream)
        except (
            zipfile.BadZipFile,
            ValueError,
            struct.error,
            OSError,
            NotImplementedError,
            UnicodeDecodeError,
        ):
            raise self.damaged("it is not a whole zip file") from None
        self._parts: dict[str, zipfile.ZipInfo] = {}
        infos = self._zip.infolist()
        if len(infos) > MAX_ENTRIES:
            raise self.too_large(f"{len(infos):,} parts")
        for info in infos:
            key = _key(info.filename)
            if key in self._parts:
                raise self.damaged(f"it holds the part {info.filename} twice")
            self._parts[key] = info
        if sum(info.file_size for info in infos) > MAX_PACKAGE:
            raise self.too_large("all parts together")
        for info in infos:
            self._check_size(info)

    def _check_size(self, info: zipfile.ZipInfo) -> None:
        """Judge a part by the sizes that it declares."""
        tight = info.file_size > MAX_RATIO * max(info.compress_size, 1)
        if info.file_size > MAX_PART or (info.file_size > FREE_PART and tight):
            raise self.too_large(
                f"the part {info.filename}, {info.compress_size // 1024:,} kB packed, "
                f"says it has {info.file_size // MIB:,} MB"
            )
        if info.flag_bits & 1:
            raise UnreadableFile(
                rules.PASSWORD_PROTECTED,
                f"{self.file_name} is locked with a password: take the password off and save it.",
            )

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        """The part names as the file spells them."""
        return tuple(info.filename for info in self._parts.values())

    def size(self, name: str) -> int:
        """The unpacked size of a part in bytes, as declared."""
        return self._parts[_key(name)].file_size

    def chunks(self, name: str, progress: Callable[[float], None] | None = None) -> Iterator[bytes]:
        """The part's bytes, unpacked piece by piece and never beyond the declared size.

        Raises:
            UnreadableFile: the part is missing or damaged, or its declared size is not true.
        """
        info = self._parts.get(_key(name))
        if info is None:
            raise self.damaged(f"the part {name} is missing")
        seen = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    seen += len(chunk)
                    yield chunk
                    if progress is not None:
                        progress(min(seen / max(info.file_size, 1), 1.0))
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
            struct.error,
        ):
            raise self.damaged(f"the part {name} cannot be unpacked") from None
        if seen != info.file_size:
            raise self.damaged(f"the part {name} has another size than it says")

    def small(self, name: str) -> Iterator[bytes]:
        """Like `chunks`, for parts that are never large.

        Raises:
            UnreadableFile: as `chunks`, and where the part is larger than such parts are.
        """
        if name in self and self.size(name) > MAX_SMALL_PART:
            raise self.too_large(f"the part {name}")
        return self.chunks(name)

    def forbid_definitions(self) -> None:
        """Look at the beginning of every XML part.

        Raises:
            UnreadableFile: one of them holds a DTD.
        """
        for name in self.names:
            if name.lower().endswith((".xml", ".rels")):
                try:
                    PrologScan(name).read(self.chunks(name))
                except UnreadableFile as refusal:
                    if refusal.code == rules.XML_ENTITIES.code:
                        raise
                    # A part that is damaged and never read harms nobody.

    def damaged(self, detail: str) -> UnreadableFile:
        """The refusal for a file that is not whole."""
        return UnreadableFile(
            rules.DAMAGED_FILE,
            f"{self.file_name} is damaged, {detail}: fetch it again, or open it in Excel, "
            "let it repair the file and save it under a new name.",
        )

    def too_large(self, detail: str) -> UnreadableFile:
        """The refusal for a file that unpacks to more than is read."""
        return UnreadableFile(
            rules.TOO_LARGE_UNPACKED,
            f"{self.file_name} unpacks to more than is read ({detail}): no roster needs that; "
            "copy the roster's cells into a new workbook.",
        )


def _key(name: str) -> str:
    """Part names are compared without case and with either slash, as Excel does."""
    return name.replace("\\", "/").lstrip("/").lower()


def resolve(base: str, target: str) -> str | None:
    """The part that a relationship of the part `base` points to; None outside the package."""
    target = target.replace("\\", "/")
    if target.startswith("/"):
        joined = posixpath.normpath(target.lstrip("/"))
    else:
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), target))
    outside = joined.startswith(("..", "/")) or ":" in joined or joined in (".", "")
    return None if outside else joined


def _check_directory(stream: BinaryIO, package: Package) -> None:
    """Refuse a list of entries that is too long before anything reads it into memory."""
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    at = tail.rfind(_END)
    if at < 0 or at + 22 > len(tail):
        raise package.damaged("its end is missing")
    listed = struct.unpack_from("<L", tail, at + 12)[0]
    if at >= 20 and tail[at - 20 : at - 16] == _END64_LOCATOR:
        stream.seek(struct.unpack_from("<Q", tail, at - 12)[0] & 0x7FFFFFFFFFFFFFFF)
        record = stream.read(56)
        listed = struct.unpack_from("<Q", record, 40)[0] if len(record) == 56 else 0
    stream.seek(0)
    if listed > MAX_DIRECTORY:
        raise package.too_large("its list of parts")
