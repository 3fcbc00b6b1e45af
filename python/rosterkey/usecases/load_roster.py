"""Load a roster that another system exported, as the account database of a district.

So a district whose accounts lie with a vendor can work against the vendor's export: what an import
changes here goes to the vendor's own import screen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rosterkey.core.checks.changes import field_differences
from rosterkey.core.checks.context import fold_entry
from rosterkey.core.grades import grade_key
from rosterkey.core.keys import id_key, username_key
from rosterkey.core.matching.entries import Entry, collapse
from rosterkey.core.model import Account, District, Severity
from rosterkey.core.reading.columns import find_header
from rosterkey.core.reading.rows import read_rows
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot
from rosterkey.files.read import read_sheet
from rosterkey.store.contract import LoadError, Store, UnknownDistrict
from rosterkey.store.lines import account_line, district_line
from rosterkey.usecases.mappings import with_meanings

_TOLD = 5


@dataclass(frozen=True, slots=True)
class RosterLoaded:
    """How many accounts were added, were there already, and are there with other values."""

    added: int
    already: int
    differing: int


def load_roster(
    path: Path, store: Store, code: str, *, name: str = "", said: Iterable[str] = ()
) -> RosterLoaded:
    """Add the students of a sheet to a district, which is made where it is not there.

    Students who are there, by Student ID and then by username, are left alone, so the same file
    twice adds nobody; what differs is for an import. `said` tells what headings mean. Raises
    LoadError, UnreadableFile, MappingError, SettingsError, UnwritableFile and StoreError; then
    nothing was written.
    """
    sheet = with_meanings(read_sheet(path), said)
    try:
        stored = store.snapshot(code)
    except UnknownDistrict:
        stored = Snapshot(District(code, name), ())
    found = [_account(entry, code) for entry in _entries(sheet)]
    known = [(account, _known(account, stored)) for account in found]
    new = [_like_stored(account, stored) for account, old in known if old is None]
    district = replace(stored.district, name=name or stored.district.name)
    if new:
        lines: list[dict[str, Any]] = [district_line(_with_lists(district, new))]
        store.load([*lines, *(account_line(code, account) for account in new)])
    there = [(account, old) for account, old in known if old is not None]
    differing = sum(_differs(account, old) for account, old in there)
    return RosterLoaded(len(new), len(there), differing)


def _entries(sheet: Sheet) -> list[Entry]:
    """The students of the sheet. Raises LoadError naming what cannot be read."""
    header = find_header(sheet)
    findings = [*sheet.findings, *header.findings]
    entries: list[Entry] = []
    if header.positions:
        roster = read_rows(sheet, header)
        entries = collapse(roster.rows, Snapshot(District(""), ()))
        findings += roster.findings
        findings += [f for row in (*roster.rows, *roster.not_students) for f in row.findings]
        findings += [f for entry in entries for f in entry.findings]
    errors = [f.message for f in findings if f.severity is Severity.ERROR]
    errors += [
        f"Row {entry.number}: there is no username." for entry in entries if not entry.username_key
    ]
    if errors:
        more = f" … and {len(errors) - _TOLD:,} more." if len(errors) > _TOLD else ""
        raise LoadError(f"Nothing was loaded. {' '.join(errors[:_TOLD])}{more}")
    return entries


def _account(entry: Entry, code: str) -> Account:
    """The account of a student; its id hangs on the district and the key it was first seen with."""
    get = entry.lead.get
    key = f"id {entry.id_key}" if entry.id_key else f"username {entry.username_key}"
    made = hashlib.blake2b(f"{code}\0{key}".encode("utf-8", "surrogatepass"), digest_size=12)
    return Account(
        f"v{made.hexdigest()}",
        get("username") or "",
        get("student_id"),
        get("first_name") or "",
        get("last_name") or "",
        get("school"),
        get("grade"),
        entry.classes,
    )


def _known(account: Account, stored: Snapshot) -> Account | None:
    by_id = stored.with_student_id(id_key(account.student_id)) if account.student_id else []
    return by_id[0] if by_id else stored.with_username(username_key(account.username))


def _like_stored(account: Account, stored: Snapshot) -> Account:
    """School and grade in the spelling that the district has, where it has one."""
    schools = {fold_entry(s): s for s in stored.district.schools}
    grades = {grade_key(g): g for g in stored.district.grades}
    return replace(
        account,
        school=account.school and schools.get(fold_entry(account.school), account.school),
        grade=account.grade and grades.get(grade_key(account.grade), account.grade),
    )


def _with_lists(district: District, new: Iterable[Account]) -> District:
    """The district with the schools and grades that its new students are in."""
    schools = dict.fromkeys(district.schools)
    grades = dict.fromkeys(district.grades)
    for account in sorted(new, key=lambda a: (a.school or "", _grade_order(a.grade or ""))):
        schools |= {account.school: None} if account.school else {}
    for grade in sorted({a.grade for a in new if a.grade}, key=_grade_order):
        grades |= {grade: None}
    return replace(district, schools=tuple(schools), grades=tuple(grades))


def _grade_order(grade: str) -> tuple[int, int, str]:
    key = grade_key(grade)
    young = {"PK": -1, "K": 0}.get(key)
    if young is None and not key.isdigit():
        return 1, 0, key
    return 0, int(key) if young is None else young, key


def _differs(account: Account, stored: Account) -> bool:
    """Whether the sheet says something else; what it leaves blank it does not say."""
    said = {n for n, (_, new) in field_differences(None, account).items() if new}
    return bool(said & field_differences(stored, replace(account, status=stored.status)).keys())
