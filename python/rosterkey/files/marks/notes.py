"""Notes on cells: the comments part, and the drawing that places them.

The product's own notes are known by their author. Those of the user stay, with their boxes; the
drawing may also hold the user's buttons.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rosterkey.core.reading.columns import column_letter
from rosterkey.files.marks.columns import text_of
from rosterkey.files.marks.parts import (
    Place,
    Relation,
    add_relation,
    declare,
    related,
    relations,
    remove_part,
)
from rosterkey.files.marks.sheet import SheetText, read_range
from rosterkey.files.marks.values import AUTHOR, NOTE_UNITS, NOTES_AT_MOST, CellMark
from rosterkey.files.marks.xml import (
    Element,
    appended,
    attributes,
    child,
    children,
    prefix_of,
    root,
    unescaped,
    without,
)
from rosterkey.files.marks.zip import Package
from rosterkey.files.safe_text import shortened, xml_text

Position = tuple[int, int]
"""A cell: its row from 1, its column from 0."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MAIN_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SIGNATURE = f"{AUTHOR}:\n"
"""The first line of a note, as Excel writes the author there. LibreOffice keeps no authors, so
after it this line is what tells our notes from those of the user."""

_BLOCK = 1024
"""Shape ids come in blocks; a drawing states the numbers of its blocks, unique in the workbook."""

_SHAPE = re.compile(rb"<((?:\w+:)?)shape[\s>].*?</\1shape\s*>\s*", re.DOTALL)
_CLIENT_ROW = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*</")
_CLIENT_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*(\d+)\s*</")
_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
_ID_MAP = re.compile(rb"""(<(?:\w+:)?idmap\b[^>]*?\bdata\s*=\s*["'])([^"']*)(["'])""")
_SHAPE_ID = re.compile(rb"_x0000_[a-z](\d+)")
_CHARACTERS_A_LINE = 38


@dataclass(slots=True)
class _Comments:
    """The comments part: which cells have a note of the user, and which one of ours."""

    xml: bytes
    part: str

    def listed(self) -> list[tuple[Position, Element, bool]]:
        """Every note with its cell, its place, and whether it is ours."""
        top = root(self.xml, self.part)
        authors = self.authors()
        group = child(self.xml, top, "commentList")
        found = []
        for element in children(self.xml, group.open_end, group.end) if group else ():
            about = attributes(element.tag(self.xml))
            number = int(about.get("authorId", "0"))
            place = read_range(about.get("ref", ""))
            if place:
                author = authors[number] if number < len(authors) else ""
                ours = author == AUTHOR or (
                    not author.strip() and text_of(element.whole(self.xml)).startswith(_SIGNATURE)
                )
                found.append(((place.first_row, place.first_column), element, ours))
        return found

    def authors(self) -> list[str]:
        """The authors in the order of their numbers."""
        group = child(self.xml, root(self.xml, self.part), "authors")
        if group is None:
            return []
        elements = children(self.xml, group.open_end, group.end)
        return [unescaped(_content(self.xml, element)) for element in elements]

    def author_number(self) -> int:
        """The number of the product as an author, added where it is none yet."""
        authors = self.authors()
        if AUTHOR not in authors:
            top = root(self.xml, self.part)
            group = child(self.xml, top, "authors")
            p = prefix_of(top.tag(self.xml)).decode()
            if group is not None:
                new = f"<{p}author>{AUTHOR}</{p}author>".encode()
                self.xml = appended(self.xml, group, new)
        return self.authors().index(AUTHOR)

    def add(self, notes: Mapping[Position, str]) -> None:
        """Add notes in the order of their cells."""
        number = self.author_number()
        top = root(self.xml, self.part)
        group = child(self.xml, top, "commentList")
        p = prefix_of(top.tag(self.xml)).decode()
        new = "".join(
            f'<{p}comment ref="{column_letter(column)}{row}" authorId="{number}"><{p}text><{p}r>'
            f'<{p}rPr><{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/>'
            f'<{p}family val="2"/></{p}rPr><{p}t xml:space="preserve">{xml_text(text)}</{p}t>'
            f"</{p}r></{p}text></{p}comment>"
            for (row, column), text in sorted(notes.items())
        )
        if group is not None:
            self.xml = appended(self.xml, group, new.encode())


def _content(xml: bytes, element: Element) -> str:
    whole = element.whole(xml)
    inner = whole[element.open_end - element.start :]
    return inner[: inner.rfind(b"</")].decode() if b"</" in inner else ""


def write_notes(
    package: Package, place: Place, sheet: SheetText, marks: Mapping[Position, CellMark]
) -> None:
    """Take the product's earlier notes away and put the new ones on their cells.

    A cell with a note of the user gets none. The most serious notes come first where there are
    more than `NOTES_AT_MOST`.
    """
    relation = related(package, place.sheet, "comments")
    comments = _open_comments(package, place, relation)
    listed = comments.listed()
    gone = {position for position, _, ours in listed if ours}
    users = {position for position, _, ours in listed if not ours}
    notes = _chosen(marks, users)
    if not gone and not notes:
        return
    comments.xml = without(comments.xml, [element for _, element, ours in listed if ours])
    if notes:
        comments.add(notes)
    if notes or users:
        part = relation.target if relation else package.free_name("xl/comments{}.xml")
        package.set(part, comments.xml)
        declare(package, _COMMENTS_TYPE, part=part)
        if relation is None:
            add_relation(package, place.sheet, "comments", part, strict=place.strict)
    elif relation:
        remove_part(package, place.sheet, relation)
    _write_boxes(package, place, sheet, gone, notes)


