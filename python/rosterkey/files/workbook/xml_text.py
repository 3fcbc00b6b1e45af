"""Texts as workbooks write them: XML entities and Excel's own `_xHHHH_` escapes."""

from __future__ import annotations

import re
from typing import Final

_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY: Final = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def decode_escapes(text: str) -> str:
    """The text that Excel shows for `_x000D_` and its kin; `_x005F_` guards an underscore.

    A half of a surrogate pair that stands alone becomes the replacement character.
    """
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def decode_entities(text: str) -> str | None:
    """Raw XML characters as text; None where an XML parser has to judge them."""
    if "&" not in text:
        return text
    if text.count("&") != len(_ENTITY.findall(text)):
        return None
    try:
        return _ENTITY.sub(_entity, text)
    except ValueError:
        return None


def _entity(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1]]
    code = int(match[2]) if match[2] else int(match[3], 16)
    character = chr(code)
    if (code < ord(" ") and character not in "\t\n\r") or _SURROGATE.match(character):
        raise ValueError("no XML character")
    return character
