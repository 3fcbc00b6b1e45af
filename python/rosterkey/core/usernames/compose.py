"""From a pattern and a student to the usernames that it allows, the wanted one first."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rosterkey.core.checks.values import USERNAME_MAX
from rosterkey.core.grades import grade_key
from rosterkey.core.model import Account
from rosterkey.core.usernames.pattern import FIELDS, Pattern, Piece
from rosterkey.core.usernames.refused import Span
from rosterkey.core.usernames.spelling import plain_id, plain_name

LAST_GRADE = 12
_GRADES = {"PK": -1, "K": 0} | {str(n): n for n in range(1, LAST_GRADE + 1)}
_DRAWS = 200
_NUMBERS = 9_999
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Collision(StrEnum):
    """What is done where the username of a pattern is not free."""

    NUMBER = "number"
    """2, 3 and so on behind it."""
    LETTER = "letter"
    """b, c and so on behind it."""
    LONGER = "longer"
    """One character more of the Student ID."""
    REDRAW = "redraw"
    """Other words and digits are drawn."""
    NONE = "none"
    """Nothing: the administrator decides."""


@dataclass(frozen=True, slots=True)
class Style:
    """How usernames are made.

    `longest` is the most characters, `graduating` the year in which grade 12 leaves school now,
    `words` the two lists that `{words}` draws from.
    """

    collision: Collision = Collision.NUMBER
    longest: int = USERNAME_MAX
    graduating: int = 0
    words: tuple[Sequence[str], Sequence[str]] = ((), ())


@dataclass(frozen=True, slots=True)
class Made:
    """A username with the spans in it that are whole names of the student."""

    username: str
    whole: tuple[Span, ...] = ()


class CannotMake(Exception):
    """The pattern gives this student no username; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    of_name: bool = False
    whole: bool = False


def steps(pattern: Pattern, account: Account, style: Style) -> int:
    """How many candidates there are."""
    of_id = max((abs(p.length) for p in pattern.pieces if p.field == "id" and p.length), default=0)
    return {
        Collision.NUMBER: _NUMBERS,
        Collision.LETTER: len(_LETTERS),
        Collision.LONGER: max(len(plain_id(account.student_id or "")) - of_id, 0) + 1,
        Collision.REDRAW: _DRAWS,
        Collision.NONE: 1,
    }[style.collision]


def candidate(pattern: Pattern, account: Account, style: Style, step: int) -> Made:
    """The username that is tried after `step` others. Raises CannotMake."""
    longer = step if style.collision is Collision.LONGER else 0
    drawn = step if style.collision is Collision.REDRAW else 0
    parts = [_part(piece, account, style, longer, drawn) for piece in pattern.pieces]
    ending = ""
    if step and style.collision is Collision.NUMBER:
        ending = str(step + 1)
    elif step and style.collision is Collision.LETTER:
        ending = _LETTERS[step]
    parts = _shortened(parts, style.longest - len(ending))
    return _joined(parts, ending)


def likely_steps(username: str, pattern: Pattern, account: Account, style: Style) -> list[int]:
    """The steps after which the candidate could be this username: 0, and what its end tells."""
    local = username.partition("@")[0]
    if style.collision is Collision.NUMBER:
        digits = len(local) - len(local.rstrip("0123456789"))
        ends = [local[-n:] for n in range(1, min(digits, 4) + 1)]
        return [0, *(int(end) - 1 for end in ends if end[0] != "0" and int(end) > 1)]
    if style.collision is Collision.LETTER:
        letter = local[-1:].lower()
        return [0, _LETTERS.index(letter)] if letter and letter in _LETTERS[1:] else [0]
    if style.collision in (Collision.LONGER, Collision.REDRAW):
        return list(range(steps(pattern, account, style)))
    return [0]


def graduation(grade: str | None, graduating: int) -> int:
    """The year in which a student of this grade leaves school. Raises CannotMake."""
    number = _GRADES.get(grade_key(grade or ""))
    if number is None:
        shown = f'"{grade}"' if grade else "no grade"
        raise CannotMake(f"the year of graduation cannot be told from {shown}")
    return graduating + LAST_GRADE - number


def _part(piece: Piece, account: Account, style: Style, longer: int, drawn: int) -> _Part:
    if piece.literal:
        return _Part(piece.literal)
    length = piece.length
    if piece.field == "grad":
        year = str(graduation(account.grade, style.graduating))
        return _Part(year[-(length or 4) :])
    if piece.field in ("words", "draw"):
        return _Part(_drawn(piece, account, style, drawn))
    if piece.field == "id":
        text = plain_id(account.student_id or "")
        if length is not None:
            length += longer if length > 0 else -longer
    else:
        text = plain_name(account.first_name if piece.field == "first" else account.last_name)
    if not text:
        raise CannotMake(f"{FIELDS[piece.field]} has nothing that a username can hold")
    cut = text if length is None else text[:length] if length > 0 else text[length:]
    of_name = piece.field in ("first", "last")
    return _Part(cut, of_name and length is None, of_name and cut == text)


def _drawn(piece: Piece, account: Account, style: Style, drawn: int) -> str:
    """Words or digits that hang on the account alone, so that each run draws the same."""
    seed = f"{account.account_id}\0{drawn}".encode()
    number = int.from_bytes(hashlib.blake2b(seed, digest_size=16).digest(), "big")
    first, second = style.words
    if piece.field == "words":
        if not first or not second:
            raise CannotMake("there is no list of words")
        return f"{first[number % len(first)]}-{second[number // 997 % len(second)]}"
    return f"{number // 1_000_003 % 10 ** (piece.length or 2):0{piece.length or 2}d}"


def _shortened(parts: list[_Part], longest: int) -> list[_Part]:
    """Take letters off the longest whole name until the username is short enough."""
    shortened = list(parts)
    while sum(len(part.text) for part in shortened) > longest:
        place = max(range(len(shortened)), key=lambda n: _to_spare(shortened[n]))
        if not _to_spare(shortened[place]):
            raise CannotMake(f"the username would have more than {longest} characters")
        part = shortened[place]
        shortened[place] = replace(part, text=part.text[:-1], whole=False)
    return shortened


def _to_spare(part: _Part) -> int:
    return len(part.text) - 1 if part.of_name else 0


def _joined(parts: Sequence[_Part], ending: str) -> Made:
    """The parts as one text; the ending stands before a mail domain."""
    username, spans = "", []
    for part in parts:
        text = part.text
        if ending and "@" in text:
            text, ending = text.replace("@", f"{ending}@"), ""
        if part.whole:
            spans.append((len(username), len(username) + len(text)))
        username += text
    return Made(username + ending, tuple(spans))
