"""Whether two names can be one person's (semantics, "People")."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache

from rosterkey.core.model import Account
from rosterkey.core.people.edits import is_typo
from rosterkey.core.people.folding import NameKey, fold_name, name_key, romanise, sounding
from rosterkey.core.people.short_forms import are_kin

_Tests = tuple[tuple["Likeness", Callable[[NameKey, NameKey], bool]], ...]

__all__ = [
    "Likeness",
    "different_person",
    "fold_name",
    "same_first_name",
    "same_last_name",
]


class Likeness(StrEnum):
    """In what way two names agree; every value but `different` and `unknown` is alike."""

    SAME = "same"
    """One name after accents, case, hyphens, particles and generational suffixes."""
    DOUBLE = "double"
    """Both share a part: Smith and Smith-Lee, Maria and Maria Elena."""
    NICKNAME = "nickname"
    """One is a known short form of the other, or both of a third."""
    SHORTENED = "shortened"
    """One is the beginning of the other: Dani and Daniela."""
    TYPO = "typo"
    """A small slip of the fingers lies between them."""
    SPELLING = "spelling"
    """They sound alike in another script or another romanisation."""
    INITIAL = "initial"
    """One gives only the first letters: J. and José."""
    UNKNOWN = "unknown"
    """One of them is blank: nothing can be said."""
    DIFFERENT = "different"
    """Two names."""

    @property
    def alike(self) -> bool:
        """Whether both names can be one person's."""
        return self not in (Likeness.DIFFERENT, Likeness.UNKNOWN)


@lru_cache(maxsize=1 << 16)
def same_first_name(a: str, b: str) -> Likeness:
    """How two first names agree; middle names and short forms are allowed for."""
    return _first_that_fits(_FIRST_NAME_TESTS, name_key(a), name_key(b))


@lru_cache(maxsize=1 << 16)
def same_last_name(a: str, b: str) -> Likeness:
    """How two family names agree; particles, suffixes and double names are allowed for."""
    return _first_that_fits(_LAST_NAME_TESTS, name_key(a), name_key(b))


def different_person(
    before: Account, first: str | None, last: str | None, *, elsewhere: bool = False
) -> bool:
    """Whether the name of a row is that of another person than the account's.

    Only if first *and* last name both differ, and are not merely exchanged. A blank part on
    either side proves nothing. Where one part differs, a slip of the fingers in the first letter
    of the other does not make one person of two: Reber Calhon is not Guadalupe Salhon. `elsewhere`
    tells that the row's grade is none that the student of the account can have come to; then no
    likeness does, such as a nickname.
    """
    if first is None or last is None:
        return False
    if (before.first_name, before.last_name) == (first, last):
        return False
    lasts = _part(before.last_name, last, same_last_name, elsewhere)
    firsts = _part(before.first_name, first, same_first_name, elsewhere)
    if (lasts, firsts) != (Likeness.DIFFERENT, Likeness.DIFFERENT):
        return False
    if Likeness.DIFFERENT not in (
        same_last_name(before.last_name, last),
        same_first_name(before.first_name, first),
    ):
        return False
    return not exchanged(before.first_name, before.last_name, first, last)


def _part(one: str, two: str, compare: Callable[[str, str], Likeness], elsewhere: bool) -> Likeness:
    """How a part of two names agrees, where the other part is another one."""
    likeness = compare(one, two)
    if elsewhere and likeness not in _CERTAIN:
        return Likeness.DIFFERENT
    if likeness is Likeness.TYPO and name_key(one).joined[0] != name_key(two).joined[0]:
        return Likeness.DIFFERENT
    return likeness


_CERTAIN = {Likeness.SAME, Likeness.DOUBLE, Likeness.UNKNOWN}


def exchanged(first: str, last: str, other_first: str, other_last: str) -> bool:
    """Whether the names agree when first and last name of one side are exchanged."""
    crossed = (same_last_name(first, other_last), same_first_name(last, other_first))
    turned = (same_first_name(first, other_last), same_last_name(last, other_first))
    return any(all(x in _FIRM for x in pair) for pair in (crossed, turned))


_FIRM = {Likeness.SAME, Likeness.DOUBLE, Likeness.TYPO, Likeness.NICKNAME}


def _one_name(one: NameKey, two: NameKey) -> bool:
    return one.joined == two.joined or one.loose == two.loose


def _one_family_name(one: NameKey, two: NameKey) -> bool:
    return _one_name(one, two) or sorted(one.core) == sorted(two.core)


def _share_a_word(one: NameKey, two: NameKey) -> bool:
    if any(len(w) > 1 or not w.isascii() for w in set(one.core) & set(two.core)):
        return True
    if len(one.core) == len(two.core) == 1:
        return False
    # A double name with a slip in the part that both have.
    return any(is_typo(x, y) for x in one.core for y in two.core)


def _initials(one: NameKey, two: NameKey) -> bool:
    shorter, longer = sorted((one.core, two.core), key=lambda words: sum(map(len, words)))
    if all(len(w) == 1 and w.isalpha() for w in shorter) and len(shorter) <= len(longer):
        return all(x == y[0] for x, y in zip(shorter, longer, strict=False))
    # JR for Jose Ramon
    return len(longer) > 1 and shorter == ("".join(w[0] for w in longer),)


def _short_forms(one: NameKey, two: NameKey) -> bool:
    pairs = {(one.joined, two.joined), *((x, y) for x in one.words for y in two.words)}
    return any(are_kin(x, y) for x, y in pairs)


def _near(one: NameKey, two: NameKey) -> bool:
    return is_typo(one.joined, two.joined) or is_typo(one.loose, two.loose)


def _shortened(one: NameKey, two: NameKey) -> bool:
    shorter, longer = sorted((one.words[0], two.words[0]), key=len)
    return len(shorter) >= 3 and len(longer) >= len(shorter) + 2 and longer.startswith(shorter)


def _sound_alike(one: NameKey, two: NameKey) -> bool:
    x, y = (sounding(romanise("".join(key.core))) for key in (one, two))
    # Across scripts a letter more or less is usual; within one it would make Ethan an Evan.
    across = one.loose.isascii() != two.loose.isascii()
    return x == y or (across and is_typo(x, y))


# The cheap tests come first; the list of short forms is loaded only where these fail.
_FIRST_NAME_TESTS: _Tests = (
    (Likeness.SAME, _one_name),
    (Likeness.DOUBLE, _share_a_word),
    (Likeness.INITIAL, _initials),
    (Likeness.NICKNAME, _short_forms),
    (Likeness.TYPO, _near),
    (Likeness.SHORTENED, _shortened),
    (Likeness.SPELLING, _sound_alike),
)
_LAST_NAME_TESTS: _Tests = (
    (Likeness.SAME, _one_family_name),
    (Likeness.TYPO, _near),
    (Likeness.DOUBLE, _share_a_word),
    (Likeness.INITIAL, _initials),
    (Likeness.SPELLING, _sound_alike),
)


def _first_that_fits(tests: _Tests, one: NameKey, two: NameKey) -> Likeness:
    if not one.whole or not two.whole:
        return Likeness.UNKNOWN
    return next((likeness for likeness, fits in tests if fits(one, two)), Likeness.DIFFERENT)
