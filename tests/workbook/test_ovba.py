"""Compression and encryption of VBA projects, read back by oletools and pyOpenVBA."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyopenvba.vba import decompress

from rosterkey.workbook.ovba import CHUNK, compress, encrypt
from tests.workbook.readers import decompressed_by_oletools

LINE = b'Attribute VB_Name = "Roster"\r\n'
NOISE = random.Random(7).randbytes(3 * CHUNK)  # noqa: S311 - the same noise every time


def assert_read_back(text: bytes) -> None:
    packed = compress(text)
    assert decompress(packed) == text
    assert decompressed_by_oletools(packed) == text


@pytest.mark.parametrize(
    ("text", "packed"),
    [
        # The examples of [MS-OVBA] 3.2.
        (
            b"abcdefghijklmnopqrstuv.",
            "01 19 B0 00 61 62 63 64 65 66 67 68 00 69 6A 6B 6C 6D 6E 6F 70 "
            "00 71 72 73 74 75 76 2E",
        ),
        (
            b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa",
            "01 2F B0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6A 01 38 08 61 6B 6C "
            "00 30 6D 6E 6F 70 06 71 02 70 04 10 72 73 74 75 76 10 77 78 79 7A 00 3C",
        ),
        (b"a" * 73, "01 03 B0 02 61 45 00"),
    ],
)
def test_the_examples_of_the_specification(text: bytes, packed: str) -> None:
    # Of several copies of one length the format leaves the choice, so the lengths are compared.
    assert decompressed_by_oletools(bytes.fromhex(packed)) == text
    assert len(compress(text)) == len(bytes.fromhex(packed))
    assert_read_back(text)


BORDERS = [0, 1, 2, 3, 4, 15, 16, 17, 18, 31, 32, 33, 63, 64, 65, 127, 128, 129, 2047, 2048, 2049]
BORDERS += [4093, 4094, 4095, 4096, 4097, 4098, 8191, 8192, 8193, 20_000]
"""Around the places where a copy token changes its shape, and around a chunk."""


@pytest.mark.parametrize("size", BORDERS)
@pytest.mark.parametrize("pattern", [b"a", b"ab", b" \r\n", LINE, bytes(range(256))])
def test_text_of_every_length_comes_back(size: int, pattern: bytes) -> None:
    assert_read_back((pattern * (size // len(pattern) + 1))[:size])


@given(st.lists(st.sampled_from([LINE, b"End Sub\r\n", b"    x = 1\r\n", b"\r\n"]), max_size=600))
def test_any_source_comes_back(lines: list[bytes]) -> None:
    assert_read_back(b"".join(lines))


@pytest.mark.parametrize("chunks", [1, 2, 3])
def test_whole_chunks_that_do_not_get_shorter_are_kept_as_they_are(chunks: int) -> None:
    text = NOISE[: chunks * CHUNK]
    packed = compress(text)
    assert packed == b"\x01" + b"".join(
        b"\xff\x3f" + text[at : at + CHUNK] for at in range(0, len(text), CHUNK)
    )
    assert_read_back(text)


def test_noise_before_text_comes_back() -> None:
    assert_read_back(NOISE[:CHUNK] + LINE * 20)


@pytest.mark.parametrize("size", [1, 100, 3640])
def test_a_last_chunk_of_noise_that_fits_comes_back(size: int) -> None:
    assert_read_back(NOISE[:size])


def test_a_last_chunk_of_noise_that_does_not_fit_is_filled_with_zeros() -> None:
    # [MS-OVBA] 2.4.1.3.10: a raw chunk has 4,096 bytes, whatever is in it.
    assert decompress(compress(NOISE[:4000])) == NOISE[:4000].ljust(CHUNK, b"\0")


def decrypted(digits: str) -> tuple[bytes, int]:
    """The value and the key's sum, as [MS-OVBA] 2.4.3.3 reads them."""
    seed, version, key, *rest = bytes.fromhex(digits)
    assert seed ^ version == 2
    before, two_back, one_back = seed ^ key, version, key
    plain = bytearray()
    for byte in rest:
        before = byte ^ (two_back + before & 0xFF)
        two_back, one_back = one_back, byte
        plain.append(before)
    plain = plain[(seed & 6) // 2 :]
    assert int.from_bytes(plain[:4], "little") == len(plain[4:])
    return bytes(plain[4:]), seed ^ key


@pytest.mark.parametrize("seed", range(16))
@pytest.mark.parametrize("value", [b"\0\0\0\0", b"\0", b"\xff", b"secret"])
def test_a_setting_is_decrypted_to_itself(value: bytes, seed: int) -> None:
    identity = "{917DED54-440B-4FD1-A5C1-74ACF261E600}"
    assert decrypted(encrypt(value, identity, seed)) == (value, sum(identity.encode()) & 0xFF)


def test_the_example_of_the_specification_is_decrypted() -> None:
    # [MS-OVBA] 3.1.1: the protection state of that example's project, none.
    assert decrypted("0705D8E3D8EDDBF1DBF1DBF1DBF1")[0] == bytes(4)
