"""What a column seems to hold, by the values that are stored."""

from __future__ import annotations

import pytest

from rosterkey.core.model import Account, District, Severity
from rosterkey.core.reading.contents import Known, Proposal, looks_like_ids, propose
from rosterkey.core.sheet import Cell, Sheet

DISTRICT = District("D1", "", ("Lincoln", "Oak"), ("K", "1", "2"))
PEOPLE = [
    Account(f"a{n}", f"user{n}", f"00{n}", f"First{n}", f"Last{n}", "Lincoln", "1", ("1A",))
    for n in range(10)
]
KNOWN = Known(DISTRICT, PEOPLE)


def table(*rows: tuple[Cell, ...], first: int = 1) -> Sheet:
    return Sheet("S", tuple(enumerate(rows, start=first)))


def fields(found: list[Proposal]) -> dict[str, str]:
    return {one.heading: one.field for one in found}


def people(*columns: str, count: int = 6) -> list[tuple[Cell, ...]]:
    """Lines with these fields of the stored students."""
    of = {"classes": "1a", "grade": "Grade 1", "school": "LINCOLN", "note": "x"}
    return [tuple(of.get(c) or str(getattr(a, c)) for c in columns) for a in PEOPLE[:count]]


def test_a_layout_that_nobody_knows_is_proposed_column_by_column() -> None:
    names = ("student_id", "username", "first_name", "last_name", "grade", "school", "classes")
    headings = ("Nr", "Konto", "Ruf", "Sippe", "Stufe", "Haus", "Gruppe A")
    found = propose(table(("Liste",), headings, *people(*names)), KNOWN)
    assert fields(found) == dict(zip(headings, names, strict=True))
    assert [one.position for one in found] == list(range(7))
    assert found[0].said == "Nr=Student ID"


def test_a_proposal_says_why_and_what_to_write() -> None:
    (one,) = propose(
        table(("Grade", "School", "Konto"), *people("grade", "school", "username")), KNOWN
    )
    finding = one.finding()
    assert finding.message == (
        'The column "Konto" (C) seems to be Username: 100% of its values are stored usernames. To '
        'read it so, say once: --map "Konto=Username", or write Username over it.'
    )
    assert (finding.code, finding.severity, finding.column) == (
        "header-proposal", Severity.WARNING, "Username",
    )  # fmt: skip


def test_what_the_sheet_has_or_what_was_said_is_not_proposed_again() -> None:
    rows = (("Username", "Grade", "Konto"), *people("username", "grade", "username"))
    assert propose(table(*rows), KNOWN) == []
    said = Sheet("S", table(("Konto", "Stufe"), *people("username", "grade")).rows,
                 meanings={"konto": "classes", "stufe": "grade"})  # fmt: skip
    assert propose(said, KNOWN) == []


@pytest.mark.parametrize(
    "column",
    [
        ("x", "y", "z", "w"),
        ("user0", "user1"),
        ("user0", "user1", "nobody", "none", "nil"),
        (None, None, None),
    ],
)
def test_too_few_or_too_many_strangers_prove_nothing(column: tuple[Cell, ...]) -> None:
    rows = [("Grade", "School", "Konto"), *(("1", "Oak", cell) for cell in column)]
    assert propose(table(*rows), KNOWN) == []


def test_the_surest_column_is_proposed_and_each_field_once() -> None:
    half = [("Nachname", "Alias", 7)]
    half += [(a.username, a.username if n else "x", 7) for n, a in enumerate(PEOPLE)]
    assert fields(propose(table(*half), KNOWN)) == {"Nachname": "username"}


def test_headings_that_are_no_text_and_empty_sheets_have_no_proposal() -> None:
    rows: list[tuple[Cell, ...]] = [("Grade", "School", 2026, "Result", " ")]
    rows += [("1", "Oak", a.username, a.username, a.username) for a in PEOPLE]
    assert propose(table(*rows), KNOWN) == []
    assert propose(Sheet("S", ()), KNOWN) == []


@pytest.mark.parametrize(
    ("column", "likely"),
    [
        (("00123", "00124", 125), True),
        (("S-0012", "S-0013", "S-0014"), True),
        (("Ana", "Bo", "Chi"), False),
        (("100", "100", "100", "100", "100"), False),
        (("00123", "00124"), False),
    ],
)
def test_student_ids_are_numbers_that_differ(column: tuple[Cell, ...], likely: bool) -> None:
    assert looks_like_ids(table(("Kid",), *((cell,) for cell in column)), 1, 0) is likely
