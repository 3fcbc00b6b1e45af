"""Number formats: which of them mean a date, and the text that a number shows under the others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum
from functools import lru_cache
from typing import Final

BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yyyy h:mm",
    37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    49: "@", **dict.fromkeys(range(27, 32), "yyyy/m/d"), **dict.fromkeys(range(32, 36), "h:mm"),
    36: "yyyy/m/d", **dict.fromkeys(range(50, 59), "yyyy/m/d"),
}  # fmt: skip
"""Formats that a workbook names by number only (ECMA-376 part 1, 18.8.30)."""

_PIECE: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<exponent>[Ee][+-])|(?P<general>[Gg]eneral)|(?P<ampm>AM/PM|A/P)|(?P<other>.)",
    re.DOTALL,
)
_ELAPSED: Final = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)")
_KINDS: Final = (
    ("quoted", "lit"),
    ("escaped", "lit"),
    ("exponent", "exp"),
    ("general", "gen"),
    ("ampm", "date"),
)
_LONGEST: Final = 255
_WIDE: Final = Context(prec=700)
"""Digits enough for the largest float with every decimal place that a format can ask for."""


class Meaning(Enum):
    """What a format makes of a number."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    ELAPSED = "elapsed"


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the parts that `;` divides: kinds (`lit`, `ph`, `exp`, `gen`) with their texts."""

    pieces: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None
    meaning: Meaning


@lru_cache(maxsize=4096)
def meaning_of(code: str) -> Meaning:
    """What a format is for: its first section decides."""
    return _sections(code)[0].meaning


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections of a format; an unreadable format is one that shows the bare number."""
    parts: list[list[re.Match[str]]] = [[]]
    for match in _PIECE.finditer(code[:_LONGEST]):
        if match["other"] == ";":
            parts.append([])
        else:
            parts[-1].append(match)
    return tuple(_section(part) for part in parts[:4])


def _section(matches: list[re.Match[str]]) -> _Section:
    pieces: list[tuple[str, str]] = []
    condition = None
    letters = ""
    elapsed = False
    for match in matches:
        bracket = match["bracket"]
        if bracket is not None:
            found = _CONDITION.fullmatch(bracket)
            condition = (found[1], _number(found[2])) if found else condition
            elapsed = elapsed or _ELAPSED.fullmatch(bracket) is not None
            if bracket.startswith("$"):
                pieces.append(("lit", bracket[1:].split("-")[0]))
            continue
        kind, text = _piece(match)
        letters += text.lower() if kind == "date" else ""
        pieces.append((kind, text))
    return _Section(tuple(pieces), condition, _meaning(letters, elapsed=elapsed))


def _piece(match: re.Match[str]) -> tuple[str, str]:
    """One piece of a format: `lit`, `ph` (a placeholder), `exp`, `gen` or `date`."""
    for group, kind in _KINDS:
        if match[group] is not None:
            return kind, "h" if group == "ampm" else match[group]
    other = match["other"]
    if other is None:  # _x leaves the room of x, *x fills: a space says enough
        return "lit", " " if match[0].startswith("_") else ""
    if other in "0#?.,%/@":
        return "ph", other
    return ("date", other) if other.lower() in "ymdhsgeb" else ("lit", other)


def _meaning(letters: str, *, elapsed: bool) -> Meaning:
    if elapsed:
        return Meaning.ELAPSED
    if any(letter in letters for letter in "ydge"):
        return Meaning.DATE
    if any(letter in letters for letter in "hs"):
        return Meaning.TIME
    return Meaning.DATE if "m" in letters else Meaning.NUMBER


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def shown(number: float, code: str) -> str | None:
    """The text that a cell shows, without filling spaces around it.

    None where the format shows the number as it is, or is one that we do not know (fractions).
    """
    sections = _sections(code)
    section, negative = _choose(sections, number)
    if section is None:
        return None
    kinds = {kind for kind, _ in section.pieces}
    if section.meaning is not Meaning.NUMBER or "gen" in kinds or ("ph", "/") in section.pieces:
        return None
    placeholders = [text for kind, text in section.pieces if kind == "ph"]
    if "@" in placeholders:
        return None
    if not any(text in "0#?" for text in placeholders):
        literal = "".join(text for kind, text in section.pieces if kind in ("lit", "ph"))
        return literal.strip()  # `;;;` shows nothing at all
    text = _render(section.pieces, abs(Decimal(repr(float(number)))))
    return ("-" + text if negative else text).strip()


