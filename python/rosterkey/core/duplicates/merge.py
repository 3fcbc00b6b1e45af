"""Merging accounts that are one student's, as a plan of its own (semantics: Existing duplicates).

One account of a group stays. It gets the classes, the former usernames and the ids of the others,
and what it lacks itself; the others go. An undo brings each of them back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rosterkey.core.checks.gate import decide
from rosterkey.core.duplicates.clusters import decided_pair, rank
from rosterkey.core.duplicates.groups import Group, Row, check_group, check_row, groups_of
from rosterkey.core.duplicates.review import (
    DECISIONS,
    LATER,
    NOT_SAME,
    Answer,
)
from rosterkey.core.matching.match import describe
from rosterkey.core.merged import joined_with
from rosterkey.core.model import (
    Account,
    AccountChange,
    Decision,
    Finding,
    Outcome,
    Plan,
    PlannedRow,
    Severity,
    Status,
)
from rosterkey.core.options import Options
from rosterkey.core.rules import imports, merges, people
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.state import fingerprint

_TOLD = 5


def plan_merges(answers: Iterable[Answer], snapshot: Snapshot, options: Options) -> Plan:
    """Plan what a review decided: which accounts are merged, and which are not one student's.

    Each row of the plan names the account that stays. Rows that say later, or what is done
    already, do nothing.
    """
    answers = list(answers)
    said: list[Finding] = []
    rows = [row for answer in answers if (row := _checked(answer, snapshot, options, said))]
    groups = groups_of(row for row in rows if row.merges)
    for group in groups:
        check_group(group, rows, snapshot)
    merged = [_merged(group) for group in groups if not any(row.findings for row in group.rows)]
    said += _confirmation(merged)
    decisions = _decisions(rows)
    if not (merged or decisions or said or any(row.findings for row in rows)):
        said.append(imports.NOTHING_TO_DO.finding("The review decides nothing that is new."))
    planned = _planned(answers, rows, groups)
    gate, confirm = decide(planned, said)
    changes = sorted((c for m in merged for c in m.changes), key=lambda c: c.account_id)
    reads = {a.account_id: fingerprint(a) for row in rows for a in (row.a, row.b)}
    counts = {"rows": len(answers), "merged": len(changes) - len(merged), "apart": len(decisions)}
    digest = _digest(snapshot.district.code, rows, reads)
    return Plan(
        digest, gate, confirm, counts, planned, tuple(said), tuple(changes), reads, "", decisions
    )


def _checked(
    answer: Answer, snapshot: Snapshot, options: Options, said: list[Finding]
) -> Row | None:
    """The row with its accounts, or None where there is nothing to do; errors go to `said`."""
    if answer.word not in ("", *DECISIONS):
        known = ", ".join(DECISIONS)
        text = f'Row {answer.row}: the Decision "{answer.word}" is not known. Known are: {known}.'
        rule, error = people.UNKNOWN_DECISION, Severity.ERROR
        said.append(rule.finding(text, row=answer.row, column="Decision", severity=error))
        return None
    if answer.word in ("", LATER):
        return None
    a, b = snapshot.accounts.get(answer.a), snapshot.accounts.get(answer.b)
    if a is None or b is None or a is b:
        if not _done(answer, snapshot):
            text = (
                f"Row {answer.row}: one of its accounts is not in the database any more. Write "
                "the review again."
            )
            said.append(merges.REVIEW_OUTDATED.finding(text, row=answer.row))
        return None
    row = Row(answer, a, b)
    if answer.word == NOT_SAME and decided_pair(a, b) in snapshot.decided:
        return None
    check_row(row, options)
    return row


def _done(answer: Answer, snapshot: Snapshot) -> bool:
    """Whether one of the accounts was merged already into the account that the other is now."""
    if answer.word == NOT_SAME or answer.a == answer.b:
        return False
    into = snapshot.merged_into
    ends = [holder.account_id if (holder := into.get(i)) else i for i in (answer.a, answer.b)]
    return ends[0] == ends[1] and ends[0] in snapshot.accounts


@dataclass(frozen=True, slots=True)
class _Merged:
    stays: Account
    gone: tuple[Account, ...]
    changes: tuple[AccountChange, ...]


def _merged(group: Group) -> _Merged:
    stays = group.stays
    others = (a for a in group.accounts.values() if a is not stays)
    gone = tuple(sorted(others, key=rank))
    numbers = tuple(sorted(row.answer.row for row in group.rows))
    changes = [AccountChange(stays, merge(stays, gone), numbers)]
    changes += [AccountChange(account, None, numbers) for account in gone]
    return _Merged(stays, gone, tuple(changes))


def merge(stays: Account, gone: Iterable[Account]) -> Account:
    """The account that stays, after the others were merged into it.

    Its own values stay, and blank ones are filled. It is in use if any of them is.
    """
    after = stays
    gone = list(gone)
    for account in gone:
        blank = {name: getattr(account, name) for name in _FILLED if not getattr(after, name)}
        more = tuple(name for name in account.classes if name not in after.classes)
        after = replace(after, classes=(*after.classes, *more), **blank)
        if account.status is Status.ACTIVE:
            after = replace(after, status=Status.ACTIVE)
    return joined_with(after, gone)


_FILLED = ("student_id", "first_name", "last_name", "school", "grade", "password_hash")


def _confirmation(merged: list[_Merged]) -> list[Finding]:
    if not merged:
        return []
    pairs = [(account, m.stays) for m in merged for account in m.gone]
    named = "; ".join(f"{describe(a)} into {describe(b)}" for a, b in pairs[:_TOLD])
    more = f"; and {len(pairs) - _TOLD:,} more" if len(pairs) > _TOLD else ""
    count = "1 account" if len(pairs) == 1 else f"{len(pairs):,} accounts"
    said = (
        f"{count} would be merged: {named}{more}. These students sign in with the username and "
        "the password of the account that stays, and no longer with the other."
    )
    accounts = [a for pair in pairs for a in pair]
    return [merges.MERGES_ACCOUNTS.finding(said, accounts=accounts)]


def _decisions(rows: Iterable[Row]) -> tuple[Decision, ...]:
    code = people.SAME_PERSON_TWO_ACCOUNTS.code
    found = []
    for row in rows:
        if row.answer.word == NOT_SAME and not row.findings:
            _, first, name, second = decided_pair(row.a, row.b)
            number = row.answer.row
            found.append(Decision(number, code, NOT_SAME, (first, name), (second,), lasting=True))
    return tuple(found)


def _planned(
    answers: Iterable[Answer], rows: Iterable[Row], groups: Iterable[Group]
) -> tuple[PlannedRow, ...]:
    known = {row.answer.row: row for row in rows}
    stays = {r.answer.row: g.stays.account_id for g in groups if g.staying for r in g.rows}
    planned = []
    for answer in answers:
        row = known.get(answer.row)
        if row is None:
            planned.append(PlannedRow(answer.row, Outcome.SKIPPED))
            continue
        outcome = Outcome.UPDATE if row.merges else Outcome.UNCHANGED
        outcome = Outcome.ERROR if row.findings else outcome
        account = stays.get(answer.row)
        planned.append(PlannedRow(answer.row, outcome, account, findings=row.findings))
    return tuple(planned)


def _digest(district: str, rows: Iterable[Row], reads: dict[str, str]) -> str:
    decided = sorted((row.answer.a, row.answer.b, row.answer.word) for row in rows)
    bound = ("merge", district, decided, sorted(reads.items()))
    return hashlib.sha256(repr(bound).encode("utf-8", "surrogatepass")).hexdigest()
