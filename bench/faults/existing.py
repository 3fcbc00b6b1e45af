"""How many second accounts the search in the database lists, and how many other pairs."""

from __future__ import annotations

import time
from dataclasses import replace

from bench.faults import doubles
from bench.faults.town import Town
from rosterkey.core.duplicates.clusters import find_clusters
from rosterkey.core.model import Account
from rosterkey.core.snapshot import Snapshot

_SHARE = 0.05
_CHANGES: tuple[tuple[doubles.Change, ...], ...] = (
    (),
    (doubles.nickname,),
    (doubles.typo_first,),
    (doubles.typo_last,),
    (doubles.exchanged,),
    (doubles.double_last,),
    (doubles.up,),
    (doubles.moved,),
    (doubles.nickname, doubles.up),
)


def existing(students: int, seed: int, *, with_ids: bool) -> str:
    """One in twenty students gets a second account without a Student ID; who is listed?"""
    town = Town(seed, students, with_ids=with_ids)
    chosen = town.rng.sample(town.students, int(students * _SHARE))
    second = [_second(town, n, account) for n, account in enumerate(chosen)]
    truth = {frozenset((a.account_id, b.account_id)) for a, b in zip(chosen, second, strict=True)}
    snapshot = Snapshot(town.snapshot.district, [*town.students, *second])
    start = time.process_time()
    clusters = find_clusters(snapshot)
    seconds = time.process_time() - start
    listed = {frozenset((p.stays.account_id, p.goes.account_id)) for c in clusters for p in c}
    ids = "with" if with_ids else "without"
    return (
        f"{students:,} students {ids} Student IDs, {len(second):,} second accounts: "
        f"{len(truth & listed):,} listed, {len(listed - truth):,} other pairs, "
        f"{seconds:.1f} CPU seconds"
    )


def _second(town: Town, number: int, account: Account) -> Account:
    seen = account
    for change in _CHANGES[number % len(_CHANGES)]:
        seen = change(town, seen)
    pattern = town.another_pattern()
    username = town.new_username(seen.first_name, seen.last_name, pattern)
    return replace(seen, account_id=f"second{number}", username=username, student_id=None)
