"""The proof after a commit: the database equals the plan (semantics: Import and undo)."""

from __future__ import annotations

from collections.abc import Sequence

from rosterkey.core.matching.match import describe
from rosterkey.core.model import FIELDS, AccountChange
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.source import Key
from rosterkey.store.contract import Store, StoreError, Unsettled

_COMPARED = (*FIELDS, "role", "status", "password_hash", "merged_accounts")


def verify(changes: Sequence[AccountChange], now: Snapshot) -> list[str]:
    """Compare the accounts as they were read again with what was to be written.

    Returns a sentence for each account that differs; none is what should always be.
    """
    found = []
    now.ask(Key.ACCOUNT, (c.account_id for c in changes), len(changes))
    for change in changes:
        stored = now.account(change.account_id)
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


def written_after_all(store: Store, district: str, digest: str, error: BaseException) -> int | None:
    """The number of an import whose commit seemed to fail and did not, None where it failed.

    A connection can be lost between the commit and its answer; the digest in the history tells, as
    soon as nothing is under way any more. Raises StoreError where nobody can tell now. What is no
    StoreError is taken as it is.
    """
    try:
        if isinstance(error, Unsettled):
            return store.settled_import(district, digest)
        return store.import_with_digest(district, digest)
    except StoreError:
        if not isinstance(error, StoreError):
            return None
        raise StoreError(
            f"{error} Nobody can tell now whether the import was written. Look at the history "
            "when the database answers again; importing the same sheet again does no harm."
        ) from None


def read_again(
    store: Store, district: str, changes: Sequence[AccountChange], number: int
) -> list[str]:
    """`verify` on the accounts as they are now; where they cannot be read, a sentence says so."""
    try:
        with store.reading(district) as now:
            return verify(changes, now)
    except KeyboardInterrupt:
        return [f"Import {number} was done, and then stopped while the accounts were read again."]
    except StoreError as error:
        return [
            f"Import {number} was done, but the accounts could not be read again to prove it: "
            f"{error}"
        ]
