"""What LibreOffice finds in the built workbook: modules, tables, names and buttons."""

from __future__ import annotations

import re
from pathlib import Path

from rosterkey.workbook import layout
from rosterkey.workbook.build import (
    TEMPLATE_FILE,
    WORKBOOK_PROJECT,
    find_sources,
    workbook_modules,
)
from rosterkey.workbook.parts import read_parts, write_parts
from rosterkey.workbook.sheets.actions import CAPTIONS
from tests.libreoffice_engine.office import ROOT, Office
from tests.libreoffice_engine.pressing import labels_on

EXPECTED = {
    "modules": {module.name for module in workbook_modules(find_sources())},
    "tables": {*layout.TABLES.values(), layout.SUMMARY_TABLE, layout.SCHOOLS_TABLE},
    "names": set(layout.NAMES),
    "buttons": {caption for caption, _ in CAPTIONS.values()},
}


def found(office: Office, path: Path) -> dict[str, set[str]]:
    """What LibreOffice lists of a file."""
    document = office.load(path)
    libraries = document.BasicLibraries
    names = set(document.NamedRanges.getElementNames())
    listed = {
        "modules": set(libraries.getByName(WORKBOOK_PROJECT).getElementNames()),
        "tables": set(document.DatabaseRanges.getElementNames()),
        "names": {name for name in names if not name.startswith("_")},
        "buttons": {label for sheet in document.Sheets for label in labels_on(sheet)},
    }
    document.close(True)
    return listed


def test_everything_is_found(office: Office) -> None:
    assert found(office, ROOT / TEMPLATE_FILE) == EXPECTED


def test_what_is_missing_is_missed(office: Office, tmp_path: Path) -> None:
    parts = read_parts((ROOT / TEMPLATE_FILE).read_bytes())
    book = "xl/workbook.xml"
    table = next(name for name, part in parts.items() if b' displayName="tblExport"' in part)
    drawing = next(name for name, part in parts.items() if b"!Button_AddIds<" in part)
    parts[table] = parts[table].replace(b'"tblExport"', b'"tblOther"')
    parts[book] = re.sub(rb'<definedName name="PlanDigest">.*?</definedName>', b"", parts[book])
    parts[drawing] = parts[drawing].replace(b">Add IDs<", b">Add<")
    path = tmp_path / "broken.xlsm"
    path.write_bytes(write_parts(parts))
    listed = found(office, path)
    assert EXPECTED["tables"] - listed["tables"] == {"tblExport"}
    assert EXPECTED["names"] - listed["names"] == {"PlanDigest"}
    assert EXPECTED["buttons"] - listed["buttons"] == {"Add IDs"}
