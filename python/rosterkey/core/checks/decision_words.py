"""The words that count in the Decision column, and which finding each of them answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rosterkey.core.keys import username_key
from rosterkey.core.reading.columns import BY_HEADING, fold_heading
from rosterkey.core.rules import cells, fields, keys, people

REALLY_NEW = "really new"
SAME_PERSON = "same person"
CONFIRMED = "confirmed"

ANSWERS: dict[str, tuple[str, ...]] = {
    people.PROBABLE_DUPLICATE.code: (REALLY_NEW,),
    people.DIFFERENT_PERSON.code: (SAME_PERSON, CONFIRMED),
    people.ARCHIVED_MATCH.code: (CONFIRMED,),
    keys.REUSES_FREED_USERNAME.code: (CONFIRMED,),
    keys.TAKES_NAME_OF_OTHER_STUDENT.code: (CONFIRMED,),
    cells.AMBIGUOUS_NUMERIC_ID.code: (CONFIRMED,),
    fields.WEAK_PASSWORD.code: (CONFIRMED,),
    cells.MOJIBAKE.code: (CONFIRMED,),
}
"""The findings that can be decided for one row, each with the words that confirm it."""

LASTING = frozenset({people.PROBABLE_DUPLICATE.code, people.DIFFERENT_PERSON.code})
"""What is true of two people stays true; the others are asked anew on every sheet."""

_DIVIDERS = re.compile(r"[;\n]")
_SIDE = re.compile(r"(?:keep )?(mine|theirs)(?: ?: ?| )?(.*)")
_TAKE = re.compile(r"take (?:(?:its|the) )?(?:student )?(id|username)(?: of (.+))?")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a Decision cell, as it was typed and without case and odd spaces.

    `take` is the field that is to be taken from an account, `whom` the key of that account's
    username where the cell names one. `side` is whose value of a field counts that was changed by
    both, `field` which field, None for every one.
    """

    typed: str
    folded: str
    take: str | None = None
    whom: str | None = None
    side: str | None = None
    field: str | None = None

    @property
    def known(self) -> bool:
        """Whether the word counts anywhere."""
        return bool(self.take or self.side) or self.folded in (REALLY_NEW, SAME_PERSON, CONFIRMED)


def read_words(text: str) -> tuple[Word, ...]:
    """The words of a Decision cell; semicolons and line breaks divide several."""
    return tuple(_word(part) for part in _DIVIDERS.split(text) if part.strip())


def side_of(words: Iterable[Word], name: str) -> str | None:
    """Whose value of a field counts: `mine` or `theirs`; None where nothing or both is said.

    What is said of the field itself comes before what is said of the whole row.
    """
    words = list(words)
    for field in (name, None):
        sides = {word.side for word in words if word.side and word.field == field}
        if sides:
            return sides.pop() if len(sides) == 1 else None
    return None


def contradict(words: Iterable[Word]) -> bool:
    """Whether words exclude each other: two different accounts or keys, or one and none."""
    ways = {(w.take, w.whom) for w in words if w.take or w.folded == REALLY_NEW}
    return len(ways) > 1


def _word(part: str) -> Word:
    folded = " ".join(part.casefold().split())
    side = _side(part.strip(), folded)
    if side is not None:
        return side
    take = _TAKE.fullmatch(folded)
    if take is None:
        return Word(part.strip(), folded)
    field = "student_id" if take[1] == "id" else "username"
    return Word(part.strip(), folded, field, username_key(take[2]) if take[2] else None)


def _side(typed: str, folded: str) -> Word | None:
    """`mine`, `keep theirs`, `mine: Grade`; None for another word, and for no field."""
    found = _SIDE.fullmatch(folded)
    if found is None:
        return None
    column = BY_HEADING.get(fold_heading(found[2])) if found[2] else None
    if found[2] and column is None:
        return None
    return Word(typed, folded, side=found[1], field=column.field if column else None)
