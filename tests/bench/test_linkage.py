"""Lists with known truth become accounts and new rows, and methods are judged by the truth."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bench.linkage import febrl, methods
from bench.linkage.rosters import roster

LINES = [
    ("rec-0-org", "anna", "smith", "perth", "19800101"),
    ("rec-2-org", "robert", "ackerman", "sydney", "19810101"),
    ("rec-1-org", "ottilie", "brandauer", "hobart", "19820101"),
    ("rec-0-dup-0", "ana", "smith", "pertg", "19800101"),
    ("rec-2-dup-0", "xavier", "ackerman", "sydney", "19810101"),
    ("rec-1-dup-0", "ottilie", "brandauer", "hobart", ""),
    ("rec-2-dup-1", "", "ackerman", "sydney", "19810101"),
]


@pytest.fixture
def lists(tmp_path: Path) -> febrl.Lists:
    path = tmp_path / "febrl9.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["rec_id", "given_name", "surname", "suburb", "date_of_birth"])
        writer.writerows(LINES)
    return febrl.read(path)


def test_even_originals_are_accounts_and_copies_are_new_rows(lists: febrl.Lists) -> None:
    assert [person.key for person in lists.known] == ["rec-0-org", "rec-2-org"]
    assert lists.truth == {
        "rec-0-dup-0": "rec-0-org",
        "rec-2-dup-0": "rec-2-org",
        "rec-1-dup-0": None,
    }


def test_a_suburb_is_taken_from_the_list(lists: febrl.Lists) -> None:
    assert [row.suburb for row in lists.rows] == ["perth", "sydney", "hobart"]


def test_another_first_name_looks_like_a_sibling(lists: febrl.Lists) -> None:
    assert lists.like_siblings == {"rec-2-dup-0"}


def test_a_grade_follows_from_the_year_of_birth(lists: febrl.Lists) -> None:
    assert [row.grade for row in lists.rows] == ["4", "5", None]


def test_alarms_are_held_against_the_truth(lists: febrl.Lists) -> None:
    found = {"rec-0-dup-0": ("rec-0-org", 0.9), "rec-1-dup-0": ("rec-2-org", 0.6)}
    judged = methods.judge(found, lists)
    assert (judged.right, judged.new, judged.doubles, judged.strangers) == (1, 1, 2, 1)
    assert (judged.precision, judged.recall, judged.f1) == (0.5, 0.5, 0.5)
    assert (judged.but_siblings.precision, judged.but_siblings.recall) == (0.5, 1.0)
    assert methods.judge(found, lists, 0.7).precision == 1.0
    assert methods.best_threshold(found, lists) > 0.6


def test_a_wrong_account_for_one_who_looks_like_a_sibling_is_left_out(lists: febrl.Lists) -> None:
    judged = methods.judge({"rec-2-dup-0": ("rec-0-org", 0.9)}, lists)
    assert (judged.wrong_person, judged.but_siblings.wrong_person) == (1, 0)


def test_a_roster_has_second_accounts_and_new_children() -> None:
    lists = roster(1, 300, 100)
    known = {person.key for person in lists.known}
    doubled = [key for key in lists.truth.values() if key]
    assert (len(known), len(lists.rows), len(set(doubled))) == (300, 100, 50)
    assert known.issuperset(doubled)
    assert not lists.like_siblings
    judged = methods.judge(methods.rosterkey(lists, with_grade=True)[0], lists)
    # One in eleven has a new family name, which has no target; 97 % of the others.
    assert judged.recall > 0.97 * 10 / 11
    assert judged.new_alarmed < 0.05


def test_exact_matches_need_every_part(lists: febrl.Lists) -> None:
    found, _ = methods.exact(lists, methods.name_and_birth)
    assert found == {}
    found, _ = methods.exact(lists, lambda person: (person.surname, person.suburb))
    assert set(found) == {"rec-0-dup-0", "rec-2-dup-0"}


def test_the_best_pair_of_a_row_counts() -> None:
    pairs = [("r", "b", 0.4), ("r", "a", 0.8), ("s", "b", 0.1)]
    assert methods.best_of(pairs) == {"r": ("a", 0.8), "s": ("b", 0.1)}


def test_peers_get_the_columns_that_rosterkey_compares(lists: febrl.Lists, tmp_path: Path) -> None:
    febrl.write_for_peers(lists, tmp_path, with_grade=True)
    first = (tmp_path / "newcomers.csv").read_text(encoding="utf-8").splitlines()[:2]
    assert first == ["unique_id,given_name,surname,suburb,grade", "rec-0-dup-0,ana,smith,perth,4"]
