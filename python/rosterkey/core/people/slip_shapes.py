"""In what way a column has slipped: by rows, in halves, sorted alone, or shuffled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

_MOST = 0.8
"""The share of the misplaced values that has to follow a pattern."""

_IN_ORDER = 0.97
_NUMBER = re.compile(r"\d+")


class SlipKind(StrEnum):
    """The ways in which a column slips."""

    SHIFTED = "shifted"
    SORTED = "sorted"
    SWAPPED = "swapped"
    PERMUTED = "permuted"


def offsets(wanted: Mapping[int, str], column: Mapping[int, str]) -> dict[int, int]:
    """How many places lower each value stands than the place that it belongs to.

    `wanted` maps places (from 0) to the value that belongs there, `column` to what stands there.
    Where a value stands in several places, the offset that most values can have is taken.
    Values that stand nowhere are left out.
    """
    places: dict[str, list[int]] = {}
    for place, text in column.items():
        places.setdefault(text, []).append(place)
    votes: Counter[int] = Counter()
    for place, text in wanted.items():
        votes.update(at - place for at in places.get(text, ()))
    return {
        place: max((at - place for at in places[text]), key=lambda step: (votes[step], step))
        for place, text in wanted.items()
        if text in places
    }


def shape(moved: Mapping[int, int], column: Mapping[int, str]) -> tuple[SlipKind, int | None]:
    """The kind of a slip, and its offset in places where it is a shift.

    `moved` are the `offsets` of the misplaced values. Two blocks that changed places have two
    offsets, one up and one down.
    """
    counted = Counter(moved.values()).most_common(2)
    (offset, times), (other, more) = counted[0], counted[-1]
    if times >= _MOST * len(moved):
        return SlipKind.SHIFTED, offset
    if offset * other < 0 and times + more >= _MOST * len(moved):
        return SlipKind.SWAPPED, None
    within = range(min(moved), max(moved) + 1)
    if in_order([column[place] for place in within if place in column]):
        return SlipKind.SORTED, None
    return SlipKind.PERMUTED, None


def in_order(texts: Sequence[str]) -> bool:
    """Whether texts rise or fall, as text or with their numbers counted (s9 before s10)."""
    padded = [_NUMBER.sub(lambda number: number[0].zfill(20), text) for text in texts]
    for keys in (texts, padded):
        rising = sum(a <= b for a, b in pairwise(keys))
        falling = sum(a >= b for a, b in pairwise(keys))
        if max(rising, falling) >= _IN_ORDER * (len(keys) - 1):
            return True
    return False
