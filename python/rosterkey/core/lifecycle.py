"""Archive, restore, delete: accounts that an administrator names, as a plan of its own.

Like every plan it is shown, confirmed and bound to the state of the accounts, and what it did can
be undone (semantics: Archive and delete).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rosterkey.core.checks.gate import decide
from rosterkey.core.checks.tally import share
from rosterkey.core.keys import id_key, username_key
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Account, AccountChange, Finding, Plan, Role, Severity, Status
from rosterkey.core.options import Options
from rosterkey.core.rules import fields, imports, lifecycle
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.state import fingerprint

_TOLD = 5
ACTIVE_AT_ONCE = 10
"""Accounts in use that one deletion may take: a message can still name each person."""


class Step(StrEnum):
    """What happens to the accounts."""

    ARCHIVE = "archive"
    RESTORE = "restore"
    DELETE = "delete"

    @property
    def done(self) -> str:
        """The participle, as a count and as a sentence says it."""
        return _DONE[self]


_DONE = {Step.ARCHIVE: "archived", Step.RESTORE: "restored", Step.DELETE: "deleted"}
_CONFIRMED = {
    Step.ARCHIVE: lifecycle.ARCHIVES_ACCOUNTS,
    Step.RESTORE: lifecycle.RESTORES_ACCOUNTS,
    Step.DELETE: lifecycle.DELETES_ACCOUNTS,
}
_MEANS = {
    Step.ARCHIVE: "They cannot sign in any more; everything else of them stays.",
    Step.RESTORE: "They can sign in again.",
    Step.DELETE: "Work that hangs on a deleted account has no student any more.",
}


@dataclass(slots=True)
class Chosen:
    """The accounts that somebody named, each once, and what is wrong with the naming."""

    accounts: list[Account] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def accounts_named(text: str, snapshot: Snapshot, *, by_student_id: bool = True) -> list[Account]:
    """The accounts with this account id, username or Student ID."""
    found = [snapshot.accounts.get(text), snapshot.with_username(username_key(text))]
    found += snapshot.with_student_id(id_key(text)) if by_student_id else ()
    return list({a.account_id: a for a in found if a is not None}.values())


def choose_accounts(who: Iterable[str], snapshot: Snapshot, options: Options) -> Chosen:
    """Find each account that is named. A school's own administrator has no use of Student IDs."""
    chosen = Chosen()
    for text in who:
        found = accounts_named(text, snapshot, by_student_id=options.only_school is None)
        if not found:
            said = f'Nobody in the district has the username, Student ID or account id "{text}".'
            chosen.findings.append(lifecycle.NO_SUCH_ACCOUNT.finding(said))
        elif len(found) > 1:
            each = "; ".join(f"{describe(a)}: account id {a.account_id}" for a in found)
            said = f'"{text}" is meant for more than one account: {each}.'
            chosen.findings.append(lifecycle.SEVERAL_ACCOUNTS.finding(said, accounts=found))
        elif found[0] not in chosen.accounts:
            chosen.accounts += found
    return chosen


def plan_step(
    step: Step,
    accounts: Iterable[Account],
    snapshot: Snapshot,
    options: Options,
    *,
    findings: Iterable[Finding] = (),
    bound_to: str = "",
) -> Plan:
    """Plan to archive, restore or delete accounts of the snapshot.

    `findings` are those of how the accounts were found, `bound_to` is what else the plan rests
    on, such as the hash of a sheet. The plan has no rows; its changes are what is written.
    """
    said = list(findings)
    changes = []
    for account in accounts:
        refused = _refusal(step, account, options)
        if refused is not None:
            said.append(refused)
        else:
            changes.append(AccountChange(account, _after(step, account)))
    changes.sort(key=lambda change: change.account_id)
    taken = [c.before for c in changes if c.before is not None]
    said += _confirmations(step, taken, snapshot, options)
    if not said:
        said.append(imports.NOTHING_TO_DO.finding(f"No account would be {step.done}."))
    gate, confirm = decide((), said)
    reads = {a.account_id: fingerprint(a) for a in taken}
    counts = {"accounts": len(changes), step.done: len(changes)}
    digest = _digest(step, reads, said, snapshot.district.code, bound_to)
    return Plan(digest, gate, confirm, counts, (), tuple(said), tuple(changes), reads, bound_to)


