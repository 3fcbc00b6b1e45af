"""Usernames that no child should get: words, and what a spreadsheet would read as another value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rosterkey.core.keys import username_key

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
_MONTHS += "|january|february|march|april|june|july|august|september|october|november|december"
_VALUES = re.compile(
    rf"(?:{_MONTHS})[-.]?\d{{1,4}}"  # mar1, sep-03
    rf"|\d{{1,2}}[-.]?(?:{_MONTHS})(?:[-.]?\d{{2,4}})?"  # 3dec
    r"|\d+(?:\.\d+)?e[-+]?\d+"  # 31e5
    r"|\d{1,4}[-.]\d{1,2}(?:[-.]\d{1,4})?"  # 3-4, 2031-05
    r"|true|false"
)
_SHORTEST = 3

Span = tuple[int, int]
"""Where a part stands in a username: the first character, and the one behind the last."""


class RefusedWords:
    """Words that nobody wants in a child's username, also where they arise at a join of parts."""

    def __init__(self, words: Iterable[str], allowed: Iterable[str] = ()) -> None:
        kept = {username_key(w) for w in allowed}
        found = {username_key(w) for w in words} - kept
        self._words = frozenset(w for w in found if len(w) >= _SHORTEST)
        self._lengths = sorted({len(w) for w in self._words}, reverse=True)
        self._beginnings = frozenset(w[:_SHORTEST] for w in self._words)

    def found_in(self, username: str, own: Sequence[Span] = ()) -> str | None:
        """The first refused word in a username, dots and digits between its letters passed over.

        `own` are the whole names of the student in it: Dickson is called Dickson, so a word
        that lies inside one of them is none. A name that was cut is not whole.
        """
        places = [n for n, c in enumerate(username) if c.isalpha()]
        letters = "".join(username[n] for n in places).lower()
        for start in range(len(letters) - _SHORTEST + 1):
            if letters[start : start + _SHORTEST] not in self._beginnings:
                continue
            for length in self._lengths:
                word = letters[start : start + length]
                if word in self._words and not _inside(places, start, len(word), own):
                    return word
        return None


def _inside(places: Sequence[int], start: int, length: int, own: Sequence[Span]) -> bool:
    first, last = places[start], places[start + length - 1]
    return any(begin <= first and last < end for begin, end in own)


def reads_as_value(username: str) -> bool:
    """Whether a spreadsheet that opens a text file takes the username for a date or a number.

    `31e5` becomes 3100000 and `mar1` the first of March. A plain whole number is left to the
    administrator: whoever chooses the Student ID as username chooses that.
    """
    return _VALUES.fullmatch(username.casefold()) is not None
