"""What the entries of a sheet do in sum, for the whole sheet and for each of its schools."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from rosterkey.core.grades import grade_key
from rosterkey.core.matching.entries import Entry
from rosterkey.core.matching.settle import Settled
from rosterkey.core.model import Account, Outcome
from rosterkey.core.options import Limits
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.stored import has_blank, texts_of

SHOWN = 3
"""Schools and examples that a message names."""


class Kept(NamedTuple):
    """What the guards ask of a row that is what is stored: where the student is, what is blank."""

    school: str | None
    grade: str | None
    no_student_id: bool
    no_first_name: bool
    no_last_name: bool


def kept_by(settled: Settled) -> Counter[Kept]:
    """The settled rows, counted by everything that the guards ask of them."""
    kept: Counter[Kept] = Counter()
    alike = Counter(
        (stored.school, stored.grade, stored.line if has_blank(stored.line) else "")
        for _, stored in settled.found
    )
    for (school, grade, line), count in alike.items():
        texts = texts_of(line, settled.fields) if line else dict.fromkeys(settled.fields, "filled")
        kept[Kept(school, grade, *[name not in texts for name in _ASKED])] += count
    return kept


_ASKED = ("student_id", "first_name", "last_name")


@dataclass(slots=True)
class Tally:
    """The entries of a sheet, or of one of its schools, with what they do.

    `kept` counts the rows that no entry was made of, since they are what is stored.
    `accounts` maps an entry's first row to the account after it. `takes` are the first rows of
    the entries that get a username which another student has. `beginners` are those of new
    students whom a new school year explains: in most grades move up, in the lowest they are new.
    """

    entries: list[Entry]
    kept: Counter[Kept]
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
    rows: int = field(init=False)
    """The students on the sheet."""
    matched: int = field(init=False)
    """Those of them whose account is known, or suspected."""

    def __post_init__(self) -> None:
        self.moving = [e for e in self.entries if not e.settled]
        self.created = [e for e in self.moving if e.account is None and not e.suspect]
        self.rows = len(self.entries) + self.kept.total()
        self.matched = self.kept.total() + sum(
            e.account is not None or e.suspect is not None for e in self.entries
        )

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
        kept: defaultdict[str | None, Counter[Kept]] = defaultdict(Counter)
        for one, count in self.kept.items():
            kept[one.school][one] = count
        names = parts.keys() | kept.keys()
        if len(names) < 2:
            return {}
        tallies = {name: replace(self, entries=parts[name], kept=kept[name]) for name in names}
        large = [(n, t) for n, t in tallies.items() if n and t.rows >= self.limits.rows]
        return dict(sorted(large, key=lambda part: (-part[1].rows, part[0])))

    def kept_blank(self, name: str) -> int:
        """How many of the rows that are what is stored leave a field of `Kept` blank."""
        return sum(count for kept, count in self.kept.items() if getattr(kept, f"no_{name}"))


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
    for kept, count in tally.kept.items():
        if kept.grade and grade_key(kept.grade) in order:
            steps[0] += count
    for entry in tally.entries:
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
    for kept in tally.kept:
        place = order.get(grade_key(kept.grade)) if kept.grade else None
        if place is not None:
            lowest[kept.school] = min(place, lowest.get(kept.school, place))
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
