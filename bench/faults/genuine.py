"""What is right and looks odd: real changes, twins, namesakes, moves and new students."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bench.faults import doubles
from bench.faults.kinds import Kind, account_of, some, without
from bench.faults.town import GRADES, HEADINGS, Line, Town, level_of, line_of, up_a_grade
from rosterkey.core.model import Account

GROUP = "genuine changes"
NEW = "new students"
_NEW = 0.04


def changed(town: Town, *, change: doubles.Change) -> list[Line]:
    """A sheet on which some students' rows changed for good reasons; the keys are right."""
    lines = town.export()
    for line, account in account_of(town, some(town, lines)):
        line.cells.update(line_of(change(town, account)).cells)
        line.touched = True
    return lines


def renamed(town: Town, account: Account) -> Account:
    """A wholly new username."""
    pattern = town.another_pattern()
    return replace(
        account, username=town.new_username(account.first_name, account.last_name, pattern)
    )


def new_first_name(town: Town, account: Account) -> Account:
    """Another first name."""
    return replace(account, first_name=town.names.other_first(account.first_name))


def pairs_renamed(town: Town, *, pairs: str) -> list[Line]:
    """Both twins (or namesakes) get new usernames and go up a grade."""
    chosen = {number for pair in getattr(town, pairs) for number in pair}
    lines = town.export()
    for line, account in account_of(town, lines):
        if account.account_id in chosen:
            line.cells.update(line_of(up_a_grade(renamed(town, account))).cells)
            line.touched = True
    return lines


def all_renamed(town: Town) -> list[Line]:
    """Every student has a new username, as when a district changes its pattern."""
    lines = town.export()
    pattern = town.another_pattern()
    for line, account in account_of(town, lines):
        username = town.new_username(account.first_name, account.last_name, pattern)
        line.change(username=username)
    return lines


def new_school_year(town: Town) -> list[Line]:
    """Everybody a grade higher, some at the next school; leavers, beginners, and as many movers."""
    stay = [a for a in town.students if a.grade != GRADES[-1] and town.rng.random() >= doubles.GONE]
    lines = [_moved_up(town, account) for account in stay]
    for _ in range(len(town.students) // len(GRADES)):
        lines.append(line_of(beginner(town), new=True))
    for _ in range(int(len(town.students) * doubles.GONE)):
        lines.append(line_of(town.newcomer(), new=True))
    return lines


def _moved_up(town: Town, account: Account) -> Line:
    higher = up_a_grade(account)
    level = level_of(higher.grade or "K")
    if level != level_of(account.grade or "K"):
        higher = replace(higher, school=town.rng.choice(town.schools[level]))
    line = line_of(higher)
    line.touched = True
    return line


def beginner(town: Town) -> Account:
    """A child in the lowest grade."""
    child = town.newcomer()
    return replace(child, grade=GRADES[0], school=town.rng.choice(town.schools[0]))


def joined(town: Town, *, new: Callable[[Town], Account], one_school: bool = False) -> list[Line]:
    """A sheet with new students; a tenth of the students has left, or other schools are absent."""
    lines = town.export(
        town.rng.sample(town.students, int(len(town.students) * (1 - doubles.GONE)))
    )
    if one_school:
        school = town.schools[0][0]
        lines = [line for line in lines if line.cells["School"] == school]
    for _ in range(max(2, int(len(town.students) * _NEW))):
        line = line_of(new(town), new=True)
        if one_school:
            line.cells["School"] = town.schools[0][0]
        if town.rng.random() < 0.5:
            line.cells["Student ID"] = None
        lines.append(line)
    return lines


def stranger(town: Town) -> Account:
    """A child whom nobody knows."""
    return town.newcomer()


def stranger_in_elementary(town: Town) -> Account:
    """A child whom nobody knows, in an elementary grade."""
    while level_of((child := town.newcomer()).grade or "K"):
        pass
    return child


def sibling(town: Town) -> Account:
    """The brother or sister of a student, at a school of the district."""
    other = town.rng.choice(town.students)
    return town.newcomer(town.names.other_first(other.first_name), other.last_name)


def twin(town: Town) -> Account:
    """The twin of a student: same family name, school and grade."""
    other = town.rng.choice(town.students)
    first = town.names.other_first(other.first_name)
    return town.account(first, other.last_name, other.grade, other.school)


_CHANGES: dict[str, doubles.Change] = {
    "nickname": doubles.nickname,
    "typo corrected": lambda t, a: doubles.typo_last(t, doubles.typo_first(t, a)),
    "accents and case": doubles.accents,
    "double family name": doubles.double_last,
    "names exchanged": doubles.exchanged,
    "new family name": doubles.new_family_name,
    "new first name": new_first_name,
    "new username": renamed,
    "new family name and username": lambda t, a: renamed(t, doubles.new_family_name(t, a)),
    "real move": doubles.moved,
    "real move, one grade higher": lambda t, a: doubles.moved(t, up_a_grade(a)),
}
_NO_IDS = without(HEADINGS, "Student ID")
KINDS = (
    *(
        Kind(f"{name}{where}", GROUP, partial(changed, change=change), target=0.995, headings=h,
             town={"with_ids": h is HEADINGS})
        for h, where in ((HEADINGS, ""), (_NO_IDS, ", no IDs"))
        for name, change in _CHANGES.items()
        if h is HEADINGS or "username" not in name
    ),
    Kind("twins renamed", GROUP, partial(pairs_renamed, pairs="twins"), target=0.995),
    Kind("namesakes renamed", GROUP, partial(pairs_renamed, pairs="namesakes"), target=0.995),
    Kind("all usernames new", GROUP, all_renamed, target=0.995,
         expected=frozenset({"mass-update"})),
    Kind("new school year", GROUP, new_school_year, target=0.995,
         expected=frozenset({"mass-update"})),
    Kind("new student", NEW, partial(joined, new=stranger), target=0.98),
    Kind("new sibling", NEW, partial(joined, new=sibling), target=0.98),
    Kind("new twin", NEW, partial(joined, new=twin), target=0.98),
    Kind("new student, sheet of one school", NEW,
         partial(joined, new=stranger_in_elementary, one_school=True), target=0.98),
    Kind("new student, no IDs stored", NEW, partial(joined, new=stranger), target=0.98,
         town={"with_ids": False}),
)  # fmt: skip
