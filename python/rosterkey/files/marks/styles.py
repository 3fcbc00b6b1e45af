"""Cell formats: a marked cell has a copy of its own format with another fill.

The format tells what it was made of, so marks are found and taken back wherever their cells
went meanwhile: sorted, moved, copied, or saved by another program that numbers formats anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from rosterkey.core.model import Severity
from rosterkey.files.marks.values import COVERING_FILLS, NEUTRAL, PLAIN_FILLS
from rosterkey.files.marks.xml import (
    Element,
    appended,
    attributes,
    child,
    children,
    prefix_of,
    root,
    with_attribute,
)

_TEXT_FORMAT = "49"
"""The built-in number format `@`."""

_PLAIN = {colour: severity for severity, colour in PLAIN_FILLS.items()}
_COVERING = {colour: severity for severity, colour in COVERING_FILLS.items()}

Colour = tuple[tuple[str, str], ...]
"""The attributes of a colour element, sorted."""


@dataclass(frozen=True, slots=True)
class _Fill:
    """A fill as far as marking knows it: `pattern` is `none`, `solid` or another one."""

    pattern: str
    front: Colour = ()
    back: Colour = ()

    @property
    def front_rgb(self) -> str:
        return dict(self.front).get("rgb", "").upper() if self.pattern == "solid" else ""

    @property
    def ours(self) -> bool:
        rgb = self.front_rgb
        return rgb in _PLAIN or rgb in _COVERING or rgb == NEUTRAL

    def look(self) -> tuple[object, ...]:
        """What a reader of the sheet sees of it, and of a mark also what it covers."""
        if self.pattern != "solid" or self.ours:
            return (self.pattern, self)
        return (self.pattern, self.front)


_NO_FILL = _Fill("none")


@dataclass(frozen=True, slots=True)
class _Format:
    """One cell format: its start tag, the rest of it, and its fill."""

    tag: bytes
    rest: bytes
    fill: _Fill

    def likeness(self) -> tuple[object, ...]:
        """Equal for formats that differ in the number of their fill at most."""
        about = attributes(self.tag)
        about.pop("fillId", None)
        about.pop("applyFill", None)
        return (tuple(sorted(about.items())), self.rest, self.fill.look())


class StyleBook:
    """The formats of one workbook, with those added that marks need."""

    def __init__(self, xml: bytes, part: str, *, backgrounds: bool = True) -> None:
        """Read the styles part. Raises UnwritableFile where it is damaged.

        `backgrounds` False: the program that saved the file does not keep the background colours
        of solid fills, so a covered fill cannot be brought back and the cell gets none.
        """
        self._xml = xml
        self._backgrounds = backgrounds
        self._part = part
        top = root(xml, part)
        self._prefix = prefix_of(top.tag(xml)).decode()
        self._fills = [_read_fill(xml, e) for e in self._entries("fills")]
        self._formats = [self._read_format(e) for e in self._entries("cellXfs")]
        self._by_likeness: dict[tuple[object, ...], int] = {}
        for number, entry in enumerate(self._formats):
            self._by_likeness.setdefault(entry.likeness(), number)
        self._marked: dict[tuple[int, Severity], int] = {}
        self._restored: dict[int, int] = {}
        self.ours = frozenset(n for n, entry in enumerate(self._formats) if entry.fill.ours)
        self.changed = False
        self._usable = bool(self._fills and self._formats)

    @property
    def xml(self) -> bytes:
        """The styles part with what was added."""
        return self._xml

    def marked(self, number: int, severity: Severity) -> int:
        """The format `number` with the fill of `severity`.

        A pattern or a gradient cannot be brought back from a colour, so such cells keep it.
        """
        known = self._marked.get((number, severity))
        if known is None:
            known = self._mark(number, severity)
            self._marked[number, severity] = known
        return known

    def _mark(self, number: int, severity: Severity) -> int:
        if not self._usable or number >= len(self._formats):
            return number
        fill = self._formats[number].fill
        if fill == _NO_FILL:
            return self._with_fill(number, _solid(PLAIN_FILLS[severity]))
        if fill.pattern == "solid" and fill.front:
            covering = _Fill("solid", (("rgb", COVERING_FILLS[severity]),), fill.front)
            return self._with_fill(number, covering)
        return number

    def restored(self, number: int) -> int:
        """The format that a marked format was made of; any other format stays as it is."""
        if number not in self.ours:
            return number
        if number not in self._restored:
            fill = self._formats[number].fill
            before = _NO_FILL
            covered = _Fill("solid", fill.back)
            if fill.front_rgb in _COVERING and self._backgrounds and not covered.ours:
                before = covered
            self._restored[number] = self._with_fill(number, before)
        return self._restored[number]

    def result(self, severity: Severity | None, base: int | None = None) -> int:
        """The format of a result cell: text, with the fill of `severity` or the neutral one.

        Alignment, font and borders are those of the format `base`, so that a column that was
        wrapped stays wrapped; without one they are the plain ones.
        """
        if not self._usable:
            return 0
        fill = _solid(PLAIN_FILLS[severity] if severity else NEUTRAL)
        if base is not None and base < len(self._formats):
            entry = self._formats[base]
            tag = with_attribute(entry.tag, "numFmtId", _TEXT_FORMAT)
            return self._format(
                _Format(with_attribute(tag, "applyNumberFormat", "1"), entry.rest, fill)
            )
        plain = (
            f'<{self._prefix}xf numFmtId="{_TEXT_FORMAT}" fontId="0" fillId="0" borderId="0" '
            'xfId="0" applyNumberFormat="1"/>'
        )
        return self._format(_Format(plain.encode(), b"", fill))

    def _with_fill(self, number: int, fill: _Fill) -> int:
        entry = self._formats[number]
        return self._format(_Format(entry.tag, entry.rest, fill))

    def _format(self, wanted: _Format) -> int:
        """The number of the wanted format, which is added where there is none like it."""
        likeness = wanted.likeness()
        if likeness not in self._by_likeness:
            number = self._fill_number(wanted.fill)
            tag = with_attribute(wanted.tag, "fillId", str(number))
            tag = with_attribute(tag, "applyFill", "1" if number else None)
            self._append("cellXfs", tag + wanted.rest)
            self._formats.append(_Format(tag, wanted.rest, wanted.fill))
            self._by_likeness[likeness] = len(self._formats) - 1
        return self._by_likeness[likeness]

    def _fill_number(self, fill: _Fill) -> int:
        looks = [known.look() for known in self._fills]
        if fill.ours and fill in self._fills:
            return self._fills.index(fill)
        if not fill.ours and fill.look() in looks:
            return looks.index(fill.look())
        p = self._prefix
        back = fill.back or (("indexed", "64"),)
        new = (
            f'<{p}fill><{p}patternFill patternType="{fill.pattern}">'
            f"<{p}fgColor {_spelt(fill.front)}/><{p}bgColor {_spelt(back)}/>"
            f"</{p}patternFill></{p}fill>"
        )
        self._append("fills", new.encode())
        self._fills.append(fill)
        return len(self._fills) - 1

    def _append(self, group: str, new: bytes) -> None:
        parent = child(self._xml, root(self._xml, self._part), group)
        if parent is not None:
            self._xml = appended(self._xml, parent, new)
            self.changed = True

    def _entries(self, group: str) -> list[Element]:
        parent = child(self._xml, root(self._xml, self._part), group)
        return list(children(self._xml, parent.open_end, parent.end)) if parent else []

    def _read_format(self, element: Element) -> _Format:
        tag = element.tag(self._xml)
        number = attributes(tag).get("fillId", "0")
        known = number.isdecimal() and int(number) < len(self._fills)
        fill = self._fills[int(number)] if known else _NO_FILL
        return _Format(tag, self._xml[element.open_end : element.end], fill)


def _solid(rgb: str) -> _Fill:
    return _Fill("solid", (("rgb", rgb),), ())


def _spelt(colour: Colour) -> str:
    return " ".join(f'{name}="{value}"' for name, value in colour)


def _read_fill(xml: bytes, element: Element) -> _Fill:
    pattern = child(xml, element, "patternFill")
    if pattern is None:
        return _Fill("gradient", (("at", str(element.start)),))
    kind = attributes(pattern.tag(xml)).get("patternType", "none")
    if kind == "none":
        return _NO_FILL
    colours = {
        e.name: tuple(sorted(attributes(e.tag(xml)).items()))
        for e in children(xml, pattern.open_end, pattern.end)
    }
    back = colours.get("bgColor", ())
    front = colours.get("fgColor", ())
    if dict(front).get("rgb", "").upper() in {*_PLAIN, NEUTRAL} or back == (("indexed", "64"),):
        # Beside these colours the background says nothing, and programs write what they like.
        back = ()
    return _Fill(kind, front, back)
