"""The extension for LibreOffice from its text: the same buttons, in the order of the ribbon.

The menu and the toolbar are made from the ribbon's XML, so that the words have one source.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

import rosterkey
from rosterkey.workbook.layout import BUTTONS
from rosterkey.workbook.macros import ribbon_callback
from rosterkey.workbook.parts import write_parts, xml_of

PROTOCOL = "org.rosterkey:"
"""The addresses that the extension's handler serves: `org.rosterkey:validate`."""
TOOLBAR = "org.rosterkey.toolbar"
ADDONS_PART = "Addons.xcu"
DESCRIPTION_PART = "description.xml"
INTERPRETER_PART = "interpreter.txt"
"""Setup writes the path of its own Python into this part; the file that is built has none."""

_RIBBON = "{http://schemas.microsoft.com/office/2009/07/customui}"
_CALC = "com.sun.star.sheet.SpreadsheetDocument"
_SEPARATOR = ("private:separator", "")
_KINDS = {".py", ".txt", ".xcu", ".xml", ".png"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"
                    xmlns:xs="http://www.w3.org/2001/XMLSchema"
                    oor:package="org.openoffice.Office"
                    oor:name="Addons">
  <node oor:name="AddonUI">
"""
_MENU = """    <node oor:name="OfficeMenuBar">
      <node oor:name="org.rosterkey.menu" oor:op="replace">
        <prop oor:name="Context" oor:type="xs:string">
          <value>{context}</value>
        </prop>
        <prop oor:name="Title" oor:type="xs:string">
          <value xml:lang="en-US">{title}</value>
        </prop>
        <node oor:name="Submenu">
{items}        </node>
      </node>
    </node>
"""
_TOOLBAR = """    <node oor:name="OfficeToolBar">
      <node oor:name="{name}" oor:op="replace">
{items}      </node>
    </node>
"""
_FOOT = """  </node>
</oor:component-data>
"""
_ITEM = """{pad}<node oor:name="{name}" oor:op="replace">
{pad}  <prop oor:name="Context" oor:type="xs:string">
{pad}    <value>{context}</value>
{pad}  </prop>
{pad}  <prop oor:name="URL" oor:type="xs:string">
{pad}    <value>{url}</value>
{pad}  </prop>
{title}{pad}</node>
"""
_TITLE = """{pad}  <prop oor:name="Title" oor:type="xs:string">
{pad}    <value xml:lang="en-US">{title}</value>
{pad}  </prop>
"""

Item = tuple[str, str]
"""The address and the words of a button; a separator has no words."""


def extension_parts(sources: Path, interpreter: str | None = None) -> dict[str, bytes]:
    """Every part of the extension by its name; `sources` as `build.find_sources` gives them.

    With `interpreter` the extension starts the Python of this path.
    """
    folder = sources / "libreoffice"
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in _KINDS)
    parts = {path.relative_to(folder).as_posix(): _content(path) for path in files}
    parts[ADDONS_PART] = addons((sources / "ribbon" / "customUI14.xml").read_bytes())
    version = rosterkey.__version__.encode("ascii")
    parts[DESCRIPTION_PART] = parts[DESCRIPTION_PART].replace(b"@VERSION@", version)
    if interpreter is not None:
        parts[INTERPRETER_PART] = interpreter.encode("utf-8")
    return parts


def build_extension(sources: Path, interpreter: str | None = None) -> bytes:
    """The bytes of `rosterkey.oxt`, see `extension_parts`."""
    return write_parts(extension_parts(sources, interpreter))


def _content(path: Path) -> bytes:
    """A file as it goes into the extension: text with the same line ends on every system."""
    content = path.read_bytes()
    return content if path.suffix == ".png" else content.replace(b"\r\n", b"\n")


def addons(ribbon: bytes) -> bytes:
    """The menu and the toolbar with the ribbon's buttons, groups and words."""
    tab = next(xml_of(ribbon).iter(f"{_RIBBON}tab"))
    items = list(_items(tab))
    menu = "".join(_item(n, item, " " * 10) for n, item in enumerate(items))
    # The buttons of a toolbar stand directly under its node.
    toolbar = "".join(_item(n, item, " " * 8) for n, item in enumerate(items))
    title = escape(tab.get("label", ""))
    text = (
        _HEAD
        + _MENU.format(context=_CALC, title=title, items=menu)
        + _TOOLBAR.format(name=TOOLBAR, items=toolbar)
        + _FOOT
    )
    return text.encode("utf-8")


def _items(tab: Element) -> Iterator[Item]:
    """The buttons in their order, a separator between two groups."""
    called = {ribbon_callback(button): button for button in BUTTONS}
    for number, group in enumerate(tab.iter(f"{_RIBBON}group")):
        if number:
            yield _SEPARATOR
        for button in group.iter(f"{_RIBBON}button"):
            callback = button.get("onAction", "")
            # One that is no button's is left for the lint to tell.
            yield f"{PROTOCOL}{called.get(callback, callback)}", button.get("label", "")


def _item(number: int, item: Item, pad: str) -> str:
    url, words = item
    title = _TITLE.format(pad=pad, title=escape(words)) if words else ""
    return _ITEM.format(pad=pad, name=f"n{number:02}", context=_CALC, url=url, title=title)
