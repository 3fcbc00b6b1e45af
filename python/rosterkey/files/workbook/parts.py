"""The small parts of a workbook: its sheets, its number formats, its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rosterkey.core.rules import files as rules
from rosterkey.core.sheet import MergedRange
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.limits import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS
from rosterkey.files.workbook.number_format import BUILT_IN
from rosterkey.files.workbook.package import Package, resolve
from rosterkey.files.workbook.xml_scan import Scan

_REL: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL_STRICT: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_RANGE: Final = re.compile(
    r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?"
)
_MAX_TABLES: Final = 1_000
_TRUE: Final = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet of the workbook: its tab's name, its part, and whether the tab shows."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """What a workbook holds: worksheets in the order of the tabs, and the parts that they need."""

    sheets: tuple[SheetEntry, ...]
    date_1904: bool
    strings: str | None
    styles: str | None


def is_true(text: str | None) -> bool:
    """An XML truth value; absent is false."""
    return text is not None and text.strip() in _TRUE


def column_number(letters: str) -> int:
    """The column from 0 by its letters: A is 0, XFD is 16,383."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(column: int) -> str:
    """The letters of a column that counts from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_range(reference: str | None) -> MergedRange | None:
    """`A1:C3` or `A1` as a range inside the sheet's bounds; None for anything else."""
    found = _RANGE.fullmatch((reference or "").strip())
    if found is None:
        return None
    left, top = column_number(found[1]), int(found[2])
    right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
    area = MergedRange(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    inside = area.first_row > 0 and area.last_row <= MAX_ROWS and area.last_column < MAX_COLUMNS
    return area if inside else None


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str
    part: str | None


class _Relations(Scan):
    """A `.rels` part: relationships by their id; targets outside the package have no part."""

    def __init__(self, where: str, base: str) -> None:
        super().__init__(where)
        self.base = base
        self.found: dict[str, _Relation] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            external = attributes.get("TargetMode") == "External"
            part = None if external else resolve(self.base, attributes.get("Target", ""))
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            self.found[attributes.get("Id", "")] = _Relation(kind, part)


def _relations(package: Package, part: str) -> dict[str, _Relation]:
    """The relationships of a part; none where it has no such list."""
    folder, _, name = part.rpartition("/")
    listed = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if listed not in package:
        return {}
    scan = _Relations(listed, part)
    scan.read(package.small(listed))
    return scan.found


class _Workbook(Scan):
    """`workbook.xml`: the list of sheets and the epoch of dates."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.sheets: list[tuple[str, str, bool]] = []
        self.date_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and self.path[-2:-1] == ["sheets"]:
            relation = attributes.get(f"{_REL} id") or attributes.get(f"{_REL_STRICT} id") or ""
            visible = attributes.get("state", "visible") == "visible"
            self.sheets.append((attributes.get("name", ""), relation, visible))
            if len(self.sheets) > MAX_SHEETS:
                raise self.damaged("too many sheets")
        elif name == "workbookPr":
            self.date_1904 = is_true(attributes.get("date1904"))


def contents_of(package: Package) -> Contents:
    """The sheets of a workbook and where its shared parts are.

    Raises:
        UnreadableFile: it is no workbook, or has no worksheet that could be read.
    """
    main = _main_part(package)
    scan = _Workbook(main)
    scan.read(package.small(main))
    relations = _relations(package, main)
    sheets = []
    for name, relation, visible in scan.sheets:
        found = relations.get(relation)
        if found is None or found.part is None:
            raise package.damaged(f"its sheet {name} is missing or points outside the file")
        if found.kind == "worksheet":
            sheets.append(SheetEntry(name, found.part, visible))
    if not sheets:
        raise UnreadableFile(
            rules.EMPTY_FILE,
            f"{package.file_name} has no sheet with cells (charts only): "
            "copy the roster into a worksheet.",
        )
    named = {relation.kind: relation.part for relation in relations.values() if relation.part}
    return Contents(tuple(sheets), scan.date_1904, named.get("sharedStrings"), named.get("styles"))


def _main_part(package: Package) -> str:
    """The workbook part, by the package's own list."""
    for relation in _relations(package, "").values():
        if relation.kind == "officeDocument" and relation.part and relation.part in package:
            if relation.part.lower().endswith(".bin"):
                raise _other_kind(package, "is a binary workbook (.xlsb)")
            if not relation.part.lower().startswith(("word/", "ppt/")):
                return relation.part
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    names = [name.lower() for name in package.names]
    if any(name.startswith("xl/") for name in names):
        raise package.damaged("the part that lists its sheets is missing")
    if "content.xml" in names and "mimetype" in names:
        raise _other_kind(package, "is an OpenDocument file with the name of a workbook")
    raise _other_kind(package, "is a zip file but no Excel workbook")


def _other_kind(package: Package, what: str) -> UnreadableFile:
    return UnreadableFile(
        rules.UNSUPPORTED_FORMAT,
        f"{package.file_name} {what}: open it in the program that it belongs to and save it as "
        "an Excel Workbook (.xlsx).",
    )


class _Styles(Scan):
    """`styles.xml`: the number format of each cell style."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
        self.styles: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt" and "numFmts" in self.path:
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and self.path[-2:-1] == ["cellXfs"]:
            self.styles.append(attributes.get("numFmtId", "0"))


def formats_of(package: Package, part: str | None) -> tuple[str | None, ...]:
    """The number format code of every cell style; None for those that show plain numbers."""
    if part is None or part not in package:
        return ()
    scan = _Styles(part)
    scan.read(package.small(part))
    plain = {"", "@", "general"}
    codes = [scan.codes.get(number, "") for number in scan.styles]
    return tuple(None if code.strip().lower() in plain else code for code in codes)


@dataclass(frozen=True, slots=True)
class TableFacts:
    """What the tables of a sheet say: totals lines, and the areas that a filter narrows."""

    totals_rows: frozenset[int]
    filtered: tuple[MergedRange, ...]


class _Table(Scan):
    """A table part."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.area: MergedRange | None = None
        self.totals = 0
        self.filtered = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table" and len(self.path) == 1:
            self.area = parse_range(attributes.get("ref"))
            count = attributes.get("totalsRowCount", "0").strip()
            self.totals = int(count) if count.isascii() and count.isdigit() else 0
        elif self.path[-2:-1] == ["filterColumn"]:
            self.filtered = True


def tables_of(package: Package, part: str) -> TableFacts:
    """The facts of every table of the sheet in this part."""
    totals: set[int] = set()
    filtered = []
    parts = [r.part for r in _relations(package, part).values() if r.kind == "table"]
    for name in parts[:_MAX_TABLES]:
        if name is None or name not in package:
            continue
        scan = _Table(name)
        scan.read(package.small(name))
        if scan.area is None:
            continue
        # Excel writes one totals line; more could not be told from students.
        if scan.totals and scan.area.last_row > scan.area.first_row:
            totals.add(scan.area.last_row)
        if scan.filtered:
            filtered.append(scan.area)
    return TableFacts(frozenset(totals), tuple(filtered))
