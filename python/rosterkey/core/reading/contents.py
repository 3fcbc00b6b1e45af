"""What a column seems to hold, whatever it is called: judged by the values that are stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rosterkey.core.grades import grade_key
from rosterkey.core.keys import id_key, username_key
from rosterkey.core.model import Account, District, Finding
from rosterkey.core.reading.columns import find_header
from rosterkey.core.reading.headings import (
    BY_HEADING,
    BY_SYNONYM,
    HEADING,
    ORIGIN,
    RESULTS,
    column_letter,
    fold_heading,
)
from rosterkey.core.reading.layouts import LAYOUT_WITHIN
from rosterkey.core.rules import sheets
from rosterkey.core.sheet import Cell, Sheet, cell_text

_LOOKED_AT = 500
"""Values of a column that are looked at."""

_FEWEST = 3
"""Fewer values prove nothing."""

_ENOUGH = {"grade": 0.9, "school": 0.9}
_MOST_FIELDS = 0.6
"""So large a share of a column's values has to be known; lists of few entries are stricter."""

_NUMBER = re.compile(r"[A-Za-z]{0,4}-?[0-9]{2,}[A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A column that seems to be a field: `share` of its values are known as such."""

    position: int
    heading: str
    field: str
    share: float

    @property
    def said(self) -> str:
        """What somebody says who agrees: `Pupil No=Student ID`."""
        return f"{self.heading}={HEADING[self.field]}"

    @property
    def why(self) -> str:
        """The reason in words."""
        return f"{self.share:.0%} of its values are {_KNOWN_AS[self.field]}"

    def finding(self) -> Finding:
        """The proposal as something to say about the sheet."""
        name = HEADING[self.field]
        text = (
            f'The column "{self.heading}" ({column_letter(self.position)}) seems to be {name}: '
            f'{self.why}. To read it so, say once: --map "{self.said}", or write {name} over it.'
        )
        return sheets.HEADER_PROPOSAL.finding(text, column=name)


_KNOWN_AS = {
    "student_id": "stored Student IDs",
    "username": "stored usernames",
    "first_name": "first names of students",
    "last_name": "last names of students",
    "grade": "grades of the district",
    "school": "schools of the district",
    "classes": "classes of the district",
}


class Known:
    """The values that a district has, by field and without regard to spelling."""

    def __init__(self, district: District, accounts: Iterable[Account]) -> None:
        accounts = list(accounts)
        schools = {*district.schools, *(a.school for a in accounts if a.school)}
        grades = {*district.grades, *(a.grade for a in accounts if a.grade)}
        self._values: Mapping[str, frozenset[str]] = {
            "student_id": frozenset(id_key(a.student_id) for a in accounts if a.student_id),
            "username": frozenset(username_key(a.username) for a in accounts),
            "first_name": frozenset(a.first_name.casefold() for a in accounts),
            "last_name": frozenset(a.last_name.casefold() for a in accounts),
            "grade": frozenset(map(grade_key, grades)),
            "school": frozenset(school.casefold() for school in schools),
            "classes": frozenset(name.casefold() for a in accounts for name in a.classes),
        }

    def share(self, field: str, texts: Sequence[str]) -> float:
        """Which share of the texts are values of a field."""
        known, fold = self._values[field], _FOLDS.get(field, str.casefold)
        return sum(fold(text) in known for text in texts) / len(texts)


_FOLDS: Mapping[str, Callable[[str], str]] = {
    "student_id": id_key,
    "username": username_key,
    "grade": grade_key,
}


def propose(sheet: Sheet, known: Known) -> list[Proposal]:
    """The columns without a known heading that seem to be fields which the sheet lacks.

    Each field is proposed for one column at most and each column for one field, the surest first.
    """
    header = find_header(sheet)
    row = header.row or _fullest(sheet)
    headings = next((cells for number, cells in sheet.rows if number == row), ())
    found = []
    for position, cell in enumerate(headings):
        texts = _texts_below(sheet, row, position)
        if not isinstance(cell, str) or _means_something(cell, sheet) or len(texts) < _FEWEST:
            continue
        for field in _KNOWN_AS.keys() - header.positions.keys():
            share = known.share(field, texts)
            if share >= _ENOUGH.get(field, _MOST_FIELDS):
                found.append(Proposal(position, cell.strip(), field, share))
    return _surest(found)


def looks_like_ids(sheet: Sheet, row: int, position: int) -> bool:
    """Whether a column below a header row holds numbers that differ, as Student IDs do."""
    texts = _texts_below(sheet, row, position)
    if len(texts) < _FEWEST or len(set(texts)) < 0.5 * len(texts):
        return False
    return sum(_NUMBER.fullmatch(text) is not None for text in texts) >= 0.9 * len(texts)


def _means_something(cell: str, sheet: Sheet) -> bool:
    folded = fold_heading(cell)
    known = (BY_HEADING, BY_SYNONYM, RESULTS, ORIGIN, sheet.meanings)
    return not folded or any(folded in headings for headings in known)


def _surest(found: Iterable[Proposal]) -> list[Proposal]:
    chosen: dict[str, Proposal] = {}
    taken: set[int] = set()
    for one in sorted(found, key=lambda p: (-p.share, p.position, p.field)):
        if one.field not in chosen and one.position not in taken:
            chosen[one.field] = one
            taken.add(one.position)
    return sorted(chosen.values(), key=lambda p: p.position)


def _fullest(sheet: Sheet) -> int:
    """The first row that holds the most texts: the header of a layout that nobody knows."""
    first = sheet.rows[:LAYOUT_WITHIN]
    filled = [sum(isinstance(cell, str) for cell in cells) for _, cells in first]
    return first[filled.index(max(filled))][0] if filled else 0


def _texts_below(sheet: Sheet, row: int, position: int) -> list[str]:
    below: Iterable[Cell] = (
        cells[position] for number, cells in sheet.rows if number > row and position < len(cells)
    )
    texts = (cell_text(cell).strip() for cell in below if cell is not None)
    filled = [text for text in texts if text]
    return filled[:_LOOKED_AT]
