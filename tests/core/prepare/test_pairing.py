"""Which student of a list is which account: sure, doubtful, missing."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rosterkey.core.model import Account
from rosterkey.core.people.names import Likeness, same_first_name, same_last_name
from rosterkey.core.people.newcomer import Newcomer
from rosterkey.core.prepare.listed import Listed
from rosterkey.core.prepare.pairing import BY_ID, BY_LOGIN, BY_MARK, BY_NAME, Pairing, pair
from rosterkey.core.prepare.same_name import fitting
from tests.core.people.rosters import Maker, without_accents
from tests.core.prepare.tables import account, listed


def sure(found: Pairing) -> dict[str, tuple[str, str]]:
    """The Student ID that each account gets, and how it was found."""
    return {key: (one.student_id, way) for key, (one, way) in found.sure.items()}


def doubtful(found: Pairing) -> dict[str, list[str]]:
    """The Student IDs that are offered to each account."""
    return {
        key: sorted(c.listed.student_id for c in candidates)
        for key, candidates in found.doubtful.items()
    }


def test_the_only_one_of_a_name_school_and_grade_is_sure() -> None:
    found = pair(
        [account("a", "Ana Smith"), account("b", "José Núñez", grade="Grade 3")],
        [listed(1, "ANA SMITH"), listed(2, "Jose Nunez", grade="03")],
    )
    assert sure(found) == {"a": ("0001", BY_NAME), "b": ("0002", BY_NAME)}
    assert not found.doubtful
    assert not found.new


def test_the_list_of_the_next_year_has_everybody_one_grade_higher() -> None:
    found = pair([account("a", "Ana Smith", grade="K")], [listed(1, "Ana Smith", grade="1")])
    assert sure(found) == {"a": ("0001", BY_NAME)}


def test_twins_of_one_name_are_doubtful_on_either_side() -> None:
    twins = [account("a", "Eva Lee"), account("b", "Eva Lee")]
    found = pair(twins, [listed(1, "Eva Lee"), listed(2, "Eva Lee")])
    assert not found.sure
    assert doubtful(found) == {"a": ["0001", "0002"], "b": ["0001", "0002"]}
    assert "but others fit as well" in found.doubtful["a"][0].why
    assert doubtful(pair(twins, [listed(1, "Eva Lee")])) == {"a": ["0001"], "b": ["0001"]}
    assert doubtful(pair(twins[:1], [listed(1, "Eva Lee"), listed(2, "Eva Lee")])) == {
        "a": ["0001", "0002"]
    }


def test_namesakes_of_two_schools_are_told_apart() -> None:
    found = pair(
        [account("a", "Ana Smith"), account("b", "Ana Smith", "Oak", "8")],
        [listed(1, "Ana Smith", "Oak", "8"), listed(2, "Ana Smith")],
    )
    assert sure(found) == {"a": ("0002", BY_NAME), "b": ("0001", BY_NAME)}


def test_another_spelling_school_or_grade_is_for_somebody_to_decide() -> None:
    found = pair(
        [
            account("a", "Bob Fitzgerald"),
            account("b", "Zora Quill"),
            account("c", "Uma Thorne", grade="5"),
            account("d", "Max Oak", "Oak"),
        ],
        [
            listed(1, "Robert Fitzgerald"),
            listed(2, "Zora Quill", "Oak"),
            listed(3, "Uma Thorne", grade="3"),
        ],
    )
    assert not found.sure
    assert doubtful(found) == {"a": ["0001"], "b": ["0002"], "c": ["0003"]}
    assert "against it: other school" in found.doubtful["b"][0].why
    assert found.missing == ("d",)


@given(st.integers(0, 10_000))
def test_the_quick_look_for_one_name_finds_what_the_comparison_calls_the_same(seed: int) -> None:
    make = Maker(seed)
    people = [make.student(student_id=False) for _ in range(30)]
    people += [replace(a, account_id=f"t{a.account_id}", last_name=make.typo(a.last_name))
               for a in people]  # fmt: skip
    new = {a.account_id: Newcomer(0, None, "", a.first_name.upper(), a.last_name) for a in people}
    same = {
        (a.account_id, key)
        for a in people
        for key, n in new.items()
        if same_first_name(a.first_name, n.first_name) is Likeness.SAME
        and same_last_name(a.last_name, n.last_name) is Likeness.SAME
    }
    assert set(fitting(people, new)) == same


def test_a_school_that_the_roster_does_not_know_is_no_evidence() -> None:
    found = pair([account("a", "Zora Quill")], [listed(1, "Zora Quill", "Campus 0412")])
    assert sure(found) == {"a": ("0001", BY_NAME)}
    assert found.sure["a"][0].school == "Campus 0412"


def test_a_common_name_alone_is_not_enough() -> None:
    many = [account(f"x{n}", f"Kid{n} Smith") for n in range(40)]
    common = [account("a", "Ana Smith", None, None)]
    found = pair([*many, *common], [listed(1, "Ana Smith", None, None)])
    assert "a" not in found.sure
    assert doubtful(found) == {"a": ["0001"]}


def test_usernames_mail_addresses_and_keys_come_before_names() -> None:
    found = pair(
        [
            account("asmith", "Ana Smith"),
            account("bjones", "Bo Jones", username="bjones@lincoln.example.org"),
            account("00077", "Chi Lee"),
            account("u-9", "Dan Evans"),
        ],
        [
            listed(1, "Ana Smith-Perez", "Oak", "8", login="ASmith"),
            listed(2, "Bo Jones", login="bjones@students.example.org"),
            replace(listed(3, "Chi Lee"), student_id="00077"),
            listed(4, "Dan Evans", marks=("U-9",)),
        ],
    )
    assert sure(found) == {
        "asmith": ("0001", BY_LOGIN),
        "bjones": ("0002", BY_LOGIN),
        "00077": ("00077", BY_MARK),
        "u-9": ("0004", BY_MARK),
    }


def test_a_username_that_belongs_to_a_stranger_there_is_doubtful() -> None:
    found = pair(
        [account("asmith", "Ana Smith")],
        [listed(1, "Karl Meyer", login="asmith"), listed(2, "Ana Smith")],
    )
    assert not found.sure
    assert doubtful(found) == {"asmith": ["0001", "0002"]}
    whys = {c.listed.student_id: c.why for c in found.doubtful["asmith"]}
    assert whys["0001"] == "found by username or mail address, but another name"


def test_a_mail_name_that_fits_two_is_doubtful() -> None:
    found = pair(
        [account("asmith", "Ana Smith")],
        [
            listed(1, "Ana Smith", login="asmith@a.org"),
            listed(2, "Ann Smith", login="asmith@b.org"),
        ],
    )
    assert doubtful(found) == {"asmith": ["0001", "0002"]}
    assert found.doubtful["asmith"][0].why.endswith("not the only one with this key")


def test_somebody_else_who_is_sure_is_no_candidate_any_more() -> None:
    found = pair(
        [account("elee", "Eva Lee"), account("b", "Eva Lee")],
        [listed(1, "Eva Lee", login="elee"), listed(2, "Eva Lee")],
    )
    assert sure(found) == {"elee": ("0001", BY_LOGIN), "b": ("0002", BY_NAME)}


def test_an_id_that_is_there_stays_and_is_given_to_nobody_else() -> None:
    found = pair(
        [account("a", "Ana Smith", student_id="0001"), account("b", "Ana Smith")],
        [listed(1, "Ana Smith")],
    )
    assert sure(found) == {"a": ("0001", BY_ID)}
    assert found.missing == ("b",)


def test_an_id_that_the_list_gives_to_somebody_else_is_said() -> None:
    found = pair([account("a", "Ana Smith", student_id="0001")], [listed(1, "Karl Meyer")])
    assert not found.sure
    assert found.missing == ("a",)
    assert not found.new
    (said,) = found.contradictions
    assert said.startswith("Ana Smith (a) has the Student ID 0001, which the list gives to Karl")


def test_nobody_for_an_account_and_no_account_for_somebody() -> None:
    found = pair([account("a", "Ana Smith")], [listed(9, "Karl Meyer"), listed(5, "Mia Wu")])
    assert found.missing == ("a",)
    assert [one.row for one in found.new] == [5, 9]


def district(seed: int, size: int = 60) -> tuple[list[Account], list[Listed], dict[str, str]]:
    """A district, its list with the faults that lists have, and the true ID of each account."""
    make = Maker(seed)
    accounts = [make.student(student_id=False) for _ in range(size)]
    truth = {a.account_id: f"{n:05d}" for n, a in enumerate(accounts)}
    students = []
    for row, a in enumerate(accounts, start=2):
        if make.random.random() < 0.05:
            continue
        first, last = a.first_name, a.last_name
        fault = make.random.random()
        if fault < 0.1:
            last = make.typo(last)
        elif fault < 0.2:
            first, last = without_accents(first), last.upper()
        login = a.username if make.random.random() < 0.3 else ""
        students.append(
            Listed(
                row, truth[a.account_id], first, last, a.school, a.grade, (), (login,) * bool(login)
            )
        )
    for extra in range(5):
        students.append(
            Listed(900 + extra, f"9{extra}", make.first(), f"Newcomer{extra}", None, "1")
        )
    return accounts, students, truth


@given(st.integers(0, 10_000))
def test_what_is_sure_is_right_and_one_to_one(seed: int) -> None:
    accounts, students, truth = district(seed)
    found = pair(accounts, students)
    given_ids = [one.student_id for one, _ in found.sure.values()]
    assert len(set(given_ids)) == len(given_ids)
    wrong = {k: one.student_id for k, (one, _) in found.sure.items() if truth[k] != one.student_id}
    assert not wrong
    assert len(found.sure) > 0.6 * len(accounts)
    everybody = {*found.sure, *found.doubtful, *found.missing}
    assert everybody == {a.account_id for a in accounts}
    assert not found.sure.keys() & found.doubtful.keys()


@given(st.integers(0, 10_000))
def test_no_order_plays_a_part(seed: int) -> None:
    accounts, students, _ = district(seed, size=30)
    before = pair(accounts, students)
    shuffle = random.Random(seed).shuffle  # noqa: S311
    shuffle(accounts)
    shuffle(students)
    after = pair(accounts, students)
    assert before.sure == after.sure
    assert doubtful(before) == doubtful(after)
    assert sorted(before.missing) == sorted(after.missing)
    assert before.new == after.new
