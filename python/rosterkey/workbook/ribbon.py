"""The ribbon's part in a workbook, and what makes a workbook an add-in.

Both are patches of the package: every other part stays as it was, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

RIBBON_PART = "customUI/customUI14.xml"
RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
"""[MS-CUSTOMUI2]: the relation from the package's root to a ribbon of the namespace 2009/07."""

CONTENT_TYPES = "[Content_Types].xml"
ROOT_RELATIONS = "_rels/.rels"
WORKBOOK_PART = "xl/workbook.xml"
MACRO_WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADDIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"


class PackageError(ValueError):
    """The package is not one that can be patched; the text says what is not there."""


def with_ribbon(parts: Mapping[str, bytes], ribbon: bytes) -> dict[str, bytes]:
    """The parts of a workbook with the ribbon as one more part.

    Args:
        parts: of an `.xlsm` or `.xlam`, as `read_parts` gives them.
        ribbon: the text of `customUI14.xml`.

    Raises:
        PackageError: the package has a ribbon already, or no relations or no type for XML parts.
    """
    if RIBBON_PART in parts:
        raise PackageError("The workbook has a ribbon already.")
    types = parts.get(CONTENT_TYPES, b"")
    if not re.search(rb'<Default\b[^>]*\bExtension="xml"', types):
        raise PackageError("The workbook has no content type for XML parts.")
    relations = parts.get(ROOT_RELATIONS, b"")
    number = 1 + max((int(found) for found in re.findall(rb'Id="rId(\d+)"', relations)), default=0)
    relation = (
        f'<Relationship Id="rId{number}" Type="{RIBBON_RELATION}" Target="{RIBBON_PART}"/>'
    ).encode("ascii")
    end = b"</Relationships>"
    patched = _replaced(relations, end, relation + end, "relations")
    return {**parts, ROOT_RELATIONS: patched, RIBBON_PART: ribbon}


def as_addin(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a macro workbook as an add-in, whose window and sheets Excel does not show.

    Raises:
        PackageError: it is no macro workbook with a window.
    """
    types = _replaced(
        parts.get(CONTENT_TYPES, b""), MACRO_WORKBOOK.encode(), ADDIN.encode(), "macro type"
    )
    view = b"<workbookView "
    hidden = view + b'visibility="hidden" '
    workbook = _replaced(parts.get(WORKBOOK_PART, b""), view, hidden, "window")
    return {**parts, CONTENT_TYPES: types, WORKBOOK_PART: workbook}


def _replaced(content: bytes, old: bytes, new: bytes, what: str) -> bytes:
    if content.count(old) != 1:
        raise PackageError(f"The workbook has no {what}, or more than one.")
    return content.replace(old, new)