def many_archived(
    leaving: Sequence[Account], of: Sequence[Account], where: str, options: Options
) -> Finding | None:
    """The guard on how many of `of` would be archived; `where` names the school."""
    limits, many = options.limits, len(leaving)
    if many <= limits.archived or many <= limits.archived_share * len(of):
        return None
    said = f"{share(many, len(of))} students of {where} would be archived."
    return lifecycle.MASS_ARCHIVE.finding(said)


def _refusal(step: Step, account: Account, options: Options) -> Finding | None:
    """Why nothing happens to an account, if so."""
    school = options.only_school
    if account.role is not Role.STUDENT:
        said = f"{describe(account)} is no student and stays as it is."
        return fields.NOT_A_STUDENT_ACCOUNT.finding(said, accounts=(account,))
    if school is not None and step is Step.DELETE:
        said = f"Only a district administrator may delete accounts, such as {describe(account)}."
        return fields.NOT_PERMITTED.finding(said, accounts=(account,))
    if school is not None and account.school != school:
        where = account.school or "no school"
        said = f"{describe(account)} is at {where}, and you may only change accounts of {school}."
        return fields.NOT_PERMITTED.finding(said, accounts=(account,))
    wished = {Step.ARCHIVE: Status.ARCHIVED, Step.RESTORE: Status.ACTIVE}.get(step)
    if account.status is wished:
        said = f"{describe(account)} is {wished} already."
        return lifecycle.ALREADY_DONE.finding(said, accounts=(account,))
    return None


def _after(step: Step, account: Account) -> Account | None:
    if step is Step.DELETE:
        return None
    status = Status.ARCHIVED if step is Step.ARCHIVE else Status.ACTIVE
    return replace(account, status=status)


def _confirmations(
    step: Step, taken: Sequence[Account], snapshot: Snapshot, options: Options
) -> list[Finding]:
    if not taken:
        return []
    names = "; ".join(describe(a) for a in taken[:_TOLD])
    more = f" and {len(taken) - _TOLD:,} more" if len(taken) > _TOLD else ""
    accounts = "1 account" if len(taken) == 1 else f"{len(taken):,} accounts"
    said = f"{accounts} would be {step.done}: {names}{more}. {_MEANS[step]}"
    found = [_CONFIRMED[step].finding(said, accounts=taken)]
    if step is Step.ARCHIVE:
        found += _many_of_a_school(taken, snapshot, options)
    if step is Step.DELETE:
        found += _in_use([a for a in taken if a.status is Status.ACTIVE])
    return found


def _many_of_a_school(
    taken: Sequence[Account], snapshot: Snapshot, options: Options
) -> list[Finding]:
    found = []
    for school in sorted({a.school for a in taken}, key=lambda s: s or ""):
        leaving = [a for a in taken if a.school == school]
        of = [a for a in snapshot.active_students if a.school == school]
        found.append(many_archived(leaving, of, school or "no school", options))
    if not any(found):
        found.append(many_archived(taken, snapshot.active_students, "the district", options))
    return [finding for finding in found if finding is not None]


def _in_use(active: Sequence[Account]) -> list[Finding]:
    if not active:
        return []
    if len(active) > ACTIVE_AT_ONCE:
        said = (
            f"{len(active):,} of these accounts are in use, more than the {ACTIVE_AT_ONCE} that "
            "one deletion may take. Archive them first: rosterkey archive."
        )
        rule = lifecycle.DELETES_ACTIVE_ACCOUNT
        return [rule.finding(said, accounts=active, severity=Severity.ERROR)]
    names = "; ".join(map(describe, active))
    said = f"In use and never archived: {names}. Confirm only if each of them is meant."
    return [lifecycle.DELETES_ACTIVE_ACCOUNT.finding(said, accounts=active)]


def _digest(
    step: Step, reads: dict[str, str], said: Iterable[Finding], district: str, bound_to: str
) -> str:
    codes = sorted(finding.code for finding in said)
    bound = (str(step), district, bound_to, sorted(reads.items()), codes)
    return hashlib.sha256(repr(bound).encode("utf-8", "surrogatepass")).hexdigest()
