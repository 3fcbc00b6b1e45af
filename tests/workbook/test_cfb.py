"""Compound files, read back by olefile and pyOpenVBA: at every border of the format."""

from __future__ import annotations

import io
import struct

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyopenvba.cfb import CFB

from rosterkey.workbook.cfb import CompoundFileError, Tree, write_compound_file


def content(size: int, seed: int = 1) -> bytes:
    """Bytes of which no two sectors are equal."""
    return b"".join(struct.pack("<I", seed * 50_021 + n) for n in range(size // 4 + 1))[:size]


def streams(tree: Tree, above: tuple[str, ...] = ()) -> dict[str, bytes]:
    """Every stream with its full path."""
    found: dict[str, bytes] = {}
    for name, inside in tree.items():
        path = (*above, name)
        if isinstance(inside, bytes):
            found["/".join(path)] = inside
        else:
            found |= streams(inside, path)
    return found


def read_by_olefile(file: bytes) -> dict[str, bytes]:
    with olefile.OleFileIO(io.BytesIO(file), raise_defects=olefile.DEFECT_POTENTIAL) as ole:
        return {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}


def assert_read_back(tree: Tree) -> None:
    file = write_compound_file(tree)
    expected = streams(tree)
    assert read_by_olefile(file) == expected
    read = CFB.from_bytes(file)
    for path, inside in expected.items():
        storage, _, name = path.rpartition("/")
        got = read.get_stream_in_storage(storage, name) if storage else read.get_stream(name)
        assert got == inside


BORDERS = [0, 1, 63, 64, 65, 511, 512, 513, 4031, 4032, 4095, 4096, 4097, 4608, 65_536]
"""Around a mini sector, a sector, and the size from which a stream has sectors of its own."""


@pytest.mark.parametrize("size", BORDERS)
def test_a_stream_of_every_size_comes_back(size: int) -> None:
    assert_read_back({"one": content(size), "VBA": {"two": content(size, 2)}})


def test_streams_of_all_sizes_side_by_side_come_back() -> None:
    assert_read_back({f"s{size}": content(size, size + 1) for size in BORDERS})


@pytest.mark.parametrize("entries", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 63, 64])
def test_a_directory_of_every_length_comes_back(entries: int) -> None:
    # Four entries a sector, and the root and the storage take two.
    assert_read_back({"VBA": {f"Module{n}": content(n) for n in range(entries)}})


@pytest.mark.parametrize("mini_sectors", [127, 128, 129, 255, 256, 257])
def test_a_mini_table_around_a_sector_comes_back(mini_sectors: int) -> None:
    assert_read_back({f"m{n}": content(64, n) for n in range(mini_sectors)})


@pytest.mark.parametrize("sectors", [124, 125, 126, 127, 128, 252, 253, 254, 255, 256])
def test_a_table_around_a_sector_comes_back(sectors: int) -> None:
    # 128 sectors a table sector; the table lists itself and the directory too.
    assert_read_back({"long": content(sectors * 512)})


@pytest.mark.parametrize("sectors", [8, 125, 126, 127, 128, 252, 253, 254, 255, 380, 381, 382])
def test_the_table_accounts_for_every_sector(sectors: int) -> None:
    file = write_compound_file({"long": content(sectors * 512)})
    count = struct.unpack_from("<I", file, 0x2C)[0]
    listed = struct.unpack_from("<109I", file, 0x4C)
    assert listed[count:] == (0xFFFFFFFF,) * (109 - count)
    numbers: list[int] = []
    for sector in listed[:count]:
        numbers += struct.unpack_from("<128I", file, 512 + sector * 512)
    used = len(file) // 512 - 1
    assert 0xFFFFFFFF not in numbers[:used]
    assert set(numbers[used:]) <= {0xFFFFFFFF}
    assert [at for at, number in enumerate(numbers) if number == 0xFFFFFFFD] == [*listed[:count]]


@given(st.dictionaries(st.text("abcXYZ_0", min_size=1, max_size=31), st.binary(max_size=200)))
def test_any_names_come_back(tree: dict[str, bytes]) -> None:
    one_case = {name.upper(): inside for name, inside in tree.items()}
    assert read_by_olefile(write_compound_file(one_case)) == one_case


def directory(file: bytes) -> list[tuple[str, int, int, int]]:
    """Name, colour, left and right of each entry, from the bytes."""
    start = 512 + 512 * struct.unpack_from("<I", file, 0x30)[0]
    entries = []
    for at in range(start, len(file), 128):
        length, kind, colour, left, right = struct.unpack_from("<HBBII", file, at + 64)
        if kind not in {1, 2, 5}:
            break
        name = file[at : at + length - 2].decode("utf-16-le")
        entries.append((name, colour, left, right))
    return entries


@pytest.mark.parametrize("count", range(1, 40))
def test_siblings_are_a_sorted_red_black_tree(count: int) -> None:
    # [MS-CFB] 2.6.4: shorter names first, then by upper case; no red below red, and the same
    # number of black entries on every way down.
    names = [f"{'x' * (n % 5)}b{n}" for n in range(count)]
    file = write_compound_file(dict.fromkeys(names, b""))
    entries = directory(file)
    root_child = struct.unpack_from(
        "<I", file, 512 + struct.unpack_from("<I", file, 0x30)[0] * 512 + 76
    )[0]
    nobody = 0xFFFFFFFF
    order: list[str] = []

    def blacks_below(number: int, above_is_red: bool) -> int:
        if number == nobody:
            return 1
        name, colour, left, right = entries[number]
        is_red = colour == 0
        assert not (is_red and above_is_red)
        on_the_left = blacks_below(left, is_red)
        order.append(name)
        assert blacks_below(right, is_red) == on_the_left
        return on_the_left + (not is_red)

    blacks_below(root_child, False)
    assert order == sorted(names, key=lambda name: (len(name), name.upper()))
    assert entries[root_child][1] == 1


def test_the_same_tree_gives_the_same_bytes_in_any_order() -> None:
    forward = {"PROJECT": content(500), "VBA": {"dir": content(9), "A": content(5000)}}
    backward = {"VBA": {"A": content(5000), "dir": content(9)}, "PROJECT": content(500)}
    assert write_compound_file(forward) == write_compound_file(backward)


def test_nothing_tells_when_it_was_made() -> None:
    file = write_compound_file({"VBA": {"dir": b"x"}})
    start = 512 + 512 * struct.unpack_from("<I", file, 0x30)[0]
    for entry in range(start, start + 3 * 128, 128):
        assert file[entry + 80 : entry + 116] == bytes(36)  # class, flags, two times


@pytest.mark.parametrize("name", ["", "x" * 32, "a/b", "a\\b", "a:b", "a!b"])
def test_a_name_that_the_format_forbids_is_refused(name: str) -> None:
    with pytest.raises(CompoundFileError, match="cannot be the name"):
        write_compound_file({name: b""})


def test_names_that_differ_by_case_only_are_refused() -> None:
    with pytest.raises(CompoundFileError, match="case only"):
        write_compound_file({"VBA": {"Sheet": b"", "SHEET": b""}})


def test_a_project_that_needs_more_tables_is_refused() -> None:
    with pytest.raises(CompoundFileError, match="too large"):
        write_compound_file({"long": bytes(109 * 128 * 512)})


def test_the_largest_project_comes_back() -> None:
    # 109 table sectors of 128 numbers, less the table itself and the one directory sector.
    largest = bytes((109 * 128 - 109 - 1) * 512)
    assert read_by_olefile(write_compound_file({"long": largest})) == {"long": largest}
