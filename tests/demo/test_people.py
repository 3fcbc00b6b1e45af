"""The made-up district: its students, usernames, grades, schools and classes."""

from __future__ import annotations

from collections import Counter

import pytest

from rosterkey.demo.district import (
    GRADES,
    classes_of,
    dump_lines,
    grades_by_age,
    known_accounts,
    next_grade,
    school_of,
)
from rosterkey.demo.passwords import quick_hash
from rosterkey.demo.sample import newcomers, read_sample, students
from rosterkey.demo.usernames import dotted, numbered, short, with_year
from rosterkey.store.passwords import verify


class TestSample:
    def test_the_whole_list_is_shipped(self) -> None:
        sample = read_sample()
        assert len(sample) == 960
        assert (sample[0].student_id, sample[0].first_name) == ("00604821", "Tyrone")

    def test_fewer_are_the_first_ones(self) -> None:
        assert students(100) == read_sample()[:100]

    def test_more_have_new_ids_and_new_names(self) -> None:
        more = students(2500)
        assert more[:960] == read_sample()
        assert len({s.student_id for s in more}) == 2500
        assert {len(s.student_id) for s in more} == {8}
        names = Counter((s.first_name, s.last_name) for s in more[960:])
        assert max(names.values()) == 1
        assert not names.keys() & {(s.first_name, s.last_name) for s in read_sample()}

    def test_the_same_count_gives_the_same_students(self) -> None:
        assert students(1200) == students(1200)

    def test_too_few_are_refused(self) -> None:
        with pytest.raises(ValueError, match="60"):
            students(59)

    @pytest.mark.parametrize("count", [60, 960, 1500])
    def test_newcomers_are_nobody_of_before(self, count: int) -> None:
        known = students(count)
        new = newcomers(60, known)
        assert len(new) == 60
        assert not {s.student_id for s in new} & {s.student_id for s in known}
        assert not {(s.first_name, s.last_name) for s in new} & {
            (s.first_name, s.last_name) for s in known
        }


class TestUsernames:
    def test_the_three_patterns(self) -> None:
        assert short("Tyrone", "Dyer") == "tdyer"
        assert dotted("Ana María", "O'Brien-Łee") == "anamaria.obrienee"
        assert with_year("Tyrone", "Mc Dyer", 2031) == "mcdyert31"

    def test_a_clash_gets_the_next_number(self) -> None:
        assert numbered(["ana", "bob", "ana", "ana"]) == ["ana", "bob", "ana2", "ana3"]

    def test_what_is_taken_is_not_given_whatever_the_letter_case(self) -> None:
        assert numbered(["ana", "ana"], ["ANA", "ana3"]) == ["ana2", "ana4"]


class TestDistrict:
    @pytest.mark.parametrize("count", [60, 120, 960])
    def test_every_grade_has_students_and_nobody_is_older_in_a_lower_one(self, count: int) -> None:
        known = students(count)
        grades = grades_by_age(known)
        assert set(grades.values()) == set(GRADES)
        sizes = Counter(grades.values()).values()
        assert max(sizes) - min(sizes) <= 1
        by_birth = [GRADES.index(grades[s.student_id]) for s in sorted(known, key=lambda s: s.born)]
        assert by_birth == sorted(by_birth, reverse=True)

    @pytest.mark.parametrize(
        ("grade", "school"),
        [
            ("PK", "Lincoln Elementary"),
            ("5", "Lincoln Elementary"),
            ("6", "Roosevelt Middle"),
            ("8", "Roosevelt Middle"),
            ("9", "Washington High"),
            ("12", "Washington High"),
        ],
    )
    def test_schools(self, grade: str, school: str) -> None:
        assert school_of(grade) == school

    def test_moving_up(self) -> None:
        assert [next_grade(g) for g in ("PK", "K", "5", "12")] == ["K", "1", "6", None]

    def test_classes_have_about_25_children(self) -> None:
        classes = classes_of({str(i): "3" for i in range(70)} | {"x": "K"})
        assert Counter(classes.values()) == {"3A": 24, "3B": 23, "3C": 23, "KA": 1}

    def test_classes_beyond_z(self) -> None:
        names = set(classes_of({str(i): "1" for i in range(25 * 28)}).values())
        assert {"1A", "1Z", "1AA", "1AB"} <= names
        assert len(names) == 28

    def test_nobody_has_a_student_id_and_everybody_has_a_password_of_its_own(self) -> None:
        known = known_accounts(students(60))
        district, *accounts = dump_lines(known, quick_hash)
        assert district["code"] == "LINCOLN"
        assert not [a for a in accounts if a.get("student_id")]
        assert len({a["username"] for a in accounts}) == 60
        assert len({a["password_hash"] for a in accounts}) == 60
        assert verify(accounts[7]["password_hash"], known[7].password)
        assert not verify(accounts[7]["password_hash"], known[8].password)
