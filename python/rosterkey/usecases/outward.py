"""Renames on their way to people and other systems, from an import or from the plan of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from rosterkey.core.history import ImportKind
from rosterkey.core.model import AccountChange, District, Gate
from rosterkey.files import other_systems
from rosterkey.files.other_systems import Rename, Written
from rosterkey.files.replace import cannot_write
from rosterkey.store.contract import Store
from rosterkey.usecases.export import ExportError
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.undo import find_import
from rosterkey.usecases.validate import choose_district, validate


class System(StrEnum):
    """A system that takes renames as a file."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    GOOGLE = "google"
    ONE_ROSTER = "oneroster"
    VENDOR = "trackmyprogress"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is told of: the accounts that changed, before and after, and what they are called.

    `brought_back` tells that accounts which were not there before are old ones, as after an undo.
    """

    name: str
    district: District
    changes: tuple[AccountChange, ...]
    brought_back: bool = False

    @property
    def renames(self) -> list[Rename]:
        """The accounts whose username changed."""
        return [
            (change.before, change.after)
            for change in self.changes
            if change.before and change.after and change.before.username != change.after.username
        ]


def read_subject(subject: str, store: Store, settings: Settings) -> Subject:
    """An import by its number, else the plan of a sheet.

    Raises StoreError, UnreadableFile, and ExportError where the sheet has errors: what is told to
    others has to be what an import would do.
    """
    code = choose_district(store, settings)
    path = Path(subject)
    if is_number(subject):
        find_import(store, code, int(subject))
        images = store.images(code, int(subject))
        undo = images.kind is ImportKind.UNDO
        return Subject(f"import {subject}", store.snapshot(code).district, images.changes, undo)
    done = validate(path, store, settings)
    if done.plan.gate is Gate.BLOCK:
        raise ExportError(
            f"{path.name} has errors, so it cannot be imported as it is. Run rosterkey validate, "
            "mend it, and come back."
        )
    return Subject(path.stem, done.snapshot.district, done.plan.changes)


def is_number(subject: str) -> bool:
    """Whether a subject is the number of an import: a file of that name comes first."""
    return subject.isascii() and subject.isdigit() and not Path(subject).exists()


def write_rename_files(
    folder: Path,
    subject: Subject,
    systems: Iterable[System],
    *,
    mail_domain: str | None = None,
    google_users: Path | None = None,
    headings: Mapping[str, str] | None = None,
) -> list[Written]:
    """Write the files of each system into a folder, which is made where it is missing.

    `headings` are those of the vendor's import screen by ours. Raises ExportError where something
    is missing that a system needs, UnreadableFile and UnwritableFile.
    """
    renames = subject.renames
    chosen = list(dict.fromkeys(systems))
    if System.GOOGLE in chosen:
        _check_google(renames, mail_domain, google_users)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from None
    writers: dict[System, Callable[[], list[Written]]] = {
        System.CANVAS: lambda: [other_systems.write_canvas(folder / "canvas-users.csv", renames)],
        System.MOODLE: lambda: [other_systems.write_moodle(folder / "moodle-users.csv", renames)],
        System.GOOGLE: lambda: [
            other_systems.write_google(
                folder / "google-users.csv",
                renames,
                google_users or Path(),
                lambda username: address(username, mail_domain),
            )
        ],
        System.ONE_ROSTER: lambda: [
            other_systems.write_one_roster(
                folder / "oneroster.zip", renames, dt.datetime.now(dt.UTC)
            )
        ],
        System.VENDOR: lambda: _write_for_vendor(folder, subject, headings or {}),
    }
    return [written for system in chosen for written in writers[system]()]


def _write_for_vendor(folder: Path, subject: Subject, headings: Mapping[str, str]) -> list[Written]:
    """All that changed, for an import screen that matches by Student ID and then by username.

    An ID that is new goes first, beside the old username: with both new the vendor would know the
    student by neither, and make a second account.
    """
    changed = [(c.before, c.after) for c in subject.changes if c.after]
    first = [
        replace(before, student_id=after.student_id)
        for before, after in changed
        if before and before.student_id != after.student_id and before.username != after.username
    ]
    files = [other_systems.write_vendor(folder / "1-student-ids.csv", first, headings)] * bool(
        first
    )
    after = [account for _, account in changed]
    return [*files, other_systems.write_vendor(folder / "2-all-changes.csv", after, headings)]


def address(username: str, mail_domain: str | None) -> str:
    """The mail address of a username: itself where it is one, else with the domain behind it."""
    return username if "@" in username or not mail_domain else f"{username}@{mail_domain}"


def _check_google(
    renames: Sequence[Rename], mail_domain: str | None, google_users: Path | None
) -> None:
    if google_users is None:
        raise ExportError(
            "For google the list of users is needed, so that nothing else changes: --google-users "
            "FILE, downloaded in the Admin console."
        )
    bare = [a for pair in renames for a in pair if "@" not in address(a.username, mail_domain)]
    if bare:
        raise ExportError(
            f"{bare[0].username} is no mail address. Give the part behind the @: --mail-domain "
            "students.example.org."
        )
