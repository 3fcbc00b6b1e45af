"""A rollover as sheets: the import sheet of the new year, and lists of who needs a look."""

from __future__ import annotations

from collections.abc import Iterable

from rosterkey.core.model import Account
from rosterkey.core.prepare.rollover import Rollover
from rosterkey.core.prepare.sheet import PreparedSheet

LEAVERS = "Leavers"
LOOK = "To look at"
DOUBTFUL = "Doubtful"
NEW = "New"


def sheets_of(made: Rollover) -> tuple[PreparedSheet, ...]:
    """The sheet of the new year first, then a list for each kind that there is."""
    new = tuple((s.student_id, s.name, s.school or "", s.grade or "", str(s.row)) for s in made.new)
    lists = (
        PreparedSheet(LEAVERS, _HEADINGS, _people(made.leavers)),
        PreparedSheet(LOOK, _HEADINGS, _people(made.look)),
        PreparedSheet(DOUBTFUL, _HEADINGS, _people(made.doubtful)),
        PreparedSheet(NEW, ("ID", "Student", "School", "Grade", "Row of the list"), new),
    )
    return (made.sheet, *(sheet for sheet in lists if sheet.rows))


_HEADINGS = ("Account name", "ID", "Student", "School", "Grade", "Why")


def _people(people: Iterable[tuple[Account, str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (a.username, a.student_id or "", a.name, a.school or "", a.grade or "", why)
        for a, why in people
    )
