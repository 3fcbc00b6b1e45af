"""Passwords are kept as argon2id only; this is the one place that knows how."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from rosterkey.core.model import AccountChange

if TYPE_CHECKING:
    from argon2 import PasswordHasher

# The first choice of the OWASP Password Storage Cheat Sheet for argon2id.
MEMORY_KIB = 19456
PASSES = 2
LANES = 1


def hash_password(password: str) -> str:
    """The argon2id string of a password, with its parameters and a fresh salt (some 20 ms)."""
    return _hasher().hash(password)


def hash_passwords(
    passwords: Iterable[str], tell: Callable[[float], None] = lambda _: None
) -> list[str]:
    """The argon2id strings of many passwords, in their order, on all processors.

    `tell` hears after each one which share is done.
    """
    waiting = list(passwords)
    hashes: list[str] = []
    # The hash itself runs outside of the interpreter's lock.
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        try:
            for made in pool.map(hash_password, waiting):
                hashes.append(made)
                tell(len(hashes) / len(waiting))
        except BaseException:
            # Whoever stops the program does not wait for thousands of hashes that nobody wants.
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return hashes


def verify(password_hash: str, password: str) -> bool:
    """Whether the password is the one that was hashed; False for a string that is no hash."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(password_hash, password)
    except (InvalidHashError, VerificationError):
        return False


def with_hashes(
    changes: Sequence[AccountChange], tell: Callable[[float], None] = lambda _: None
) -> Sequence[AccountChange]:
    """The same changes with each new password as the hash of its `after`, and no plain text.

    A change whose `after` has a new hash already keeps it. Call it before the write transaction:
    hundreds of passwords take seconds that other administrators would have to wait. `tell` hears
    which share of them is done.
    """
    waiting = {i: c.password for i, c in enumerate(changes) if c.password and not _has_hash(c)}
    if not waiting and not any(c.password is not None for c in changes):
        return changes
    hashes = dict(zip(waiting, hash_passwords(waiting.values(), tell), strict=True))
    return [_without_plain_text(c, hashes.get(i)) for i, c in enumerate(changes)]


def _has_hash(change: AccountChange) -> bool:
    old = change.before.password_hash if change.before else None
    return change.after is None or change.after.password_hash not in (None, old)


def _without_plain_text(change: AccountChange, password_hash: str | None) -> AccountChange:
    after = change.after
    if after is not None and password_hash is not None:
        after = replace(after, password_hash=password_hash)
    return replace(change, after=after, password=None)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)
