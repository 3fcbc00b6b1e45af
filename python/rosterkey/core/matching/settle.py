"""Rows that are to the letter what is stored cost next to nothing: no rule has a say on them."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import FIELDS, Account, Status


def settle(entries: Iterable[Entry], sheet_fields: frozenset[str]) -> list[Entry]:
    """Mark the entries that are what is stored already as settled; return the others.

    Most rows of a roster are like that, and every check after this one may pass them over: what
    is stored is never an alarm, and an account that does not change cannot hurt another.
    """
    names = [name for name in FIELDS if name in sheet_fields]
    texts_of = attrgetter(*names, "account_id")  # one more, so that it gives a tuple for any number
    open_entries = []
    for entry in entries:
        account = entry.account
        entry.settled = account is not None and _is_stored(entry, account, names, texts_of(account))
        if not entry.settled:
            open_entries.append(entry)
    return open_entries


def _is_stored(entry: Entry, account: Account, names: list[str], texts: tuple[Any, ...]) -> bool:
    """Whether the row is to the letter the account; `texts` are what it has under the names."""
    row = entry.rows[0]
    if entry.findings or row.findings or row.broken or len(entry.rows) > 1:
        return False
    stored = {name: text for name, text in zip(names, texts, strict=False) if text}
    if "classes" in stored:
        stored["classes"] = "; ".join(account.classes)
    return account.status is Status.ACTIVE and row.values == stored
