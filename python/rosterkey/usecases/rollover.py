"""Rollover: the import sheet of the new school year, into a new file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rosterkey.core.prepare.listed import StudentList
from rosterkey.core.prepare.rollover import Rollover, roll_over
from rosterkey.core.prepare.rollover_sheets import sheets_of
from rosterkey.store.contract import Store
from rosterkey.usecases.export import Filters, chosen_students
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import choose_district


@dataclass(frozen=True, slots=True)
class RolledOver:
    """What was made, and the file that it was written into."""

    made: Rollover
    path: Path


def roll_over_to_file(
    path: Path, store: Store, settings: Settings, listed: StudentList | None = None
) -> RolledOver:
    """Write the sheet of the new year to `path`; the accounts are not touched.

    Raises StoreError and UnwritableFile.
    """
    snapshot = store.snapshot(choose_district(store, settings))
    from rosterkey.files.export import in_order  # late: writing workbooks takes its time
    from rosterkey.files.prepared import write_prepared

    students = chosen_students(snapshot, Filters(), settings.school)
    made = roll_over(snapshot.district, in_order(students, snapshot.district), listed)
    write_prepared(path, sheets_of(made))
    return RolledOver(made, path)
