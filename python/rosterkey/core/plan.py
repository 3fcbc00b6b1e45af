"""A sheet and the accounts become a plan: what the import would do, in full (semantics: Plan).

The same function makes the plan in a dry run and in an import. It is pure: the same sheet, the
same accounts and the same options give the same plan, in any order of the rows.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rosterkey.core.cells import shorten
from rosterkey.core.changes import (
    Context,
    changed_account,
    check_password,
    drop_findings_on_stored,
    field_differences,
)
from rosterkey.core.columns import find_header
from rosterkey.core.entries import Entry, collapse
from rosterkey.core.gate import decide
from rosterkey.core.id_changes import check_student_ids
from rosterkey.core.keys import username_key
from rosterkey.core.lost_zeros import check_lost_zeros
from rosterkey.core.match import match
from rosterkey.core.model import (
    Account,
    AccountChange,
    Finding,
    Outcome,
    Plan,
    PlannedRow,
    Severity,
    Status,
)
from rosterkey.core.options import Options
from rosterkey.core.permissions import check_permissions
from rosterkey.core.renames import check_usernames
from rosterkey.core.required import check_keys, check_new_account
from rosterkey.core.rows import CLEAR, Roster, Row, read_rows
from rosterkey.core.rules import fields, keys, people
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot, fingerprint
from rosterkey.core.sums import Tally, check_sums
from rosterkey.core.who import check_duplicates, check_persons, check_slips

_NO_ROSTER = Roster((), frozenset(), (), (), (), "")
PLAN_FORMAT = 1


@dataclass(slots=True)
class _Draft:
    """A plan in the making: entries by their first row, with what becomes of their accounts."""

    roster: Roster
    entries: list[Entry] = field(default_factory=list)
    after: dict[int, Account] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    also: dict[int, tuple[Outcome, ...]] = field(default_factory=dict)
    passwords: dict[int, str] = field(default_factory=dict)
    takes: int = 0
    findings: list[Finding] = field(default_factory=list)


def make_plan(sheet: Sheet, snapshot: Snapshot, options: Options | None = None) -> Plan:
    """Plan the import of a sheet into the accounts of a snapshot.

    Whatever was typed becomes a finding: nothing is raised for it.
    """
    options = options or Options()
    header = find_header(sheet)
    roster = read_rows(sheet, header) if header.positions else _NO_ROSTER
    draft = _Draft(roster)
    of_sheet = [f for f in sheet.findings if f.row is None]
    draft.findings = [*of_sheet, *header.findings, *roster.findings]
    if not any(f.severity is Severity.ERROR for f in draft.findings):
        _attach(sheet.findings, roster)
        _plan_entries(draft, Context(snapshot, roster.fields, options))
    return _finish(draft, snapshot, options)


def _attach(findings: Iterable[Finding], roster: Roster) -> None:
    by_number = {row.number: row for row in (*roster.rows, *roster.not_students)}
    for finding in findings:
        if finding.row in by_number:
            by_number[finding.row].findings.append(finding)


def _plan_entries(draft: _Draft, context: Context) -> None:
    entries = draft.entries = collapse(draft.roster.rows)
    check_keys(entries, draft.roster.fields)
    match(entries, context.snapshot)
    check_lost_zeros(entries, context.snapshot)
    context.learn_classes(entries)
    for entry in entries:
        if entry.account:
            drop_findings_on_stored(entry, entry.account)
        after = changed_account(entry, entry.account, context)
        if entry.account is None:
            check_new_account(entry, after)
        elif entry.account.status is Status.ARCHIVED:
            _say_archived(entry, entry.account)
        check_password(entry, after)
        draft.after[entry.number] = after
    check_student_ids(entries, draft.after, context.snapshot)
    names = check_usernames(entries, context.snapshot)
    draft.takes = len(names.takes)
    check_permissions(entries, draft.after, context.options, draft.roster.fields)
    check_persons(entries)
    _take_passwords(draft, context.options)
    check_duplicates(entries, draft.after, context.snapshot)
    for entry in entries:
        _choose_outcome(entry, draft)
    draft.findings += check_slips(entries, context.snapshot, context.options.limits)
    tally = Tally(
        entries,
        draft.outcomes,
        draft.after,
        context.snapshot,
        draft.roster.fields,
        context.options.limits,
        draft.takes,
    )
    draft.findings += check_sums(tally)
    _say_generated(entries, draft)


def _say_archived(entry: Entry, account: Account) -> None:
    said = (
        f"{account.name} ({account.username}, Student ID {account.student_id}) has an archived "
        "account. It comes back into use with its history; confirm that the student has returned."
    )
    entry.say(people.ARCHIVED_MATCH, said, accounts=(account,))


def _take_passwords(draft: _Draft, options: Options) -> None:
    given = [e for e in draft.entries if e.lead.get("password") not in (None, CLEAR)]
    stored = [
        (e, e.account.password_hash, e.lead.values["password"])
        for e in given
        if e.account and e.account.password_hash and not e.failed
    ]
    same = options.same_passwords([(hashed, text) for _, hashed, text in stored])
    unchanged = {e.number for (e, _, _), equal in zip(stored, same, strict=True) if equal}
    for entry in given:
        if entry.failed or entry.number in unchanged:
            continue
        draft.passwords[entry.number] = entry.lead.values["password"]
        if entry.account:
            said = f"the password of {entry.account.name} will be set anew."
            entry.say(fields.PASSWORD_RESET, said, column="Password")


def _choose_outcome(entry: Entry, draft: _Draft) -> None:
    number = entry.number
    if entry.failed:
        draft.outcomes[number], draft.also[number] = Outcome.ERROR, ()
        return
    before, after = entry.account, draft.after[number]
    if before is None:
        draft.outcomes[number], draft.also[number] = Outcome.CREATE, ()
        return
    differing = set(field_differences(before, after))
    done = []
    if "student_id" in differing:
        done.append(Outcome.ASSIGN_ID)
    if "username" in differing:
        done.append(Outcome.RENAME)
    if differing - {"student_id", "username"} or number in draft.passwords:
        done.append(Outcome.UPDATE)
    draft.outcomes[number] = done[0] if done else Outcome.UNCHANGED
    draft.also[number] = tuple(done[1:])


def _say_generated(entries: Iterable[Entry], draft: _Draft) -> None:
    for entry in entries:
        created = draft.outcomes[entry.number] is Outcome.CREATE
        if created and entry.number not in draft.passwords:
            said = f"{entry.lead.name} gets a generated password, listed once in a hand-out file."
            entry.say(fields.PASSWORD_GENERATED, said, column="Password")


def _finish(draft: _Draft, snapshot: Snapshot, options: Options) -> Plan:
    rows = _planned_rows(draft)
    changes = _account_changes(draft, snapshot)
    findings = tuple(draft.findings)
    gate, confirm = decide(rows, findings, options.leave_out_errors)
    counts = {"rows": len(draft.roster.rows) + len(draft.roster.not_students)}
    tally = Counter(row.outcome for row in rows)
    counts |= {str(outcome): tally.get(outcome, 0) for outcome in Outcome}
    reads = _reads(draft, snapshot)
    digest = _digest(draft, rows, reads, options, snapshot.district.code)
    return Plan(
        digest, gate, confirm, counts, rows, findings, changes, reads, draft.roster.content_hash
    )


def _planned_rows(draft: _Draft) -> tuple[PlannedRow, ...]:
    rows = [
        PlannedRow(row.number, Outcome.ERROR, findings=row.findings)
        for row in draft.roster.not_students
    ]
    rows += [PlannedRow(number, Outcome.SKIPPED) for number in draft.roster.skipped]
    for entry in draft.entries:
        rows += _rows_of(entry, draft)
    return tuple(sorted(rows, key=lambda row: row.row))


def _rows_of(entry: Entry, draft: _Draft) -> list[PlannedRow]:
    number = entry.number
    outcome = draft.outcomes[number]
    subject = entry.account or entry.suspect
    account = subject.account_id if subject else None
    changes = field_differences(entry.account, draft.after[number])
    if number in draft.passwords:
        had = entry.account and entry.account.password_hash
        changes["password"] = ("set" if had else None, "set")
    if outcome is Outcome.ERROR:
        changes = {}
    rows = []
    for row in entry.rows:
        findings = row.findings + (entry.findings if row is entry.lead else [])
        findings = [_with_person(finding, row, subject) for finding in findings]
        if outcome is Outcome.ERROR and row is not entry.lead:
            findings = findings + _echo(entry, row.number)
        also = draft.also[number]
        rows.append(PlannedRow(row.number, outcome, account, also, dict(changes), findings))
    rows += [
        PlannedRow(row.number, Outcome.SKIPPED, account, findings=row.findings)
        for row in entry.repeats
    ]
    return rows


def _with_person(finding: Finding, row: Row, subject: Account | None) -> Finding:
    """The finding with the person beside the row number, where it names a cell only."""
    who = row.name or (subject.name if subject else "") or row.get("username")
    cell = f"Row {row.number}, "
    if not who or not finding.message.startswith(cell):
        return finding
    message = f"Row {row.number} ({shorten(who)}), {finding.message.removeprefix(cell)}"
    return replace(finding, message=message)


def _echo(entry: Entry, number: int) -> list[Finding]:
    said = f"Row {number}: this is the same student as row {entry.number}, which has an error."
    return [keys.BLOCKED_BY_ROW.finding(said, row=number)]


def _account_changes(draft: _Draft, snapshot: Snapshot) -> tuple[AccountChange, ...]:
    changes = []
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


def _new_id(draft: _Draft, snapshot: Snapshot, entry: Entry) -> str:
    """An account id that is made of the sheet and the row, so that one plan makes it once."""
    key = username_key(entry.lead.values["username"])
    seed = f"{snapshot.district.code}\0{draft.roster.content_hash}\0{entry.number}\0{key}"
    number = 0
    while True:
        made = hashlib.blake2b(f"{seed}\0{number}".encode(), digest_size=16).hexdigest()
        if made not in snapshot.accounts:
            return made
        number += 1


def _reads(draft: _Draft, snapshot: Snapshot) -> dict[str, str]:
    """Every account that the plan rests on, with the fingerprint of its state."""
    ids = {f.account_id for e in draft.entries for f in (e.account, e.suspect) if f}
    for entry in draft.entries:
        for finding in entry.findings:
            ids.update(finding.accounts)
    return {i: fingerprint(snapshot.accounts[i]) for i in sorted(ids) if i in snapshot.accounts}


def _digest(
    draft: _Draft,
    rows: tuple[PlannedRow, ...],
    reads: dict[str, str],
    options: Options,
    district: str,
) -> str:
    digest = hashlib.sha256()
    bound = (PLAN_FORMAT, district, options.leave_out_errors, options.only_school)
    digest.update(repr((*bound, draft.roster.content_hash)).encode())
    for row in rows:
        codes = sorted(f.code for f in row.findings)
        line = (row.row, str(row.outcome), row.account, sorted(row.changes.items()), codes)
        digest.update(repr(line).encode("utf-8", "surrogatepass"))
    digest.update(repr(sorted(f.code for f in draft.findings)).encode())
    digest.update(repr(sorted(reads.items())).encode())
    return digest.hexdigest()
