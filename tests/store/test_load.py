"""Lines into the database: what is taken, and what is refused with its line number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from rosterkey.core.model import Account, AccountChange, District
from rosterkey.store.contract import LoadError, Store
from rosterkey.store.passwords import verify
from tests.store.builders import (
    HASH,
    SUNNY,
    account_line,
    district_line,
    edited,
    everything,
    header,
)


def refused(store: Store, *lines: Any) -> str:
    """The sentence with which the lines are refused, after a check that nothing was loaded."""
    before = everything(store)
    with pytest.raises(LoadError) as caught:
        store.load(lines)
    assert everything(store) == before
    return str(caught.value)


def test_a_district_and_its_accounts(store: Store) -> None:
    assert store.load([district_line("D1"), account_line("D1", "a1", "ann")]) == 1
    assert store.districts() == ("D1",)
    snapshot = store.snapshot("D1")
    assert snapshot.district == District("D1", "District D1", ("North", "South"), ("K", "1", "2"))
    assert snapshot.accounts["a1"] == Account(
        "a1", "ann", first_name="Ana", last_name="Smith", school="North", grade="1"
    )


def test_what_has_a_usual_value_may_be_missing(store: Store) -> None:
    short = {"kind": "account", "district": "D1", "account": "a1", "username": "ann"}
    store.load([{"kind": "district", "code": "D1"}, short])
    assert store.snapshot("D1").accounts["a1"] == Account("a1", "ann")
    assert store.snapshot("D1").district == District("D1")


def test_a_password_is_hashed(store: Store) -> None:
    line = account_line("D1", "a1", "ann", password=SUNNY)
    store.load([district_line("D1"), line, account_line("D1", "a2", "bob", password_hash=HASH)])
    accounts = store.snapshot("D1").accounts
    assert verify(accounts["a1"].password_hash or "", "Sunny-Day-7")
    assert accounts["a2"].password_hash == HASH


def test_old_damage_loads(store: Store) -> None:
    """Two accounts with one Student ID, odd usernames, a school that is not on the list."""
    store.load(
        [
            district_line("D1"),
            account_line("D1", "a1", " bob smith\u00a0", student_id="7", school="Nowhere"),
            account_line("D1", "a2", "=cmd", student_id="7", past_usernames=["=cmd", "x", "X"]),
        ]
    )
    snapshot = store.snapshot("D1")
    assert len(snapshot.with_student_id("7")) == 2
    assert snapshot.accounts["a1"].username == " bob smith\u00a0"
    assert snapshot.accounts["a2"].past_usernames == ("=cmd", "x", "X")


def test_a_district_that_is_there_gets_more_accounts_and_entries(filled: Store) -> None:
    more = district_line("D1", name="Other", schools=["South", "West"], grades=["2", "3"])
    assert filled.load([more, account_line("D1", "a9", "ida")]) == 1
    assert filled.load([account_line("D2", "a9", "ida")]) == 1
    snapshot = filled.snapshot("D1")
    assert snapshot.district == District(
        "D1", "District D1", ("North", "South", "West"), ("K", "1", "2", "3")
    )
    assert len(snapshot.accounts) == 8
    filled.load([district_line("D2", name="Named now")])
    assert filled.snapshot("D2").district.name == "Named now"


def test_no_account_is_loaded_with_a_version_that_one_of_its_id_had(filled: Store) -> None:
    assert {a.version for a in filled.snapshot("D1").accounts.values()} == {1}
    for number, grade in enumerate(("2", "K", "1"), start=1):
        with filled.write("D1") as writer:
            change = edited(writer.snapshot(), "a1", grade=grade)
            writer.apply(header(f"digest-{number}"), [change])
    last = filled.snapshot("D1").accounts["a1"]
    with filled.write("D1") as writer:
        writer.apply(header("digest-4"), [AccountChange(last, None)])
    filled.load([account_line("D1", "a1", "ann", grade="2")])
    assert filled.snapshot("D1").accounts["a1"].version > last.version == 4
    assert filled.snapshot("D2").accounts["a1"].version == 1


def test_one_username_twice_names_both_lines(store: Store) -> None:
    lines = [
        district_line("D1"),
        account_line("D1", "a1", "Ünal"),
        account_line("D1", "a2", "ÜNAL"),
    ]
    sentence = refused(store, *lines)
    assert sentence.startswith("Line 3: ")
    assert "line 2" in sentence


def test_a_username_that_is_in_the_database(filled: Store) -> None:
    sentence = refused(filled, account_line("D1", "a9", "nora"), account_line("D1", "a8", "BOB"))
    assert sentence.startswith("Line 2: ")
    assert "in the database" in sentence


def test_one_account_id_twice(filled: Store) -> None:
    sentence = refused(filled, account_line("D1", "a9", "x"), account_line("D1", "a9", "y"))
    assert sentence.startswith("Line 2: ")
    assert "line 1" in sentence
    assert "in the database" in refused(filled, account_line("D1", "a1", "x"))


def test_one_district_twice(store: Store) -> None:
    sentence = refused(store, district_line("D1"), district_line("D1"))
    assert sentence.startswith("Line 2: ")
    assert "line 1" in sentence


def test_an_account_before_its_district(store: Store) -> None:
    lines = [district_line("D2"), account_line("D1", "a1", "ann"), district_line("D1")]
    assert refused(store, *lines).startswith("Line 2: ")


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        ({"username": ""}, "username"),
        ({"username": None}, "username"),
        ({"username": 7}, "username"),
        ({"account": ""}, "account"),
        ({"district": 1}, "district"),
        ({"first_name": None}, "first_name"),
        ({"student_id": 123}, "student_id"),
        ({"student_id": ""}, "student_id"),
        ({"school": ["North"]}, "school"),
        ({"grade": ""}, "grade"),
        ({"classes": "1A"}, "classes"),
        ({"classes": [""]}, "classes"),
        ({"classes": [1]}, "classes"),
        ({"past_usernames": None}, "past_usernames"),
        ({"role": "pupil"}, "student, staff, admin"),
        ({"status": "deleted"}, "active, archived"),
        ({"password_hash": "Sunny-Day-7"}, "argon2id"),
        ({"password_hash": HASH, "password": "Sunny-Day-7"}, "password"),
        ({"password": ""}, "password"),
        ({"passwrd": "Sunny-Day-7"}, "'passwrd'"),
        ({"kind": "acount"}, "'acount'"),
        ({"kind": None}, "kind"),
        ({"last_name": "Sm\ud800th"}, "last_name"),
        ({"last_name": "Sm\0th"}, "last_name"),
        ({"classes": ["\udfff"]}, "classes"),
    ],
)
def test_a_line_that_is_wrong(store: Store, cells: dict[str, Any], word: str) -> None:
    line = account_line("D1", "a2", "bob") | cells
    sentence = refused(store, district_line("D1"), account_line("D1", "a1", "ann"), line)
    assert sentence.startswith("Line 3: ")
    assert word in sentence
    assert "Sunny" not in sentence


@pytest.mark.parametrize("key", ["kind", "district", "account", "username"])
def test_a_key_that_is_missing(store: Store, key: str) -> None:
    line = account_line("D1", "a1", "ann")
    del line[key]
    sentence = refused(store, district_line("D1"), line)
    assert sentence.startswith("Line 2: ")
    assert f"{key} is missing" in sentence


@pytest.mark.parametrize(
    "cells",
    [
        {"code": ""},
        {"name": 1},
        {"schools": "North"},
        {"schools": ["North", "North"]},
        {"grades": [1]},
        {"teachers": []},
    ],
)
def test_a_district_that_is_wrong(store: Store, cells: dict[str, Any]) -> None:
    assert refused(store, district_line("D1") | cells).startswith("Line 1: ")


@pytest.mark.parametrize("line", [None, [], "x", 7])
def test_a_line_that_is_no_object(store: Store, line: Any) -> None:
    assert refused(store, district_line("D1"), line).startswith("Line 2: ")


def test_an_error_of_the_file_passes_and_takes_everything_back(store: Store) -> None:
    def lines() -> Iterator[dict[str, Any]]:
        yield district_line("D1")
        raise OSError("the stick was pulled")

    with pytest.raises(OSError, match="pulled"):
        store.load(lines())
    assert store.districts() == ()


def test_more_lines_than_are_written_at_a_time(store: Store) -> None:
    many = [account_line("D1", f"a{i}", f"u{i}", classes=["1A"]) for i in range(4_500)]
    assert store.load([district_line("D1"), *many]) == 4_500
    sentence = refused(store, account_line("D1", "b1", "new"), *many[:1])
    assert sentence.startswith("Line 2: ")
    twice = [account_line("D1", f"c{i}", f"v{i}") for i in range(4_500)]
    twice[4_400]["username"] = "V3"
    assert refused(store, *twice).startswith("Line 4401: ")
