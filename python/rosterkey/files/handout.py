"""The hand-out file: generated passwords, listed once, for the owner's eyes."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rosterkey.core.model import Account
from rosterkey.files.csv.text import neutralise
from rosterkey.files.replace import UnwritableFile

_HEADINGS = ("School", "Grade", "Class", "Last Name", "First Name", "Username", "Password")
_TRIES = 100


@dataclass(frozen=True, slots=True)
class Handout:
    """One line: a student and the password that was made up."""

    account: Account
    password: str

    def __repr__(self) -> str:
        return f"Handout({self.account.account_id})"


def write_handout(sheet: Path, digest: str, lines: Iterable[Handout]) -> Path:
    """Write the passwords into a new file beside the sheet that only the user may read.

    The name carries the first digits of the plan's digest; a file that exists is never written
    over. Raises UnwritableFile.
    """
    stem = f"{sheet.stem} - new passwords {digest[:8]}"
    for number in range(1, _TRIES):
        path = sheet.with_name(f"{stem}.csv" if number == 1 else f"{stem} ({number}).csv")
        try:
            # O_EXCL with the rights at once: at no moment can anybody else open the file.
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        except OSError as error:
            raise _refused(path, error) from None
        try:
            _fill(handle, lines)
        except BaseException as error:
            # Half a list would pass for a whole one.
            path.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise _refused(path, error) from None
            raise
        return path
    raise UnwritableFile(f"There are too many files named {stem}. Move them away.")


def _refused(path: Path, error: OSError) -> UnwritableFile:
    return UnwritableFile(
        f"The list of new passwords cannot be written to {path.name}: {error.strerror}. "
        "Nothing was imported, because the passwords would be lost."
    )


def _fill(handle: int, lines: Iterable[Handout]) -> None:
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS)
        writer.writerows([neutralise(text) for text in _cells(line)] for line in _sorted(lines))
        file.flush()
        # On the disk before the accounts are: after a power cut nobody could tell the passwords.
        os.fsync(file.fileno())


def _sorted(lines: Iterable[Handout]) -> list[Handout]:
    return sorted(
        lines,
        key=lambda line: (
            line.account.school or "",
            line.account.grade or "",
            line.account.classes,
            line.account.last_name,
            line.account.first_name,
        ),
    )


def _cells(line: Handout) -> tuple[str, ...]:
    account = line.account
    return (
        account.school or "",
        account.grade or "",
        "; ".join(account.classes),
        account.last_name,
        account.first_name,
        account.username,
        line.password,
    )
