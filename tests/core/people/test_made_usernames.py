"""New usernames that slipped against the names that they are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rosterkey.core.model import Account, District
from rosterkey.core.people.made_usernames import misnamed
from rosterkey.core.people.slip_views import Witness
from rosterkey.core.people.slips import RosterLine, SlipKind, may_have_slipped, slipped_columns
from rosterkey.core.snapshot import Snapshot
from tests.core.people.rosters import Maker, without_accents

STUDENTS = [
    replace(account, username=f"old{account.username}")
    for account in Maker(21).district(80, ids=True).students
]
SNAPSHOT = Snapshot(District("d"), STUDENTS)
Pattern = Callable[[str, str, int], str]


def letters(text: str) -> str:
    return "".join(c for c in without_accents(text).lower() if c.isalpha())


PATTERNS: dict[str, Pattern] = {
    "initial and last name": lambda first, last, i: f"{first[:1]}{last}{i}",
    "first.last": lambda first, last, i: f"{first}.{last}{i}",
    "last name cut off": lambda _, last, i: f"{last[:8]}{i:03}",
    "a mail address": lambda first, last, i: f"{first}_{last}{i}@x.example.org",
}


def lines_of(
    pattern: Pattern, students: list[Account] = STUDENTS, *, known: bool = True
) -> list[RosterLine]:
    """A sheet with new usernames that are made from the names beside them."""
    return [
        RosterLine(
            i + 2,
            a.student_id if known else f"77{i:05}",
            pattern(letters(a.first_name), letters(a.last_name), i),
            a.first_name,
            a.last_name,
        )
        for i, a in enumerate(students)
    ]


def moved_down(lines: list[RosterLine]) -> list[RosterLine]:
    usernames = [line.username for line in lines]
    return [
        replace(line, username=username)
        for line, username in zip(lines, usernames[-1:] + usernames[:-1], strict=True)
    ]


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
@pytest.mark.parametrize("known", [True, False], ids=["known students", "new students"])
def test_a_lookup_that_slipped_by_a_row(pattern: Pattern, known: bool) -> None:
    lines = lines_of(pattern, known=known)
    assert slipped_columns(lines, SNAPSHOT) == []
    (found,) = slipped_columns(moved_down(lines), SNAPSHOT)
    assert (found.column, found.kind, found.offset) == ("Username", SlipKind.SHIFTED, 1)
    right = {line.row: line.username for line in lines}
    wrong = {row for row, username in found.proposal.items() if right[row] != username}
    # Rows of children with one name can be told apart by nothing; there are few.
    assert len(found.proposal) > 70
    assert len(wrong) <= 2
    owners = {line.row: a.account_id for line, a in zip(lines, STUDENTS, strict=True)}
    assert found.whose == ({row: owners[row] for row in found.rows} if known else {})


@pytest.mark.parametrize(
    "pattern",
    [
        lambda _first, _last, i: f"s{i:06}",
        lambda _first, _last, i: f"{('maple', 'river', 'cedar', 'stone')[i % 4]}{i}",
    ],
    ids=["numbers", "words"],
)
def test_usernames_that_are_made_from_no_name_prove_nothing(pattern: Pattern) -> None:
    assert slipped_columns(moved_down(lines_of(pattern)), SNAPSHOT) == []


def test_slipped_names_are_not_said_of_the_new_usernames() -> None:
    lines = lines_of(PATTERNS["first.last"])
    names = [(line.first_name, line.last_name) for line in lines]
    slipped = [
        replace(line, first_name=first, last_name=last)
        for line, (first, last) in zip(lines, names[-1:] + names[:-1], strict=True)
    ]
    assert "Username" not in [slip.column for slip in slipped_columns(slipped, SNAPSHOT)]


def test_few_odd_usernames_are_no_slip() -> None:
    lines = lines_of(PATTERNS["first.last"])
    lines[:12] = moved_down(lines[:12])
    assert slipped_columns(lines, SNAPSHOT) == []


@pytest.mark.parametrize(
    ("line", "odd"),
    [
        (RosterLine(2, "1", "bjones", "Ana", "Smith"), True),
        (RosterLine(2, "1", "asmith", "Ana", "Smith"), False),
        (RosterLine(2, "1", "ana7", "Ana", "Smith"), False),
        (RosterLine(2, "1", "s000417", "Ana", "Smith"), False),
        (RosterLine(2, "1", "bjones", None, "Smith"), False),
        (RosterLine(2, "1", None, "Ana", "Smith"), False),
    ],
    ids=["another name", "own name", "first name", "a number", "no first name", "no username"],
)
def test_what_shows_no_part_of_the_own_name(line: RosterLine, odd: bool) -> None:
    assert misnamed(Witness.of(line, SNAPSHOT)) is odd
    assert may_have_slipped(dict.fromkeys(range(8), line), 40, SNAPSHOT, 8) is odd
    assert not may_have_slipped(dict.fromkeys(range(7), line), 40, SNAPSHOT, 1)


def test_a_username_that_an_account_has_is_judged_by_the_accounts() -> None:
    line = RosterLine(2, None, STUDENTS[0].username, "Ottilie", "Quattlebaum")
    assert not misnamed(Witness.of(line, SNAPSHOT))
    assert Witness.of(line, SNAPSHOT).contradictory


def test_of_like_usernames_none_is_suggested_where_the_order_tells_nothing() -> None:
    students = [replace(a, last_name=a.last_name if i % 3 else "Quattlebaum")
                for i, a in enumerate(STUDENTS)]  # fmt: skip
    lines = lines_of(PATTERNS["last name cut off"], students)
    right = {line.row: line.username for line in lines}
    usernames = sorted(str(line.username) for line in lines)
    slipped = [replace(line, username=u) for line, u in zip(lines, usernames, strict=True)]
    (found,) = slipped_columns(slipped, Snapshot(District("d"), students))
    assert found.kind is SlipKind.SORTED
    assert found.proposal
    assert {row: right[row] for row in found.proposal} == found.proposal
    assert not any("quattleb" in username for username in found.proposal.values())
