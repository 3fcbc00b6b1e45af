"""A name in the plain letters of a username: `O’Brien-Łuć` gives `obrienluc`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rosterkey.core.people.folding import SUFFIXES

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_NOT_IN_ID = re.compile(r"[^a-z0-9._-]+")
_APOSTROPHES = re.compile("['`\u2018\u2019\u02b9\u02bb\u02bc\u02bd\u00b4\u2032]")


@lru_cache(maxsize=1 << 16)
def plain_name(text: str) -> str:
    """The letters a to z and digits of a name, in lower case.

    Accents go and other scripts are written in Latin letters; apostrophes, spaces, hyphens and
    signs are left out, and so is what tells the generation (Jr., III). Empty where nothing is left.
    """
    letters = _latin("".join(c for c in text if unicodedata.category(c)[0] in "LMNZP"))
    words = [word for word in _NOT_PLAIN.split(_APOSTROPHES.sub("", letters)) if word]
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    return "".join(words)


def plain_id(text: str) -> str:
    """A Student ID as a part of a username: letters, digits and `. _ -`, in lower case."""
    return _NOT_IN_ID.sub("", _latin(text))


def _latin(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    if not composed.isascii():
        from anyascii import anyascii  # late: most names are plain

        composed = anyascii(composed)
    return composed.lower()
