"""A sheet and the accounts become a plan: what the import would do, in full (semantics: Plan).

The same function makes the plan in a dry run and in an import. It is pure: the same sheet, the
same accounts and the same options give the same plan, in any order of the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from rosterkey.core.binding import account_changes, accounts_read, plan_digest
from rosterkey.core.checks.changes import (
    changed_account,
    drop_findings_on_stored,
    field_differences,
)
from rosterkey.core.checks.context import Context
from rosterkey.core.checks.decisions import Take, decide_rows, take_keys, wanted_takes
from rosterkey.core.checks.gate import decide
from rosterkey.core.checks.passwords import check_password
from rosterkey.core.checks.permissions import check_permissions
from rosterkey.core.checks.required import check_keys, check_new_account
from rosterkey.core.checks.since import keep_sides
from rosterkey.core.checks.sums import check_sums
from rosterkey.core.checks.tally import Tally, kept_by
from rosterkey.core.checks.who import check_duplicates, check_persons, check_slips
from rosterkey.core.draft import Draft, planned_rows
from rosterkey.core.matching.asking import ask_for_rows
from rosterkey.core.matching.entries import Entry, collapse
from rosterkey.core.matching.id_changes import check_student_ids
from rosterkey.core.matching.lost_zeros import check_lost_zeros
from rosterkey.core.matching.match import match
from rosterkey.core.matching.renames import check_usernames
from rosterkey.core.matching.settle import Lines, Settled, set_aside, settle, wake
from rosterkey.core.model import (
    Account,
    Finding,
    Outcome,
    Plan,
    Severity,
    Status,
)
from rosterkey.core.options import Options
from rosterkey.core.reading.columns import Header, find_header
from rosterkey.core.reading.rows import CLEAR, Roster, read_rows
from rosterkey.core.rules import fields, people
from rosterkey.core.sheet import Sheet
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.two_steps.planning import plan_two_steps
from rosterkey.core.two_steps.sheets import has_two_steps, with_new_as_username

_NO_ROSTER = Roster((), frozenset(), (), (), (), "")


def make_plan(sheet: Sheet, snapshot: Snapshot, options: Options | None = None) -> Plan:
    """Plan the import of a sheet into the accounts of a snapshot.

    Whatever was typed becomes a finding: nothing is raised for it.
    """
    options = options or Options()
    header = find_header(sheet)
    if has_two_steps(header):
        return plan_two_steps(sheet, header, snapshot, options, _plan_once)
    if "new_username" in header.positions:
        sheet = with_new_as_username(sheet)
    return _plan_once(sheet, snapshot, options)


def _plan_once(sheet: Sheet, snapshot: Snapshot, options: Options) -> Plan:
    header = find_header(sheet)
    draft = _draft(sheet, header, snapshot, options, {})
    taken: dict[int, Take] = {}
    # A row that takes a key can show another row whom it means, so it is asked again until none is.
    while more := wanted_takes(draft.entries, draft.roster.decisions, snapshot, taken):
        taken |= more
        draft = _draft(sheet, header, snapshot, options, taken)
    draft.decisions = decide_rows(draft.entries, draft.roster.decisions, snapshot, taken)
    draft.add_sides()
    return _finish(draft, snapshot, options)


def _draft(
    sheet: Sheet, header: Header, snapshot: Snapshot, options: Options, taken: Mapping[int, Take]
) -> Draft:
    draft, lines = _part(sheet, header, snapshot, options, taken)
    of_sheet = [f for f in sheet.findings if f.row is None]
    draft.findings = [*of_sheet, *header.findings, *draft.roster.findings]
    if any(f.severity is Severity.ERROR for f in draft.findings):
        draft.settled = Settled()  # nothing is planned
    else:
        _attach(sheet.findings, draft.roster)
        _plan_entries(draft, lines, Context(snapshot, draft.roster.fields, options))
    return draft


def _part(
    sheet: Sheet, header: Header, snapshot: Snapshot, options: Options, taken: Mapping[int, Take]
) -> tuple[Draft, Lines]:
    """Read the rows and keep those that something is to be said or done of; count the others."""
    roster = read_rows(sheet, header) if header.positions else _NO_ROSTER
    lines = Lines(roster, snapshot)
    spoken_of = {*roster.decisions, *taken, *(f.row for f in sheet.findings if f.row)}
    aside, rows = set_aside(roster.rows, lines, spoken_of)
    sides = keep_sides(roster, rows, snapshot, options)
    options.tell(0.2)
    take_keys(rows, taken)
    if roster.origins or taken:  # then rows may have other keys by now
        aside, rows = wake(aside, rows)
    ask_for_rows(rows, snapshot)
    kept = replace(roster, rows=tuple(rows))
    return Draft(kept, len(roster.rows), lines.settled(aside), sides=sides), lines


def _attach(findings: Iterable[Finding], roster: Roster) -> None:
    by_number = {row.number: row for row in (*roster.rows, *roster.not_students)}
    for finding in findings:
        if finding.row in by_number:
            by_number[finding.row].findings.append(finding)


def _plan_entries(draft: Draft, lines: Lines, context: Context) -> None:
    snapshot, roster = context.snapshot, draft.roster
    entries = draft.entries = collapse(roster.rows, snapshot)
    check_keys(entries, roster.fields)
    match(entries, snapshot)
    moving = settle(entries, lines)
    draft.keep_settled()
    context.options.tell(0.5)
    check_lost_zeros(moving, snapshot)
    context.learn_classes(moving)
    for entry in moving:
        draft.after[entry.number] = _change(entry, context)
    check_student_ids(entries, draft.after, snapshot)
    draft.takes = {e.number for e in check_usernames(entries, snapshot).takes}
    check_permissions(moving, draft.after, context.options)
    check_persons(moving)
    _take_passwords(moving, draft, context.options)
    context.options.tell(0.6)
    check_duplicates(entries, draft.settled, draft.after, snapshot)
    context.options.tell(0.75)
    for entry in moving:
        _choose_outcome(entry, draft)
    draft.findings += check_slips(entries, draft.settled, context)
    draft.findings += check_sums(_tally(draft, context))
    _say_generated(moving, draft)


def _change(entry: Entry, context: Context) -> Account:
    """The account after the row, with everything said that its values deserve."""
    if entry.account:
        drop_findings_on_stored(entry, entry.account)
    after = changed_account(entry, entry.account, context)
    if entry.account is None:
        check_new_account(entry, after)
    elif entry.account.status is Status.ARCHIVED:
        _say_archived(entry, entry.account)
    check_password(entry, after)
    return after


def _tally(draft: Draft, context: Context) -> Tally:
    return Tally(
        draft.entries,
        kept_by(draft.settled),
        draft.outcomes,
        draft.after,
        context.snapshot,
        draft.roster.fields,
        context.options.limits,
        draft.takes,
    )


def _say_archived(entry: Entry, account: Account) -> None:
    said = (
        f"{account.name} ({account.username}, Student ID {account.student_id}) has an archived "
        "account. It comes back into use with its history; confirm that the student has returned."
    )
    entry.say(people.ARCHIVED_MATCH, said, accounts=(account,))


def _take_passwords(entries: Iterable[Entry], draft: Draft, options: Options) -> None:
    given = [e for e in entries if e.lead.get("password") not in (None, CLEAR)]
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


def _choose_outcome(entry: Entry, draft: Draft) -> None:
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


def _say_generated(entries: Iterable[Entry], draft: Draft) -> None:
    for entry in entries:
        created = draft.outcomes[entry.number] is Outcome.CREATE
        if created and entry.number not in draft.passwords:
            said = f"{entry.lead.name} gets a generated password, listed once in a hand-out file."
            entry.say(fields.PASSWORD_GENERATED, said, column="Password")


def _finish(draft: Draft, snapshot: Snapshot, options: Options) -> Plan:
    options.tell(0.9)
    rows = planned_rows(draft)
    changes = account_changes(draft, snapshot)
    findings = tuple(draft.findings)
    gate, confirm = decide(rows, findings, options.leave_out_errors)
    counts = {"rows": draft.students + len(draft.roster.not_students)}
    tally = Counter(row.outcome for row in rows)
    counts |= {str(outcome): tally.get(outcome, 0) for outcome in Outcome}
    reads = accounts_read(draft, snapshot)
    digest = plan_digest(draft, rows, reads, options, snapshot.district.code)
    return Plan(
        digest,
        gate,
        confirm,
        counts,
        rows,
        findings,
        changes,
        reads,
        draft.roster.content_hash,
        tuple(draft.decisions),
    )
