"""Rows that would create an account for somebody who has one."""

import random
from dataclasses import replace

import pytest

from rosterkey.core.model import Account, Status
from rosterkey.core.people.duplicates import (
    Newcomer,
    Resemblance,
    probable_duplicates,
    resemblance,
    same_name_other_id,
)
from rosterkey.core.people.frequencies import Frequencies
from tests.core.people.rosters import Maker

BACKGROUND = Maker(7).district(400).students


def account(  # a student of Lincoln Elementary, grade 3
    first: str = "Robert", last: str = "Ackerman", **fields: object
) -> Account:
    usual = Account("m1", "rackerman", None, first, last, "Lincoln Elementary", "3", ("3A",))
    return replace(usual, **fields)  # type: ignore[arg-type]


def newcomer(first: str = "Robert", last: str = "Ackerman", **fields: object) -> Newcomer:
    usual = Newcomer(2, None, "new.person", first, last, "Lincoln Elementary", "3")
    return replace(usual, **fields)  # type: ignore[arg-type]


def found(row: Newcomer, *accounts: Account) -> tuple[Resemblance, ...]:
    frequencies = Frequencies([*BACKGROUND, *accounts])
    return probable_duplicates([row], [*BACKGROUND, *accounts], frequencies).get(row.row, ())


def names(resemblances: tuple[Resemblance, ...]) -> list[str]:
    return [r.account.account_id for r in resemblances]


ONE_CHILD = [
    ("same name", account(), newcomer()),
    ("nickname", account(), newcomer("Bob")),
    ("nickname the other way", account("Bob"), newcomer("Robert")),
    ("typo", account(), newcomer("Robret")),
    ("typo in the last name", account(), newcomer(last="Akerman")),
    ("swapped", account(), newcomer("Ackerman", "Robert")),
    ("accents", account("José", "Núñez-Ackerman"), newcomer("JOSE", "NUNEZ ACKERMAN")),
    ("double last name", account(), newcomer(last="Ackerman-Lee")),
    ("a first name left out", account("Robert Emil"), newcomer("Robert")),
    ("initial", account(), newcomer("R.", username="rackerman2")),
    ("initial stored", account("R"), newcomer(username="rackerman2")),
    ("a new school year", account(), newcomer(grade="4")),
    ("another spelling of the grade", account(), newcomer(grade="Grade 3")),
    ("moved to another school", account(), newcomer(school="Adams Elementary")),
    ("ID on the row only", account(), newcomer(student_id="123")),
    ("ID on the account only", account(student_id="123"), newcomer()),
    ("archived", account(status=Status.ARCHIVED), newcomer(grade="6")),
    ("mail domain", account(), newcomer("Emil", username="rackerman@lincoln.example.org")),
    (
        "changed family name",
        account("Xochitl", "Ackerman"),
        newcomer("Xochitl", "Brandauer", classes=("3A",)),
    ),
    (
        "changed family name, like username",
        account("Robert", "Ackerman"),
        newcomer("Robert", "Brandauer", username="ackerman.r", classes=("3A",)),
    ),
    ("grade not given", account(), newcomer(grade=None)),
    ("school and grade not given", account(), newcomer(school=None, grade=None)),
]
TWO_CHILDREN = [
    ("twin", account(), newcomer("Emil")),
    ("twin with like username", account(), newcomer("Raymond", username="rackerman2")),
    ("two IDs", account(student_id="1"), newcomer(student_id="2")),
    ("two IDs, leading zero", account(student_id="0012"), newcomer(student_id="12")),
    (
        "twins of nearly one name with IDs",
        account("Jaden", "Reed", student_id="1"),
        newcomer("Jayden", "Reed", student_id="2"),
    ),
    ("another family name", account(), newcomer(last="Brandauer")),
    ("a common name in another school and grade", account("Maria", "Smith"), newcomer(
        "Maria", "Smith", school="Kennedy High", grade="11")),
    ("nobody alike", account(), newcomer("Ottilie", "Brandauer")),
]  # fmt: skip


@pytest.mark.parametrize(("what", "stored", "row"), ONE_CHILD, ids=[c[0] for c in ONE_CHILD])
def test_a_second_account_for_one_child(what: str, stored: Account, row: Newcomer) -> None:
    assert names(found(row, stored))[:1] == ["m1"], what


@pytest.mark.parametrize(("what", "stored", "row"), TWO_CHILDREN, ids=[c[0] for c in TWO_CHILDREN])
def test_two_children(what: str, stored: Account, row: Newcomer) -> None:
    assert "m1" not in names(found(row, stored)), what


def test_exactly_the_same_is_alarming_in_a_district_of_one() -> None:
    stored = account("Maria", "Garcia", username="mgarcia")
    row = newcomer("Maria", "Garcia", username="maria.garcia")
    (only,) = probable_duplicates([row], [stored], Frequencies([stored]))[2]
    assert only.score >= 0.9
    assert "neither has a Student ID" in only.speaks_for


def test_every_row_of_a_sheet_of_common_names_is_found() -> None:
    twins = [account("Jose", "Garcia", account_id=f"a{i}") for i in range(60)]
    rows = [newcomer("Jose", "Garcia", row=i + 2) for i in range(60)]
    alarms = probable_duplicates(rows, twins, Frequencies(twins))
    assert alarms.keys() == {row.row for row in rows}
    assert all(len(alarm) == 3 for alarm in alarms.values())


