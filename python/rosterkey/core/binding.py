"""What a plan writes, and what it is bound to: the sheet and every account that it rests on."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import count

from rosterkey.core.draft import Draft
from rosterkey.core.keys import username_key
from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import AccountChange, Outcome, PlannedRow
from rosterkey.core.options import Options
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.source import Key
from rosterkey.core.state import fingerprint, version_mark

PLAN_FORMAT = 1
"""Part of every digest: a plan of another format is another plan."""


def account_changes(draft: Draft, snapshot: Snapshot) -> tuple[AccountChange, ...]:
    """Every account that changes, before and after, in the order of the ids."""
    changes = []
    created = [e for e in draft.entries if draft.outcomes[e.number] is Outcome.CREATE]
    snapshot.ask(Key.ACCOUNT, (_made_id(draft, snapshot, e, 0) for e in created), len(created))
    for entry in draft.entries:
        number = entry.number
        if draft.outcomes[number] in (Outcome.ERROR, Outcome.UNCHANGED):
            continue
        after = draft.after[number]
        if entry.account is None:
            after = replace(after, account_id=_new_id(draft, snapshot, entry))
        rows = tuple(row.number for row in entry.rows)
        password = draft.passwords.get(number)
        generated = entry.account is None and password is None
        changes.append(AccountChange(entry.account, after, rows, password, generated))
    return tuple(sorted(changes, key=lambda change: change.account_id))


def _new_id(draft: Draft, snapshot: Snapshot, entry: Entry) -> str:
    """An account id that is made of the sheet and the row, so that one plan makes it once."""
    made = (_made_id(draft, snapshot, entry, number) for number in count())
    return next(
        account_id
        for account_id in made
        if snapshot.account(account_id) is None and account_id not in snapshot.merged_into
    )


def _made_id(draft: Draft, snapshot: Snapshot, entry: Entry, number: int) -> str:
    key = username_key(entry.lead.values["username"])
    seed = f"{snapshot.district.code}\0{draft.roster.content_hash}\0{entry.number}\0{key}"
    return hashlib.blake2b(f"{seed}\0{number}".encode(), digest_size=16).hexdigest()


def accounts_read(draft: Draft, snapshot: Snapshot) -> dict[str, str]:
    """Every account that the plan rests on, with the fingerprint of its state.

    Of an account whose row is what is stored the version tells enough.
    """
    reads = {stored.account_id: version_mark(stored.version) for _, stored in draft.settled.found}
    ids: set[str] = set()
    for entry in draft.entries:
        if entry.settled and entry.account:
            reads[entry.account.account_id] = version_mark(entry.account.version)
        else:
            ids.update(a.account_id for a in (entry.account, entry.suspect) if a)
        ids.update(i for finding in entry.findings for i in finding.accounts)
    known = snapshot.accounts
    reads |= {i: fingerprint(known[i]) for i in ids if i in known}
    return {account_id: reads[account_id] for account_id in sorted(reads)}


def plan_digest(
    draft: Draft,
    rows: tuple[PlannedRow, ...],
    reads: dict[str, str],
    options: Options,
    district: str,
) -> str:
    """The digest of a plan: another sheet, other accounts or another result give another one."""
    digest = hashlib.sha256()
    bound = (PLAN_FORMAT, district, options.leave_out_errors, options.only_school)
    digest.update(repr((*bound, draft.roster.content_hash)).encode())
    for row in rows:
        codes = sorted([f.code for f in row.findings]) if row.findings else []
        changes = sorted(row.changes.items()) if row.changes else []
        line = f"({row.row}, '{row.outcome}', {row.account!r}, {changes!r}, {codes!r})"
        digest.update(line.encode("utf-8", "surrogatepass"))
    digest.update(repr(sorted(f.code for f in draft.findings)).encode())
    digest.update(repr(list(reads.items())).encode())
    if draft.decisions:
        digest.update(repr(list(map(str, draft.decisions))).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
