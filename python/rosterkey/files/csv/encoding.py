"""In which encoding a CSV is written: told by its mark, proved as UTF-8, or guessed and said."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rosterkey.core.rules import files as rules
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.limits import CHUNK

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: it starts with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NUL_SHARE: Final = 0.1
_SAMPLE: Final = 64 * 1024
_PLAUSIBLE: Final = 0.6
_CLEAR_LEAD: Final = 0.3
_NAMES: Final = {"cp1252": "Windows (cp1252)", "mac_roman": "Mac (MacRoman)"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """`codec` is Python's name, `spoken` ours. `marked`: a byte order mark tells it.

    `guessed` without `certain`: another encoding would make sense of the bytes, too.
    """

    codec: str
    spoken: str
    marked: bool = False
    guessed: bool = False
    certain: bool = True


def encoding_of(path: Path) -> Encoding:
    """The encoding of a text file that is not empty.

    Raises:
        UnreadableFile: it cannot be told, or the bytes do not fit the mark.
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE)
    for bom, codec in _BOMS:
        if head.startswith(bom):
            _prove(path, codec)
            return Encoding(codec, codec.removesuffix("-sig").upper(), marked=True)
    if head.count(0) > len(head) * _NUL_SHARE:
        raise UnreadableFile(
            rules.ENCODING_UNKNOWN,
            f"The encoding of {path.name} cannot be told (it may be UTF-16 without its mark): "
            'save it from Excel as "CSV UTF-8".',
        )
    sample = _not_utf8(path)
    if not sample:
        return Encoding("utf-8", "UTF-8")
    return _guess(path, sample)


def _prove(path: Path, codec: str) -> None:
    """Decode the whole file once.

    Raises:
        UnreadableFile: the bytes are not what the mark says.
    """
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise UnreadableFile(
            rules.ENCODING_UNKNOWN,
            f"{path.name} starts with the mark of {codec.removesuffix('-sig').upper()} but holds "
            'other bytes, it may be cut off: save it again from Excel as "CSV UTF-8".',
        ) from None


def _not_utf8(path: Path) -> bytes:
    """The lines with bytes above 127, up to a sample; b"" where the file is good UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    good = True
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        good = False
    return b"" if good else _sample_of(path)


def _sample_of(path: Path) -> bytes:
    """The first lines that hold bytes above 127."""
    kept: list[bytes] = []
    size = 0
    with path.open("rb") as stream:
        while size < _SAMPLE and (line := stream.readline(_SAMPLE)):
            if not line.isascii():
                kept.append(line)
                size += len(line)
    return b"".join(kept)


def _guess(path: Path, sample: bytes) -> Encoding:
    """Windows or Mac by how well the letters fit their neighbours, else what the library thinks."""
    scores = {codec: _plausibility(sample, codec) for codec in _NAMES}
    best = max(scores, key=scores.__getitem__)
    if scores[best] < _PLAUSIBLE:
        return _guess_widely(path, sample)
    lead = scores[best] - min(scores.values())
    if not lead:
        best = _tie(sample)
    # A Mac file is rare and its damage is silent, so it is always worth a look.
    certain = best == "cp1252" and lead >= _CLEAR_LEAD
    return Encoding(best, _NAMES[best], guessed=True, certain=certain)


def _tie(sample: bytes) -> str:
    """What the library prefers of the two."""
    from charset_normalizer import from_bytes

    match = from_bytes(sample, cp_isolation=list(_NAMES)).best()
    return match.encoding if match is not None and match.encoding in _NAMES else "cp1252"


def _guess_widely(path: Path, sample: bytes) -> Encoding:
    """Any other encoding, always uncertain.

    Raises:
        UnreadableFile: nothing makes sense of the bytes.
    """
    from charset_normalizer import from_bytes

    match = from_bytes(sample).best()
    if match is None or not _decodes(path, match.encoding):
        raise UnreadableFile(
            rules.ENCODING_UNKNOWN,
            f'The encoding of {path.name} cannot be told: save it from Excel as "CSV UTF-8".',
        )
    return Encoding(match.encoding, match.encoding, guessed=True, certain=False)


def _decodes(path: Path, codec: str) -> bool:
    try:
        _prove(path, codec)
    except UnreadableFile:
        return False
    return True


def _plausibility(sample: bytes, codec: str) -> float:
    """Which share of the characters above 127 sit well among their neighbours, 0 to 1."""
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    judged = [_fits(text, i) for i, char in enumerate(text) if not char.isascii()]
    return sum(judged) / len(judged)


def _fits(text: str, at: int) -> bool:
    """Tell whether the character could stand there in a name or a heading."""
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char == "\u2019":  # O’Brien, D’Angelo, Peter’s: not Garc’a
        return after.isupper() or after == "s" or not after.isalpha()
    if char == "\u2018":
        return not before.isalpha()
    if char == "\xa0":
        return True
    if not char.isalpha():
        return not (before.isalpha() and after.isalpha())
    if char.isupper():
        return not before.islower() and not (before.isupper() and after.islower())
    return not (before.isupper() and after.isupper())
