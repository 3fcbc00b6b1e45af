"""Add IDs: the Student ID column of a roster, filled from the list of another system."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rosterkey.core.keys import username_key
from rosterkey.core.model import Account, Severity
from rosterkey.core.people.names import fold_name
from rosterkey.core.prepare.listed import Listed, ListError, StudentList
from rosterkey.core.prepare.pairing import BY_ID, Candidate, Pairing, pair
from rosterkey.core.prepare.sheet import Choice, PreparedSheet
from rosterkey.core.reading.columns import HEADING, Header, find_header
from rosterkey.core.reading.rows import Row, read_rows
from rosterkey.core.rules import sheets
from rosterkey.core.sheet import Sheet, cell_text

IMPORT_SHEET = "Import"
"""The name of the sheet with the rows: a workbook is imported from the sheet of this name."""

_NAMED_IN_NOTE = 8


@dataclass(frozen=True, slots=True)
class RosterStudent:
    """One student of the roster, with the rows of the new sheet in which he stands."""

    account: Account
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AddedIds:
    """A roster with its Student IDs, and what is to be said of them.

    `sheet` is the roster with the IDs that are sure. `students` are those of the roster by the id
    that `pairing` calls them by. `unread` are sentences about rows whose Student ID cell has an
    error: they stay as they are.
    """

    sheet: PreparedSheet
    students: dict[str, RosterStudent]
    pairing: Pairing
    listed: StudentList
    unread: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many are sure, doubtful, and missing on either side."""
        pairing = self.pairing
        had = sum(1 for s in self.students.values() if s.account.student_id)
        given = sum(1 for _, way in pairing.sure.values() if way != BY_ID)
        return {
            "students": len(self.students),
            "listed": len(self.listed.students),
            "had_id": had,
            "sure": given,
            "doubtful": len(pairing.doubtful),
            "not_on_list": len(pairing.missing),
            "not_on_roster": len(pairing.new),
        }


def add_ids(sheet: Sheet, listed: StudentList) -> AddedIds:
    """Fill the blank Student IDs of a roster that are sure; offer the candidates of the doubtful.

    An ID that stands on the roster is never changed. Raises ListError where the roster has no
    header, or a header with an error.
    """
    header = find_header(sheet)
    for finding in header.findings:
        if finding.severity is Severity.ERROR and finding.code != sheets.MISSING_HEADER.code:
            raise ListError(f"The roster cannot be used. {finding.message}")
    sheet, header = _from_header(sheet, header)
    roster = read_rows(sheet, header)
    broken = [row for row in roster.rows if "student_id" in row.broken]
    students = _students(row for row in roster.rows if "student_id" not in row.broken)
    pairing = pair([s.account for s in students.values()], listed.students)
    unread = tuple(
        f.message for row in broken for f in row.findings if f.column == HEADING["student_id"]
    )
    filled = _Filling(sheet, header, students, pairing).sheet()
    return AddedIds(filled, students, pairing, listed, unread)


def _from_header(sheet: Sheet, header: Header) -> tuple[Sheet, Header]:
    """The sheet as it is written: the header in row 1, no totals lines and no gaps."""
    below = (
        cells
        for number, cells in sheet.rows
        if number >= header.row and number not in sheet.totals_rows
    )
    return Sheet(sheet.name, tuple(enumerate(below, start=1))), replace(header, row=1)


def _students(rows: Iterable[Row]) -> dict[str, RosterStudent]:
    """The students of a roster: rows with one username, or without any with one name and place."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        username = row.get("username")
        identity: tuple[object, ...] = (username and username_key(username),)
        if not username:
            names = fold_name(row.get("first_name") or ""), fold_name(row.get("last_name") or "")
            identity = (row.number,) if not any(names) else (*names, *map(row.get, _PLACE))
        groups.setdefault((*identity, row.get("student_id")), []).append(row)
    found = {}
    for group in groups.values():
        # Seven digits keep the order of the ids that of the rows.
        account_id = f"{group[0].number:07d}"
        rows_of = tuple(row.number for row in group)
        found[account_id] = RosterStudent(_account(account_id, group), rows_of)
    return found


_PLACE = ("school", "grade", "classes")


def _account(account_id: str, rows: list[Row]) -> Account:
    first = rows[0]
    return Account(
        account_id,
        first.get("username") or "",
        first.get("student_id"),
        first.get("first_name") or "",
        first.get("last_name") or "",
        first.get("school"),
        first.get("grade"),
        tuple(dict.fromkeys(name for row in rows for name in row.classes)),
    )


@dataclass(frozen=True, slots=True)
class _Filling:
    """A roster as texts, with the Student IDs of a pairing."""

    source: Sheet
    header: Header
    students: dict[str, RosterStudent]
    pairing: Pairing

    def sheet(self) -> PreparedSheet:
        """The columns of the roster in their order; a missing Student ID comes first."""
        place = self.header.positions.get("student_id")
        start, column = (1, 0) if place is None else (0, place)
        width = max(len(cells) for _, cells in self.source.rows)
        ids, asked = self._by_row()
        rows: list[tuple[str, ...]] = []
        choices: dict[tuple[int, int], Choice] = {}
        for number, cells in self.source.rows:
            texts = [""] * start + [cell_text(cell) for cell in cells]
            texts += [""] * (start + width - len(texts))
            if number == 1:
                texts[column] = HEADING["student_id"]
            elif not texts[column].strip():
                texts[column] = ids.get(number, "")
                if number in asked:
                    choices[len(rows) - 1, column] = offer(asked[number])
            rows.append(tuple(texts))
        # What the rows were exported from stays out of sight, as on the roster.
        hidden = frozenset(start + place for place in self.header.origin or ())
        return PreparedSheet(IMPORT_SHEET, rows[0], tuple(rows[1:]), choices, hidden)

    def _by_row(self) -> tuple[dict[int, str], dict[int, tuple[Candidate, ...]]]:
        ids: dict[int, str] = {}
        asked: dict[int, tuple[Candidate, ...]] = {}
        for account_id, student in self.students.items():
            for row in student.rows:
                if account_id in self.pairing.sure:
                    ids[row] = self.pairing.sure[account_id][0].student_id
                elif account_id in self.pairing.doubtful:
                    asked[row] = self.pairing.doubtful[account_id]
        return ids, asked


def offer(candidates: tuple[Candidate, ...]) -> Choice:
    """The candidates of a blank Student ID, with what speaks for and against each."""
    told = [f"{describe(c.listed)}: {c.why} (score {c.score:.2f})" for c in candidates]
    more = len(told) - _NAMED_IN_NOTE
    lines = ["Doubtful, so left blank. Choose the right one:", *told[:_NAMED_IN_NOTE]]
    if more > 0:
        lines.append(f"and {more} more in the drop-down")
    return Choice(tuple(c.listed.student_id for c in candidates), "\n".join(lines))


def describe(listed: Listed) -> str:
    """Somebody on the list: the Student ID, the name, and where he is at school."""
    grade = f"grade {listed.grade}" if listed.grade else ""
    told = (listed.name or "no name", listed.school or "", grade)
    return f"{listed.student_id} {', '.join(part for part in told if part)}"
