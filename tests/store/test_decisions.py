"""What was decided is remembered by district, and an older database keeps all it has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, select

from rosterkey.core.history import ImportKind
from rosterkey.core.model import Decision
from rosterkey.store.contract import AlreadyImported, Store, StoreError
from rosterkey.store.schema import decision
from tests.store.builders import (
    NOON,
    apply,
    created,
    edited,
    everything,
    failing_at,
    header,
    removed,
)

NEW = Decision(
    14, "probable-duplicate", "really new", ("username x", "ana smith"), ("a1", "a2"), lasting=True
)
PAIRS = {(NEW.code, *NEW.person, account): "really new" for account in NEW.accounts}


def decide(store: Store, *decisions: Decision, digest: str = "one", district: str = "D1") -> int:
    with store.write(district) as writer:
        return writer.apply(header(digest), [], decisions)


def test_nothing_is_remembered_at_first(filled: Store) -> None:
    apply(filled)
    assert filled.snapshot("D1").decided == {}


def test_every_pair_is_in_later_snapshots_of_the_district_alone(filled: Store) -> None:
    decide(filled, NEW)
    assert filled.snapshot("D1").decided == PAIRS
    assert filled.snapshot("D2").decided == {}
    with filled.write("D1") as writer:
        assert writer.snapshot().decided == PAIRS


def test_what_does_not_last_is_not_remembered(filled: Store) -> None:
    decide(filled, replace(NEW, lasting=False))
    assert filled.snapshot("D1").decided == {}


def test_a_pair_that_is_decided_again_stays_as_it_was(filled: Store) -> None:
    decide(filled, NEW)
    decide(filled, NEW, replace(NEW, row=15, accounts=("a2", "a3"), word="other"), digest="two")
    third = (NEW.code, *NEW.person, "a3")
    assert filled.snapshot("D1").decided == PAIRS | {third: "other"}


def test_two_rows_of_one_import_may_decide_the_same(filled: Store) -> None:
    decide(filled, NEW, replace(NEW, row=15))
    assert filled.snapshot("D1").decided == PAIRS


def test_who_decided_when_and_with_which_import_is_kept(filled: Store, url: str) -> None:
    number = decide(filled, NEW)
    filled.close()
    engine = create_engine(url)
    with engine.connect() as connection:
        of = decision.c
        rows = connection.execute(select(of.actor, of.at, of.import_number)).all()
    engine.dispose()
    assert rows == [("kim", NOON, number)] * 2


def test_decisions_stay_when_their_import_and_their_account_go(filled: Store) -> None:
    with filled.write("D1") as writer:
        made = replace(NEW, accounts=("a9",))
        writer.apply(header("one"), [created("a9", "nia")], [made])
    apply(
        filled, removed(filled.snapshot("D1"), "a9"), digest="undo", kind=ImportKind.UNDO, undoes=1
    )
    assert list(filled.snapshot("D1").decided) == [(NEW.code, *NEW.person, "a9")]


def test_nothing_is_remembered_of_an_import_that_is_not_written(filled: Store) -> None:
    decide(filled, digest="same")
    with pytest.raises(AlreadyImported):
        decide(filled, NEW, digest="same")
    wrong = edited(filled.snapshot("D1"), "a1", username="bob")
    with pytest.raises(StoreError), filled.write("D1") as writer:
        writer.apply(header("other"), [wrong], [NEW])
    assert filled.snapshot("D1").decided == {}


def test_an_import_that_stops_while_it_remembers_is_taken_back(filled: Store) -> None:
    before = everything(filled)
    change = edited(filled.snapshot("D1"), "a1", grade="2")
    for statement in range(1, 30):
        try:
            with failing_at(statement), filled.write("D1") as writer:
                writer.apply(header("one"), [change], [NEW])
        except RuntimeError:
            assert everything(filled) == before, statement
            assert filled.snapshot("D1").decided == {}
        else:
            break
    assert statement > 5
    assert filled.snapshot("D1").decided == PAIRS


def test_the_words_come_back_with_the_import(filled: Store) -> None:
    apply(filled, decisions=("probable-duplicate: row 14 really new", "mojibake: row 2 confirmed"))
    apply(filled, digest="none")
    newer, older = filled.imports("D1")
    assert older.header.decisions == (
        "probable-duplicate: row 14 really new",
        "mojibake: row 2 confirmed",
    )
    assert newer.header.decisions == ()


def test_a_dump_holds_no_decisions(filled: Store) -> None:
    before = list(filled.dump())
    decide(filled, NEW)
    assert list(filled.dump()) == before
