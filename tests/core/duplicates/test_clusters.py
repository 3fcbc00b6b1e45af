"""Which accounts are listed as one student's, and which of them would stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from rosterkey.core.duplicates.clusters import Pair, decided_pair, find_clusters, rank
from rosterkey.core.model import Account, DecidedPair, Role, Status
from rosterkey.core.snapshot import Snapshot
from tests.core.duplicates.reviews import BOB, BOB2, BOB3, DISTRICT

OTHERS = tuple(
    Account(f"o{i}", f"u{i}", f"1{i:04}", f"Name{i}", f"Family{i}", "Lincoln", str(i % 12 + 1))
    for i in range(30)
)


def _found(
    accounts: Iterable[Account], decided: dict[DecidedPair, str] | None = None
) -> tuple[tuple[Pair, ...], ...]:
    return find_clusters(Snapshot(DISTRICT, (*OTHERS, *accounts), decided))


def _ids(clusters: tuple[tuple[Pair, ...], ...]) -> list[list[tuple[str, str]]]:
    return [[(p.stays.account_id, p.goes.account_id) for p in c] for c in clusters]


def test_a_nickname_in_the_next_grade_is_the_same_student() -> None:
    clusters = _found([BOB, BOB2])
    assert _ids(clusters) == [[("a1", "a2")]]
    ((pair,),) = clusters
    assert pair.score > 0.5
    assert "Bob is a short form of Robert" in pair.speaks_for
    assert "one grade higher (4 after 3), as in a new school year" in pair.speaks_for
    assert pair.speaks_for[-1] == "only one has a Student ID"


def test_three_accounts_are_one_cluster_beside_the_one_that_stays() -> None:
    assert sorted(_ids(_found([BOB3, BOB2, BOB]))[0]) == [("a1", "a2"), ("a1", "a3")]


def test_the_order_of_the_accounts_does_not_matter() -> None:
    assert _found([BOB, BOB2, BOB3]) == _found([BOB3, BOB, BOB2])


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(BOB2, student_id="00377"), id="two Student IDs"),
        pytest.param(replace(BOB2, role=Role.STAFF), id="staff"),
        pytest.param(replace(BOB2, first_name="Ana"), id="sister"),
        pytest.param(replace(BOB2, first_name="Xi", last_name="Ng"), id="stranger"),
    ],
)
def test_who_is_not_one_student(other: Account) -> None:
    assert _found([BOB, other]) == ()


def test_two_different_ids_do_not_meet_by_way_of_a_third_account() -> None:
    """Both Roberts with an ID look like the Bob without one; he can be only one of them."""
    namesake = replace(BOB, account_id="a9", username="bj9", student_id="00377")
    (cluster,) = _found([BOB, BOB2, namesake])
    assert len(cluster) == 1
    assert cluster[0].goes.account_id == "a2"


def test_one_student_id_twice_is_old_damage_and_listed() -> None:
    twice = replace(BOB2, student_id="00124", school="Grant", grade="1")
    ((pair,),) = _found([BOB, twice])
    assert pair.score >= 0.99
    assert pair.speaks_for[-1] == "both have the Student ID 00124"


def test_without_any_id_it_is_said() -> None:
    ((pair,),) = _found([replace(BOB, student_id=None), BOB2])
    assert pair.speaks_for[-1] == "neither has a Student ID"


def test_who_was_called_not_the_same_is_not_listed_again() -> None:
    assert _found([BOB, BOB2], {decided_pair(BOB2, BOB): "not the same"}) == ()


@pytest.mark.parametrize("key", ["username bob.jones", "username bobj"])
def test_who_an_import_called_really_new_is_not_listed(key: str) -> None:
    decided = {("probable-duplicate", key, "bob jones", "a1"): "really new"}
    assert _found([BOB, BOB2], decided) == ()
    other = {("probable-duplicate", key, "bob jones", "a7"): "really new"}
    assert len(_found([BOB, BOB2], other)) == 1


def test_a_remembered_row_with_an_id_counts_too() -> None:
    decided = {("probable-duplicate", "id 00124", "robert jones", "a2"): "really new"}
    assert _found([BOB, BOB2], decided) == ()


def test_which_account_stays() -> None:
    """The Student ID, then being in use, then the number of changes, then former usernames."""
    plain = Account("z", "z")
    ordered = [
        replace(plain, student_id="1", status=Status.ARCHIVED),
        replace(plain, version=9),
        replace(plain, past_usernames=("y",)),
        replace(plain, account_id="a"),
        plain,
        replace(plain, status=Status.ARCHIVED, version=9),
    ]
    assert sorted(ordered, key=rank) == ordered


def test_an_account_that_is_like_another_one_only_stands_beside_that() -> None:
    """Maria Lopez is like Maria Smith-Lopez, who is like Maria Smith; she is not like Smith."""
    one = Account("b1", "p1", "5", "Maria", "Smith", "Lincoln", "3")
    two = Account("b2", "p2", None, "Maria", "Smith-Lopez", "Lincoln", "3")
    three = Account("b3", "p3", None, "Maria", "Lopez", "Lincoln", "3", version=9)
    assert _ids(_found([one, two, three])) == [[("b1", "b2"), ("b2", "b3")]]
    assert _found([one, three]) == ()


def test_one_student_id_of_two_children_is_other_damage() -> None:
    assert _found([BOB, replace(BOB2, student_id="00124", first_name="Ana")]) == ()


def test_students_with_ids_of_their_own_need_no_comparison() -> None:
    assert _found([]) == ()
