"""The list of a student information system, of whatever layout."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rosterkey.core.prepare.listed import ListError, likely_id, read_list
from rosterkey.core.sheet import ErrorCell, Sheet
from tests.core.prepare.tables import sheet


def test_the_columns_are_found_by_what_they_are_called() -> None:
    read = read_list(
        sheet(
            "District export||||||\n"
            "Student Number|Given Name|Surname|Grade Level|Campus|Homeroom|E-Mail\n"
            "00123|Ana|Smith|03|Lincoln|3A|ana@example.org\n"
        )
    )
    (ana,) = read.students
    assert (ana.row, ana.student_id, ana.name) == (3, "00123", "Ana Smith")
    assert (ana.school, ana.grade, ana.classes) == ("Lincoln", "03", ("3A",))
    assert ana.logins == ("ana@example.org",)
    assert ana.username == "ana"
    assert read.columns["Student ID"] == "Student Number (A)"
    assert read.columns["E-mail"] == "E-Mail (G)"


def test_what_somebody_said_of_a_heading_comes_first() -> None:
    text = "Kid|Student ID|First Name|Last Name\nK7|old7|Ana|Smith"
    (ana,) = read_list(replace(sheet(text), meanings={"kid": "student_id"})).students
    assert ana.student_id == "K7"


def test_rows_of_one_student_are_put_together() -> None:
    read = read_list(
        sheet(
            "Student ID|Username|First Name|Last Name|Class\n"
            "1|asmith|Ana|Smith|3A\n"
            "1||Ana|SMITH|Band\n"
            "2||Bo|Jones|3A\n"
            "2||Karl|Meyer|3B\n"
        )
    )
    (ana,) = read.students
    assert ana.classes == ("3A", "Band")
    assert ana.logins == ("asmith",)
    assert read.left_out == (
        "The Student ID 2 stands on the list for several persons: row 4 (Bo Jones), row 5 (Karl "
        "Meyer). Nobody gets it; correct the list.",
    )


def test_rows_without_a_usable_id_are_left_out_and_said() -> None:
    rows = (
        (1, ("Student ID", "First Name", "Last Name")),
        (2, (None, "Ana", "Smith")),
        (3, (ErrorCell("#N/A"), "Bo", "Jones")),
        (4, (125.0, "Chi", "Lee")),
        (5, ("Total", None, None)),
        (6, (None, None, "Wu")),
    )
    read = read_list(Sheet("L", rows))
    assert [s.student_id for s in read.students] == ["125"]
    assert len(read.left_out) == 4
    assert any("Ana Smith has none on the list" in said for said in read.left_out)
    assert any("#N/A" in said for said in read.left_out)
    assert read.notices[0].startswith("1 Student IDs on the list are numbers, not text")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kid|First Name|Last Name\n1|Ana|Smith", '--map "Kid=Student ID"'),
        ("Student ID|Grade\n1|3", "neither names nor usernames nor mail addresses"),
        ("a|b\n1|2", "No header row was found"),
        ("Student ID|Student ID|First Name\n1|2|Ana", "stands twice"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(text: str, said: str) -> None:
    with pytest.raises(ListError) as refused:
        read_list(sheet(text))
    assert said in str(refused.value)


def test_the_column_that_looks_like_ids_is_the_example() -> None:
    text = "Room|Kid|Grade|School\nA|00123|3|Oak\nA|00124|3|Oak\nA|00125|3|Oak"
    with pytest.raises(ListError, match='--map "Kid=Student ID"'):
        read_list(sheet(text))


def test_where_the_student_id_is_known_nothing_else_is_likely_to_be_it() -> None:
    rows = "\n".join(f"A{n}|00{n}|3" for n in range(4))
    assert likely_id(sheet(f"Kid|Student ID|Grade\n{rows}")) is None
    assert likely_id(sheet(f"Kid|Bus|Grade\n{rows}")) is None
    assert likely_id(sheet(f"Kid|School|Grade\n{rows.replace('A', '10')}")) == "Kid"


def test_headings_that_are_no_text_are_passed_over() -> None:
    rows = ((1, (2026, "Grade", "School")), (2, ("1", "3", "Lincoln")))
    with pytest.raises(ListError, match='--map "Heading=Student ID"'):
        read_list(Sheet("L", rows))


def test_mail_addresses_alone_tell_who_is_who() -> None:
    rows = sheet("Student ID|Grade|Mail\n1|3|ana@example.org\n2|3|")
    read = read_list(rows)
    assert [s.logins for s in read.students] == [("ana@example.org",), ()]
    assert read.students[1].username == ""
