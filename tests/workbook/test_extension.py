"""The extension for LibreOffice: the ribbon's words, and what holds its parts together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import rosterkey
from rosterkey.libreoffice.channel import PROTOCOL as ASKED
from rosterkey.workbook.build import find_sources
from rosterkey.workbook.extension import (
    ADDONS_PART,
    INTERPRETER_PART,
    build_extension,
    extension_parts,
)
from rosterkey.workbook.layout import BUTTONS
from rosterkey.workbook.lint_extension import lint_extension
from rosterkey.workbook.parts import read_parts, xml_of

ROOT = Path(__file__).resolve().parents[2]
RIBBON = ROOT / "addin" / "ribbon" / "customUI14.xml"
OOR = "{http://openoffice.org/2001/registry}"


@pytest.fixture
def parts() -> dict[str, bytes]:
    """The parts as they are built."""
    return extension_parts(find_sources(ROOT))


def words(part: bytes, place: str) -> list[str]:
    """The words of a menu or a toolbar in their order; `-` for a separator."""
    node = next(n for n in xml_of(part).iter("node") if n.get(f"{OOR}name") == place)
    items = [item for item in node.iter("node") if item.find(f"prop[@{OOR}name='URL']") is not None]
    found = [item.findtext(f"prop[@{OOR}name='Title']/value", default="-") for item in items]
    return [text.strip() for text in found]


def test_menu_and_toolbar_have_the_ribbons_words_in_its_order(parts: dict[str, bytes]) -> None:
    groups = re.findall(r"<group .*?</group>", RIBBON.read_text("utf-8"), re.DOTALL)
    labels = [re.findall(r'<button [^>]*?label="([^"]+)"', group) for group in groups]
    expected = [word for group in labels for word in ["-", *group]][1:]
    assert len(expected) == len(BUTTONS) + len(groups) - 1
    assert words(parts[ADDONS_PART], "OfficeMenuBar") == expected
    assert words(parts[ADDONS_PART], "OfficeToolBar") == expected


def test_it_is_whole(parts: dict[str, bytes]) -> None:
    assert lint_extension(parts, BUTTONS) == []
    assert f'<version value="{rosterkey.__version__}"/>'.encode() in parts["description.xml"]


def test_two_builds_are_equal() -> None:
    sources = find_sources(ROOT)
    assert build_extension(sources) == build_extension(sources)


def test_both_sides_speak_the_same_protocol(parts: dict[str, bytes]) -> None:
    office = parts["pythonpath/rosterkey_office/press.py"].decode()
    assert f"\nPROTOCOL = {ASKED}\n" in office


def test_only_setup_names_a_python(parts: dict[str, bytes]) -> None:
    assert INTERPRETER_PART not in parts
    built = read_parts(build_extension(find_sources(ROOT), "/opt/\u00e9cole/bin/python"))
    assert built[INTERPRETER_PART].decode() == "/opt/\u00e9cole/bin/python"
    assert built.keys() - parts.keys() == {INTERPRETER_PART}


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        ("META-INF/manifest.xml", b'"Addons.xcu"', b'"Other.xcu"', "does not list Addons.xcu"),
        ("handler.py", b"import re", b"import", "cannot be read"),
        ("handler.py", b'"org.rosterkey.Buttons"', b'"org.other"', "does not name"),
        ("ProtocolHandler.xcu", b"rosterkey:*", b"other:*", "other addresses"),
        ("CalcWindowState.xcu", b"rosterkey.toolbar", b"toolbar", "does not place"),
        ("Addons.xcu", b"org.rosterkey:undo", b"org.rosterkey:redo", "each button once"),
        ("Addons.xcu", b">Validate<", b"><", "each button once"),
        ("description.xml", b"0.2.0", b"@VERSION@", "no version"),
        ("pythonpath/rosterkey_office/boxes.py", b"def box_of", b"match 1:\n case", "be read"),
    ],
)
def test_a_fault_is_told(
    parts: dict[str, bytes], part: str, old: bytes, new: bytes, fault: str
) -> None:
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    assert any(fault in said for said in lint_extension(parts, BUTTONS))


def test_a_missing_part_is_told(parts: dict[str, bytes]) -> None:
    del parts["handler.py"]
    assert lint_extension(parts, BUTTONS) == ["The part handler.py is missing."]
    parts |= {"handler.py": b"", INTERPRETER_PART: b"/usr/bin/python"}
    assert any("one computer" in said for said in lint_extension(parts, BUTTONS))