def _choose(sections: tuple[_Section, ...], number: float) -> tuple[_Section | None, bool]:
    """The section for this number, and whether a minus sign is to be written."""
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _holds(section.condition, number):
                return section, number < 0
        return None, False
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], number < 0


def _holds(condition: tuple[str, float], number: float) -> bool:
    sign, bound = condition
    return {
        "<": number < bound, "<=": number <= bound, ">": number > bound,
        ">=": number >= bound, "=": number == bound, "<>": number != bound,
    }[sign]  # fmt: skip


def _render(pieces: tuple[tuple[str, str], ...], value: Decimal) -> str:
    """Write the digits of a number that is not negative into the places of the format."""
    spots = [i for i, (kind, text) in enumerate(pieces) if kind == "ph" and text in "0#?"]
    exponent = next((i for i, (kind, _) in enumerate(pieces) if kind == "exp"), len(pieces))
    point = next((i for i, p in enumerate(pieces) if p == ("ph", ".") and i < exponent), exponent)
    whole = [i for i in spots if i < point]
    decimals = [i for i in spots if point < i < exponent]
    value = value.scaleb(2 * pieces.count(("ph", "%")))
    last = max((*whole, *decimals))
    thousands = [i for i, p in enumerate(pieces) if p == ("ph", ",") and i < exponent]
    value = value.scaleb(-3 * sum(i > last for i in thousands))
    power = 0
    if exponent < len(pieces) and value:
        step = max(len(whole), 1)
        power = (value.adjusted() // step) * step if step > 1 else value.adjusted()
        value = value.scaleb(-power)
    value = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, context=_WIDE)
    digits, _, fraction = f"{value:f}".partition(".")
    written = _whole_places(pieces, whole, digits, grouped=any(i < last for i in thousands))
    written |= _fraction_places(pieces, decimals, fraction)
    written |= _exponent_places(pieces, [i for i in spots if i > exponent], power)
    return "".join(_written(pieces, i, written, point, power) for i in range(len(pieces)))


def _written(
    pieces: tuple[tuple[str, str], ...], i: int, written: dict[int, str], point: int, power: int
) -> str:
    kind, text = pieces[i]
    if i in written:
        return written[i]
    if kind == "exp":
        return "E-" if power < 0 else "E+" if text[1] == "+" else "E"
    if kind == "ph":
        return text if text == "%" or (text == "." and i == point) else ""
    return text


def _whole_places(
    pieces: tuple[tuple[str, str], ...], places: list[int], digits: str, *, grouped: bool
) -> dict[int, str]:
    """Digits before the point, from the right; the first place takes all that are left."""
    if not places:
        return {}
    digits = "" if digits == "0" else digits
    written: dict[int, str] = {}
    done = 0
    for i in reversed(places):
        if done < len(digits):
            digit = digits[len(digits) - 1 - done]
        else:
            digit = {"0": "0", "?": " ", "#": ""}[pieces[i][1]]
        written[i] = _grouped(digit, done, grouped=grouped)
        done += 1
    for k in range(done, len(digits)):
        digit = _grouped(digits[len(digits) - 1 - k], k, grouped=grouped)
        written[places[0]] = digit + written[places[0]]
    return written


def _grouped(digit: str, place: int, *, grouped: bool) -> str:
    """The digit with the comma that follows it where it ends a group of three."""
    return digit + "," if grouped and digit.strip() and place and place % 3 == 0 else digit


def _fraction_places(
    pieces: tuple[tuple[str, str], ...], places: list[int], fraction: str
) -> dict[int, str]:
    """Digits after the point; zeros at the end are left out where the format says `#`."""
    kept = len(fraction.rstrip("0"))
    return {
        i: fraction[k] if k < kept else {"0": "0", "?": " ", "#": ""}[pieces[i][1]]
        for k, i in enumerate(places)
    }


def _exponent_places(
    pieces: tuple[tuple[str, str], ...], places: list[int], power: int
) -> dict[int, str]:
    return _whole_places(pieces, places, str(abs(power)), grouped=False)
