"""Characters: what is removed, what is a space, what must not be there (semantics: Cleaning)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

TIDY_ASCII = re.compile(r"[!-~]+(?: [!-~]+)*")
"""Printable ASCII with single inner spaces: nothing to clean."""

_SPACES = {
    *"\t\n\r \u00a0\u1680\u202f\u205f\u3000\u2028\u2029",
    *map(chr, range(0x2000, 0x200B)),
}
_ISOLATED_LINE_ENDS = "\u2028\u2029"
_INVISIBLE = {
    *"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u3164\ufeff\uffa0",
    *map(chr, range(0x2060, 0x2066)),
    *map(chr, range(0x206A, 0x2070)),
    *map(chr, range(0x1D173, 0x1D17B)),
    *map(chr, range(0xE0000, 0xE0080)),
}
_JOINERS = "\u200c\u200d"
_VARIATION_SELECTORS = {*map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))}
_BIDI_OVERRIDES = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_QUOTES = "\u2018\u2019\u201c\u201d\u02bc\u0060\u00b4\u2032"
_FULL_WIDTH = re.compile("[\uff01-\uff5e\uffe0-\uffe6]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text after cleaning.

    `changed` tells that something a reader would want to know was repaired; `forbidden` holds
    the characters that must not be there; `replaced` tells that a typographic dash or quotation
    mark in a key was read as the plain one.
    """

    text: str
    changed: bool = False
    forbidden: str = ""
    replaced: bool = False


def clean_name(text: str) -> Cleaned:
    """Clean a name, school, grade or class.

    Odd spaces become one plain space, invisible characters go, joiners stay inside the text,
    full-width forms become plain, all in NFC. Quotation marks and dashes stay as they are.
    """
    if TIDY_ASCII.fullmatch(text):
        return Cleaned(text)
    kept = "".join(
        " " if c in _SPACES else c for c in text if c not in _INVISIBLE and c not in _BIDI_OVERRIDES
    )
    plain = _plain_width(" ".join(kept.split(" "))).strip(_JOINERS + " ")
    plain = unicodedata.normalize("NFC", re.sub(" {2,}", " ", plain))
    return Cleaned(plain, _differs(plain, text), _forbidden(plain))


def clean_key(text: str) -> Cleaned:
    """Clean a Student ID or a username.

    As for names, but joiners and variation selectors go too, typographic dashes and quotation
    marks become the plain ones (`replaced`), and overrides of the writing direction stay in
    `forbidden`: they make one username look like another.
    """
    if TIDY_ASCII.fullmatch(text):
        return Cleaned(text)
    dropped = _INVISIBLE | _VARIATION_SELECTORS | set(_JOINERS)
    kept = "".join(" " if c in _SPACES else c for c in text if c not in dropped)
    plain = unicodedata.normalize("NFC", re.sub(" {2,}", " ", _plain_width(kept)).strip(" "))
    forbidden = _forbidden(plain) + "".join(
        c for c in text if c in _BIDI_OVERRIDES or c in _ISOLATED_LINE_ENDS
    )
    typewriter = "".join("-" if c in _DASHES else "'" if c in _QUOTES else c for c in plain)
    replaced = typewriter != plain
    return Cleaned(typewriter, _differs(plain, text), forbidden, replaced)


def is_blank(text: str) -> bool:
    """Whether a text holds nothing but spaces and invisible characters."""
    if text[:1].isalnum():
        return False  # the usual case, for speed
    return all(c in _SPACES or c in _INVISIBLE or c in _JOINERS for c in text)


def describe_character(character: str) -> str:
    """A character as an administrator can look it up: its code point and its Unicode name."""
    name = unicodedata.name(character, "a control character")
    return f"U+{ord(character):04X} ({name.lower()})"


def _plain_width(text: str) -> str:
    return _FULL_WIDTH.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _differs(plain: str, text: str) -> bool:
    # A decomposed spelling (o + accent) is the same text to everybody: no notice for it.
    return plain != unicodedata.normalize("NFC", text)


def _forbidden(text: str) -> str:
    return "".join(c for c in text if _is_forbidden(c))


def _is_forbidden(character: str) -> bool:
    # U+FFFD stands where a character was lost; code points ending in FFFE and FFFF are none.
    if unicodedata.category(character) in ("Cc", "Cs") or character == "\ufffd":
        return True
    return ord(character) & 0xFFFE == 0xFFFE
