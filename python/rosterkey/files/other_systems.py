"""Renames as the files that other systems import, each after its published format.

Canvas:  https://developerdocs.instructure.com/services/canvas/sis/file.sis_csv
Moodle:  https://docs.moodle.org/en/Upload_users
Google:  https://support.google.com/a/answer/40057
OneRoster: https://www.imsglobal.org/spec/oneroster/v1p2 (CSV binding)

These programs take each cell for what it is, so nothing is neutralised; a text that a spreadsheet
would run is left out instead, and told.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rosterkey.core.checks.values import runs_as_formula
from rosterkey.core.keys import username_key
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Account, District, Status
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.export import HEADINGS, rows_for_export
from rosterkey.files.replace import replacing

EMAIL = "Email Address [Required]"
NEW_EMAIL = "New Primary Email [UPLOAD ONLY]"
PASSWORD = "Password [Required]"  # noqa: S105 - a heading
KEEP_PASSWORD = "****"  # noqa: S105 - Google's word for a password that stays
_ONE_ROSTER = (
    "sourcedId", "status", "dateLastModified", "enabledUser", "username", "userIds", "givenName",
    "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades",
    "password", "userMasterIdentifier", "resourceSourcedIds", "preferredGivenName",
    "preferredMiddleName", "preferredFamilyName", "primaryOrgSourcedId", "pronouns",
)  # fmt: skip
_ONE_ROSTER_FILES = (
    "academicSessions", "categories", "classes", "classResources", "courses", "courseResources",
    "demographics", "enrollments", "lineItemLearningObjectiveIds", "lineItems",
    "lineItemScoreScales", "orgs", "resources", "resultLearningObjectiveIds", "results",
    "resultScoreScales", "roles", "scoreScales", "userProfiles", "userResources", "users",
)  # fmt: skip

Rows = Iterable[Sequence[str]]
Rename = tuple[Account, Account]
"""An account before and after its username changed."""


@dataclass(slots=True)
class Written:
    """A file for another system: how many students are in it, and who is left out and why."""

    path: Path
    students: int = 0
    left_out: list[str] = field(default_factory=list)


def write_vendor(path: Path, accounts: Iterable[Account], headings: Mapping[str, str]) -> Written:
    """The vendor's own import: all columns of the accounts, under the vendor's headings.

    `headings` maps ours to the vendor's. Raises UnwritableFile.
    """
    written = Written(path)
    kept = [account for account in accounts if _plain(account, written)]
    rows = rows_for_export(kept, District(""))
    return _write(written, [headings.get(name, name) for name in HEADINGS], rows)


def write_canvas(path: Path, renames: Iterable[Rename]) -> Written:
    """Canvas `users.csv`: the login of the user whose SIS ID is the Student ID.

    Raises UnwritableFile.
    """
    written = Written(path)
    rows = [
        (after.student_id or "", after.username, _canvas_status(after))
        for _, after in _with_id(renames, written)
    ]
    return _write(written, ("user_id", "login_id", "status"), rows)


def write_moodle(path: Path, renames: Iterable[Rename]) -> Written:
    """Moodle's file for Upload users: `oldusername` becomes `username`, both in lower case.

    Raises UnwritableFile.
    """
    rows = [(after.username.lower(), before.username.lower()) for before, after in renames]
    return _write(Written(path), ("username", "oldusername"), rows)


def write_one_roster(path: Path, renames: Iterable[Rename], at: dt.datetime) -> Written:
    """OneRoster 1.2: a zip with a manifest and `users.csv` as a delta of those who changed.

    `sourcedId` and `identifier` are the Student ID. Raises UnwritableFile.
    """
    written = Written(path)
    stamp = at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    rows = [
        [_one_roster(after, stamp).get(name, "") for name in _ONE_ROSTER]
        for _, after in _with_id(renames, written)
        if _plain(after, written)
    ]
    written.students = len(rows)
    manifest = [
        ("manifest.version", "1.0"),
        ("oneroster.version", "1.2"),
        *((f"file.{name}", "delta" if name == "users" else "absent") for name in _ONE_ROSTER_FILES),
        ("source.systemName", "rosterkey"),
    ]
    tables = {
        "manifest.csv": _csv_text(("propertyName", "value"), manifest),
        "users.csv": _csv_text(_ONE_ROSTER, rows),
    }
    with replacing(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            archive.writestr(name, text)
    return written


def write_google(
    path: Path, renames: Iterable[Rename], users: Path, address_of: Callable[[str], str]
) -> Written:
    """Google Workspace: the rows of its own list of users, with the new primary address.

    `users` is the list as the Admin console gives it, so that organisational units and names stay
    as they are; passwords stay too. Raises UnreadableFile where it is no such list, and
    UnwritableFile.
    """
    headings, by_address = _google_users(users)
    written = Written(path)
    rows = []
    for before, after in renames:
        line = by_address.get(username_key(address_of(before.username)))
        if line is None:
            written.left_out.append(f"{describe(before)}: not on the list {users.name}")
            continue
        changed = {PASSWORD: KEEP_PASSWORD, NEW_EMAIL: address_of(after.username)}
        rows.append([(line | changed).get(name) or "" for name in headings])
    return _write(written, headings, rows)


def _google_users(path: Path) -> tuple[list[str], dict[str, dict[str, str]]]:
    from rosterkey.core.rules import files

    try:
        with path.open("r", encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            headings = list(reader.fieldnames or ())
            lines = [{k: v for k, v in line.items() if k is not None} for line in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(
            files.DAMAGED_FILE, f"{path} cannot be read as a list of users: {type(error).__name__}."
        ) from None
    if EMAIL not in headings:
        raise UnreadableFile(
            files.DAMAGED_FILE,
            f'{path.name} has no column "{EMAIL}". Download the list in the Admin console: '
            "Directory, Users, Download users, all columns, as CSV.",
        )
    headings += [name for name in (PASSWORD, NEW_EMAIL) if name not in headings]
    return headings, {username_key((line[EMAIL] or "").strip()): line for line in lines}


def _with_id(renames: Iterable[Rename], written: Written) -> list[Rename]:
    """The renames of students whom the other system can know by their ID."""
    kept = []
    for before, after in renames:
        if after.student_id:
            kept.append((before, after))
        else:
            written.left_out.append(f"{describe(before)}: no Student ID to know the student by")
    return kept


def _plain(account: Account, written: Written) -> bool:
    if not any(map(runs_as_formula, (account.first_name, account.last_name))):
        return True
    written.left_out.append(f"{describe(account)}: a spreadsheet would run the name as a formula")
    return False


def _canvas_status(account: Account) -> str:
    return "active" if account.status is Status.ACTIVE else "suspended"


def _one_roster(account: Account, stamp: str) -> Mapping[str, str]:
    return {
        "sourcedId": account.student_id or "",
        "status": "active",
        "dateLastModified": stamp,
        "enabledUser": "true" if account.status is Status.ACTIVE else "false",
        "username": account.username,
        "givenName": account.first_name,
        "familyName": account.last_name,
        "identifier": account.student_id or "",
        "grades": account.grade or "",
    }


def _write(written: Written, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Written:
    written.students = len(rows)
    with replacing(written.path) as file:
        file.write(_csv_text(headings, rows).encode("utf-8", "replace"))
    return written


def _csv_text(headings: Sequence[str], rows: Rows) -> str:
    """CSV after RFC 4180, in UTF-8 without a byte order mark, which some of these refuse."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue()
