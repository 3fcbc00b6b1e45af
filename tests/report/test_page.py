"""What stands on the page for whoever approves an import."""

from __future__ import annotations

import re

from rosterkey.core.history import ImportKind
from rosterkey.report.page.html import html_of
from rosterkey.report.page.pages import LISTED
from tests.report.pages import HOSTILE, ROWS, import_page, plan_page


def test_changes_are_counted_by_school() -> None:
    schools = {school.name: dict(school.counts) for school in plan_page().schools}
    assert schools == {"Oak": {"username": 2}, "Elm": {"new": 1, "error": 1}}
    assert plan_page().counts == {"new": 1, "username": 2, "error": 1}


def test_before_and_after_stand_side_by_side() -> None:
    oak = next(school for school in plan_page().schools if school.name == "Oak")
    ana = next(student for student in oak.students if student.username == "asmith")
    lines = {line.field: (line.before, line.after) for line in ana.lines}
    assert lines == {
        "username": ("asmith", "bjones"),
        "grade": ("3", "4"),
        "password": ("as before", "set anew"),
    }


def test_a_new_account_is_one_line() -> None:
    elm = next(school for school in plan_page().schools if school.name == "Elm")
    [line] = elm.students[0].lines
    assert (line.before, line.after) == ("–", "Student ID 00300, username fkhan, grade 3")


def test_what_an_undo_brought_back_is_no_new_account() -> None:
    assert import_page().counts == {"new": 1, "username": 1, "removed": 1}
    undone = import_page(kind=ImportKind.UNDO)
    assert undone.counts == {"back": 1, "username": 1, "removed": 1}
    html = html_of(undone)
    assert "1 account brought back" in html
    assert "ew account" not in html


def test_no_password_and_no_hash_is_on_any_page() -> None:
    for page in (plan_page(full=True), import_page()):
        html = html_of(page)
        assert not re.search(r"secret|\$old\$|\$new\$|argon", html)
        assert "set anew" in html


def test_everything_from_outside_is_escaped() -> None:
    for page in (plan_page(full=True), import_page()):
        html = html_of(page)
        assert "<img" not in html
        assert "<b>" not in html
        assert "Bo <Admin>" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html_of(plan_page())
    assert HOSTILE in {s.name.removesuffix(" O'" + "x" * 90) for c in plan_page().schools
                       for s in c.students}  # fmt: skip


def test_the_page_asks_nobody_for_anything() -> None:
    html = html_of(plan_page())
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html
    assert not re.search(r"<script|https?://|\ssrc=(?!x)|@import|url\(", html)


def test_open_questions_and_confirmations_are_named() -> None:
    page = plan_page()
    assert page.state_word == "Cannot be imported"
    assert [q.word for q in page.confirmations] == ["takes-name-of-other-student"]
    assert len(page.confirmations[0].messages) == 2
    assert [q.title for q in page.findings if q.word == "Error"] == [
        "A Student ID has lost its leading zeros"
    ]


def test_the_gate_is_told() -> None:
    assert plan_page((ROWS[0], ROWS[1])).state_word == "Waits for confirmation"
    quiet = plan_page((("00123", "asmith", "Ana", "Smith", "3", "Oak", None),))
    assert quiet.state_word == "Can be imported"
    assert "No account changes." in html_of(quiet)


def test_an_import_tells_who_and_what_was_confirmed() -> None:
    page = import_page(undone_by=8)
    assert page.state_word == "Taken back"
    assert dict(page.facts)["By"] == "Bo <Admin>"
    assert [q.title for q in page.confirmations] == [
        "Most accounts would change",
        "probable-duplicate: row 14 really new",
    ]
    assert "by import 8" in html_of(page)
    assert import_page().state_word == "Done"
    assert import_page().counts == {"new": 1, "username": 1, "removed": 1}


def test_a_long_list_ends_with_the_number_that_is_left_out() -> None:
    page = import_page(students=LISTED + 5)
    oak = next(school for school in page.schools if school.name == "Oak")
    assert len(oak.students) == LISTED
    assert oak.left_out == 5
    assert oak.counts["new"] == LISTED + 5
    assert "and 5 more students of this school" in html_of(page)


def test_half_surrogates_do_no_harm() -> None:
    html = html_of(plan_page((("00123", "zz", "A\ud800na", "Smith", "3", "Oak", None),)))
    assert html.encode("utf-8")
