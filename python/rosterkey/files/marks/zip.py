"""A workbook as the zip file that it is: parts are read, replaced, or copied as they stand."""

from __future__ import annotations

import copy
import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO

from rosterkey.files.marks.xml import normalised
from rosterkey.files.replace import UnwritableFile, cannot_write

PART_BYTES = 1 << 30
"""A part that unpacks to more than this is not rewritten (1 GiB)."""

_LEVEL = 3
"""Half the time of zlib's usual level, for a file that is a tenth larger."""
_LOCAL_HEADER = struct.Struct("<4s2B4HL2L2H")
_ENCRYPTED = 0x1
_SIZES_FOLLOW = 0x8
_LIMIT = 0xFFFFFFFF


class Package:
    """The parts of one workbook, by name without a leading slash and without letter case.

    What is set or removed stays in memory until `save`. Use it in a `with` block.
    """

    def __init__(self, path: Path) -> None:
        """Open the workbook. Raises UnwritableFile where it is none, or cannot be read."""
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise cannot_write(path, error) from error
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise self.damaged() from error
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._new: dict[str, bytes | None] = {}
        self._names: dict[str, str] = {}
        for info in self._zip.infolist():
            key = _key(info.filename)
            if key in self._entries or info.flag_bits & _ENCRYPTED:
                self._zip.close()
                raise self.damaged()
            self._entries[key] = info

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def damaged(self) -> UnwritableFile:
        """The exception for a file that is not a sound workbook."""
        return UnwritableFile(
            f'"{self._path.name}" is not a sound .xlsx or .xlsm workbook, so nothing was written '
            "into it. Open it in Excel, save it as a new .xlsx and try again."
        )

    def __contains__(self, name: str) -> bool:
        key = _key(name)
        return self._new[key] is not None if key in self._new else key in self._entries

    def names(self) -> list[str]:
        """The parts that there are, without letter case."""
        return [name for name in {**self._entries, **self._new} if name in self]

    def read(self, name: str) -> bytes:
        """A part as UTF-8 without comments (see `mark_xml.normalised`).

        Raises UnwritableFile where the part is missing, damaged or too large.
        """
        key = _key(name)
        content = self._new[key] if key in self._new else self._read(key)
        if content is None:
            raise self.damaged()
        return content

    def _read(self, key: str) -> bytes:
        info = self._entries.get(key)
        if info is None or info.file_size > PART_BYTES:
            raise self.damaged()
        try:
            with self._zip.open(info) as file:
                content = file.read(PART_BYTES)
        except OSError as error:
            raise cannot_write(self._path, error) from error
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
            raise self.damaged() from error
        return normalised(content, key)

    def set(self, name: str, content: bytes) -> None:
        """Replace the part, or add it under this name."""
        self._new[_key(name)] = content
        self._names[_key(name)] = name.lstrip("/")

    def remove(self, name: str) -> None:
        """Leave the part out."""
        self._new[_key(name)] = None

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern such as `xl/comments{}.xml` that no part has."""
        number = 1
        taken = set(self._entries) | set(self._new)
        while _key(pattern.format(number)) in taken:
            number += 1
        return pattern.format(number)

    def save(self, target: IO[bytes]) -> None:
        """Write the workbook: parts that were not set are copied packed, byte for byte."""
        written: list[zipfile.ZipInfo] = []
        for key, info in self._entries.items():
            if key not in self._new:
                written.append(self._copy(info, target))
            elif (content := self._new[key]) is not None:
                written.append(_write(info.filename, info.date_time, content, target))
        for key, content in self._new.items():
            if key not in self._entries and content is not None:
                written.append(_write(self._names[key], (1980, 1, 1, 0, 0, 0), content, target))
        _write_directory(written, target)

    def _copy(self, info: zipfile.ZipInfo, target: IO[bytes]) -> zipfile.ZipInfo:
        source = self._zip.fp
        if source is None:
            raise self.damaged()
        source.seek(info.header_offset)
        header = source.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
            raise self.damaged()
        *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        source.seek(name_length + extra_length, 1)
        packed = source.read(info.compress_size)
        if len(packed) != info.compress_size:
            raise self.damaged()
        kept = copy.copy(info)
        # The sizes are known here, so they need not follow the content; Zip64 is not needed.
        kept.flag_bits &= ~_SIZES_FOLLOW
        kept.extra = b""
        _put(kept, packed, target)
        return kept


def _key(name: str) -> str:
    """Part names have no letter case (ECMA-376, part 2); some programs write backslashes."""
    return name.replace("\\", "/").lstrip("/").casefold()


def _write(
    name: str, date: tuple[int, int, int, int, int, int], content: bytes, target: IO[bytes]
) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    info.CRC = zlib.crc32(content)
    info.compress_size, info.file_size = len(packed), len(content)
    _put(info, packed, target)
    return info


def _put(info: zipfile.ZipInfo, packed: bytes, target: IO[bytes]) -> None:
    info.header_offset = target.tell()
    if info.header_offset + len(packed) > _LIMIT or info.file_size > _LIMIT:
        raise UnwritableFile("The workbook would have more than 4 GB, so nothing was written.")
    target.write(info.FileHeader(zip64=False))
    target.write(packed)


def _write_directory(entries: list[zipfile.ZipInfo], target: IO[bytes]) -> None:
    start = target.tell()
    for info in entries:
        name = info.filename.encode("utf-8")
        flags = info.flag_bits | (0 if name.isascii() else 0x800)
        year, month, day, hour, minute, second = info.date_time
        fixed = struct.pack(
            "<4s4B4HL2L5H2L",
            b"PK\x01\x02",
            info.create_version,
            info.create_system,
            info.extract_version,
            0,
            flags,
            info.compress_type,
            hour << 11 | minute << 5 | second // 2,
            (year - 1980) << 9 | month << 5 | day,
            info.CRC,
            info.compress_size,
            info.file_size,
            len(name),
            0,
            len(info.comment),
            0,
            info.internal_attr,
            info.external_attr,
            info.header_offset,
        )
        target.write(fixed + name + info.comment)
    end = target.tell()
    count = len(entries)
    if count > 0xFFFF or end > _LIMIT:
        raise UnwritableFile("The workbook has too many parts, so nothing was written.")
    target.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, end - start, start, 0))
