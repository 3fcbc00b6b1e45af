"""A pattern of usernames that an administrator can read: `{first:1}{last}{grad:2}`."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace

FIELDS = {
    "first": "the first name",
    "last": "the last name",
    "id": "the Student ID",
    "grad": "the year of graduation",
    "words": "two words from a list",
    "draw": "digits drawn for the student",
}
"""What may stand in braces, and what it stands for."""

_TELLING = ("first", "last", "id", "words")
"""A pattern needs one of these: the others are shared by many students."""

_LEFT_OUT = {
    "middle": "The roster has no column of middle names. {first} takes the whole first name.",
    "birth": "A username must not tell a child's date of birth. Leave it out.",
    "grade": "The grade changes each year, and the username with it. Use {grad}, the year of "
    "graduation, which stays.",
}
_ALIASES = {
    "middlename": "middle", "birthdate": "birth", "dob": "birth", "birthday": "birth",
    "born": "birth",
}  # fmt: skip
_LONGEST = 200
_PIECE = re.compile(r"\{([^{}]*)\}|([^{}]+)")
_FIELD = re.compile(r"\s*([A-Za-z_]+)\s*(?::\s*(-?\d{1,3})\s*)?")
_LITERAL = re.compile(r"[A-Za-z0-9._@-]+")


class PatternError(ValueError):
    """A pattern that cannot be used; the text says what is wrong with it and what to write."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a pattern: literal text, or a field of which `length` characters are taken.

    A negative length counts from the end, None takes all.
    """

    field: str = ""
    length: int | None = None
    literal: str = ""

    def __str__(self) -> str:
        """As it is written in a pattern."""
        length = "" if self.length is None else f":{self.length}"
        return self.literal or f"{{{self.field}{length}}}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """The pieces of a pattern in their order; `text` is how it was written."""

    text: str
    pieces: tuple[Piece, ...]

    def uses(self, name: str) -> bool:
        """Whether a field stands in the pattern."""
        return any(piece.field == name for piece in self.pieces)


def read_pattern(text: str) -> Pattern:
    """Read a pattern.

    Fields stand in braces, with the number of characters after a colon: `{first:1}` is the first
    letter, `{id:-3}` the last three characters of the ID. Between them stand letters, digits and
    `. _ - @` as they are. Raises PatternError.
    """
    written = text.strip()
    if not written:
        raise PatternError("The pattern is empty. Write, for example, {first:1}{last}.")
    if len(written) > _LONGEST:
        raise PatternError(f"The pattern has more than {_LONGEST} characters.")
    pieces: list[Piece] = []
    at = 0
    for found in _PIECE.finditer(written):
        if found.start() != at:
            break
        at = found.end()
        pieces.append(_field(found[1]) if found[1] is not None else _literal(found[2]))
    if at != len(written):
        raise PatternError(
            f"In the pattern {written} a brace stands alone at character {at + 1}. Each field "
            "stands between { and }, as in {first:1}."
        )
    _check(pieces)
    return Pattern(written, tuple(pieces))


def widened(pattern: Pattern) -> Pattern | None:
    """The pattern with one letter more of each name that it cuts, None where it cuts none."""
    pieces = tuple(
        replace(piece, length=piece.length + 1)
        if piece.field in ("first", "last") and piece.length is not None and piece.length > 0
        else piece
        for piece in pattern.pieces
    )
    if pieces == pattern.pieces:
        return None
    return Pattern("".join(map(str, pieces)), pieces)


def _field(text: str) -> Piece:
    found = _FIELD.fullmatch(text)
    if not found:
        raise PatternError(
            f"{{{text}}} cannot be read. Write a field and, after a colon, how many characters: "
            "{last:6} takes the first six, {id:-3} the last three."
        )
    name = found[1].lower()
    name = _ALIASES.get(name.replace("_", ""), name)
    if name in _LEFT_OUT:
        raise PatternError(f"{{{found[1]}}}: {_LEFT_OUT[name]}")
    if name not in FIELDS:
        raise PatternError(_unknown(found[1]))
    length = int(found[2]) if found[2] else None
    if length == 0:
        raise PatternError(f"{{{text}}} takes no character. Write a number other than 0.")
    if name == "grad" and length not in (None, 2, 4):
        raise PatternError(f"{{{text}}}: a year has two digits, {{grad:2}}, or four, {{grad}}.")
    if name in ("words", "draw") and length is not None and length < 0:
        raise PatternError(f"{{{text}}}: {FIELDS[name]} cannot be counted from the end.")
    return Piece(name, length)


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name.lower(), FIELDS, n=1)
    meant = f" Did you mean {{{near[0]}}}?" if near else ""
    listed = ", ".join(f"{{{field}}} ({meaning})" for field, meaning in FIELDS.items())
    return f"There is no field {{{name}}}.{meant} There are {listed}."


def _literal(text: str) -> Piece:
    if not _LITERAL.fullmatch(text):
        odd = next(c for c in text if not _LITERAL.fullmatch(c))
        shown = "a space" if odd == " " else f'"{odd}"'
        raise PatternError(
            f"The pattern holds {shown}. Between the fields letters a to z, digits and . _ - @ may "
            "stand."
        )
    return Piece(literal=text)


def _check(pieces: list[Piece]) -> None:
    if not any(piece.field in _TELLING for piece in pieces):
        raise PatternError(
            "The pattern gives many students the same username. Use {first}, {last}, {id} or "
            "{words} in it."
        )
    if sum(piece.literal.count("@") for piece in pieces) > 1:
        raise PatternError("The pattern has more than one @.")
    at = next((n for n, piece in enumerate(pieces) if "@" in piece.literal), None)
    if at is not None and any(piece.field for piece in pieces[at:]):
        raise PatternError(
            "Behind the @ only the mail domain may stand, the same for every student: "
            "{first}.{last}@students.example.org."
        )
