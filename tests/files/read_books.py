"""Workbooks written by hand, part by part, for the tests of reading."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from rosterkey.core.sheet import Cell, Sheet
from rosterkey.files.read import read_sheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
HEADER = ("Student ID", "Username", "First Name", "Last Name")


def worksheet(rows: str, *, before: str = "", after: str = "") -> str:
    """A worksheet part around the XML of its rows."""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    )


def strings(*entries: str) -> str:
    """A shared strings part from the XML inside each `<si>`."""
    return f'{HEAD}<sst xmlns="{MAIN}">' + "".join(f"<si>{e}</si>" for e in entries) + "</sst>"


def relations(*entries: tuple[str, str, str]) -> str:
    """A `.rels` part from (id, kind, target)."""
    listed = "".join(
        f'<Relationship Id="{i}" Type="{REL}/{kind}" Target="{target}"/>'
        for i, kind, target in entries
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE_REL}">{listed}</Relationships>'


def styles(*codes: str) -> str:
    """A styles part: style 0 is General, style N has the Nth number format."""
    formats = "".join(
        f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(codes)
    )
    cells = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(codes)))
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs>'
        f'<xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{cells}</cellXfs>'
        "</styleSheet>"
    )


def parts_of(
    *sheets: str, names: tuple[str, ...] = (), states: tuple[str, ...] = ()
) -> dict[str, str | bytes]:
    """The parts of a sound workbook with these worksheet parts."""
    tabs, rels = "", [("rS", "sharedStrings", "sharedStrings.xml"), ("rF", "styles", "styles.xml")]
    parts: dict[str, str | bytes] = {}
    for i, sheet in enumerate(sheets):
        name = names[i] if i < len(names) else f"Sheet{i + 1}"
        state = states[i] if i < len(states) else "visible"
        tabs += f'<sheet name="{name}" sheetId="{i + 1}" state="{state}" r:id="rId{i}"/>'
        rels.append((f"rId{i}", "worksheet", f"worksheets/sheet{i + 1}.xml"))
        parts[f"xl/worksheets/sheet{i + 1}.xml"] = sheet
    parts["xl/workbook.xml"] = (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{tabs}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = relations(*rels)
    parts["_rels/.rels"] = relations(("rId1", "officeDocument", "xl/workbook.xml"))
    return parts


def save(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write the parts as a zip file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def read(folder: Path, parts: Mapping[str, str | bytes], sheet: str | None = None) -> Sheet:
    """Write the parts and read them back as a sheet."""
    return read_sheet(save(folder / "book.xlsx", parts), sheet=sheet)


def read_rows(
    folder: Path, rows: str, **more: str | bytes
) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    """The rows that come from this row XML; `more` are further parts under `xl/` by name."""
    extra = {f"xl/{name}.xml": content for name, content in more.items()}
    return read(folder, {**parts_of(worksheet(rows)), **extra}).rows


def roster_rows(*rows: tuple[str, ...]) -> str:
    """Row XML with inline texts: a roster's header and these rows."""
    return "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{c}</t></is></c>' for c in row) + "</row>"
        for row in (HEADER, *rows)
    )
