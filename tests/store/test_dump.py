"""Out of the database and in again gives the same bytes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rosterkey.core.keys import username_key
from rosterkey.store import open_store, reading
from rosterkey.store.contract import Store
from tests.store.builders import LINES, account_line, apply, district_line, edited

TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
)
OPTIONAL = st.none() | TEXT
ACCOUNTS = st.lists(
    st.fixed_dictionaries(
        {
            "account": TEXT,
            "role": st.sampled_from(["student", "staff", "admin"]),
            "status": st.sampled_from(["active", "archived"]),
            "student_id": OPTIONAL,
            "username": TEXT,
            "first_name": st.just("") | TEXT,
            "last_name": st.just("") | TEXT,
            "school": OPTIONAL,
            "grade": OPTIONAL,
            "classes": st.lists(TEXT, max_size=3),
            "password_hash": st.none() | TEXT.map("$argon2id${}".format),
            "past_usernames": st.lists(TEXT, max_size=3),
        }
    ),
    unique_by=(lambda a: str(a["account"]), lambda a: username_key(str(a["username"]))),
    max_size=5,
)
DISTRICTS = st.dictionaries(
    TEXT,
    st.tuples(
        st.just("") | TEXT,
        st.lists(TEXT, unique=True, max_size=3),
        st.lists(TEXT, unique=True, max_size=3),
        ACCOUNTS,
    ),
    max_size=3,
)


def written(lines: Iterable[dict[str, Any]]) -> str:
    """The lines as a file has them."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _without(cells: dict[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in cells.items() if k != key}


def test_a_dump_is_what_was_loaded(filled: Store) -> None:
    assert written(filled.dump()) == written(LINES)


def test_the_order_is_that_of_codes_and_ids(store: Store) -> None:
    accounts = [account_line("D2", i, f"user {ord(i)}") for i in ("b", "é", "B", "a")]
    store.load([district_line("D2"), *accounts, district_line("D1")])
    names = [line.get("account", line.get("code")) for line in store.dump()]
    assert names == ["D1", "D2", "B", "a", "b", "é"]


def test_the_version_is_no_part_of_a_dump(filled: Store) -> None:
    before = list(filled.dump())
    apply(filled, edited(filled.snapshot("D1"), "a1", grade="2"))
    apply(filled, edited(filled.snapshot("D1"), "a1", grade="1"), digest="digest-2")
    assert list(filled.dump()) == before


@given(DISTRICTS)
def test_dump_load_dump(districts: dict[str, Any]) -> None:
    lines: list[dict[str, Any]] = []
    for code in sorted(districts):
        name, schools, grades, accounts = districts[code]
        lines.append(district_line(code, name=name, schools=schools, grades=grades))
        ordered = sorted(accounts, key=lambda a: str(a["account"]))
        lines += [account_line(code, a["account"], **_without(a, "account")) for a in ordered]
    with tempfile.TemporaryDirectory() as folder:
        first = open_store(f"sqlite:///{Path(folder) / 'first.db'}")
        first.load(lines)
        dumped = written(first.dump())
        first.close()
        second = open_store(f"sqlite:///{Path(folder) / 'second.db'}")
        second.load(json.loads(line) for line in dumped.split("\n") if line)
        again = written(second.dump())
        second.close()
    assert dumped == written(lines)
    assert again == dumped


@pytest.mark.parametrize("batch", [1, 2, 3, 7])
def test_batches_leave_nothing_out(
    filled: Store, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "DUMP_BATCH", batch)
    assert list(filled.dump()) == LINES


def test_a_dump_is_of_one_moment(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "DUMP_BATCH", 1)
    lines = filled.dump()
    first = next(lines)
    apply(filled, edited(filled.snapshot("D1"), "a4", username="zed"))
    assert [first, *lines] == LINES


def test_a_dump_that_is_left_early_leaves_no_lock(filled: Store) -> None:
    lines = filled.dump()
    next(lines)
    lines.close()  # type: ignore[attr-defined]
    assert apply(filled) == 1
