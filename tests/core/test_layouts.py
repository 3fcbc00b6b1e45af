"""What headings mean, as somebody has said it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rosterkey.core.model import Severity
from rosterkey.core.reading.columns import find_header
from rosterkey.core.reading.layouts import (
    MappingError,
    layout_key,
    layout_keys,
    read_mapping,
    refuse_other_headings,
)
from rosterkey.core.sheet import Sheet

GERMAN = Sheet("S", ((1, ("Nr.", "Benutzer", "Vorname")), (2, ("7", "asmith", "Ana"))))


def named(sheet: Sheet, meanings: dict[str, str]) -> Sheet:
    return replace(sheet, meanings=meanings)


def test_headings_are_named_without_regard_to_case_and_spaces() -> None:
    said = read_mapping(["Nr.=student id", "a = b=Username", "VORNAME=First_Name"])
    assert said == {"nr": "student_id", "a=b": "username", "vorname": "first_name"}


@pytest.mark.parametrize("text", ["Nr.", "=Username", "Nr.=", "Nr.=Number"])
def test_what_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(MappingError, match="the fields are Student ID, Username"):
        read_mapping([text])


def test_a_header_that_nobody_could_guess_is_found_by_what_was_said() -> None:
    assert find_header(GERMAN).positions == {}
    header = find_header(named(GERMAN, read_mapping(["Nr.=Student ID", "Benutzer=Username"])))
    assert header.positions == {"student_id": 0, "username": 1}
    told = [f for f in header.findings if f.code == "header-mapped"]
    assert [f.column for f in told] == ["Student ID", "Username"]
    assert all(f.severity is Severity.NOTICE for f in told)
    assert told[0].message.startswith('The heading "Nr." in column A is read as Student ID')


def test_what_was_said_comes_before_what_a_heading_means() -> None:
    sheet = Sheet("S", ((1, ("Username", "Login", "Mail", "Grade", "Gr")),))
    header = find_header(named(sheet, {"mail": "username", "gr": "grade"}))
    assert header.positions == {"username": 2, "grade": 4}
    assert "header-guess" not in {f.code for f in header.findings}
    (unused,) = [f for f in header.findings if f.code == "unknown-column"]
    assert "Username (A)" in unused.message
    assert "Login (B)" in unused.message


def test_two_headings_for_one_field_are_an_error() -> None:
    header = find_header(
        named(GERMAN, {"nr": "username", "benutzer": "username", "vorname": "grade"})
    )
    assert "duplicate-header" in {f.code for f in header.findings}


def refusal(sheet: Sheet, *said: str) -> str:
    with pytest.raises(MappingError) as refused:
        refuse_other_headings(named(sheet, read_mapping(said)), said)
    return str(refused.value)


def test_a_heading_that_the_sheet_does_not_have_is_refused_with_those_it_has() -> None:
    sheet = Sheet("Pupils", ((1, ("List",)), (3, ("Username", None, " Nr. ", 2026))))
    refuse_other_headings(named(sheet, {"nr": "student_id"}), ["nr=Student ID"])
    said = refusal(sheet, "Nr.=Student ID", "Zed=Grade")
    assert said == 'The sheet "Pupils" has no heading "Zed": its headings are Username, Nr..'
    assert '"2026"' in refusal(sheet, "Nr.=Student ID", "2026=Grade"), "only text is a heading"


def test_without_a_header_each_row_that_could_be_one_is_looked_at() -> None:
    titled = Sheet("S", ((1, ("List",)), (3, ("Nr.", "Benutzer"))))
    refuse_other_headings(named(titled, {"nr": "student_id"}), ["Nr.=Student ID"])
    assert "no headings were found, and it begins with List." in refusal(titled, "Zed=Grade")
    assert "it begins with nothing." in refusal(Sheet("S", ()), "Zed=Grade")


def test_of_many_headings_as_many_are_named_as_a_sentence_can_hold() -> None:
    wide = Sheet("S", ((1, ("Username", "Grade", *(f"Mark {n}" for n in range(30)))),))
    assert refusal(wide, "Zed=School").endswith("Mark 17 and 12 more.")


def test_a_layout_is_its_headings_in_their_order() -> None:
    assert layout_key(("First Name", "Grade", None)) == layout_key(("first_name", "GRADE"))
    assert layout_key(("Grade", "First Name")) != layout_key(("First Name", "Grade"))
    assert layout_keys(GERMAN)[0] == layout_key(("nr", "benutzer", "vorname"))
