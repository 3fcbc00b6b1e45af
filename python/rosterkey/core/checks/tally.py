"""What the entries of a sheet do in sum, for the whole sheet and for each of its schools."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from rosterkey.core.grades import grade_key
from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import Account, Outcome
from rosterkey.core.options import Limits
from rosterkey.core.snapshot import Snapshot

SHOWN = 3
"""Schools and examples that a message names."""


@dataclass(slots=True)
class Tally:
    """The entries of a sheet, or of one of its schools, with what they do.

    `accounts` maps an entry's first row to the account after it. `takes` are the first rows of
    the entries that get a username which another student has. `beginners` are those of new
    students whom a new school year explains: in most grades move up, in the lowest they are new.
    """

    entries: list[Entry]
    outcomes: dict[int, Outcome]
    accounts: dict[int, Account]
    snapshot: Snapshot
    fields: frozenset[str]
    limits: Limits
    takes: Collection[int] = ()
    new_year: bool = False
    beginners: Collection[int] = ()
    moving: list[Entry] = field(init=False)
    """What is not settled: nothing is said of the others, and they do nothing."""
    created: list[Entry] = field(init=False)
    matched: list[Entry] = field(init=False)

    def __post_init__(self) -> None:
        self.moving = [e for e in self.entries if not e.settled]
        self.created = [e for e in self.moving if e.account is None and not e.suspect]
        self.matched = [e for e in self.entries if e.account is not None or e.suspect]

    def with_outcome(self, *outcomes: Outcome) -> list[Entry]:
        """The entries with one of these outcomes, of those that do anything."""
        return [e for e in self.moving if self.outcomes[e.number] in outcomes]

    def with_finding(self, code: str) -> list[Entry]:
        """The entries with a finding of this code."""
        return [
            e
            for e in self.moving
            if any(f.code == code for f in e.findings)
            or any(f.code == code for row in e.rows for f in row.findings)
        ]

    def school_of(self, entry: Entry) -> str | None:
        """The school where the student of an entry is after the import."""
        after = self.accounts.get(entry.number)
        return after.school if after else entry.lead.get("school")

    def by_school(self) -> dict[str, Tally]:
        """Each school with students enough for a sheet of its own, the largest first.

        Empty where all the sheet is one school.
        """
        parts: defaultdict[str | None, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            parts[self.school_of(entry)].append(entry)
        if len(parts) < 2:
            return {}
        ordered = sorted(parts.items(), key=lambda part: (-len(part[1]), part[0] or ""))
        return {
            school: replace(self, entries=entries)
            for school, entries in ordered
            if school and len(entries) >= self.limits.rows
        }


def share(part: int, whole: int) -> str:
    """A share as it is said: 12 of 240 (5 %)."""
    percent = 100 * part / whole if whole else 0.0
    told = "under 1" if 0 < percent < 1 else f"{percent:.0f}"
    return f"{part:,} of {whole:,} ({told} %)"


def with_year(tally: Tally) -> Tally:
    """The tally with what a new school year explains, where the sheet brings one."""
    if not _is_new_year(tally):
        return tally
    return replace(tally, new_year=True, beginners=_beginners(tally))


def _is_new_year(tally: Tally) -> bool:
    """Whether most students whose grade is on the sheet move up by exactly one grade."""
    order = _order_of_grades(tally)
    steps: Counter[int] = Counter()
    for entry in tally.matched:
        before, after = entry.account, tally.accounts.get(entry.number)
        if before and after and before.grade and after.grade:
            old, new = order.get(grade_key(before.grade)), order.get(grade_key(after.grade))
            if old is not None and new is not None:
                steps[new - old] += 1
    return steps[1] * 2 > sum(steps.values()) if steps else False


def _beginners(tally: Tally) -> frozenset[int]:
    """The new students in the lowest grade that their school has on the sheet."""
    order = _order_of_grades(tally)
    places: dict[int, int] = {}
    lowest: dict[str | None, int] = {}
    for entry in tally.entries:
        after = tally.accounts.get(entry.number)
        place = order.get(grade_key(after.grade)) if after and after.grade else None
        if place is not None:
            school = tally.school_of(entry)
            places[entry.number] = place
            lowest[school] = min(place, lowest.get(school, place))
    return frozenset(
        e.number
        for e in tally.created
        if places.get(e.number) == lowest.get(tally.school_of(e), -1)
    )


def _order_of_grades(tally: Tally) -> dict[str, int]:
    return {grade_key(g): i for i, g in enumerate(tally.snapshot.district.grades)}
