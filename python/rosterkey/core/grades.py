"""Grades have many spellings and one meaning (semantics: Blanks and columns)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORDS = {
    "k": "K", "kg": "K", "kindergarten": "K", "kinder": "K", "0": "K", "00": "K", "kdg": "K",
    "pk": "PK", "prek": "PK", "prekindergarten": "PK", "preschool": "PK", "p": "PK", "-1": "PK",
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6",
    "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10", "eleventh": "11",
    "twelfth": "12",
}  # fmt: skip
_NUMBER = re.compile(r"0*(\d{1,2})(?:st|nd|rd|th)?(?:\.0+)?")


@lru_cache(maxsize=1024)
def grade_key(text: str) -> str:
    """One spelling for all spellings of a grade: 3, 03, 3rd, Grade 3 and 3.0 are `3`.

    What is no known spelling keeps its folded text, so that a district may have own grades.
    """
    folded = text.casefold().strip()
    plain = re.sub(r"\b(?:grade|gr|year|level)\b\.?", "", folded).strip()
    compact = re.sub(r"[\s_\-]+", "", plain) if not plain.startswith("-") else plain
    number = _NUMBER.fullmatch(compact)
    if number:
        return _WORDS.get(number[1].lstrip("0") or "0", number[1].lstrip("0") or "K")
    return _WORDS.get(compact, compact or folded)


def grade_index(grades: Iterable[str]) -> dict[str, str]:
    """The district's own grades by their key."""
    return {grade_key(grade): grade for grade in grades}
