"""Whether the sheets of a built workbook hang together: tables, defined names, code names."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from rosterkey.workbook.parts import xml_of
from rosterkey.workbook.vba_project import Module, ModuleKind

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TABLE = "/table"
_LONGEST_CODE_NAME = 31
_AREA = re.compile(r"^([A-Z]+)(\d+):([A-Z]+)(\d+)$")
_SHEET_OF_NAME = re.compile(r"^(?:'((?:[^']|'')+)'|([A-Za-z0-9_.]+))!")


def repeated(values: Iterable[str]) -> list[str]:
    """The values that stand there more than once, sorted."""
    return sorted(value for value, times in Counter(values).items() if times > 1)


def sheet_faults(
    parts: Mapping[str, bytes], modules: Sequence[Module], names: Sequence[str]
) -> Iterator[str]:
    """Every fault of the sheets, each as a sentence.

    Args:
        parts: of the package, by name.
        modules: what its VBA project was made from.
        names: the defined names that have to be there.
    """
    book = xml_of(parts["xl/workbook.xml"])
    sheets = _sheets(parts, book)
    yield from _code_name_faults(book, {name: root for name, (_, root) in sheets.items()}, modules)
    tables = [
        (sheet, root, xml_of(parts[target]))
        for sheet, (part, root) in sheets.items()
        for target in _targets(parts, part, _TABLE).values()
    ]
    yield from _name_faults(book, list(sheets), [table for _, _, table in tables], names)
    texts = _shared_texts(parts)
    for sheet, root, table in tables:
        yield from _header_faults(sheet, _cells(root, texts), table)


def _sheets(parts: Mapping[str, bytes], book: Element) -> dict[str, tuple[str, Element]]:
    """Each sheet's part and its XML, by the sheet's name."""
    targets = _targets(parts, "xl/workbook.xml", "/worksheet")
    named = {
        sheet.get("name", ""): targets[sheet.get(f"{_OFFICE}id", "")]
        for sheet in book.iter(f"{_MAIN}sheet")
    }
    return {name: (part, xml_of(parts[part])) for name, part in named.items()}


def _targets(parts: Mapping[str, bytes], part: str, kind: str) -> dict[str, str]:
    """What a part refers to with relations of a kind: the parts' names by the relations' ids."""
    folder, file = posixpath.split(part)
    relations = parts.get(f"{folder}/_rels/{file}.rels")
    if relations is None:
        return {}
    return {
        relation.get("Id", ""): posixpath.normpath(
            posixpath.join("/", folder, relation.get("Target", ""))
        ).lstrip("/")
        for relation in xml_of(relations)
        if relation.get("Type", "").endswith(kind)
    }


def _code_name_faults(
    book: Element, sheets: Mapping[str, Element], modules: Sequence[Module]
) -> Iterator[str]:
    """Code names against Document modules, both ways."""
    documents = {module.name for module in modules if module.kind is ModuleKind.DOCUMENT}
    found = {"the workbook": _attribute(book, "workbookPr", "codeName")}
    found |= {f"the sheet {name}": _attribute(root, "sheetPr", "codeName")
              for name, root in sheets.items()}  # fmt: skip
    for what, code_name in found.items():
        if not code_name:
            yield f"There is no code name for {what}."
        elif code_name not in documents:
            yield f"The code name of {what}, {code_name}, has no Document module."
        elif len(code_name) > _LONGEST_CODE_NAME:
            yield f"The code name of {what}, {code_name}, is longer than {_LONGEST_CODE_NAME}."
    for code_name in repeated(filter(None, found.values())):
        yield f"The code name {code_name} stands twice."
    for module in sorted(documents - set(found.values())):
        yield f"The Document module {module} belongs to no sheet."


def _attribute(root: Element, tag: str, name: str) -> str:
    found = root.find(f"{_MAIN}{tag}")
    return "" if found is None else found.get(name, "")


def _name_faults(
    book: Element, sheets: Sequence[str], tables: Sequence[Element], expected: Sequence[str]
) -> Iterator[str]:
    """Defined names: all there, none twice, none like a table's, each on a sheet that exists."""
    defined = [name for name in book.iter(f"{_MAIN}definedName") if not name.get("localSheetId")]
    names = [name.get("name", "") for name in defined]
    for missing in sorted(set(expected) - set(names)):
        yield f"The name {missing} is not defined."
    table_names = [table.get("displayName", "") for table in tables]
    for repeat in repeated(name.upper() for name in (*names, *table_names)):
        yield f"The name {repeat} stands twice among names and tables."
    for name in book.iter(f"{_MAIN}definedName"):
        place = _SHEET_OF_NAME.match(name.text or "")
        sheet = place and (place[1] or place[2]).replace("''", "'")
        if sheet not in sheets or "#REF!" in (name.text or ""):
            yield f"The name {name.get('name')} points at {name.text}, which is not there."


def _header_faults(sheet: str, cells: Mapping[str, str], table: Element) -> Iterator[str]:
    """Excel repairs a file, and loses the table, where a heading differs from its cell."""
    name = table.get("displayName", "")
    headings = [column.get("name", "") for column in table.iter(f"{_MAIN}tableColumn")]
    area = _AREA.match(table.get("ref", ""))
    if not area or _number(area[3]) - _number(area[1]) + 1 != len(headings):
        yield f"The table {name} on {sheet} has {len(headings)} columns in {table.get('ref')}."
        return
    for repeat in repeated(heading.upper() for heading in headings):
        yield f"The table {name} on {sheet} has the column {repeat} twice."
    for place, heading in enumerate(headings, _number(area[1])):
        cell = f"{_letters(place)}{area[2]}"
        if cells.get(cell, "") != heading:
            found = cells.get(cell, "")
            yield f"The table {name} on {sheet} wants {heading!r} in {cell}, which has {found!r}."


def _number(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _shared_texts(parts: Mapping[str, bytes]) -> list[str]:
    packed = parts.get("xl/sharedStrings.xml")
    return [] if packed is None else [_text(item) for item in xml_of(packed)]


def _text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_MAIN}t"))


def _cells(root: Element, texts: Sequence[str]) -> dict[str, str]:
    """The texts of a sheet's cells, by address; other kinds of values are left out."""
    cells = {}
    for cell in root.iter(f"{_MAIN}c"):
        value = cell.findtext(f"{_MAIN}v", "")
        if cell.get("t") == "s":
            cells[cell.get("r", "")] = texts[int(value)]
        elif cell.get("t") in {"str", "inlineStr"}:
            cells[cell.get("r", "")] = value or _text(cell)
    return cells
