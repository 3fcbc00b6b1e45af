"""Add IDs: the Student ID column of a roster from another system's list, into a new file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from rosterkey.core.prepare.ids import AddedIds, add_ids
from rosterkey.core.prepare.ids_sheets import sheets_of
from rosterkey.core.prepare.listed import ListError, StudentList, likely_id, read_list
from rosterkey.core.prepare.one_roster import TABLES, USERS, is_one_roster, read_one_roster
from rosterkey.core.reading.columns import HEADING
from rosterkey.core.sheet import Sheet
from rosterkey.files.read import read_sheet
from rosterkey.usecases.mappings import with_meanings


@dataclass(frozen=True, slots=True)
class IdsWritten:
    """What was found, and the file that it was written into."""

    added: AddedIds
    path: Path


def never(_: str) -> bool:
    """Agree to nothing: what a list is read with where nobody can be asked."""
    return False


def add_ids_to_file(
    roster: Path,
    source: Path,
    out: Path | None = None,
    *,
    sheet: str | None = None,
    source_sheet: str | None = None,
    said: Iterable[str] = (),
    agree: Callable[[str], bool] = never,
) -> IdsWritten:
    """Write the roster with the IDs that are sure to `out`; both sources stay as they are.

    Without `out` the file stands beside the roster, named after it. `said` tells what headings of
    the list mean. Raises UnreadableFile, UnwritableFile, ListError, MappingError, SettingsError.
    """
    target = out or roster.with_name(f"{roster.stem}-with-ids.xlsx")
    refuse_source(target, (roster, source))
    listed = list_from_file(source, sheet=source_sheet, said=said, agree=agree)
    added = add_ids(with_meanings(read_sheet(roster, sheet=sheet)), listed)
    from rosterkey.files.prepared import write_prepared  # late: XlsxWriter takes its time

    write_prepared(target, sheets_of(added))
    return IdsWritten(added, target)


def list_from_file(
    path: Path,
    *,
    sheet: str | None = None,
    said: Iterable[str] = (),
    agree: Callable[[str], bool] = never,
) -> StudentList:
    """Read a student information system's list: a workbook, a CSV, a OneRoster file or zip.

    `agree` is asked whether a heading is the Student ID, where none is known to be it. Raises
    UnreadableFile, ListError, MappingError, SettingsError and UnwritableFile.
    """
    if path.suffix.lower() == ".zip":
        from rosterkey.files.one_roster import read_zip  # late: a list is rarely a zip

        tables = read_zip(path, TABLES)
        if USERS in tables:
            tables[USERS] = with_meanings(tables[USERS], said)
        return read_one_roster(tables)
    return list_from_sheet(with_meanings(read_sheet(path, sheet=sheet), said), agree=agree)


def list_from_sheet(sheet: Sheet, *, agree: Callable[[str], bool] = never) -> StudentList:
    """Read a list from a sheet, as `list_from_file` does."""
    if is_one_roster(sheet):
        return read_one_roster({USERS: sheet})
    heading = likely_id(sheet)
    if heading and agree(heading):
        sheet = with_meanings(sheet, [f"{heading}={HEADING['student_id']}"])
    return read_list(sheet)


def refuse_source(target: Path, sources: Iterable[Path]) -> None:
    """Raise ListError where a file would be written over one that it is made from."""
    for source in sources:
        if target.resolve() == source.resolve():
            raise ListError(
                f"{target.name} is one of the files that are read, and they stay as they are. Give "
                "the new file another name with --out."
            )