def _open_comments(package: Package, place: Place, relation: Relation | None) -> _Comments:
    if relation and relation.target in package:
        return _Comments(package.read(relation.target), relation.target)
    namespace = _MAIN_STRICT if place.strict else _MAIN
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<comments xmlns="{namespace}"><authors></authors><commentList></commentList></comments>'
    )
    return _Comments(xml.encode(), "comments")


def _chosen(marks: Mapping[Position, CellMark], users: set[Position]) -> dict[Position, str]:
    free = [(p, mark) for p, mark in marks.items() if mark.note and p not in users]
    if len(free) > NOTES_AT_MOST:
        free.sort(key=lambda item: (item[1].severity.rank, item[0]))
    return {p: _SIGNATURE + shortened(mark.note, NOTE_UNITS) for p, mark in free[:NOTES_AT_MOST]}


def _write_boxes(
    package: Package,
    place: Place,
    sheet: SheetText,
    gone: set[Position],
    notes: Mapping[Position, str],
) -> None:
    relation = _drawing_relation(package, place, sheet)
    namespace = _RELATIONSHIPS_STRICT if place.strict else _RELATIONSHIPS
    vml = package.read(relation.target) if relation else _new_drawing()
    vml = _SHAPE.sub(lambda shape: b"" if _cell_of(shape[0]) in gone else shape[0], vml)
    if notes:
        vml = _with_boxes(package, vml, notes)
        part = relation.target if relation else package.free_name("xl/drawings/vmlDrawing{}.vml")
        package.set(part, vml)
        if relation is None:
            declare(package, _VML_TYPE, extension="vml")
            identity = add_relation(package, place.sheet, "vmlDrawing", part, strict=place.strict)
            sheet.set_legacy_drawing(identity, namespace)
    elif relation and not _SHAPE.search(vml):
        remove_part(package, place.sheet, relation)
        sheet.set_legacy_drawing(None, namespace)
    elif relation:
        package.set(relation.target, vml)


def _drawing_relation(package: Package, place: Place, sheet: SheetText) -> Relation | None:
    """The drawing that the sheet names for its notes and buttons (not that of its header)."""
    for element in sheet.after():
        if element.name == "legacyDrawing":
            about = attributes(element.tag(sheet.tail))
            identity = next((v for k, v in about.items() if k.endswith(":id")), "")
            for relation in relations(package, place.sheet):
                if relation.identity == identity and relation.target in package:
                    return relation
    return None


def _new_drawing() -> bytes:
    return (
        f'<xml {_NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/>'
        f"</o:shapelayout>{_SHAPE_TYPE}</xml>"
    ).encode()


def _cell_of(shape: bytes) -> Position | None:
    row, column = _CLIENT_ROW.search(shape), _CLIENT_COLUMN.search(shape)
    if row is None or column is None or not _NOTE.search(shape):
        return None
    return int(row[1]) + 1, int(column[1])


def _with_boxes(package: Package, vml: bytes, notes: Mapping[Position, str]) -> bytes:
    """Add one hidden box a note, in blocks of shape ids that no drawing has yet."""
    blocks = _free_blocks(package, vml, 1 + len(notes) // (_BLOCK - 1))
    listed = ",".join(map(str, sorted({*_blocks(vml), *blocks})))
    vml = _ID_MAP.sub(lambda m: m[1] + listed.encode() + m[3], vml, count=1)
    top = vml[: vml.find(b">", vml.find(b"<xml")) + 1]
    declared = all(f"xmlns:{name}=".encode() in top for name in "vox")
    namespaces = "" if declared else f" {_NAMESPACES}"
    parts = [] if b'"_x0000_t202"' in vml else [_SHAPE_TYPE.replace(" ", f"{namespaces} ", 1)]
    for index, (position, text) in enumerate(sorted(notes.items())):
        block, number = divmod(index, _BLOCK - 1)
        identity = blocks[block] * _BLOCK + number + 1
        parts.append(_box(identity, position, text, namespaces))
    end = vml.rindex(b"</xml")
    return vml[:end] + "".join(parts).encode() + vml[end:]


def _free_blocks(package: Package, vml: bytes, count: int) -> list[int]:
    """Blocks without shapes: those that the drawing has already, then new ones."""
    own = _blocks(vml)
    used = {int(number) // _BLOCK for number in _SHAPE_ID.findall(vml)}
    start = 1 + max((0, *own, *_blocks_of_all(package)))
    free = [block for block in own if block not in used]
    return [*free, *range(start, start + count)][:count]


def _blocks(vml: bytes) -> list[int]:
    found = _ID_MAP.search(vml)
    return [int(n) for n in found[2].split(b",") if n.strip().isdigit()] if found else []


def _blocks_of_all(package: Package) -> list[int]:
    drawings = [name for name in package.names() if name.endswith(".vml")]
    return [block for name in drawings for block in _blocks(package.read(name))]


def _box(identity: int, position: Position, text: str, namespaces: str) -> str:
    row, column = position
    lines = sum(1 + len(line) // _CHARACTERS_A_LINE for line in text.split("\n"))
    top = max(row - 2, 0)
    anchor = f"{column + 1}, 15, {top}, 10, {column + 5}, 15, {top + min(lines, 25) + 1}, 4"
    return (
        f'<v:shape{namespaces} id="_x0000_s{identity}" type="#_x0000_t202" '
        'style="position:absolute;width:216pt;height:60pt;z-index:1;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
