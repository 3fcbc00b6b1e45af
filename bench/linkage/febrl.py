"""The FEBRL lists as a district: who has an account, and who is new.

A list holds original persons and damaged copies of them. The originals with an even number are the
accounts, all copies are new rows: about half of them double an account, the others are persons
whom the accounts do not know.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from rosterkey.core.model import Account
from rosterkey.core.people.newcomer import Newcomer

_ALIKE = 0.75
GRADES = ("K", *(str(n) for n in range(1, 13)))


@dataclass(frozen=True, slots=True)
class Person:
    """A line of a list: what is compared, and the number of the original."""

    key: str
    number: int
    given_name: str
    surname: str
    suburb: str
    born: str
    """The date of birth as YYYYMMDD, with what the damage made of it; empty where it is missing."""

    grade: str | None
    """Made from the year of birth, of which every thirteenth gives the same grade."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Those with an account, and the new rows.

    `replaced_names` tells that some first names were replaced by wholly other ones.
    """

    name: str
    known: list[Person]
    rows: list[Person]
    replaced_names: bool = True

    @property
    def truth(self) -> dict[str, str | None]:
        """The key of each new row to that of the person whom it doubles, None for a new one."""
        known = {person.number: person.key for person in self.known}
        return {row.key: known.get(row.number) for row in self.rows}

    @property
    def like_siblings(self) -> set[str]:
        """The keys of new rows that double an account, but with a wholly other first name.

        The damage put another name there. In a school such a pair is a brother or sister, and
        nobody could tell it from one.
        """
        if not self.replaced_names:
            return set()
        known = {person.number: person for person in self.known}
        pairs = ((row, known[row.number]) for row in self.rows if row.number in known)
        return {row.key for row, person in pairs if _other_first_name(row, person)}


def _other_first_name(row: Person, person: Person) -> bool:
    one, two = row.given_name, person.given_name
    swapped = JaroWinkler.similarity(one, person.surname) >= _ALIKE
    return JaroWinkler.similarity(one, two) < _ALIKE and not swapped


def read(path: Path) -> Lists:
    """Read one list and part it."""
    with path.open(encoding="utf-8", newline="") as opened:
        people = [_person(line) for line in csv.DictReader(opened)]
    originals = [p for p in people if p.key.endswith("-org")]
    listed = sorted({p.suburb for p in originals if p.suburb})
    rows = [_with_listed_suburb(p, listed) for p in people if "-dup" in p.key]
    # An import refuses a new row without a first or a last name before anything is compared.
    rows = [row for row in rows if row.given_name and row.surname]
    return Lists(path.stem, [p for p in originals if p.number % 2 == 0], rows)


def _with_listed_suburb(person: Person, listed: list[str]) -> Person:
    """The person with a suburb of the list.

    An import knows the schools of its district and refuses any other, with the nearest as the
    suggested value. All methods get the value that follows from it.
    """
    if not person.suburb or person.suburb in listed:
        return person
    nearest = process.extractOne(person.suburb, listed)
    return replace(person, suburb=nearest[0])


def accounts(lists: Lists, *, with_grade: bool) -> list[Account]:
    """The known persons as accounts: the suburb is the school, usernames say nothing, no IDs."""
    return [
        Account(p.key, f"u{i:06}", None, p.given_name, p.surname, p.suburb or None,
                p.grade if with_grade else None)
        for i, p in enumerate(lists.known)
    ]  # fmt: skip


def newcomers(lists: Lists, *, with_grade: bool) -> list[Newcomer]:
    """The new rows, numbered from 0."""
    return [
        Newcomer(i, None, f"n{i:06}", p.given_name, p.surname, p.suburb or None,
                 p.grade if with_grade else None)
        for i, p in enumerate(lists.rows)
    ]  # fmt: skip


def write_for_peers(lists: Lists, folder: Path, *, with_grade: bool) -> None:
    """Write `accounts.csv` and `newcomers.csv` with the very columns that rosterkey compares."""
    headings = ["unique_id", "given_name", "surname", "suburb", *(["grade"] if with_grade else [])]
    for name, people in (("accounts", lists.known), ("newcomers", lists.rows)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(headings)
            for p in people:
                row = [p.key, p.given_name, p.surname, p.suburb]
                writer.writerow([*row, p.grade] if with_grade else row)


def _person(line: dict[str, str]) -> Person:
    key = line["rec_id"]
    values = (line[name].strip() for name in ("given_name", "surname", "suburb", "date_of_birth"))
    given_name, surname, suburb, born = values
    number = int(key.split("-")[1])
    return Person(key, number, given_name, surname, suburb, born, _grade(born[:4]))


def _grade(year: str) -> str | None:
    return GRADES[int(year) % len(GRADES)] if year.isdigit() else None
