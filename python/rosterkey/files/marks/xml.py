"""Find places in the XML of a workbook's part, so that only these are rewritten.

Nothing here builds a tree: a part that is parsed and written anew loses prefixes, order and
extensions that Excel needs. Elements are spans of bytes in a part that is otherwise kept.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rosterkey.files.replace import UnwritableFile
from rosterkey.files.safe_text import xml_text

_TAG = re.compile(rb"<(/?)([^\s/>!?]+)((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_ATTRIBUTE = re.compile(rb"""([^\s=<"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|lt|gt|amp|quot|apos);")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ASIDE = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?(?!xml\s).*?\?>", re.DOTALL)
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a part: its name without prefix, and where it stands.

    `start` to `open_end` is the start tag, `start` to `end` the whole element.
    """

    name: str
    start: int
    open_end: int
    end: int

    def tag(self, part: bytes) -> bytes:
        """The start tag."""
        return part[self.start : self.open_end]

    def whole(self, part: bytes) -> bytes:
        """The element with its content and end tag."""
        return part[self.start : self.end]


def normalised(part: bytes, name: str) -> bytes:
    """The part in UTF-8 without comments, CDATA sections and byte order mark.

    So a search for a tag can never hit text. Raises UnwritableFile for a document type
    definition, which no workbook needs, and for text that is not in its declared encoding.
    """
    declared = _DECLARED.match(part[:200])
    encoding = declared[1].decode() if declared else "utf-8"
    if part.startswith(_UTF16):
        encoding = "utf-16"
    if encoding.casefold() not in {"utf-8", "utf8"}:
        part = _in_utf8(part, encoding, name)
    part = part.removeprefix(codecs.BOM_UTF8)
    if b"<!DOCTYPE" in part:
        raise UnwritableFile(
            f'The part "{name}" of the workbook holds definitions that no workbook needs, so it '
            "was left alone. Open the file in Excel, save it as a new .xlsx and try again."
        )
    if b"<!" in part or part.count(b"<?") > 1:
        part = _ASIDE.sub(_plain_text, part)
    return part


def _in_utf8(part: bytes, encoding: str, name: str) -> bytes:
    try:
        text = part.decode(encoding)
    except (LookupError, UnicodeDecodeError) as error:
        raise UnwritableFile(
            f'The part "{name}" of the workbook cannot be read. Open the file in Excel, save it '
            "as a new .xlsx and try again."
        ) from error
    body = re.sub(r"^\s*<\?xml.*?\?>", "", text.removeprefix("\ufeff"), flags=re.DOTALL)
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + body.encode()


def _plain_text(aside: re.Match[bytes]) -> bytes:
    text = aside[1] or b""
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def children(part: bytes, start: int, end: int | None = None) -> Iterator[Element]:
    """The elements that stand side by side from `start` on, up to the end of their parent."""
    depth = 0
    opened = (start, start)
    for tag in _TAG.finditer(part, start, len(part) if end is None else end):
        if tag[1]:
            depth -= 1
            if depth < 0:
                return
        else:
            if depth == 0:
                opened = tag.span()
            depth += 0 if tag[4] else 1
        if depth == 0:
            name = tag[2].rpartition(b":")[2].decode("utf-8", "replace")
            yield Element(name, *opened, tag.end())


def root(part: bytes, name: str) -> Element:
    """The one element that holds all others. Raises UnwritableFile where there is none."""
    for element in children(part, 0):
        return element
    raise UnwritableFile(f'The part "{name}" of the workbook is damaged, so it was left alone.')


def child(part: bytes, parent: Element, name: str) -> Element | None:
    """The first element of this name directly within `parent`."""
    within = children(part, parent.open_end, parent.end)
    return next((element for element in within if element.name == name), None)


def prefix_of(tag: bytes) -> bytes:
    """The prefix of a tag with its colon (`x:`), or nothing."""
    match = re.match(rb"</?([^\s/>:]+:)", tag)
    return match[1] if match else b""


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a start tag by name (with prefix), their entities resolved."""
    return {
        match[1].decode(): unescaped((match[2] if match[2] is not None else match[3]).decode())
        for match in _ATTRIBUTE.finditer(tag)
    }


def unescaped(text: str) -> str:
    """XML text with its entities resolved."""
    return _ENTITY.sub(lambda match: _character(match[1]), text) if "&" in text else text


def _character(entity: str) -> str:
    if entity.startswith("#x"):
        return chr(int(entity[2:], 16))
    return chr(int(entity[1:])) if entity.startswith("#") else _NAMED[entity]


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """The start tag with the attribute set to `value`, or without it for None."""
    pattern = rb"""\s""" + re.escape(name.encode()) + rb"""\s*=\s*(?:"[^"]*"|'[^']*')"""
    new = b"" if value is None else f' {name}="{xml_text(value)}"'.encode()
    tag, replaced = re.subn(pattern, lambda _: new, tag, count=1)
    if replaced or value is None:
        return tag
    closing = b"/>" if tag.endswith(b"/>") else b">"
    return tag[: -len(closing)].rstrip() + new + closing


def appended(part: bytes, parent: Element, new: bytes) -> bytes:
    """The part with `new` as the last content of `parent`, its `count` attribute raised by one."""
    tag = parent.tag(part)
    number = attributes(tag).get("count", "")
    if number.isdecimal():
        tag = with_attribute(tag, "count", str(int(number) + 1))
    if tag.endswith(b"/>"):
        name = re.match(rb"<([^\s/>]+)", tag)
        closing = b"</" + (name[1] if name else b"") + b">"
        return part[: parent.start] + tag[:-2] + b">" + new + closing + part[parent.end :]
    content_end = part.rindex(b"</", parent.open_end, parent.end)
    content = part[parent.open_end : content_end]
    return part[: parent.start] + tag + content + new + part[content_end:]


def without(part: bytes, spans: list[Element]) -> bytes:
    """The part without these elements, which stand in order and do not overlap."""
    kept, last = [], 0
    for element in spans:
        kept.append(part[last : element.start])
        last = element.end
    return b"".join((*kept, part[last:]))
