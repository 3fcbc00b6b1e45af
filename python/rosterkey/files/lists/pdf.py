"""Lists and cards as PDF, with the fonts that have the letters of their names."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from rosterkey.files.lists.content import ClassList, Line
from rosterkey.files.lists.fonts import BOLD, REGULAR, own_glyphs, runs
from rosterkey.files.replace import replacing

_CARDS_A_ROW = 2
_ROWS_A_PAGE = 5
_PER_PAGE = _CARDS_A_ROW * _ROWS_A_PAGE


def write_lists(path: Path, lists: Sequence[ClassList]) -> None:
    """Old and new usernames, each class from a new page on. Raises UnwritableFile."""
    from reportlab.lib.units import mm
    from reportlab.platypus import PageBreak, Spacer

    story: list[Any] = []
    for number, one in enumerate(lists):
        story += [PageBreak()] if number else []
        story += [_paragraph(f"{one.name}, {one.school}", 15, bold=True), Spacer(0, 4 * mm)]
        story.append(_table_of(one))
    _build(path, "Usernames by class", story)


def write_cards(path: Path, lists: Sequence[ClassList]) -> None:
    """A card a student, ten on a page to cut apart, each class from a new page on.

    Raises UnwritableFile.
    """
    from reportlab.platypus import PageBreak

    story: list[Any] = []
    for one in lists:
        for start in range(0, len(one.lines), _PER_PAGE):
            story += [PageBreak()] if story else []
            story.append(_page_of_cards(one, one.lines[start : start + _PER_PAGE]))
    _build(path, "Sign-in cards", story)


def unprintable(lists: Sequence[ClassList]) -> list[str]:
    """The students and classes with a letter that cannot be shown, as a message names them."""
    found: dict[str, None] = {}
    for one in lists:
        if not _are_shown(one.name, one.school):
            found[f"{one.name}, {one.school}"] = None
        for line in one.lines:
            if not _are_shown(line.name, line.before, line.username, line.password or ""):
                found[f"{line.name} (username {line.username})"] = None
    return list(found)


def _are_shown(*texts: str) -> bool:
    return all(runs(text) is not None for text in texts)


def _table_of(one: ClassList) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.units import mm
    from reportlab.platypus import Table

    head = [_paragraph(h, 9, bold=True) for h in ("Name", "Old username", "New username")]
    rows = [
        [
            _paragraph(f"{line.last_name}, {line.first_name}", 10),
            _paragraph(line.before or "(new)", 10),
            _paragraph(line.username, 10, bold=True),
        ]
        for line in one.lines
    ]
    table = Table([head, *rows], colWidths=[66 * mm, 54 * mm, 54 * mm], repeatRows=1)
    grey = HexColor("#c4cad1")
    table.setStyle(
        [("LINEBELOW", (0, 0), (-1, -1), 0.5, grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    )
    return table


def _page_of_cards(one: ClassList, lines: Sequence[Line]) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.units import mm
    from reportlab.platypus import Table

    cards = [_card(one, line) for line in lines]
    cards += [[] for _ in range(-len(cards) % _CARDS_A_ROW)]
    rows = [cards[n : n + _CARDS_A_ROW] for n in range(0, len(cards), _CARDS_A_ROW)]
    table = Table(rows, colWidths=[87 * mm] * _CARDS_A_ROW, rowHeights=[46 * mm] * len(rows))
    dashes = ("GRID", (0, 0), (-1, -1), 0.7, HexColor("#4a5159"), "butt", (3, 3))
    edge = ("LEFTPADDING", (0, 0), (-1, -1), 6 * mm)
    table.setStyle([dashes, edge, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
    return table


def _card(one: ClassList, line: Line) -> Any:
    from reportlab.lib.units import mm
    from reportlab.platypus import KeepInFrame

    card = [
        _paragraph(line.name, 12, bold=True),
        _paragraph(f"{one.name}, {one.school}", 8),
        _paragraph("Username", 8),
        _paragraph(line.username, 13, bold=True),
    ]
    if line.password:
        card += [_paragraph("Password", 8), _paragraph(line.password, 13, bold=True)]
    # Long names make all of their card smaller: a cut name could be another child's.
    return KeepInFrame(78 * mm, 44 * mm, card)


def _paragraph(text: str, size: int, *, bold: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    own_glyphs()
    style = ParagraphStyle(
        "line",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * 1.25,
        wordWrap="CJK",  # a username has no spaces to break at
    )
    pieces = runs(text, bold=bold)
    if pieces is None:
        raise ValueError("a letter that no font shows: ask `unprintable` first")
    marked = "".join(f'<font name="{font}">{escape(piece)}</font>' for piece, font in pieces)
    return Paragraph(marked, style)


def _build(path: Path, title: str, story: list[Any]) -> None:
    from reportlab.lib.pagesizes import LETTER
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    stream = io.BytesIO()
    edge = 18 * mm
    document = SimpleDocTemplate(
        stream,
        pagesize=LETTER,
        title=title,
        leftMargin=edge,
        rightMargin=edge,
        topMargin=edge,
        bottomMargin=edge,
    )
    document.build(story or [_paragraph("Nobody has a new username.", 12)], _number, _number)
    with replacing(path) as file:
        file.write(stream.getvalue())


def _number(canvas: Any, document: Any) -> None:
    canvas.setFont(REGULAR, 8)
    width, _ = document.pagesize
    canvas.drawCentredString(width / 2, document.bottomMargin / 2, f"Page {document.page}")
