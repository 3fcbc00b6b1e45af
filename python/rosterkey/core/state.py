"""What tells that an account is still as it was read."""

from __future__ import annotations

import hashlib
from functools import cache

from rosterkey.core.model import Account


def fingerprint(account: Account) -> str:
    """16 hexadecimal digits that change with anything that is stored of the account."""
    state = repr(
        (
            account.account_id,
            account.username,
            account.student_id,
            account.first_name,
            account.last_name,
            account.school,
            account.grade,
            account.classes,
            str(account.role),
            str(account.status),
            account.password_hash,
            account.past_usernames,
            account.version,
            account.merged_accounts,
        )
    )
    return hashlib.blake2b(state.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@cache
def version_mark(version: int) -> str:
    """What is kept of an account instead of its fingerprint where no more was read of it."""
    return f"version {version}"


def is_as_read(account: Account, mark: str) -> bool:
    """Whether an account is still in the state of a fingerprint or of a version's mark."""
    return mark in (version_mark(account.version), fingerprint(account))
