"""A snapshot reads by key while that is less than to read all."""

from __future__ import annotations

from rosterkey.core.model import Account, District
from rosterkey.core.snapshot import LIKE_NAMES, WHOLE_FROM, Snapshot
from rosterkey.core.source import Filed
from tests.by_key import by_key

ANA = Account("a1", "asmith", None, "Ana", "Smith")
ASKED: Filed = (("ana",), ("smith",))
OTHER: Filed = (("zoe",), ("quark",))


def whole(accounts: int) -> Snapshot:
    """Ana Smith, and as many others as there have to be."""
    others = [Account(f"b{n}", f"user{n}", None, "Bo", "Jones") for n in range(accounts - 1)]
    return Snapshot(District("D1"), [ANA, *others])


def test_like_names_are_read_by_their_words_in_a_large_district() -> None:
    asked, source = by_key(whole(LIKE_NAMES * WHOLE_FROM))
    asked.ask_named([ASKED])
    assert list(asked.accounts) == ["a1"]
    assert not source.read_all
    # Asked before, so it costs nothing.
    asked.ask_named([ASKED])
    assert list(asked.accounts) == ["a1"]


def test_all_are_read_where_looks_for_like_names_cost_more() -> None:
    asked, source = by_key(whole(LIKE_NAMES * WHOLE_FROM))
    asked.ask_named([ASKED, OTHER])
    assert source.read_all
    assert len(asked.accounts) == LIKE_NAMES * WHOLE_FROM
    asked.ask_named([OTHER])
    assert len(asked.accounts) == LIKE_NAMES * WHOLE_FROM
