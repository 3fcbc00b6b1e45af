"""Accounts and reviews for the tests of merging, and what a plan leaves behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rosterkey.core.duplicates.merge import plan_merges
from rosterkey.core.duplicates.review import Answer, check_of
from rosterkey.core.history import ImportImages
from rosterkey.core.model import Account, AccountChange, District, Plan
from rosterkey.core.options import Options
from rosterkey.core.snapshot import Snapshot

DISTRICT = District("D1", "Lincoln Unified", ("Lincoln", "Grant"), ("3", "4"))
HASH = "$argon2id$hash"
BOB = Account("a1", "bjones", "00124", "Robert", "Jones", "Lincoln", "3", ("3A",), version=4)
BOB2 = Account("a2", "bob.jones", None, "Bob", "Jones", "Lincoln", "4", ("4A", "3A"),
               past_usernames=("bobj",), password_hash=HASH)  # fmt: skip
BOB3 = Account("a3", "rjones", None, "Robert", "Jones", "Lincoln", "3")


def answer(row: int, a: Account, b: Account, word: str) -> Answer:
    """A row of a review that was written just now."""
    return Answer(row, a.account_id, b.account_id, check_of(a, b), word)


def planned(
    answers: Iterable[Answer], accounts: Iterable[Account], options: Options | None = None
) -> Plan:
    """The plan of a review beside these accounts."""
    return plan_merges(answers, Snapshot(DISTRICT, accounts), options or Options())


def written(accounts: Iterable[Account], plan: Plan) -> tuple[dict[str, Account], ImportImages]:
    """The accounts after a plan, and the images that an undo gets."""
    now = {a.account_id: a for a in accounts}
    images = []
    for change in plan.changes:
        after = change.after
        if after is None:
            del now[change.account_id]
        else:
            version = change.before.version + 1 if change.before else 1
            after = now[change.account_id] = replace(after, version=version)
        images.append(AccountChange(change.before, after, change.rows))
    return now, ImportImages(1, tuple(images))


def without_versions(accounts: Iterable[Account]) -> list[Account]:
    """The accounts by id, without how often they were written."""
    return sorted((replace(a, version=0) for a in accounts), key=lambda a: a.account_id)
