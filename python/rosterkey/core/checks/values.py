"""Whether a new value may be stored: names, usernames, Student IDs (semantics: Cleaning).

Only values that change something are looked at: what is stored already is never an alarm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from rosterkey.core.keys import username_key
from rosterkey.core.reading.cells import shorten
from rosterkey.core.rules import cells, keys
from rosterkey.core.rules.rule import Rule

USERNAME_MAX = 64
NAME_MAX = 100
ID_MAX = 64
PASSWORD_MAX = 256

Said = tuple[Rule, str, str | None]
"""A rule, what to say of the value, and the value that would mend it if there is one."""

_QUOTING = re.compile(r"^(?:[\s\"'`;,\u200b\ufeff]|%0[9AD])+", re.IGNORECASE)
_FORMULA = re.compile(r"=|@[^\W\d_]|\+\S|DDE\s*\(|[-\u2212\u2013](?=\d|\(|.*[|!(=])", re.IGNORECASE)
_NEGATIVE = re.compile(r"-\d+")
_ID = re.compile(r"(?:[^\W_]|[-_./:#])+")
_MOJIBAKE = re.compile(
    "[\u00c3\u00c2\u00c4\u00c5\u00e2\u00d0\u00d1][\u0080-\u00bf\u2018-\u2122\u0152-\u0192]"
)
_JAPANESE = frozenset({"CJK", "HIRAGANA", "KATAKANA"})
_KOREAN = frozenset({"CJK", "HANGUL"})
_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝвкмнтгαοινρτυκχеɡıļ",
    "aeopcyxijshdqwbkmhtraoivptukxegil",
)
"""Letters of other scripts that are drawn like a Latin one (a choice from Unicode TS 39)."""


def runs_as_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text, once quotation marks and spaces before it go.

    `-Kai` and `'Okusitino` are names; `-2+3`, `=1+1`, `@SUM(1)` and `+cmd|…` are not.
    """
    plain = unicodedata.normalize("NFKC", text)
    return bool(_FORMULA.match(_QUOTING.sub("", plain)))


def repair_mojibake(text: str) -> str | None:
    """The text as it was before UTF-8 was read as Windows-1252, None where it was not."""
    if not _MOJIBAKE.search(text):
        return None
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return None


def skeleton(key: str) -> str:
    """A username key with look-alike letters made Latin: equal skeletons look the same."""
    return key.translate(_LOOK_ALIKES).replace("i\u0307", "i")


def scripts(text: str) -> frozenset[str]:
    """The scripts of the letters of a text, by the first word of their Unicode names."""
    letters = (c for c in text if unicodedata.category(c)[0] == "L")
    return frozenset(unicodedata.name(c, "UNNAMED").split(" ")[0].split("-")[0] for c in letters)


def check_text(text: str, longest: int = NAME_MAX) -> Iterator[Said]:
    """What forbids a text in any field, or deserves a look."""
    if len(text) > longest:
        yield cells.TOO_LONG, f"{len(text)} characters; at most {longest} are stored.", None
    elif runs_as_formula(text):
        said = f'"{shorten(text)}" would run as a formula in a spreadsheet. Write it as plain text.'
        yield cells.FORMULA_TEXT, said, None


def check_name(text: str, raw: str) -> Iterator[Said]:
    """What forbids a first or last name, or deserves a look (semantics: Usernames and names).

    `raw` is the text before cleaning, which takes characters off that garbled text needs.
    """
    yield from check_text(text)
    repaired = repair_mojibake(raw) or repair_mojibake(text)
    if repaired:
        said = f'"{shorten(text)}" looks garbled; it probably reads "{shorten(repaired)}".'
        yield cells.MOJIBAKE, said, repaired
    odd = next((c for c in text if unicodedata.category(c) in ("So", "Sk", "Cn", "Co")), None)
    if odd and odd not in "`\u00b4":
        said = f'"{shorten(text)}" holds a picture or sign. It is kept; check that it is meant.'
        yield cells.ODD_CHARACTER, said, None
    if text.casefold() in ("n/a", "#n/a", "(blank)", "(none)", "-", "?"):
        said = f'"{shorten(text)}" reads like a blank. It is taken as a name.'
        yield cells.NULL_LIKE_NAME, said, None


def check_id(text: str) -> Iterator[Said]:
    """What forbids a new Student ID."""
    if len(text) > ID_MAX:
        yield cells.TOO_LONG, f"{len(text)} characters; at most {ID_MAX} are stored.", None
    elif runs_as_formula(text) and not _NEGATIVE.fullmatch(text):
        said = f'"{shorten(text)}" would run as a formula in a spreadsheet.'
        yield cells.FORMULA_TEXT, said, None
    elif not _ID.fullmatch(text) or _odd_digit(text) or not text[0].isalnum():
        said = (
            f'"{shorten(text)}" cannot be a Student ID: letters, the digits 0 to 9 and - _ . / : # '
            "are allowed, with no space inside and a letter or digit first."
        )
        yield keys.BAD_ID, said, None


def check_username(
    text: str, reserved: frozenset[str], is_held: Callable[[str], bool]
) -> Iterator[Said]:
    """What forbids a new username (semantics: Usernames and names).

    `is_held` tells whether an account of the district has the username with a key.
    """
    key = username_key(text)
    if len(text) > USERNAME_MAX:
        yield cells.TOO_LONG, f"{len(text)} characters; at most {USERNAME_MAX} are allowed.", None
    elif runs_as_formula(text):
        said = f'"{shorten(text)}" would run as a formula in a spreadsheet.'
        yield cells.FORMULA_TEXT, said, None
    elif _looks_like_another(text, key, is_held):
        said = (
            f'"{shorten(text)}" has letters of another script that look like Latin ones; it can be '
            f'taken for "{skeleton(key)}". Type the username anew.'
        )
        yield keys.LOOK_ALIKE_USERNAME, said, None
    elif not all(_may_stand_in_username(c) for c in text):
        odd = next(c for c in text if not _may_stand_in_username(c))
        shown = "a space" if odd == " " else f'"{odd}"'
        said = (
            f'"{shorten(text)}" holds {shown}. A username has letters, digits and . _ - @ \' only.'
        )
        plain = "".join(c for c in text if _may_stand_in_username(c))
        yield keys.BAD_USERNAME, said, plain or None
    elif key in reserved or skeleton(key) in reserved:
        said = f'"{shorten(text)}" is reserved for the system. Choose another username.'
        yield keys.RESERVED_USERNAME, said, None


def _looks_like_another(text: str, key: str, is_held: Callable[[str], bool]) -> bool:
    found = scripts(text)
    if len(found) > 1 and not found <= _JAPANESE and not found <= _KOREAN:
        return True
    return skeleton(key) != key and is_held(skeleton(key))


def _may_stand_in_username(character: str) -> bool:
    if character in "._-@'" or (character.isascii() and character.isalnum()):
        return True
    category = unicodedata.category(character)
    return category in ("Ll", "Lu", "Lt", "Lo", "Mn", "Mc", "Nd") and not character.isascii()


def _odd_digit(text: str) -> bool:
    return any(unicodedata.category(c)[0] == "N" and not c.isascii() for c in text)
