"""The proof after a commit: the database equals the plan (semantics: Import and undo)."""

from __future__ import annotations

from collections.abc import Iterable

from rosterkey.core.match import describe
from rosterkey.core.model import FIELDS, AccountChange
from rosterkey.core.snapshot import Snapshot

_COMPARED = (*FIELDS, "role", "status", "password_hash")


def verify(changes: Iterable[AccountChange], now: Snapshot) -> list[str]:
    """Compare the accounts as they were read again with what was to be written.

    Returns a sentence for each account that differs; none is what should always be.
    """
    found = []
    for change in changes:
        stored = now.accounts.get(change.account_id)
        if change.after is None:
            if stored is not None:
                found.append(f"{describe(stored)} should have been removed and is still there.")
            continue
        if stored is None:
            found.append(f"{describe(change.after)} should be in the database and is not.")
            continue
        differing = [n for n in _COMPARED if getattr(stored, n) != getattr(change.after, n)]
        if differing:
            words = ", ".join(n.replace("_", " ") for n in differing)
            found.append(f"{describe(stored)} differs from the plan in: {words}.")
    return found
