"""Export: the roster as a workbook or a CSV, narrowed by school, grade and class."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rosterkey.core.checks.context import fold_entry
from rosterkey.core.grades import grade_key
from rosterkey.core.model import Account, District
from rosterkey.core.snapshot import Snapshot
from rosterkey.store.contract import Store
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import as_granted, choose_district


class ExportError(Exception):
    """What was asked for cannot be exported; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What an export is narrowed by; None takes all."""

    school: str | None = None
    grade: str | None = None
    class_: str | None = None

    def as_words(self) -> dict[str, str]:
        """The filters that are set, by column."""
        words = {"School": self.school, "Grade": self.grade, "Class": self.class_}
        return {column: value for column, value in words.items() if value}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file, and how many students it holds."""

    path: Path
    students: int


def export(path: Path, store: Store, settings: Settings, filters: Filters) -> Exported:
    """Write the active students of the district to `path`, a `.xlsx` or `.csv`.

    Raises ExportError for another kind of file and for a school or grade that the district does
    not have, StoreError and UnwritableFile.
    """
    settings = as_granted(settings, store)
    snapshot = store.snapshot(choose_district(store, settings))
    accounts = chosen_students(snapshot, filters, settings.school)
    write_accounts(path, accounts, snapshot.district, filters.as_words())
    return Exported(path, len(accounts))


def write_accounts(
    path: Path, accounts: Sequence[Account], district: District, words: Mapping[str, str]
) -> None:
    """Write accounts to `path` as a roster, a `.xlsx` or `.csv`; `words` say what it holds.

    Raises ExportError for another kind of file, and UnwritableFile.
    """
    from rosterkey.files.export import write_csv, write_xlsx  # late: XlsxWriter takes its time

    kind = path.suffix.lower()
    if kind == ".xlsx":
        write_xlsx(path, accounts, district=district, filters=words)
    elif kind == ".csv":
        write_csv(path, accounts, district=district)
    else:
        raise ExportError(
            f"{path.name}: a roster is exported as .xlsx or .csv. Give the file one of these names."
        )


def chosen_students(
    snapshot: Snapshot, filters: Filters, only_school: str | None = None
) -> list[Account]:
    """The active students that the filters let through. Raises ExportError for unknown words."""
    _refuse_unknown(snapshot, filters)
    chosen = []
    for account in snapshot.active_students:
        if only_school and account.school != only_school:
            continue
        if filters.school and fold_entry(account.school or "") != fold_entry(filters.school):
            continue
        if filters.grade and grade_key(account.grade or "") != grade_key(filters.grade):
            continue
        if filters.class_ and fold_entry(filters.class_) not in map(fold_entry, account.classes):
            continue
        chosen.append(account)
    return chosen


def _refuse_unknown(snapshot: Snapshot, filters: Filters) -> None:
    district = snapshot.district
    _refuse("school", filters.school, district.schools, fold_entry)
    _refuse("grade", filters.grade, district.grades, grade_key)
    _refuse("class", filters.class_, sorted(snapshot.figures.class_names), fold_entry)


def _refuse(
    word: str, wanted: str | None, entries: Sequence[str], fold: Callable[[str], str]
) -> None:
    if wanted and entries and fold(wanted) not in map(fold, entries):
        listed = ", ".join(entries[:20]) + (" …" if len(entries) > 20 else "")
        raise ExportError(f'There is no {word} "{wanted}" in the district. There are: {listed}.')
