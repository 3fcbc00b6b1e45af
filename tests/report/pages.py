"""A page with everything on it, hostile names among them."""

from __future__ import annotations

import datetime as dt

from rosterkey.core.history import ImportEntry, ImportHeader, ImportImages, ImportKind
from rosterkey.core.model import Account, AccountChange, District
from rosterkey.core.plan import make_plan
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot
from rosterkey.report.page.content import Page
from rosterkey.report.page.pages import page_of_import, page_of_plan

HOSTILE = "<img src=x onerror=alert(1)>"
OLD, NEW = "$old$", "$new$"
AT = dt.datetime(2026, 9, 1, 8, 30, tzinfo=dt.UTC)
DISTRICT = District("D1", 'Lincoln "Unified" & <b>', ("Oak", "Elm"), ("3", "4"))
PEOPLE = (
    Account("a1", "asmith", "00123", "Ana", "Smith", "Oak", "3", ("3A",), password_hash=OLD),
    Account("a2", "bjones", "00124", HOSTILE, "O'" + "x" * 90, "Oak", "3"),
    Account("a3", "clee", "00125", "Chi", "Lee", "Elm", "4"),
)
HEADER = ("Student ID", "Username", "First Name", "Last Name", "Grade", "School", "Password")
ROWS = (
    ("00123", "bjones", "Ana", "Smith", "4", "Oak", "secret-word-99"),
    ("00124", "asmith", HOSTILE, "O'" + "x" * 90, "3", "Oak", None),
    ("125", "chi.lee", "Chi", "Lee", "4", "Elm", None),
    ("00300", "fkhan", "Farah", "Khan", "3", "Elm", "other-secret-42"),
)


def plan_page(rows: tuple[tuple[str | None, ...], ...] = ROWS, *, full: bool = False) -> Page:
    """The page of a sheet with a swap, an error, a new student and passwords."""
    snapshot = Snapshot(DISTRICT, PEOPLE)
    plan = make_plan(Sheet("Import", tuple(enumerate((HEADER, *rows), start=1))), snapshot)
    return page_of_plan(plan, snapshot.accounts, DISTRICT, "new <year>.xlsx", AT, full=full)


def import_page(
    undone_by: int | None = None, students: int = 1, kind: ImportKind = ImportKind.SHEET
) -> Page:
    """The page of an import that renamed, set a password, removed and created."""
    ana = PEOPLE[0]
    renamed = Account("a1", "ana.smith", "00123", "Ana", "Smith", "Elm", "3", password_hash=NEW)
    made = tuple(
        AccountChange(None, Account(f"n{n}", f"new{n}", f"9{n:04}", "New", f"Child{n}", "Oak", "3"))
        for n in range(students)
    )
    changes = (AccountChange(ana, renamed), AccountChange(PEOPLE[2], None), *made)
    header = ImportHeader(
        "d" * 64, "Bo <Admin>", AT, kind, source="new.xlsx", reason="new year",
        confirmed=("mass-update",), decisions=("probable-duplicate: row 14 really new",),
    )  # fmt: skip
    return page_of_import(
        ImportEntry(7, header, undone_by), ImportImages(7, changes), DISTRICT, full=students < 2
    )