def test_of_many_namesakes_the_one_in_the_same_place_is_named_first() -> None:
    others = [
        account("Robert", "Brandauer", account_id=f"a{i:02}", school="Kennedy High", grade="12")
        for i in range(30)
    ]
    stored = account("Robert", "Brandauer", account_id="z")
    assert names(found(newcomer("Bob", "Brandauer"), *others, stored))[0] == "z"


def test_a_sibling_is_no_resemblance_whatever_else_agrees() -> None:
    frequencies = Frequencies(BACKGROUND)
    row = newcomer("Emil", classes=("3A",), username="rackerman2")
    assert resemblance(row, account(), frequencies, expected=30.0) is None
    assert resemblance(replace(row, first_name="Bob"), account(), frequencies, expected=30.0)


def test_words_tell_what_speaks_for_and_against() -> None:
    smiths = [account("Maria", "Smith", account_id=f"s{i}", grade="9") for i in range(12)]
    stored = account("Robert", "Smith", account_id="m1")
    first = found(newcomer("Bob", "Smith", student_id="77"), stored, *smiths)[0]
    assert first.account == stored
    assert "Bob is a short form of Robert" in first.speaks_for
    assert "same school and grade" in first.speaks_for
    assert "the account has no Student ID" in first.speaks_for
    assert any(s.startswith("the name Smith is common here") for s in first.speaks_against)


@pytest.mark.parametrize(
    ("stored", "row", "words"),
    [
        (account(), newcomer(), "same first and last name"),
        (account(), newcomer("Robret"), "Robret and Robert are spelled nearly the same"),
        (account(), newcomer(last="Akerman"), "Akerman and Ackerman are spelled nearly the same"),
        (account(), newcomer(last="Ackerman-Lee"), "Ackerman-Lee and Ackerman share a last name"),
        (account(), newcomer("Robert Emil"), "Robert Emil and Robert share a first name"),
        (account("Bradnelly"), newcomer("Bradn"), "Bradn may be short for Bradnelly"),
        (account("Robert"), newcomer("Bob"), "Bob is a short form of Robert"),
        (account("Bob"), newcomer("Rob"), "Rob and Bob are forms of one name"),
        (account("Luis"), newcomer("Louis"), "Luis and Louis are forms of one name"),
        (account(), newcomer("R", username="rackerman1"), "the first names have the same initial"),
        (account(last="A."), newcomer(username="rackerman1", classes=("3A",)), "the last names"),
        (account(), newcomer("Ackerman", "Robert"), "first and last name are swapped"),
        (account(), newcomer(grade="4"), "one grade higher (4 after 3)"),
        (account(), newcomer(classes=("3A", "Band")), "same class"),
        (account(), newcomer(username="r.ackerman7"), "the usernames have the same letters"),
        (account(), newcomer(username="ackerman.r"), "the usernames are the same parts"),
        (account(), newcomer(username="RACKERMAN@x.org"), "differ only in the mail domain"),
        (account(student_id="5"), newcomer(), "the row has no Student ID"),
        (account(), newcomer(school="Adams Elementary"), "other school (Adams Elementary"),
        (account(), newcomer(grade="2"), "other grade (2, not 3)"),
        (
            account(status=Status.ARCHIVED),
            newcomer(grade="6"),
            "3 grades higher (6 after 3), but the account is archived",
        ),
    ],
)
def test_each_clue_has_its_words(stored: Account, row: Newcomer, words: str) -> None:
    best = found(row, stored)[0]
    assert any(words in said for said in (*best.speaks_for, *best.speaks_against))


def test_between_two_common_names_a_slip_is_less_likely() -> None:
    def score(*common: str) -> float:
        others = [
            account(first, "Smith", account_id=f"{first}{i}") for i in range(8) for first in common
        ]
        row = newcomer("Jardan", school="Adams Elementary", grade="5")
        stored = account("Jarden", grade="5")
        seen = resemblance(row, stored, Frequencies([*BACKGROUND[:300], *others]), -14.0)
        assert seen
        return seen.score

    assert score("Jarden", "Jardan") < score("Jarden", "Jaxon") - 0.05


def test_the_order_of_rows_and_accounts_does_not_matter() -> None:
    make = Maker(3)
    district = make.district(300)
    rows = [
        newcomer(a.first_name, a.last_name, row=i + 2, school=a.school, grade=a.grade)
        for i, a in enumerate(district.students[:60])
    ]
    frequencies = Frequencies(district.students)
    straight = probable_duplicates(rows, district.students, frequencies)
    random.Random(1).shuffle(rows)  # noqa: S311
    assert probable_duplicates(rows, district.students[::-1], frequencies) == straight


def test_no_rows_cost_nothing() -> None:
    assert probable_duplicates([], BACKGROUND, Frequencies([])) == {}


def test_a_namesake_with_another_id_is_a_hint() -> None:
    stored = account(student_id="1")
    row = newcomer("ROBERT", student_id="2", grade="03")
    assert same_name_other_id([row], [stored, account("Emil", student_id="3")]) == {2: (stored,)}


@pytest.mark.parametrize(
    "row",
    [
        newcomer(),
        newcomer(student_id="1"),
        newcomer("Bob", student_id="2"),
        newcomer(student_id="2", grade="4"),
        newcomer(student_id="2", school="Adams Elementary"),
    ],
    ids=["no ID", "the same ID", "another name", "another grade", "another school"],
)
def test_no_hint_without_the_whole_likeness(row: Newcomer) -> None:
    assert same_name_other_id([row], [account(student_id="1"), account()]) == {}
