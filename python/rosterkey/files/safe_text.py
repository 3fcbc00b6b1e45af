r"""Text on its way into the XML of a workbook, so that the way back gives the same text.

XML cannot hold most control characters. Excel writes them as `_xHHHH_` (ECMA-376, ST_Xstring),
and a literal text of that shape with its first underscore as `_x005F_`.
"""

from __future__ import annotations

import re

CELL_UNITS = 32_767
"""A cell holds at most so many UTF-16 units of text."""

_TO_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPECIAL = re.compile('[&<>"_\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]')


def without_surrogates(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair: no file can hold a half alone."""
    return _SURROGATE.sub("\ufffd", text)


def escape_controls(text: str) -> str:
    """Write what XML cannot hold as `_xHHHH_`, and literal `_xHHHH_` so that it survives.

    The look-ahead matters: in `_x0041_x0042_` the two escapes share an underscore.
    """
    return _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescape_controls(text: str) -> str:
    """The text that `escape_controls` made an escaped text of."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def xml_text(text: str) -> str:
    """Text for the content of an XML element or a quoted attribute of a workbook part."""
    if not _SPECIAL.search(text):
        return text
    text = escape_controls(without_surrogates(text))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def shortened(text: str, units: int = CELL_UNITS) -> str:
    """The text, cut with an ellipsis where it has more than `units` UTF-16 units."""
    if len(text) * 2 <= units or _units(text) <= units:
        return text
    kept = text.encode("utf-16-le", "replace")[: (units - 1) * 2]
    return kept.decode("utf-16-le", "ignore") + "…"


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
