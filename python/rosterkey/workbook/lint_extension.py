"""Whether the built extension hangs together: what LibreOffice would pass over in silence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element, ParseError

from rosterkey.workbook.extension import (
    ADDONS_PART,
    DESCRIPTION_PART,
    INTERPRETER_PART,
    PROTOCOL,
    TOOLBAR,
)
from rosterkey.workbook.parts import xml_of

MANIFEST = "META-INF/manifest.xml"
HANDLER = "handler.py"
_HANDLERS, _WINDOWS = "ProtocolHandler.xcu", "CalcWindowState.xcu"
_OLDEST_PYTHON = (3, 8)
"""What LibreOffice 7 brings."""
_OOR = "{http://openoffice.org/2001/registry}"
_MANIFEST = "{http://openoffice.org/2001/manifest}"


def lint_extension(parts: Mapping[str, bytes], buttons: Sequence[str]) -> list[str]:
    """Every fault of the parts of an extension whose buttons are these; each is a sentence."""
    unreadable = list(_unreadable(parts))
    if unreadable:
        return unreadable
    return [
        *_manifest_faults(parts),
        *_button_faults(xml_of(parts[ADDONS_PART]), buttons),
        *_name_faults(parts),
    ]


def _unreadable(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name in (MANIFEST, HANDLER, ADDONS_PART, DESCRIPTION_PART, _HANDLERS, _WINDOWS):
        if name not in parts:
            yield f"The part {name} is missing."
    for name, content in parts.items():
        try:
            if name.endswith((".xml", ".xcu")):
                xml_of(content)
            elif name.endswith(".py"):
                ast.parse(content, name, feature_version=_OLDEST_PYTHON)
        except (ParseError, SyntaxError) as error:
            yield f"{name} cannot be read: {error}."


def _manifest_faults(parts: Mapping[str, bytes]) -> Iterator[str]:
    """LibreOffice takes notice only of what the manifest lists."""
    listed = {
        entry.get(f"{_MANIFEST}full-path", "")
        for entry in xml_of(parts[MANIFEST]).iter(f"{_MANIFEST}file-entry")
    }
    wanted = {HANDLER, *(name for name in parts if name.endswith(".xcu"))}
    for name in sorted(listed - set(parts)):
        yield f"The manifest lists {name}, which is not there."
    for name in sorted(wanted - listed):
        yield f"The manifest does not list {name}."
    if INTERPRETER_PART in parts:
        yield f"{INTERPRETER_PART} belongs to one computer and not into the built file."


def _button_faults(addons: Element, buttons: Sequence[str]) -> Iterator[str]:
    """Menu and toolbar show each button once, with words, in the same order."""
    menu = list(_shown(addons, "OfficeMenuBar", "Submenu"))
    toolbar = list(_shown(addons, "OfficeToolBar", TOOLBAR))
    if menu != toolbar:
        yield "The menu and the toolbar show different buttons."
    for place, shown in (("menu", menu), ("toolbar", toolbar)):
        wanted = sorted(f"{PROTOCOL}{button}" for button in buttons)
        if sorted(url for url, words in shown if words) != wanted:
            yield f"The {place} does not show each button once."


def _shown(addons: Element, kind: str, parent: str) -> Iterator[tuple[str, str]]:
    """The address and the words of each entry directly under `parent`."""
    for place in _nodes(addons, kind):
        for items in _nodes(place, parent):
            for item in items.findall("node"):
                values = {p.get(f"{_OOR}name"): p.findtext("value") or "" for p in item}
                yield values.get("URL", ""), values.get("Title", "")


def _nodes(element: Element, name: str) -> Iterator[Element]:
    return (node for node in element.iter("node") if node.get(f"{_OOR}name") == name)


def _name_faults(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Names that stand in several parts are the same in all."""
    handler = parts[HANDLER].decode("utf-8")
    implementation = re.search(r'^IMPLEMENTATION = "(.+)"$', handler, re.MULTILINE)
    if not implementation or not any(_nodes(xml_of(parts[_HANDLERS]), implementation[1])):
        yield f"{_HANDLERS} does not name the implementation of {HANDLER}."
    if f'PROTOCOL = "{PROTOCOL}"' not in handler or f"{PROTOCOL}*".encode() not in parts[_HANDLERS]:
        yield f"{HANDLER} or {_HANDLERS} serves other addresses than {PROTOCOL}"
    if f"toolbar/addon_{TOOLBAR}".encode() not in parts[_WINDOWS]:
        yield f"{_WINDOWS} does not place the toolbar {TOOLBAR}."
    if b"@VERSION@" in parts[DESCRIPTION_PART]:
        yield f"{DESCRIPTION_PART} has no version."
