"""New usernames that slipped: each is made from the name of a student in another row.

A username that no account has yet contradicts no key. What tells a lookup that slipped by a row is
that the usernames are made from names after one pattern, and from the names of other rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from rosterkey.core.people.folding import joined
from rosterkey.core.people.slip_views import Witness
from rosterkey.core.people.usernames import stem

_BEGINNING = 5
_LENGTHS = (None, 20, 16, 12, 10, 8, 7, 6)
"""Letters after which districts cut usernames off; None: they do not."""

_Pattern = Callable[[str, str], str]
_PATTERNS: tuple[_Pattern, ...] = (
    lambda first, last: first[:1] + last,
    lambda first, last: first + last,
    lambda first, last: last + first,
    lambda first, last: last + first[:1],
    lambda first, last: first + last[:1],
    lambda first, last: last[:1] + first,
    lambda _, last: last,
    lambda first, _: first,
)


def misnamed(witness: Witness) -> bool:
    """Whether the line has a new username that shows no part of the line's own name."""
    line = witness.line
    if not _new_username(witness) or not (line.first_name and line.last_name):
        return False
    letters = stem(line.username or "")
    first, last = joined(line.first_name), joined(line.last_name)
    return bool(letters) and first not in letters and last[:_BEGINNING] not in letters


def made_columns(
    witnesses: Sequence[Witness],
) -> tuple[dict[int, str], dict[int, str]]:
    """The letters of the new usernames, and those that the names would give, by place (from 0).

    Both follow the pattern that fits most of the names and usernames, wherever they stand. A
    line is judged only where its name is that of the account that its Student ID means.
    """
    new = [stem(w.line.username or "") if _new_username(w) else "" for w in witnesses]
    names = {
        place: (joined(w.line.first_name), joined(w.line.last_name))
        for place, w in enumerate(witnesses)
        if w.line.first_name and w.line.last_name and (w.by_id is None or w.fits_name(w.by_id))
    }
    supply = Counter(letters for letters in new if letters)
    best: dict[int, str] = {}
    most = 0
    for pattern in _PATTERNS:
        whole = {place: pattern(*name) for place, name in names.items()}
        for length in _LENGTHS:
            made = {place: text[:length] for place, text in whole.items()}
            counted = Counter(filter(supply.__contains__, made.values()))
            fitting = sum(min(counted[letters], times) for letters, times in supply.items())
            if fitting > most:
                best, most = made, fitting
    judged = {place: text for place, text in best.items() if new[place] and text}
    return {place: letters for place, letters in enumerate(new) if letters}, judged


def _new_username(witness: Witness) -> bool:
    return bool(witness.line.username) and witness.by_username is None
