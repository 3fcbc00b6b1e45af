"""A made-up district: accounts that are right, and the sheet that an export of them gives."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from bench.faults.names import Names, letters
from rosterkey.core.model import Account, District
from rosterkey.core.sheet import Cell, Sheet
from rosterkey.core.snapshot import Snapshot
from rosterkey.demo.sample import read_sample

GRADES = ("K", *(str(n) for n in range(1, 13)))
_SCHOOLS = (
    ("Lincoln Elementary", "Adams Elementary", "Grant Elementary"),
    ("Roosevelt Middle", "Truman Middle"),
    ("Kennedy High", "Curie High"),
)
HEADINGS = ("Student ID", "Username", "First Name", "Last Name", "Grade", "School", "Class")
_STUDENTS_OF_A_SCHOOL = 600
_SHARE_OF_TWINS = 0.02
_SHARE_OF_SIBLINGS = 0.1
_SHARE_OF_NAMESAKES = 0.01
_PATTERNS: tuple[Callable[[str, str, int], str], ...] = (
    lambda first, last, _: letters(first[:1] + last)[:16],
    lambda first, last, _: f"{letters(first)}.{letters(last)}"[:40],
    lambda first, last, number: f"{letters(last)[:8]}{number % 100:02}",
    lambda _first, _last, number: f"s{number:07}",
)


@dataclass(slots=True)
class Line:
    """A row of the sheet with the truth beside it.

    `means` is the id of the account that the row is really about, None for a new student.
    `touched` tells that the row has a fault or a genuine change; `apart` names what is counted
    for itself. `right` holds what belongs into the cells that slipped, by heading.
    """

    cells: dict[str, Cell]
    means: str | None
    touched: bool = False
    apart: str = ""
    right: dict[str, Cell] = field(default_factory=dict)

    def change(self, **cells: Cell) -> None:
        """Put values into cells, by field (`first_name`), and mark the row as touched."""
        for name, cell in cells.items():
            self.cells[_HEADING[name]] = cell
        self.touched = True


_HEADING = {
    "student_id": "Student ID",
    "username": "Username",
    "first_name": "First Name",
    "last_name": "Last Name",
    "grade": "Grade",
    "school": "School",
    "class_name": "Class",
}


@dataclass
class Town:
    """A district's accounts, with the randomness that everything about it comes from.

    `with_ids` tells whether the accounts have Student IDs. Every seventh student or so is in a
    family with another: siblings, twins; some are namesakes.
    """

    seed: int
    rows: int
    with_ids: bool = True
    digits: int = 7
    """Student IDs have so many digits, zeros in front; 0: as many as each number needs, and 5."""
    rng: random.Random = field(init=False)
    names: Names = field(init=False)
    schools: tuple[tuple[str, ...], ...] = field(init=False)
    """The elementary, middle and high schools."""
    students: list[Account] = field(init=False, default_factory=list)
    twins: list[tuple[str, str]] = field(init=False, default_factory=list)
    namesakes: list[tuple[str, str]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)  # noqa: S311
        self.names = Names(self.rng, tail=self.rows > len(read_sample()))
        self.schools = _schools(self.rows)
        self._pattern = self.rng.choice(_PATTERNS)
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}
        self._number = 4_000 + self.rng.randrange(1_000)
        for person in self._people():
            self._enrol(*person)

    @property
    def snapshot(self) -> Snapshot:
        """The accounts as the planner reads them."""
        schools = tuple(school for level in self.schools for school in level)
        return Snapshot(District("D1", "Lincoln Unified", schools, GRADES), self.students)

    def _people(self) -> list[tuple[str, str, str]]:
        sample = read_sample()
        people = [(s.first_name, s.last_name, _grade_of(s.born)) for s in sample[: self.rows]]
        if self.rows > len(sample):
            people = [
                (self.names.first(), self.names.last(), self.rng.choice(GRADES))
                for _ in range(self.rows)
            ]
        self.rng.shuffle(people)
        return people

    def _enrol(self, first: str, last: str, grade: str) -> None:
        school = self.rng.choice(self.schools[level_of(grade)])
        share, pairs = self.rng.random(), None
        other = self.rng.choice(self.students) if self.students else None
        if other and share < _SHARE_OF_TWINS:
            pairs, last, grade = self.twins, other.last_name, other.grade or grade
            school = other.school or school
            first = self.names.other_first(other.first_name)
        elif other and share < _SHARE_OF_TWINS + _SHARE_OF_SIBLINGS:
            last = other.last_name
        elif other and share > 1 - _SHARE_OF_NAMESAKES:
            pairs, first, last = self.namesakes, other.first_name, other.last_name
        account = self.account(first, last, grade, school)
        self.students.append(account)
        if pairs is not None and other:
            pairs.append((other.account_id, account.account_id))

    def account(self, first: str, last: str, grade: str | None, school: str | None) -> Account:
        """An account with the next number, and a username and an ID that nobody has."""
        self._number += 1
        return Account(
            f"a{self._number}",
            self.new_username(first, last),
            self.new_id() if self.with_ids else None,
            first,
            last,
            school,
            grade,
            (f"{grade}{self.rng.choice('ABC')}",),
        )

    def new_id(self) -> str:
        """The Student ID for the next number."""
        if self.digits:
            return str(self._number).zfill(self.digits)
        own, before = self._number, self._number - 1
        # The last form is the number of the child before, with zeros: 123 and 00123.
        return self.rng.choice((str(own), f"0{own}", f"000{own}", f"00{before}"))

    def new_username(
        self, first: str, last: str, pattern: Callable[[str, str, int], str] | None = None
    ) -> str:
        """A username after the district's pattern (or another) that no account has or had."""
        stem = (pattern or self._pattern)(first, last, self._number) or "x"
        count = self._counts.get(stem, 1)
        username = stem
        while username in self._taken:
            count += 1
            username = f"{stem}{count}"
        # All counts below are taken for good: a large district need not try them again.
        self._counts[stem] = count
        self._taken.add(username)
        return username

    def another_pattern(self) -> Callable[[str, str, int], str]:
        """Another pattern of usernames than the district's, made from names."""
        return self.rng.choice([p for p in _PATTERNS[:3] if p is not self._pattern])

    def export(self, students: Iterable[Account] | None = None) -> list[Line]:
        """The sheet that an export gives, in the order of school, grade and name."""
        chosen = self.students if students is None else students
        return [line_of(a) for a in sorted(chosen, key=export_order)]

    def newcomer(self, first: str | None = None, last: str | None = None) -> Account:
        """A child who has no account yet, with the account that it would get."""
        grade = self.rng.choice(GRADES)
        school = self.rng.choice(self.schools[level_of(grade)])
        first, last = first or self.names.first(), last or self.names.last()
        return self.account(first, last, grade, school)


