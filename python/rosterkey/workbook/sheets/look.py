"""Colours, and the cell formats that the sheets share.

Every pair of text and background has a contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3), and no
colour says anything that a word beside it does not say too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]

INK = "#1F3864"
"""Titles, headings and the fill of a table's header."""
RESULT_HEADER = "#404040"
"""The fill of the headings over columns that the product writes."""
MUTED = "#595959"
LINK = "#0B5394"
LINE = "#D0D7DE"
INPUT = "#FFF9E5"
WHITE = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Tone:
    """A meaning as text and background colour."""

    text: str
    fill: str


ERROR = Tone("#8C0615", "#FFC9D1")
WARNING = Tone("#5C4400", "#FFECA1")
NOTICE = Tone(INK, "#D6E9FA")
GOOD = Tone("#1E4620", "#DDF0DF")
QUIET = Tone(MUTED, "#F2F2F2")

TEXT = "@"
"""The number format of text: `00123` stays, `3-4` is no date and `=…` is no formula."""

_TOP = {"valign": "top"}
_LEFT = {"align": "left", "indent": 1}
_RIGHT = {"align": "right", "indent": 1}
_CELL = {**_TOP, **_LEFT, "num_format": TEXT}
_HEADER = {"bold": True, "font_color": WHITE, "bg_color": INK, "valign": "vcenter"}
_BOX = {"border": 1, "border_color": "#8C8C8C", "valign": "vcenter"}
_IN_BOX = {**_BOX, "text_wrap": True, **_LEFT}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": INK, "valign": "vcenter", **_LEFT},
    "hint": {"font_color": MUTED, "valign": "vcenter", **_LEFT},
    "section": {"bold": True, "font_size": 13, "font_color": INK, "valign": "vcenter", **_LEFT},
    "header": {**_HEADER, **_LEFT},
    "header_right": {**_HEADER, **_RIGHT},
    "header_centre": {**_HEADER, "align": "center"},
    "result_header": {**_HEADER, **_LEFT, "bg_color": RESULT_HEADER},
    "plain": {},
    "sign": {"align": "center", "font_color": MUTED},
    "text": _CELL,
    "wrapped": {**_CELL, "text_wrap": True},
    "strong": {**_CELL, "text_wrap": True, "bold": True},
    "count": {**_TOP, **_RIGHT, "num_format": "#,##0"},
    "link": {**_TOP, "font_color": LINK, "underline": 1, "align": "center"},
    "number": {**_TOP, "num_format": "0", "align": "center"},
    "label": {"bold": True, "valign": "vcenter", **_LEFT},
    "note": {"font_color": MUTED, "text_wrap": True, "valign": "vcenter", **_LEFT},
    "step": {**_BOX, "bold": True, "font_size": 16, "font_color": INK, "align": "center"},
    "step_name": {**_IN_BOX, "bold": True},
    "step_text": _IN_BOX,
    "state": {**_IN_BOX, "num_format": TEXT},
    "entry": {**_IN_BOX, "num_format": TEXT, "bg_color": INPUT},
}


@dataclass(frozen=True, slots=True)
class Look:
    """The cell formats of one workbook, by their purpose."""

    title: Format
    hint: Format
    section: Format
    header: Format
    header_right: Format
    header_centre: Format
    result_header: Format
    plain: Format
    sign: Format
    text: Format
    wrapped: Format
    strong: Format
    count: Format
    link: Format
    number: Format
    label: Format
    note: Format
    step: Format
    step_name: Format
    step_text: Format
    state: Format
    entry: Format

    @classmethod
    def of(cls, workbook: Workbook) -> Look:
        """Make the formats in a new workbook."""
        return cls(**{name: workbook.add_format(said) for name, said in _FORMATS.items()})
