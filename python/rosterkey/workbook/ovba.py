"""Compression and encryption of [MS-OVBA]: how text and settings stand in a VBA project."""

from __future__ import annotations

import struct

CHUNK = 4096
"""Text is compressed in chunks of this many bytes, each for itself."""

_LEAST_COPY = 3
_NEAREST_BITS = 4


def compress(text: bytes) -> bytes:
    """A compressed container ([MS-OVBA] 2.4.1).

    A chunk that does not get shorter is kept as it is and filled with zero bytes to 4,096, as the
    format wants it. Only a last chunk of random bytes could gain zero bytes at its end that way;
    source text never does.
    """
    chunks = (text[start : start + CHUNK] for start in range(0, len(text), CHUNK))
    return b"\x01" + b"".join(_compress_chunk(chunk) for chunk in chunks)


def _compress_chunk(chunk: bytes) -> bytes:
    tokens = _tokens(chunk)
    if len(tokens) > CHUNK:
        return struct.pack("<H", 0x3000 | (CHUNK - 1)) + chunk.ljust(CHUNK, b"\0")
    return struct.pack("<H", 0xB000 | (len(tokens) - 1)) + tokens


def _tokens(chunk: bytes) -> bytes:
    """The chunk as groups of a flag byte and eight tokens: a byte, or a copy of earlier ones."""
    packed = bytearray()
    latest: dict[bytes, list[int]] = {}
    at = 0
    while at < len(chunk):
        flags_at, flags = len(packed), 0
        packed.append(0)
        for bit in range(8):
            if at >= len(chunk):
                break
            start, length = _longest_match(chunk, at, latest)
            if length:
                flags |= 1 << bit
                packed += _copy_token(at, at - start, length)
            else:
                packed.append(chunk[at])
            for passed in range(at, at + max(length, 1)):
                latest.setdefault(chunk[passed : passed + _LEAST_COPY], []).append(passed)
            at += max(length, 1)
        packed[flags_at] = flags
    return bytes(packed)


def _copy_token(at: int, distance: int, length: int) -> bytes:
    """The 16 bits that say how far back to look and how much to copy from there."""
    length_bits = 16 - _distance_bits(at)
    return struct.pack("<H", (distance - 1) << length_bits | (length - _LEAST_COPY))


def _distance_bits(at: int) -> int:
    """How many bits a distance takes: as many as the place in the chunk needs, at least four."""
    return max((at - 1).bit_length(), _NEAREST_BITS)


def _longest_match(chunk: bytes, at: int, latest: dict[bytes, list[int]]) -> tuple[int, int]:
    """Where the longest copy of what comes next begins, and its length; 0 where none pays."""
    most = min(len(chunk) - at, (0xFFFF >> _distance_bits(at)) + _LEAST_COPY if at else 0)
    found, longest = 0, 0
    for start in reversed(latest.get(chunk[at : at + _LEAST_COPY], ())):
        length = 0
        while length < most and chunk[start + length] == chunk[at + length]:
            length += 1
        if length > longest:
            found, longest = start, length
        if longest == most:
            break
    return (found, longest) if longest >= _LEAST_COPY else (0, 0)


def encrypt(value: bytes, project_id: str, seed: int = 0) -> str:
    """A protection setting of the PROJECT stream as hexadecimal digits ([MS-OVBA] 2.4.3.2).

    The format wants a random `seed`; a fixed one keeps builds equal, and the settings written here
    say that nothing is protected.
    """
    key = sum(project_id.encode("ascii")) & 0xFF
    encrypted = bytearray([seed, seed ^ 2, seed ^ key])
    before = key
    for byte in bytes((seed & 6) // 2) + struct.pack("<I", len(value)) + value:
        encrypted.append(byte ^ (encrypted[-2] + before & 0xFF))
        before = byte
    return encrypted.hex().upper()
