"""What is kept of an import: the audit trail, and what an undo needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, select

from rosterkey.core.history import FieldChange, ImportEntry, ImportHeader, ImportKind
from rosterkey.core.model import AccountChange
from rosterkey.store.contract import AlreadyImported, Store, StoreError
from rosterkey.store.schema import metadata
from tests.store.builders import (
    HASH,
    OTHER_HASH,
    SUNNY,
    apply,
    changes_of_every_kind,
    edited,
    everything,
    header,
    removed,
)


def test_the_header_comes_back_as_it_was(filled: Store) -> None:
    whole = ImportHeader(
        digest="9f2c",
        actor="Zoë Łuk",
        at=dt.datetime(2025, 8, 20, 7, 0, 0, 5, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
        kind=ImportKind.UNDO,
        source="Klassen 2025.xlsx",
        sheet_hash="abc",
        reason="new school year",
        counts={"rows": 3, "create": 1, "a": 0},
        confirmed=("mass-create", "different-person"),
        undoes=4,
    )
    with filled.write("D1") as writer:
        assert writer.apply(whole, []) == 1
    (entry,) = filled.imports("D1")
    assert entry == ImportEntry(1, whole)
    assert entry.header.at.utcoffset() == dt.timedelta(0)
    assert list(entry.header.counts) == ["rows", "create", "a"]


def test_imports_are_counted_in_each_district_and_listed_newest_first(filled: Store) -> None:
    assert [apply(filled, digest=d) for d in ("x", "y", "z")] == [1, 2, 3]
    # The same digest in another district is another import.
    assert apply(filled, digest="x", district="D2") == 1
    assert [e.number for e in filled.imports("D1")] == [3, 2, 1]
    assert [e.number for e in filled.imports("D2")] == [1]


def test_the_same_plan_twice_is_one_import(filled: Store) -> None:
    now = filled.snapshot("D1")
    apply(filled, digest="other")
    assert apply(filled, edited(now, "a1", grade="2"), digest="same") == 2
    before = everything(filled)
    with pytest.raises(AlreadyImported) as caught:
        apply(filled, edited(now, "a1", grade="2"), digest="same")
    assert caught.value.number == 2
    assert everything(filled) == before
    assert filled.import_with_digest("D1", "same") == 2
    assert filled.import_with_digest("D2", "same") is None


def test_a_transaction_goes_on_after_an_import_that_stands_already(filled: Store) -> None:
    apply(filled, digest="same")
    with filled.write("D1") as writer:
        with pytest.raises(AlreadyImported):
            writer.apply(header("same"), [])
        assert writer.apply(header("next"), []) == 2
    assert filled.import_with_digest("D1", "next") == 2


def test_an_undo_is_named_by_what_it_took_back(filled: Store) -> None:
    apply(filled, digest="1")
    apply(filled, digest="2", undoes=1, kind=ImportKind.UNDO)
    assert {e.number: e.undone_by for e in filled.imports("D1")} == {2: None, 1: 2}
    # The undo of the undo brings the first import back into force.
    apply(filled, digest="3", undoes=2, kind=ImportKind.UNDO)
    assert {e.number: e.undone_by for e in filled.imports("D1")} == {3: None, 2: 3, 1: None}
    apply(filled, digest="4", undoes=1, kind=ImportKind.UNDO)
    assert {e.number: e.undone_by for e in filled.imports("D1")} == {4: None, 3: None, 2: 3, 1: 4}


def test_images_are_the_accounts_before_and_after(filled: Store) -> None:
    before = filled.snapshot("D1")
    changes = changes_of_every_kind(before)
    number = apply(filled, *changes)
    after = filled.snapshot("D1")
    kept = filled.images("D1", number)
    expected = tuple(
        AccountChange(before.accounts.get(i), after.accounts.get(i), rows)
        for i, rows in {
            "a1": (2,),
            "a2": (3, 9),
            "a3": (),
            "a5": (),
            "a6": (),
            "a7": (),
        }.items()
    )
    assert kept.number == number
    assert kept.changes == expected
    old = kept.changes[0].before
    assert old is not None
    assert old.password_hash == HASH


def test_images_stay_what_they_were_after_later_imports(filled: Store) -> None:
    number = apply(filled, *changes_of_every_kind(filled.snapshot("D1")))
    kept = filled.images("D1", number)
    now = filled.snapshot("D1")
    apply(filled, edited(now, "a1", username="zed"), removed(now, "a7"), digest="later")
    assert filled.images("D1", number) == kept


def test_images_of_an_import_that_is_not_there(filled: Store) -> None:
    apply(filled)
    with pytest.raises(StoreError, match="no import 2 "):
        filled.images("D1", 2)
    with pytest.raises(StoreError, match="no import 1 "):
        filled.images("D2", 1)


def test_field_changes_name_every_field_and_no_password(filled: Store) -> None:
    number = apply(filled, *changes_of_every_kind(filled.snapshot("D1")))
    assert filled.field_changes("D1", number) == [
        FieldChange("a1", "username", "ann", "bob"),
        FieldChange("a1", "password", "set", "set"),
        FieldChange("a2", "username", "bob", "ann"),
        FieldChange("a2", "grade", "1", "2"),
        FieldChange("a2", "classes", ["1A", "Band"], ["2B"]),
        FieldChange("a3", "student_id", None, "003"),
        FieldChange("a3", "username", "cal", "calvin"),
        FieldChange("a5", "student_id", "X5", None),
        FieldChange("a5", "username", "Eve", None),
        FieldChange("a5", "first_name", "Ana", None),
        FieldChange("a5", "last_name", "Smith", None),
        FieldChange("a5", "school", "North", None),
        FieldChange("a5", "grade", "1", None),
        FieldChange("a5", "classes", ["1B"], []),
        FieldChange("a6", "school", None, "South"),
        FieldChange("a6", "classes", [], ["2A", "2A"]),
        FieldChange("a6", "status", "archived", "active"),
        FieldChange("a7", "student_id", None, "x5"),
        FieldChange("a7", "username", None, "EVE"),
        FieldChange("a7", "first_name", None, "Eve"),
        FieldChange("a7", "classes", [], ["1A"]),
        FieldChange("a7", "password", None, "set"),
    ]


def test_the_tables_of_the_audit_trail_hold_no_password(filled: Store, url: str) -> None:
    change = replace(edited(filled.snapshot("D1"), "a2"), password=SUNNY)
    apply(filled, change)
    apply(
        filled,
        edited(filled.snapshot("D1"), "a1", password_hash=OTHER_HASH),
        digest="digest-2",
    )
    filled.close()
    engine = create_engine(url)
    with engine.connect() as connection:
        tables = {
            name: repr(connection.execute(select(table)).all())
            for name, table in metadata.tables.items()
        }
    engine.dispose()
    trail = tables["import"] + tables["change"]
    assert "password" in trail
    assert "argon2id" not in trail
    assert "argon2id" in tables["account"]
    assert "Sunny-Day-7" not in "".join(tables.values())


def test_an_undo_from_the_images_restores_every_field(filled: Store) -> None:
    before = filled.snapshot("D1")
    number = apply(filled, *changes_of_every_kind(before))
    backwards = [AccountChange(c.after, c.before) for c in filled.images("D1", number).changes]
    apply(filled, *backwards, digest="undo", undoes=number, kind=ImportKind.UNDO)
    after = filled.snapshot("D1")

    def without_memory(accounts: object) -> list[object]:
        return [replace(a, version=0, past_usernames=()) for a in accounts]  # type: ignore[attr-defined]

    assert without_memory(after.accounts.values()) == without_memory(before.accounts.values())
    assert after.accounts["a5"].past_usernames == ("eva", "evi")
    assert after.accounts["a1"].past_usernames == ("bob",)
