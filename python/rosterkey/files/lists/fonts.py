"""Which font of a PDF shows which letters: our own first, then those of the computer.

A letter that no font has would be printed as a box, or as nothing. Scripts that run from right to
left, or whose letters are joined, would be printed in the wrong order and shape.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any
from unicodedata import bidirectional, east_asian_width

REGULAR, BOLD = "DejaVuSans", "DejaVuSans-Bold"
EAST_ASIAN = (
    "msyh.ttc",
    "msjh.ttc",
    "simsun.ttc",
    "msgothic.ttc",
    "malgun.ttf",
    "arialuni.ttf",
    "arial unicode.ttf",
    "applegothic.ttf",
    "droidsansfallbackfull.ttf",
    "droidsansfallback.ttf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "ipag.ttf",
    "nanumgothic.ttf",
)
"""Files of fonts with Chinese, Japanese or Korean letters, as systems call them.

A PDF carries the letters that it shows, so it looks the same everywhere. ReportLab takes them out
of TrueType outlines, and cannot out of those of Noto CJK."""

Run = tuple[str, str]
"""A piece of a text, and the name of the font that shows it."""


def runs(text: str, *, bold: bool = False) -> list[Run] | None:
    """The text in pieces by font; None where a letter of it cannot be shown as it is written."""
    own = BOLD if bold else REGULAR
    lacking = frozenset(c for c in text if not _is_shown(c))
    if not lacking:
        return [(text, own)]
    other = _font_with(lacking)
    if other is None:
        return None
    pieces = groupby(text, key=lacking.__contains__)
    return [("".join(letters), other if odd else own) for odd, letters in pieces]


def _is_shown(letter: str) -> bool:
    return ord(letter) in own_glyphs() and bidirectional(letter) not in ("R", "AL")


@cache
def own_glyphs() -> frozenset[int]:
    """Make our fonts known; the characters that both of them have."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    both = []
    for name in (REGULAR, BOLD):
        content = files("rosterkey").joinpath("data", "fonts", f"{name}.ttf").read_bytes()
        font = TTFont(name, io.BytesIO(content))
        pdfmetrics.registerFont(font)
        both.append(frozenset(font.face.charToGlyph))
    return both[0] & both[1]


def _font_with(letters: frozenset[str]) -> str | None:
    """The first font of the computer that has all of these letters, each of which stands alone."""
    if any(east_asian_width(letter) not in ("W", "F") for letter in letters):
        return None
    codes = set(map(ord, letters))
    fonts = (_known_font(path) for path in _installed(font_folders()))
    return next((f.fontName for f in fonts if f and codes <= f.face.charToGlyph.keys()), None)


@cache
def _known_font(path: Path) -> Any:
    """The font of a file, made known; None where it cannot be read or may not be embedded."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        font = TTFont(path.name, str(path))
    except (TTFError, OSError):
        return None
    pdfmetrics.registerFont(font)
    return font


@cache
def _installed(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """The files of `EAST_ASIAN` that lie in these folders or below, in that order."""
    found: dict[str, Path] = {}
    for path in _files_below(folders):
        found.setdefault(path.name.lower(), path)
    return tuple(found[name] for name in EAST_ASIAN if name in found)


def _files_below(folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        for parent, _, names in os.walk(folder):
            yield from (Path(parent, name) for name in names)


def font_folders() -> tuple[Path, ...]:
    """Where the system and the user keep fonts."""
    home = Path.home()
    if sys.platform == "win32":
        windows, local = os.environ.get("WINDIR", r"C:\Windows"), os.environ.get("LOCALAPPDATA", "")
        return Path(windows, "Fonts"), Path(local, "Microsoft", "Windows", "Fonts")
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts"
