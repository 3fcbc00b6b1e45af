"""Small slips of the fingers: a letter lost, added, replaced, or two letters exchanged."""

from __future__ import annotations

from collections.abc import Iterable

_SHORTEST = 4
"""Below so many letters a slip makes another name (Lee and Leo, Kim and Tim)."""


def edits_within(a: str, b: str, limit: int) -> bool:
    """Whether at most `limit` edits lead from `a` to `b`: insert, delete, replace, exchange.

    Made for limits of 1 and 2, where it needs no table; the cost grows with 4 ** limit.
    """
    if a == b:
        return True
    if limit == 0 or abs(len(a) - len(b)) > limit:
        return False
    start = 0
    while start < len(a) and start < len(b) and a[start] == b[start]:
        start += 1
    a, b, left = a[start:], b[start:], limit - 1
    return (
        edits_within(a[1:], b[1:], left)
        or edits_within(a[1:], b, left)
        or edits_within(a, b[1:], left)
        or (a[:2] == b[1::-1] and len(a) > 1 and edits_within(a[2:], b[2:], left))
    )


def is_typo(a: str, b: str) -> bool:
    """Whether two different spellings are near enough to be one name.

    One edit from 4 letters on, two from 8 letters on if the first letter agrees (semantics,
    "People"; the lengths keep Lee and Leo, Kim and Tim apart).
    """
    shorter = min(len(a), len(b))
    if shorter < _SHORTEST or a == b:
        return False
    return edits_within(a, b, 1) or (shorter >= 8 and a[0] == b[0] and edits_within(a, b, 2))


class Neighbours:
    """Finds the words of a vocabulary that are one edit away, without comparing all of them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._shortened: dict[str, list[str]] = {}
        for word in words:
            for shorter in with_one_less(word):
                self._shortened.setdefault(shorter, []).append(word)

    def of(self, word: str) -> set[str]:
        """The words of the vocabulary, from 4 letters on, one edit away from `word`."""
        # Two words one edit apart meet when each has lost at most one letter.
        near = {w for shorter in with_one_less(word) for w in self._shortened.get(shorter, ())}
        return {w for w in near if w != word and edits_within(word, w, 1)}


def with_one_less(word: str) -> set[str]:
    """The word, and it without each of its letters; none of a word below 4 letters."""
    if len(word) < _SHORTEST:
        return set()
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
