"""A compound file ([MS-CFB] version 3): the file system inside `vbaProject.bin`.

Written whole and at once, so no free sector is ever left; the same tree gives the same bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Tree: TypeAlias = Mapping[str, "bytes | Tree"]
"""Names of streams with their bytes, and of storages with what is in them."""

SECTOR = 512
MINI_SECTOR = 64
MINI_CUTOFF = 4096
"""A stream shorter than this many bytes lies in the mini stream, in sectors of 64 bytes."""

_FREE = 0xFFFFFFFF
_END_OF_CHAIN = 0xFFFFFFFE
_FAT_SECTOR = 0xFFFFFFFD
_NOBODY = 0xFFFFFFFF
_ENTRIES_A_SECTOR = SECTOR // 4
_HEADER_FAT_SECTORS = 109
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_LONGEST_NAME = 31


class CompoundFileError(ValueError):
    """The tree cannot be a compound file: a name or the size is not allowed."""


@dataclass
class _Entry:
    """One line of the directory."""

    name: str
    kind: int
    content: bytes = b""
    colour: int = _BLACK
    left: int = _NOBODY
    right: int = _NOBODY
    child: int = _NOBODY
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        """The 128 bytes of the entry; class, flags and times are zero, as they say nothing here."""
        name = self.name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16xI16xIQ",
            name,
            len(name) + 2,
            self.kind,
            self.colour,
            self.left,
            self.right,
            self.child,
            0,
            self.start,
            self.size,
        )


def write_compound_file(tree: Tree) -> bytes:
    """The compound file with these streams and storages.

    Raises:
        CompoundFileError: a name is empty, longer than 31 characters, has a slash, a colon or an
            exclamation mark, or stands twice in a storage but for its case; or the whole is above
            about 7 MB.
    """
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _add_storage(entries, tree)
    file = _Sectors()
    mini = _Sectors(MINI_SECTOR)
    for entry in entries:
        if entry.kind == _STREAM:
            entry.size = len(entry.content)
            entry.start = (mini if entry.size < MINI_CUTOFF else file).add(entry.content)
    entries[0].size = len(mini.content)
    entries[0].start = file.add(bytes(mini.content))
    mini_fat = b"".join(struct.pack("<I", number) for number in mini.table)
    mini_fat_start = file.add(_filled(mini_fat, b"\xff"))
    directory_start = file.add(_directory(entries))
    fat_start, fat_sectors = file.add_fat()
    starts = (directory_start, mini_fat_start, -(-len(mini_fat) // SECTOR))
    return _header(fat_start, fat_sectors, *starts) + file.content


def _header(
    fat_start: int, fat_sectors: int, directory_start: int, mini_fat_start: int, mini_sectors: int
) -> bytes:
    """[MS-CFB] 2.2: the first 512 bytes, which say where everything is."""
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        bytes.fromhex("D0CF11E0A1B11AE1"),
        0x3E,  # minor version
        3,  # major version: sectors of 512 bytes
        0xFFFE,  # little-endian
        9,  # a sector is two to the power of 9 bytes
        6,  # a mini sector is two to the power of 6
        0,  # directory sectors are not counted in version 3
        fat_sectors,
        directory_start,
        0,  # no transactions
        MINI_CUTOFF,
        mini_fat_start,
        mini_sectors,
        _END_OF_CHAIN,  # no further list of FAT sectors
        0,
    )
    listed = [*range(fat_start, fat_start + fat_sectors)]
    listed += [_FREE] * (_HEADER_FAT_SECTORS - fat_sectors)
    return header + struct.pack(f"<{_HEADER_FAT_SECTORS}I", *listed)


class _Sectors:
    """Sectors of one size in a row, with the table that chains them."""

    def __init__(self, size: int = SECTOR) -> None:
        self.size = size
        self.content = bytearray()
        self.table: list[int] = []

    def add(self, content: bytes) -> int:
        """Append the content as one chain; give the number of its first sector."""
        if not content:
            return _END_OF_CHAIN
        start = len(self.table)
        self.content += _filled(content, b"\0", self.size)
        after = len(self.content) // self.size
        self.table += [*range(start + 1, after), _END_OF_CHAIN]
        return start

    def add_fat(self) -> tuple[int, int]:
        """Append the table itself, which also lists its own sectors; give its start and length."""
        start, count = len(self.table), 1
        while start + count > count * _ENTRIES_A_SECTOR:
            count += 1
        if count > _HEADER_FAT_SECTORS:
            raise CompoundFileError("The VBA project is too large: above about 7 MB.")
        self.table += [_FAT_SECTOR] * count
        packed = struct.pack(f"<{len(self.table)}I", *self.table)
        self.content += _filled(packed, b"\xff")
        return start, count


def _filled(content: bytes, filler: bytes, size: int = SECTOR) -> bytes:
    """The content up to the end of its last sector."""
    return content + filler * (-len(content) % size)


def _add_storage(entries: list[_Entry], tree: Tree) -> int:
    """Append the entries of a storage and of all below; give the number of the tree's top."""
    if len({name.upper() for name in tree}) < len(tree):
        raise CompoundFileError("Two names in one storage differ by case only.")
    numbers = []
    for name in sorted(tree, key=_sort_key):
        content = tree[name]
        _check_name(name)
        numbers.append(len(entries))
        if isinstance(content, bytes):
            entries.append(_Entry(name, _STREAM, content))
        else:
            entries.append(storage := _Entry(name, _STORAGE))
            storage.child = _add_storage(entries, content)
    return _balance(entries, numbers, len(numbers).bit_length() - 1)


def _sort_key(name: str) -> tuple[int, str]:
    """[MS-CFB] 2.6.4: the shorter name is the lesser, names of one length by their upper case."""
    return len(name.encode("utf-16-le")), name.upper()


def _check_name(name: str) -> None:
    if not 0 < len(name) <= _LONGEST_NAME or any(sign in name for sign in "/\\:!"):
        raise CompoundFileError(f"{name!r} cannot be the name of a stream or storage.")


def _balance(entries: list[_Entry], numbers: list[int], red_level: int, level: int = 0) -> int:
    """Chain the sorted siblings as a red-black tree; give the number of its top.

    Halving fills every level but the last, so red entries on the last level alone make every way
    down pass the same number of black ones. Where the last level is the top, it stays black.
    """
    if not numbers:
        return _NOBODY
    middle = len(numbers) // 2
    top = entries[numbers[middle]]
    top.left = _balance(entries, numbers[:middle], red_level, level + 1)
    top.right = _balance(entries, numbers[middle + 1 :], red_level, level + 1)
    top.colour = _RED if 0 < level == red_level else _BLACK
    return numbers[middle]


def _directory(entries: list[_Entry]) -> bytes:
    """The directory's sectors of four entries each; unused entries point at nobody."""
    unused = struct.pack("<68xIII48x", _NOBODY, _NOBODY, _NOBODY)
    packed = [entry.packed() for entry in entries]
    return b"".join(packed + [unused] * (-len(packed) % (SECTOR // 128)))
