"""The zip around a workbook, taken apart and put together again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.etree.ElementTree import Element, fromstring

_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold: builds are equal whenever they are made."""


def read_parts(package: bytes) -> dict[str, bytes]:
    """Every part of a workbook we built, by its name, in the order of the zip."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml_of(part: bytes) -> Element:
    """The XML of a part that was built here; never one of a file that somebody sent."""
    return fromstring(part)  # noqa: S314 - the parts are our own


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """The zip of these parts, equal byte for byte on every machine.

    The parts are stored and not compressed: compressors differ between systems and versions, and a
    committed file has to equal a fresh build everywhere.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system = 0  # the same wherever it is built
            archive.writestr(entry, content)
    return written.getvalue()
