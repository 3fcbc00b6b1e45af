"""Reading by key gives what is stored, and nothing that nobody asked for."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select

from rosterkey.core import snapshot as asking
from rosterkey.core.figures import NAMES, Trait, count
from rosterkey.core.model import AccountChange, Role
from rosterkey.core.people.vocabulary import filed_under
from rosterkey.core.plan import make_plan
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.source import Key
from rosterkey.store import open_store
from rosterkey.store.account_keys import STORED_KEYS
from rosterkey.store.by_key import SqlSource
from rosterkey.store.contract import Store
from rosterkey.store.lines import account_line, district_line
from rosterkey.store.reading import read_lines
from rosterkey.store.schema import account, figure, name_word
from tests.by_key import by_key
from tests.by_key import keys_of as keys_in_memory
from tests.properties.rosters import OPTIONS, scenes, snapshots
from tests.store.builders import (
    LINES,
    apply,
    changes_of_every_kind,
    header,
    removed,
    statements,
)
from tests.store.released_databases import make_released


def _without_passwords(snapshot: Snapshot) -> Snapshot:
    accounts = (replace(a, password_hash=None) for a in snapshot.accounts.values())
    return Snapshot(snapshot.district, accounts)


def _stored(snapshot: Snapshot) -> Store:
    """A new database with these accounts."""
    store = open_store("sqlite:///:memory:")
    code = snapshot.district.code
    accounts = snapshot.accounts.values()
    store.load([district_line(snapshot.district), *(account_line(code, a) for a in accounts)])
    return store


def _check_kept(engine: Engine, store: Store, code: str = "D1") -> None:
    """The tables that follow from the accounts are as if they were made of them now."""
    accounts = list(store.snapshot(code).accounts.values())
    with engine.connect() as connection:
        of = account.c
        for key in STORED_KEYS.values():
            query = select(of.account_id, key.column).where(of.district_id == code)
            stored = {(account_id, number) for account_id, number in connection.execute(query)}
            assert stored == {(a.account_id, key.number_of(a)) for a in accounts}
        numbers = select(figure.c.trait, figure.c.value, figure.c.number).where(
            figure.c.district_id == code, figure.c.number != 0
        )
        kept = {(Trait(t), value): n for t, value, n in connection.execute(numbers)}
        assert kept == {c: n for c, n in count(accounts).items() if n}
        words = select(name_word.c.part, name_word.c.name, name_word.c.word).where(
            name_word.c.district_id == code
        )
        filed = {tuple(r) for r in connection.execute(words)}
        for part, name in kept:
            if part in NAMES:
                assert {(part, name, word) for word in filed_under(name)} <= filed


@pytest.fixture
def engine(url: str) -> Engine:
    return create_engine(url)


def test_every_write_keeps_the_keys_and_figures(filled: Store, engine: Engine) -> None:
    _check_kept(engine, filled)
    apply(filled, *changes_of_every_kind(filled.snapshot("D1")))
    _check_kept(engine, filled)
    apply(filled, removed(filled.snapshot("D1"), "a7"), digest="another")
    _check_kept(engine, filled)
    filled.load([LINES[-1] | {"account": "a9", "username": "zoe", "first_name": "Zoë"}])
    _check_kept(engine, filled, "D2")
    engine.dispose()


@given(snapshots(damage=False), snapshots(damage=False))
def test_any_change_keeps_the_keys_and_figures(then: Snapshot, now: Snapshot) -> None:
    store = _stored(_without_passwords(then))
    before, after = store.snapshot("D1").accounts, _without_passwords(now).accounts
    changes = [AccountChange(before.get(i), after.get(i)) for i in before.keys() | after.keys()]
    apply(store, *changes)
    _check_kept(store._engine, store)  # type: ignore[attr-defined]
    store.close()


@given(snapshots(), st.data())
def test_each_key_finds_who_has_it(whole: Snapshot, data: st.DataObject) -> None:
    whole = _without_passwords(whole)
    store = _stored(whole)
    key = data.draw(st.sampled_from(list(Key)))
    values = sorted({v for a in whole.accounts.values() for v in keys_in_memory(a, key)})
    wanted = data.draw(st.lists(st.sampled_from(values), max_size=3)) if values else []
    with patch.object(asking, "WHOLE_FROM", 0), store.reading("D1") as read:
        read.ask(key, [*wanted, "nobody's"])
        expected, _ = by_key(whole)
        expected.ask(key, wanted)
        assert read.accounts == expected.accounts
        for part in NAMES:
            words = data.draw(st.sets(st.sampled_from(["ana", "bob", "obrien", "ona", "^b"])))
            assert read.names(part, words) == expected.names(part, words)
        assert read.figures == expected.figures
    store.close()


@given(snapshots(), st.data())
def test_like_names_are_found_by_their_words(whole: Snapshot, data: st.DataObject) -> None:
    whole = _without_passwords(whole)
    store = _stored(whole)
    students = [a for a in whole.accounts.values() if a.role is Role.STUDENT]
    words = sorted(
        {w for a in students for n in (a.first_name, a.last_name) for w in filed_under(n)}
    )
    some = st.lists(st.sampled_from([*words, "nobody's", "\0"]), max_size=6).map(tuple)
    asked = data.draw(st.lists(st.tuples(some, some), max_size=3))
    with patch.object(asking, "WHOLE_FROM", 0), store.reading("D1") as read:
        read.ask_named(asked)
        expected, _ = by_key(whole)
        expected.ask_named(asked)
        assert expected.active_students == read.active_students
    store.close()


@given(scenes())
def test_any_sheet_is_planned_as_from_all_accounts(scene: tuple[Sheet, Snapshot]) -> None:
    sheet, whole = scene[0], _without_passwords(scene[1])
    store = _stored(whole)
    with patch.object(asking, "WHOLE_FROM", 0), store.reading("D1") as read:
        assert make_plan(sheet, read, OPTIONS) == make_plan(sheet, whole, OPTIONS)
    store.close()


def test_what_changed_since_shows_in_the_same_questions(filled: Store) -> None:
    with patch.object(asking, "WHOLE_FROM", 0):
        with filled.reading("D1") as read:
            read.ask(Key.USERNAME, ["ann", "amy"])
        assert sorted(read.accounts) == ["a1"]
        with filled.write("D1") as writer:
            assert writer.snapshot(read) == read
            writer.apply(header("x"), [AccountChange(read.accounts["a1"], None)])
            assert writer.snapshot(read) != read


def test_a_small_sheet_reads_the_accounts_that_it_is_about(store: Store) -> None:
    lines = [
        LINES[1] | {"account": f"b{n}", "username": f"user{n}", "student_id": f"9{n:03}"}
        for n in range(300)
    ]
    store.load([LINES[0], *lines])
    with statements() as seen, store.reading("D1") as read:
        read.ask(Key.USERNAME, ["user7", "user8", "new"])
        read.ask(Key.STUDENT_ID, ["9009"])
        assert read.with_past_username("old") == []
    assert sorted(read.accounts) == ["b7", "b8", "b9"]
    assert read.figures.active == 300
    for statement in seen:
        if "FROM account" in statement or "FROM enrollment" in statement:
            assert " IN (" in statement or " = ANY (" in statement, statement


def test_like_names_are_looked_up_and_not_read(store: Store, engine: Engine) -> None:
    names = [(f"Ana{'bcdefghij'[n % 9]}", f"Smith {n}") for n in range(300)]
    lines = [
        LINES[1]
        | {"account": f"b{n:03}", "username": f"user{n}", "student_id": f"9{n:03}"}
        | {"first_name": first, "last_name": last}
        for n, (first, last) in enumerate(names)
    ]
    store.load([LINES[0], *lines])
    with statements() as seen, store.reading("D1") as read:
        read.ask_named([(("anab", "anac", "x\0"), ("smith9", "smith10", "smith11"))])
    assert sorted(read.accounts) == ["b009", "b010"]
    if engine.dialect.name == "postgresql":
        # It has no figures of the table yet, and would read all of it.
        (look,) = (statement for statement in seen if "account.last_name =" in statement)
        assert "last_name = ANY (array((SELECT" in look
    engine.dispose()


def test_a_large_sheet_reads_all_at_once(filled: Store) -> None:
    with statements() as seen, filled.reading("D1") as read:
        read.ask(Key.USERNAME, (name for name in ("ann", "bob")))
    assert read.accounts == filled.snapshot("D1").accounts
    assert not [s for s in seen if "username_claim" in s]


def test_an_older_database_gets_its_keys_and_figures(url: str) -> None:
    engine = make_released(url, "0002")
    store = open_store(url)
    for code in ("D1", "D2"):
        _check_kept(engine, store, code)
    store.close()
    engine.dispose()


def test_lines_are_those_of_the_accounts(filled: Store, engine: Engine) -> None:
    """On every engine: students only, with the classes of each in their order."""
    with engine.begin() as connection:
        read = list(read_lines(connection, "D1"))
    known = filled.snapshot("D1").accounts
    assert [line[0] for line in read] == sorted(i for i, a in known.items() if a.role == "student")
    assert sorted(read) == sorted(asking.lines_at_hand(known.values()))
    assert any("; " in line[-1] for line in read)
    engine.dispose()


@given(snapshots())
def test_lines_and_ids_of_two_are_those_of_the_accounts(whole: Snapshot) -> None:
    whole = _without_passwords(whole)
    store, (_, source) = _stored(whole), by_key(whole)
    with store._reading("D1") as connection:  # type: ignore[attr-defined]
        stored = SqlSource(connection, "D1")
        assert sorted(stored.lines()) == sorted(source.lines())
        assert sorted(stored.doubled_ids()) == sorted(source.doubled_ids())
    store.close()
