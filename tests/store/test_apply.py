"""What an import does to the accounts."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest

from rosterkey.core.model import Account, AccountChange, Role, Status
from rosterkey.store.contract import Store, StoreError, UnknownDistrict
from rosterkey.store.passwords import verify
from tests.store.builders import (
    OTHER_HASH,
    RAINY,
    SUNNY,
    account_line,
    apply,
    changes_of_every_kind,
    created,
    district_line,
    edited,
    everything,
    header,
    removed,
    usernames,
)


def test_changes_of_every_kind_stand_in_the_database(filled: Store) -> None:
    now = filled.snapshot("D1")
    apply(filled, *changes_of_every_kind(now))
    after = filled.snapshot("D1").accounts
    old = now.accounts
    assert after["a1"] == replace(
        old["a1"],
        username="bob",
        password_hash=OTHER_HASH,
        past_usernames=("ann",),
        version=2,
    )
    assert after["a2"] == replace(
        old["a2"],
        username="ann",
        grade="2",
        classes=("2B",),
        past_usernames=("bob",),
        version=2,
    )
    # The name that comes back leaves the list of the past ones.
    assert after["a3"] == replace(
        old["a3"], username="calvin", student_id="003", past_usernames=("cal",), version=2
    )
    assert after["a4"] == old["a4"]
    assert "a5" not in after
    assert after["a6"] == replace(
        old["a6"], status=Status.ACTIVE, school="South", classes=("2A", "2A"), version=2
    )
    assert after["a7"].username == "EVE"
    assert after["a7"].student_id == "x5"
    assert after["a7"].version == 1
    assert after["t1"] == old["t1"]


def test_another_district_stays_as_it_is(filled: Store) -> None:
    before = filled.snapshot("D2")
    apply(filled, *changes_of_every_kind(filled.snapshot("D1")))
    assert filled.snapshot("D2") == before


def test_every_field_is_written_and_read_back(filled: Store) -> None:
    whole = Account(
        account_id="n1",
        username="ﬀ.Ünal",
        student_id="0012",
        first_name="Zoë",
        last_name="O’Neil-Łuk",
        school="South",
        grade="K",
        classes=("B", "A", "B"),
        role=Role.STAFF,
        status=Status.ARCHIVED,
        password_hash=OTHER_HASH,
        past_usernames=("z1", "z2"),
    )
    apply(filled, AccountChange(None, whole))
    assert filled.snapshot("D1").accounts["n1"] == whole
    blank = Account("n1", "x", role=Role.ADMIN)
    apply(filled, AccountChange(whole, blank), digest="digest-2")
    assert filled.snapshot("D1").accounts["n1"] == replace(
        blank, past_usernames=("z1", "z2", "ﬀ.Ünal"), version=2
    )


def test_a_change_of_nothing_writes_nothing(filled: Store) -> None:
    now = filled.snapshot("D1")
    number = apply(filled, edited(now, "a1"))
    assert filled.snapshot("D1") == now
    assert filled.images("D1", number).changes == ()


def test_a_removed_account_can_come_back_under_its_id(filled: Store) -> None:
    """With the version that it had, so that one version is one state."""
    apply(filled, edited(filled.snapshot("D1"), "a5", grade="2"))
    gone = filled.snapshot("D1").accounts["a5"]
    apply(filled, removed(filled.snapshot("D1"), "a5"), digest="digest-2")
    apply(filled, AccountChange(None, gone), digest="digest-3")
    assert filled.snapshot("D1").accounts["a5"] == gone
    assert gone.version == 2


def test_a_plain_password_is_stored_as_a_hash(filled: Store) -> None:
    now = filled.snapshot("D1")
    change = replace(edited(now, "a1"), password=SUNNY)
    apply(filled, change, replace(created("n1", "new"), password=RAINY))
    after = filled.snapshot("D1").accounts
    assert verify(after["a1"].password_hash or "", "Sunny-Day-7")
    assert after["a1"].version == 2
    assert verify(after["n1"].password_hash or "", "Rainy-Day-8")


def test_a_hash_that_was_made_before_is_kept(filled: Store) -> None:
    change = edited(filled.snapshot("D1"), "a1", password_hash=OTHER_HASH)
    apply(filled, replace(change, password=SUNNY))
    assert filled.snapshot("D1").accounts["a1"].password_hash == OTHER_HASH


def test_student_ids_can_be_swapped_and_passed_on(filled: Store) -> None:
    now = filled.snapshot("D1")
    apply(
        filled,
        edited(now, "a1", student_id="002"),
        edited(now, "a2", student_id="004"),
        edited(now, "a4", student_id="001"),
    )
    after = filled.snapshot("D1")
    assert [a.account_id for a in after.with_student_id("002")] == ["a1"]
    assert [a.account_id for a in after.with_student_id("001")] == ["a4"]


def test_old_damage_does_not_stop_other_changes(store: Store) -> None:
    twins = [account_line("D1", i, i, student_id="7") for i in ("a1", "a2")]
    store.load([district_line("D1"), *twins])
    apply(store, edited(store.snapshot("D1"), "a1", grade="2"))
    assert store.snapshot("D1").accounts["a1"].grade == "2"


def refused(store: Store, *changes: AccountChange) -> str:
    """The sentence with which the changes are refused, after a check that nothing was written."""
    before = everything(store)
    with pytest.raises(StoreError) as caught:
        apply(store, *changes, digest="refused")
    assert everything(store) == before
    return str(caught.value)


def test_an_account_that_changed_since_is_refused(filled: Store) -> None:
    old = filled.snapshot("D1")
    apply(filled, edited(old, "a1", grade="2"))
    for values in ({"grade": "K"}, {"classes": ("9Z",)}, {"username": "amy"}):
        sentence = refused(filled, edited(old, "a2", grade="K"), edited(old, "a1", **values))
        assert "changed or removed since" in sentence
    assert "changed or removed since" in refused(filled, removed(old, "a1"))


def test_an_account_that_is_gone_is_refused(filled: Store) -> None:
    old = filled.snapshot("D1")
    apply(filled, removed(old, "a1"))
    assert "changed or removed since" in refused(filled, edited(old, "a1", grade="2"))
    assert "changed or removed since" in refused(filled, removed(old, "a1"))


def test_a_username_of_another_account_is_refused(filled: Store) -> None:
    now = filled.snapshot("D1")
    # By key: letter case does not make another username.
    assert "username" in refused(filled, edited(now, "a1", username="BOB"))
    assert "username" in refused(filled, created("n1", "eve"))
    assert "username" in refused(filled, created("n1", "TEACHER ONE"))


def test_a_student_id_of_another_account_is_refused(filled: Store) -> None:
    now = filled.snapshot("D1")
    assert "Student ID" in refused(filled, edited(now, "a1", student_id="x5"))
    assert "Student ID" in refused(filled, created("n1", "new", student_id="001"))


def test_an_account_id_that_exists_is_refused(filled: Store) -> None:
    assert "in the database already" in refused(filled, created("a1", "new"))


def test_two_changes_of_one_account_are_refused(filled: Store) -> None:
    now = filled.snapshot("D1")
    assert "twice" in refused(filled, edited(now, "a1", grade="2"), removed(now, "a1"))
    swapped = AccountChange(now.accounts["a1"], now.accounts["a2"])
    assert "into another" in refused(filled, swapped)


def test_the_refusal_shows_neither_statement_nor_values(filled: Store) -> None:
    sentence = refused(filled, created("n1", "bob", first_name="Zora"))
    for hidden in ("INSERT", "username_claim", "bob", "Zora", "sqlite"):
        assert hidden not in sentence


def test_a_text_that_no_database_keeps_is_refused(filled: Store) -> None:
    sentence = refused(filled, created("n1", "new", first_name="Zo\ud800"))
    assert "character" in sentence
    assert "Zo" not in sentence


def test_the_writer_sees_what_it_wrote_and_others_do_not(filled: Store) -> None:
    now = filled.snapshot("D1")
    with filled.write("D1") as writer:
        assert writer.snapshot() == now
        writer.apply(header(), [edited(now, "a1", username="amy")])
        assert writer.snapshot().accounts["a1"].username == "amy"
        assert usernames(filled)["a1"] == "ann"
    assert usernames(filled)["a1"] == "amy"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_exception_takes_everything_back(filled: Store, error: type[BaseException]) -> None:
    before = everything(filled)

    def import_and_fail() -> None:
        with filled.write("D1") as writer:
            writer.apply(header(), changes_of_every_kind(filled.snapshot("D1")))
            raise error

    with pytest.raises(error):
        import_and_fail()
    assert everything(filled) == before
    assert apply(filled) == 1


def test_a_half_import_is_not_committed_by_a_caller_who_swallows_the_error(filled: Store) -> None:
    before = everything(filled)
    now = filled.snapshot("D1")

    def import_and_swallow() -> None:
        with filled.write("D1") as writer, contextlib.suppress(StoreError):
            writer.apply(header(), [edited(now, "a1", grade="2"), created("n1", "bob")])

    with pytest.raises(StoreError, match="halfway"):
        import_and_swallow()
    assert everything(filled) == before


def test_an_unknown_district_is_named_with_those_there_are(filled: Store) -> None:
    with pytest.raises(UnknownDistrict, match=r"'D9'.*'D1', 'D2'"):
        filled.snapshot("D9")
    with pytest.raises(UnknownDistrict, match="'D9'"), filled.write("D9"):
        pytest.fail("there is nothing to write to")


def test_many_accounts_at_once(filled: Store) -> None:
    """More Student IDs than one statement looks up."""
    many = [created(f"m{i:04}", f"user{i}", student_id=f"9{i:04}") for i in range(1_200)]
    apply(filled, *many)
    assert len(filled.snapshot("D1").accounts) == 7 + 1_200
    clash = created("n1", "new", student_id="90700")
    more = [created(f"k{i:04}", f"more{i}", student_id=f"8{i:04}") for i in range(600)]
    with pytest.raises(StoreError, match="Student ID"):
        apply(filled, *more, clash, digest="digest-2")
