"""What stands on the page: plain values, counted and grouped by school, without passwords."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rosterkey.core.checks.changes import field_differences
from rosterkey.core.model import Account, AccountChange
from rosterkey.report.words import FIELD_WORDS, shown

NO_SCHOOL = "No school told"

KINDS = {
    "new": ("New account", "new account", "new accounts"),
    "back": ("Brought back", "account brought back", "accounts brought back"),
    "username": ("New username", "new username", "new usernames"),
    "id": ("Student ID", "Student ID given or changed", "Student IDs given or changed"),
    "other": ("Other change", "other change", "other changes"),
    "removed": ("Removed", "account removed", "accounts removed"),
    "error": ("Error", "row with an error", "rows with errors"),
}
"""What can happen to a student, the first that fits: as a heading, for one, and for many."""


def counted(kind: str, count: int) -> str:
    """A count in words: `1 new account`, `477 new usernames`."""
    return f"{count:,} {KINDS[kind][1 if count == 1 else 2]}"


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a student, before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Student:
    """One student who changes: who, in which way, and what exactly."""

    name: str
    username: str
    kind: str
    lines: tuple[Line, ...]

    @property
    def word(self) -> str:
        """The kind of change in words."""
        return KINDS[self.kind][0]


@dataclass(frozen=True, slots=True)
class School:
    """The students of one school who change; `left_out` more are not listed."""

    name: str
    students: tuple[Student, ...]
    counts: Mapping[str, int]
    left_out: int = 0

    @property
    def total(self) -> int:
        """How many students and rows of the school the page counts."""
        return sum(self.counts.values())

    @property
    def told(self) -> str:
        """The counts as a sentence, for whoever hears the chart."""
        return f"{self.name}: {', '.join(counted(k, n) for k, n in self.counts.items())}"


@dataclass(frozen=True, slots=True)
class Question:
    """Something open: a confirmation that is asked for, or a kind of finding with its messages."""

    title: str
    word: str
    why: str = ""
    messages: tuple[str, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page says. `facts` are pairs of a word and a text.

    `mood` colours the state: ready, waits or shut.
    """

    title: str
    district: str
    state: str
    state_word: str
    mood: str
    facts: tuple[tuple[str, str], ...]
    schools: tuple[School, ...]
    confirmations: tuple[Question, ...] = ()
    findings: tuple[Question, ...] = ()
    done: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)


def by_school(
    changes: Iterable[AccountChange],
    errors: Mapping[str, int],
    most: int | None,
    *,
    brought_back: bool = False,
) -> tuple[School, ...]:
    """The changes by school, each with at most `most` students listed; `errors` count rows.

    A student who changes school stands with the new one. `brought_back` tells that an account which
    was not there before was there earlier, as after an undo.
    """
    came = "back" if brought_back else "new"
    students: dict[str, list[Student]] = {}
    for change in changes:
        account = change.after or change.before
        if account is not None:
            students.setdefault(account.school or NO_SCHOOL, []).append(
                _student(change, account, came)
            )
    names = sorted({*students, *errors}, key=lambda name: (name == NO_SCHOOL, name.casefold()))
    return tuple(_school(name, students.get(name, []), errors.get(name, 0), most) for name in names)


def total_counts(schools: Iterable[School]) -> dict[str, int]:
    """How often each kind occurs in all schools, in the order of the kinds."""
    total: Counter[str] = Counter()
    for school in schools:
        total.update(school.counts)
    return {kind: total[kind] for kind in KINDS if total[kind]}


def _school(name: str, students: list[Student], errors: int, most: int | None) -> School:
    order = list(KINDS)
    listed = sorted(students, key=lambda s: (order.index(s.kind), s.name.casefold(), s.username))
    counts = Counter(student.kind for student in students) + Counter(error=errors)
    kept = listed if most is None else listed[:most]
    return School(
        name,
        tuple(kept),
        {kind: counts[kind] for kind in order if counts[kind]},
        len(listed) - len(kept),
    )


def _student(change: AccountChange, account: Account, came: str) -> Student:
    lines = tuple(_lines(change))
    username = (change.before or account).username
    return Student(account.name or "No name", username, _kind(change, came), lines)


def _lines(change: AccountChange) -> Iterable[Line]:
    before, after = change.before, change.after
    if after is None:
        yield Line("account", "in use", "removed")
        return
    if before is None:
        told = [
            f"{FIELD_WORDS.get(name, name)} {shown(new)}"
            for name, (_, new) in field_differences(None, after).items()
            if name not in ("first_name", "last_name", "school")
        ]
        yield Line("account", shown(None), ", ".join(told))
        return
    for name, (old, new) in field_differences(before, after).items():
        yield Line(FIELD_WORDS.get(name, name), shown(old), shown(new))
    # A plan holds the password that is to be hashed, the history two hashes.
    if change.password is not None or before.password_hash != after.password_hash:
        yield Line("password", "as before", "set anew")


def _kind(change: AccountChange, came: str) -> str:
    if change.after is None:
        return "removed"
    if change.before is None:
        return came
    differing: Sequence[str] = tuple(field_differences(change.before, change.after))
    if "username" in differing:
        return "username"
    return "id" if "student_id" in differing else "other"
