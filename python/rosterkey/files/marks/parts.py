"""How the parts of a workbook point at each other: relationships and content types."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from rosterkey.files.marks.xml import (
    appended,
    attributes,
    child,
    children,
    prefix_of,
    root,
    without,
)
from rosterkey.files.marks.zip import Package
from rosterkey.files.replace import UnwritableFile
from rosterkey.files.safe_text import unescape_controls, xml_text

_SHARED_STRINGS = "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Relation:
    """One part pointing at another: `kind` is the last word of the type, `target` a part name."""

    identity: str
    kind: str
    target: str


def relations_part(part: str) -> str:
    """The part that holds the relationships of `part` (of the package itself: an empty name)."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(package: Package, part: str) -> list[Relation]:
    """The internal relationships of a part; none where it has no such part."""
    place = relations_part(part)
    if place not in package:
        return []
    xml = package.read(place)
    found = []
    for element in children(xml, root(xml, place).open_end):
        about = attributes(element.tag(xml))
        if about.get("TargetMode") == "External" or "Target" not in about:
            continue
        target = about["Target"].replace("\\", "/")
        name = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target))
        kind = about.get("Type", "").rpartition("/")[2]
        found.append(Relation(about.get("Id", ""), kind, name.lstrip("/")))
    return found


def related(package: Package, part: str, kind: str) -> Relation | None:
    """The first relationship of this kind."""
    return next((r for r in relations(package, part) if r.kind == kind), None)


def add_relation(package: Package, part: str, kind: str, target: str, *, strict: bool) -> str:
    """Let `part` point at `target`; returns the new relationship's id."""
    place = relations_part(part)
    if place in package:
        xml = package.read(place)
    else:
        xml = _HEAD + f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
    top = root(xml, place)
    taken = {attributes(e.tag(xml)).get("Id") for e in children(xml, top.open_end)}
    number = len(taken) + 1
    while f"rId{number}" in taken:
        number += 1
    prefix = prefix_of(top.tag(xml)).decode()
    kind = f"{_STRICT if strict else _TRANSITIONAL}/{kind}"
    new = f'<{prefix}Relationship Id="rId{number}" Type="{kind}" Target="/{xml_text(target)}"/>'
    package.set(place, appended(xml, top, new.encode()))
    return f"rId{number}"


def remove_part(package: Package, owner: str, relation: Relation) -> None:
    """Remove a part with the relationship that points at it and its content type."""
    place = relations_part(owner)
    xml = package.read(place)
    gone = [
        element
        for element in children(xml, root(xml, place).open_end)
        if attributes(element.tag(xml)).get("Id") == relation.identity
    ]
    xml = without(xml, gone)
    if any(children(xml, root(xml, place).open_end)):
        package.set(place, xml)
    else:
        package.remove(place)
    package.remove(relation.target)
    types = package.read(TYPES)
    gone = [
        element
        for element in children(types, root(types, TYPES).open_end)
        if attributes(element.tag(types)).get("PartName", "").casefold()
        == f"/{relation.target}".casefold()
    ]
    package.set(TYPES, without(types, gone))


def declare(package: Package, content_type: str, *, part: str = "", extension: str = "") -> None:
    """State the content type of one part, or of all parts with an extension, if it is not yet."""
    xml = package.read(TYPES)
    top = root(xml, TYPES)
    name, value = ("PartName", f"/{part}") if part else ("Extension", extension)
    for element in children(xml, top.open_end):
        if attributes(element.tag(xml)).get(name, "").casefold() == value.casefold():
            return
    element_name = "Override" if part else "Default"
    prefix = prefix_of(top.tag(xml)).decode()
    new = f'<{prefix}{element_name} {name}="{xml_text(value)}" ContentType="{content_type}"/>'
    if part:
        package.set(TYPES, appended(xml, top, new.encode()))
    else:
        # Defaults stand before the overrides, as Excel writes them.
        package.set(TYPES, xml[: top.open_end] + new.encode() + xml[top.open_end :])


@dataclass(frozen=True, slots=True)
class Place:
    """Where one sheet of a workbook stands: the parts that marking may change."""

    sheet: str
    styles: str | None
    shared_strings: str | None
    strict: bool


def find_sheet(package: Package, name: str) -> Place:
    """Find the sheet with this name. Raises UnwritableFile where there is no such worksheet."""
    workbook = related(package, "", "officeDocument")
    if workbook is None or workbook.target not in package:
        raise package.damaged()
    xml = package.read(workbook.target)
    top = root(xml, workbook.target)
    strict = b"http://purl.oclc.org/ooxml/" in top.tag(xml)
    sheets = child(xml, top, "sheets")
    targets = {r.identity: r for r in relations(package, workbook.target)}
    for element in children(xml, sheets.open_end, sheets.end) if sheets else ():
        about = attributes(element.tag(xml))
        if unescape_controls(about.get("name", "")) != name:
            continue
        identity = next((v for k, v in about.items() if k.endswith(":id")), "")
        relation = targets.get(identity)
        if relation and relation.kind == "worksheet" and relation.target in package:
            kinds = {r.kind: r.target for r in targets.values() if r.target in package}
            # Readers take the texts from this usual place even where nothing points at it.
            usual = _SHARED_STRINGS if _SHARED_STRINGS in package else None
            shared = kinds.get("sharedStrings", usual)
            return Place(relation.target, kinds.get("styles"), shared, strict)
    raise UnwritableFile(
        f'The workbook has no worksheet "{name}" to write into. If it was renamed or deleted '
        "meanwhile, validate the file again."
    )
