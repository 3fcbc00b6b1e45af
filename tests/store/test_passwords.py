"""Passwords are argon2id and nothing else."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from rosterkey.store.passwords import hash_password, hash_passwords, verify, with_hashes
from tests.store.builders import HASH, OTHER_HASH, RAINY, SUNNY, created


def test_the_parameters_are_those_of_the_owasp_cheat_sheet() -> None:
    assert hash_password("Sunny-Day-7").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_only_the_password_itself_verifies() -> None:
    hashed = hash_password("Sünny-Day-7")
    assert verify(hashed, "Sünny-Day-7")
    assert not verify(hashed, "Sunny-Day-7")
    assert not verify(hashed, "")


def test_what_is_no_hash_verifies_nothing() -> None:
    assert not verify("", "x")
    assert not verify("Sunny-Day-7", "Sunny-Day-7")


def test_many_passwords_keep_their_order_and_have_salts_of_their_own() -> None:
    first, second, third = hash_passwords(["a", "b", "a"])
    assert verify(first, "a")
    assert verify(second, "b")
    assert first != third


def test_hashing_tells_how_far_it_is() -> None:
    heard: list[float] = []
    hash_passwords(["a", "b", "c", "d"], heard.append)
    assert heard == [0.25, 0.5, 0.75, 1.0]


def test_who_stops_it_does_not_wait_for_the_rest() -> None:
    made: list[float] = []

    def stop(share: float) -> None:
        made.append(share)
        raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        hash_passwords(["a"] * 1_000, stop)
    assert made == [0.001]
    assert time.monotonic() - started < 5, "a thousand hashes take 10 s on two processors"


def test_changes_without_passwords_are_given_back() -> None:
    changes = [created("a1", "ann")]
    assert with_hashes(changes) is changes


def test_the_plain_text_leaves_the_change() -> None:
    plain, hashed, none = with_hashes(
        [
            replace(created("a1", "ann"), password=SUNNY),
            replace(created("a2", "bob", password_hash=HASH), password=RAINY),
            created("a3", "cal", password_hash=OTHER_HASH),
        ]
    )
    assert plain.after is not None
    assert verify(plain.after.password_hash or "", "Sunny-Day-7")
    assert hashed.after is not None
    assert hashed.after.password_hash == HASH
    assert (plain.password, hashed.password) == (None, None)
    assert none == created("a3", "cal", password_hash=OTHER_HASH)
