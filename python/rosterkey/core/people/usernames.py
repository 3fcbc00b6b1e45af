"""Usernames that look like one person's: asmith and asmith@lincoln.example.org."""

from __future__ import annotations

import re
from enum import StrEnum

from rosterkey.core.people.folding import fold_name

_SHORTEST_STEM = 4
_NO_DIGITS = str.maketrans("", "", "0123456789")
_NOT_A_LETTER = re.compile(r"[\W\d_]+")


class UsernameLikeness(StrEnum):
    """In what way two usernames agree."""

    MAILBOX = "mailbox"
    """The same but for a mail domain."""
    STEM = "stem"
    """The same letters, other digits or dots."""
    TURNED = "turned"
    """The same letters, with the parts in another order: ana.smith and smith.ana."""
    DIFFERENT = "different"


def local_part(username: str) -> str:
    """What stands before the @ of a mail address, in lower case and without accents."""
    return username.casefold().partition("@")[0]


def stem(username: str) -> str:
    """The letters of a username, without digits, dots and mail domain; empty below four letters.

    A stem shorter than the digits beside it (s004711) is no name and counts as empty.
    """
    local = local_part(username)
    letters = _NOT_A_LETTER.sub("", local)
    if len(letters) < _SHORTEST_STEM:
        return ""
    digits = len(local) - len(local.translate(_NO_DIGITS))
    if not letters.isascii():
        letters = fold_name(letters).replace(" ", "")
    return letters if len(letters) >= digits else ""


def stem_key(username: str) -> str:
    """A key that a username shares with its turned spellings: the letters of the stem, sorted."""
    return "".join(sorted(stem(username)))


def same_username(a: str, b: str) -> UsernameLikeness:
    """How two usernames agree."""
    if "@" in a + b and local_part(a) == local_part(b):
        return UsernameLikeness.MAILBOX
    one, two = stem(a), stem(b)
    if not one or not two:
        return UsernameLikeness.DIFFERENT
    if one == two:
        return UsernameLikeness.STEM
    if len(one) == len(two) and two in one + one:
        return UsernameLikeness.TURNED
    return UsernameLikeness.DIFFERENT
