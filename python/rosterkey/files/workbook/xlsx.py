"""A workbook as a sheet: which of its sheets is the roster, and what the reader says of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rosterkey.core.model import Finding
from rosterkey.core.rules import sheets as rules
from rosterkey.core.sheet import Sheet
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.roster_look import LOOK_ROWS, is_header, looks_like_roster
from rosterkey.files.workbook.cell_values import Book
from rosterkey.files.workbook.package import Package
from rosterkey.files.workbook.parts import SheetEntry, contents_of, formats_of, tables_of
from rosterkey.files.workbook.shared_strings import strings_of
from rosterkey.files.workbook.sheet_scan import SheetScan

IMPORT_SHEET = "import"
"""The sheet that the product's own workbook imports from; Excel's sheet names know no case."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """The sheet that is read, and why it or another one needs a word."""

    entry: SheetEntry
    findings: tuple[Finding, ...] = ()


def read_workbook(
    path: Path, *, sheet: str | None = None, progress: Callable[[float], None] | None = None
) -> Sheet:
    """Read the roster sheet of an `.xlsx` or `.xlsm` file.

    Raises:
        UnreadableFile: the file cannot be read, or has no sheet of the name `sheet`.
    """
    with Package(path) as package:
        package.forbid_definitions()
        contents = contents_of(package)
        book = Book(
            strings_of(package, contents.strings),
            formats_of(package, contents.styles),
            contents.date_1904,
        )
        choice = _choose(package, contents.sheets, book, sheet)
        scan = _scan(package, choice.entry, book, progress=progress)
        return _sheet(package, choice, scan)


def _scan(
    package: Package,
    entry: SheetEntry,
    book: Book,
    *,
    limit: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> SheetScan:
    scan = SheetScan(f"sheet {entry.name}", book, limit)
    scan.read(package.chunks(entry.part, progress))
    return scan


def _sheet(package: Package, choice: _Choice, scan: SheetScan) -> Sheet:
    """The value that the core works on."""
    tables = tables_of(package, choice.entry.part)
    areas = (*scan.filter_areas, *tables.filtered)
    filtered = bool(scan.hidden_rows) and (
        scan.filter_mode
        or any(a.first_row <= row <= a.last_row for row in scan.hidden_rows for a in areas)
    )
    return Sheet(
        name=choice.entry.name,
        rows=tuple(scan.rows),
        hidden_rows=frozenset(scan.hidden_rows),
        filtered=filtered,
        hidden_columns=frozenset(scan.hidden_columns),
        merged=tuple(scan.merged),
        totals_rows=tables.totals_rows,
        findings=choice.findings,
    )


def _choose(
    package: Package, entries: tuple[SheetEntry, ...], book: Book, wanted: str | None
) -> _Choice:
    """The sheet by its name, else the Import sheet, else the one that looks like a roster."""
    if wanted is not None:
        entry = _named(package, entries, wanted)
        return _Choice(entry, _hidden_findings(package, entries, book, entry))
    visible = [entry for entry in entries if entry.visible] or list(entries)
    for entry in visible:
        if entry.name.casefold() == IMPORT_SHEET and _scan(package, entry, book, limit=1).rows:
            return _Choice(entry, _hidden_findings(package, entries, book, entry))
    rosters = visible if len(visible) == 1 else _rosters(package, visible, book)
    chosen = rosters[0] if rosters else visible[0]
    findings = _hidden_findings(package, entries, book, chosen)
    if len(rosters) > 1:
        findings = (_which_sheet(rosters), *findings)
    return _Choice(chosen, findings)


def _named(package: Package, entries: tuple[SheetEntry, ...], wanted: str) -> SheetEntry:
    """The sheet of this name, letter case aside."""
    for same in (str, str.casefold):
        for entry in entries:
            if same(entry.name) == same(wanted):
                return entry
    names = ", ".join(entry.name for entry in entries if entry.visible)
    raise UnreadableFile(
        rules.WHICH_SHEET,
        f"{package.file_name} has no sheet {wanted}: choose one of {names} with --sheet NAME.",
    )


def _rosters(package: Package, entries: list[SheetEntry], book: Book) -> list[SheetEntry]:
    """The sheets in whose first rows a roster's header stands."""
    return [
        entry
        for entry in entries
        if looks_like_roster(
            [cells for _, cells in _scan(package, entry, book, limit=LOOK_ROWS).rows]
        )
    ]


def _which_sheet(rosters: list[SheetEntry]) -> Finding:
    names = " and ".join(entry.name for entry in rosters)
    return rules.WHICH_SHEET.finding(
        f"The sheets {names} both look like a roster: "
        f"say which one is meant with --sheet NAME, or name it Import."
    )


def _hidden_findings(
    package: Package, entries: tuple[SheetEntry, ...], book: Book, chosen: SheetEntry
) -> tuple[Finding, ...]:
    """A word on every hidden sheet that holds a roster and is left out."""
    findings = []
    hidden = [entry for entry in entries if not entry.visible and entry != chosen]
    for entry in _rosters(package, hidden, book):
        rows = [cells for _, cells in _scan(package, entry, book).rows]
        header = next(i for i, cells in enumerate(rows) if is_header(cells))
        count = len(rows) - header - 1
        findings.append(
            rules.HIDDEN_SHEET.finding(
                f"The hidden sheet {entry.name} has {count:,} {'row' if count == 1 else 'rows'} "
                f"that look like a roster; only the sheet {chosen.name} is read."
            )
        )
    return tuple(findings)