def _schools(students: int) -> tuple[tuple[str, ...], ...]:
    """Seven schools, and more where these would have more than 600 students each."""
    more = max(0, students // _STUDENTS_OF_A_SCHOOL - sum(map(len, _SCHOOLS)))
    kinds = ("Elementary", "Middle", "High")
    return tuple(
        (*known, *(f"{kind} School {n}" for n in range(1, 1 + more * len(known) // 7)))
        for kind, known in zip(kinds, _SCHOOLS, strict=True)
    )


def level_of(grade: str) -> int:
    """0 for an elementary, 1 for a middle, 2 for a high school grade."""
    place = GRADES.index(grade)
    return 0 if place < 6 else 1 if place < 9 else 2


def line_of(account: Account, *, new: bool = False) -> Line:
    """The row that an account has on an export; `new` for one that the database lacks."""
    cells: dict[str, Cell] = dict(
        zip(
            HEADINGS,
            (
                account.student_id,
                account.username,
                account.first_name,
                account.last_name,
                account.grade,
                account.school,
                "; ".join(account.classes),
            ),
            strict=True,
        )
    )
    return Line(cells, None if new else account.account_id, touched=new)


def sheet_of(lines: Iterable[Line], headings: tuple[str, ...] = HEADINGS) -> Sheet:
    """The sheet of some lines: the header in row 1, the lines from row 2 on."""
    rows: list[tuple[int, tuple[Cell, ...]]] = [(1, headings)]
    for number, line in enumerate(lines, start=2):
        rows.append((number, tuple(line.cells[heading] for heading in headings)))
    return Sheet("Import", tuple(rows))


def up_a_grade(account: Account) -> Account:
    """The account in the next grade, in the same school."""
    place = min(GRADES.index(account.grade or "K") + 1, len(GRADES) - 1)
    return replace(account, grade=GRADES[place], classes=(f"{GRADES[place]}A",))


def export_order(account: Account) -> tuple[str, str, str, str, str]:
    """School, grade, last and first name: the order in which an export lists students."""
    names = account.last_name, account.first_name, account.account_id
    return account.school or "", (account.grade or "").zfill(2), *names


def _grade_of(born: str) -> str:
    # The children of the sample were born from 2005 to 2016: every year is a grade.
    return GRADES[2016 - int(born[:4])]
