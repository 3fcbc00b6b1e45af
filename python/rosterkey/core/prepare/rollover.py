"""Rollover: the import sheet of the new school year, from the roster and next year's list.

Nothing is written to the accounts. Who leaves is listed and is not on the sheet, and accounts that
are not on a sheet stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rosterkey.core.model import Account, District
from rosterkey.core.prepare.ids import IMPORT_SHEET, describe, offer
from rosterkey.core.prepare.listed import Listed, StudentList
from rosterkey.core.prepare.moving_up import Ladder, Place
from rosterkey.core.prepare.pairing import Pairing, pair
from rosterkey.core.prepare.sheet import Choice, PreparedSheet
from rosterkey.core.reading.columns import HEADING, ORIGIN_HEADINGS

_FIELDS = ("student_id", "username", "first_name", "last_name", "grade", "school")
_CLASSES = "classes"


@dataclass(slots=True)
class Rollover:
    """The sheet of the new year, and everybody who needs a look.

    `leavers`, `look` and `doubtful` are accounts or people with the reason. `moved` counts those
    who go one grade up as they should, `new` are those on the list who have no account.
    """

    sheet: PreparedSheet
    listed: StudentList | None
    moved: int = 0
    leavers: list[tuple[Account, str]] = field(default_factory=list)
    look: list[tuple[Account, str]] = field(default_factory=list)
    doubtful: list[tuple[Account, str]] = field(default_factory=list)
    new: tuple[Listed, ...] = ()
    contradictions: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        return {
            "rows": len(self.sheet.rows),
            "moved": self.moved,
            "look": len(self.look),
            "doubtful": len(self.doubtful),
            "new": len(self.new),
            "leavers": len(self.leavers),
        }


def roll_over(
    district: District, accounts: Sequence[Account], listed: StudentList | None = None
) -> Rollover:
    """Make the sheet of the new year; `accounts` are the active students in the sheet's order.

    With a list, its grades, schools and classes count, and whoever is not on it leaves. Without
    one everybody moves up one grade, and the highest grade leaves.
    """
    return _Making(district, accounts, listed).rollover()


class _Making:
    """The sheet in the making."""

    def __init__(
        self, district: District, accounts: Sequence[Account], listed: StudentList | None
    ) -> None:
        self._accounts = accounts
        self._listed = listed
        self._ladder = Ladder(district, accounts)
        self._pairing = pair(accounts, listed.students) if listed else Pairing()
        # Last year's classes are none of next year's: without new ones there is no such column.
        has_classes = listed is not None and any(s.classes for s in listed.students)
        self._fields = (*_FIELDS, _CLASSES) if has_classes else _FIELDS
        self._rows: list[tuple[str, ...]] = []
        self._choices: dict[tuple[int, int], Choice] = {}
        self._made = Rollover(PreparedSheet(IMPORT_SHEET, (), ()), listed)

    def rollover(self) -> Rollover:
        """Everybody in turn: those who have accounts, then those who are new."""
        for account in self._accounts:
            self._add(account)
        made = self._made
        made.new, made.contradictions = self._pairing.new, self._pairing.contradictions
        for listed in made.new:
            cells = {
                "student_id": listed.student_id,
                "username": listed.username,
                "first_name": listed.first_name,
                "last_name": listed.last_name,
                "grade": listed.grade,
                "school": listed.school,
            }
            self._rows.append(self._row(cells, listed.classes, ("", "")))
        headings = (*(HEADING[name] for name in self._fields), *ORIGIN_HEADINGS)
        hidden = frozenset(range(len(self._fields), len(headings)))
        made.sheet = PreparedSheet(IMPORT_SHEET, headings, tuple(self._rows), self._choices, hidden)
        return made

    def _add(self, account: Account) -> None:
        made = self._made
        place = self._ladder.up(account)
        found = self._pairing.sure.get(account.account_id)
        candidates = self._pairing.doubtful.get(account.account_id, ())
        if self._listed and not found and not candidates:
            why = "not on the list" + (f"; {place.why}" if place.leaves else "")
            made.leavers.append((account, why))
            return
        if place.leaves and not found and not candidates:
            made.leavers.append((account, place.why))
            return
        if found:
            place = self._as_listed(account, found[0], place)
        elif candidates:
            told = "; ".join(f"{describe(c.listed)}: {c.why}" for c in candidates)
            made.doubtful.append((account, told))
            self._choices[len(self._rows), 0] = offer(candidates)
            place = Place(place.grade or account.grade, place.school, place.schools)
        self._offer_schools(place)
        if place.why:
            made.look.append((account, place.why))
        elif found or not candidates:
            made.moved += 1
        self._rows.append(self._row_of(account, found[0] if found else None, place))

    def _as_listed(self, account: Account, listed: Listed, place: Place) -> Place:
        """Where the list puts a student; what it does not say is one grade up."""
        grade, school = listed.grade or place.grade, listed.school or place.school
        why = ""
        before, after = self._ladder.step(account.grade), self._ladder.step(listed.grade)
        if listed.grade and after is None:
            why = f"the list says grade {listed.grade}, which the district does not have"
        elif before is not None and after is not None and after != before + 1:
            stays = "stays in" if after == before else "goes to"
            why = f"{stays} grade {listed.grade} after {account.grade}, as the list says"
        elif not listed.grade and place.leaves:
            why = f"on the list without a grade; {place.why}"
            grade = account.grade
        elif not listed.school:
            return Place(grade, school, place.schools, why=place.why)
        return Place(grade, school, why=why)

    def _offer_schools(self, place: Place) -> None:
        if len(place.schools) > 1 and place.school is None:
            note = f"Several schools have grade {place.grade}. Choose one; blank keeps the old one."
            at = len(self._rows), self._fields.index("school")
            self._choices[at] = Choice(place.schools, note)

    def _row_of(self, account: Account, listed: Listed | None, place: Place) -> tuple[str, ...]:
        cells = {
            "student_id": account.student_id or (listed.student_id if listed else None),
            "username": account.username,
            "first_name": account.first_name,
            "last_name": account.last_name,
            "grade": place.grade,
            "school": place.school,
        }
        origin = account.account_id, str(account.version)
        return self._row(cells, listed.classes if listed else (), origin)

    def _row(
        self, cells: dict[str, str | None], classes: tuple[str, ...], origin: tuple[str, str]
    ) -> tuple[str, ...]:
        texts = {**cells, _CLASSES: "; ".join(classes)}
        return (*(texts[name] or "" for name in self._fields), *origin)
