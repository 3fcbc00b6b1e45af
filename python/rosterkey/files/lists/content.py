"""What stands on lists and cards, and in what order."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rosterkey.core.keys import username_key
from rosterkey.core.model import Account
from rosterkey.files.csv.text import restore
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.opening import cannot_open

NO_CLASS = "No class"
NO_SCHOOL = "No school"


@dataclass(frozen=True, slots=True)
class Line:
    """A student on a list; `before` is empty for one who is new."""

    last_name: str
    first_name: str
    before: str
    username: str
    password: str | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The name as it stands on a card."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class ClassList:
    """The students of one class of one school."""

    school: str
    name: str
    lines: tuple[Line, ...]


def class_lists(changed: Iterable[tuple[Account | None, Account]]) -> list[ClassList]:
    """The lists of all classes, by school, class and name.

    A student of several classes stands on the list of each.
    """
    found: dict[tuple[str, str], list[Line]] = {}
    for before, after in changed:
        old = before.username if before else ""
        line = Line(after.last_name, after.first_name, old, after.username)
        for name in after.classes or (NO_CLASS,):
            found.setdefault((after.school or NO_SCHOOL, name), []).append(line)
    return [
        ClassList(school, name, tuple(sorted(lines, key=_by_name)))
        for (school, name), lines in sorted(found.items(), key=_by_class)
    ]


def with_passwords(lists: Iterable[ClassList], passwords: Mapping[str, str]) -> list[ClassList]:
    """The lists with passwords by username key, for those who have one there."""
    return [
        replace(
            one,
            lines=tuple(
                replace(line, password=passwords.get(username_key(line.username)))
                for line in one.lines
            ),
        )
        for one in lists
    ]


def read_passwords(path: Path) -> dict[str, str]:
    """The passwords of a hand-out file by username key. Raises UnreadableFile."""
    from rosterkey.core.rules import files

    try:
        with path.open("r", encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not {"Username", "Password"} <= set(reader.fieldnames or ()):
                raise UnreadableFile(
                    files.DAMAGED_FILE,
                    f"{path.name} is no list of new passwords: it has no columns Username and "
                    "Password.",
                )
            return {
                username_key(restore(row["Username"] or "")): restore(row["Password"] or "")
                for row in reader
            }
    except OSError as error:
        raise cannot_open(path, error) from None
    except (UnicodeDecodeError, csv.Error):
        raise UnreadableFile(
            files.DAMAGED_FILE,
            f"{path.name} is no list of new passwords: name the CSV that an import wrote.",
        ) from None


def _by_name(line: Line) -> tuple[str, str, str]:
    return line.last_name.casefold(), line.first_name.casefold(), username_key(line.username)


def _by_class(item: tuple[tuple[str, str], list[Line]]) -> tuple[bool, str, bool, str]:
    (school, name), _ = item
    return school == NO_SCHOOL, school.casefold(), name == NO_CLASS, name.casefold()
