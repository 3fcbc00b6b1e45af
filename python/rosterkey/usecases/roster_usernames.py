"""New usernames for the students of a roster whose Student IDs are not stored yet.

The sheet that is written has the present username, the new one and the ID, and is imported in one
step (semantics: IDs and new usernames in one import).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rosterkey.core.model import Account, Gate
from rosterkey.core.prepare.sheet import PreparedSheet
from rosterkey.core.reading.headings import HEADING
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.usernames.choose import Answer, choose_usernames
from rosterkey.store.contract import Store
from rosterkey.usecases.export import ExportError, chosen_students
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.usernames import Proposal, Request, wishes_for
from rosterkey.usecases.validate import Validated, validate

_FIELDS = (
    "student_id", "username", "new_username", "first_name", "last_name", "grade", "school",
    "classes",
)  # fmt: skip


def propose_for_roster(path: Path, store: Store, settings: Settings, request: Request) -> Proposal:
    """Choose usernames for the students of a sheet, as they would be after its import.

    Raises PatternError, UnreadableFile, StoreError, and ExportError also where the sheet has
    errors.
    """
    wishes = wishes_for(settings, request)
    done = validate(path, store, settings, whole=True)
    if done.plan.gate is Gate.BLOCK:
        raise ExportError(
            f"{path.name} has errors, so nobody can tell whom its rows mean. Run rosterkey "
            "validate, mend it, and come back."
        )
    snapshot, students = _as_imported(done)
    of_sheet = Snapshot(snapshot.district, students)
    chosen = chosen_students(of_sheet, request.filters)
    return Proposal(
        request, tuple(wishes.patterns), snapshot, choose_usernames(chosen, snapshot, wishes)
    )


def write_one_step_sheet(path: Path, proposal: Proposal) -> int:
    """Write every student, New Username blank for those who keep theirs; return how many.

    Raises UnwritableFile.
    """
    rows = []
    for choice in proposal.choices:
        account = choice.account
        rows.append(
            (
                account.student_id or "",
                account.username,
                choice.username if choice.answer is Answer.NEW else "",
                account.first_name,
                account.last_name,
                account.grade or "",
                account.school or "",
                "; ".join(account.classes),
            )
        )
    from rosterkey.files.prepared import write_prepared  # late: XlsxWriter takes its time

    headings = tuple(HEADING[name] for name in _FIELDS)
    write_prepared(path, [PreparedSheet("Import", headings, tuple(rows))])
    return len(rows)


def _as_imported(done: Validated) -> tuple[Snapshot, list[Account]]:
    """The district with the sheet's IDs and values, and the students that the sheet is about.

    The usernames are those of now, by which the rows of the new sheet are matched; the ones that
    the sheet gives count as given.
    """
    accounts = dict(done.snapshot.accounts)
    meant = {row.account for row in done.plan.rows if row.account}
    for change in done.plan.changes:
        after = change.after
        if after is None:
            continue
        meant.add(change.account_id)
        if change.before and change.before.username != after.username:
            past = (*after.past_usernames, after.username)
            after = replace(after, username=change.before.username, past_usernames=past)
        accounts[change.account_id] = after
    snapshot = Snapshot(done.snapshot.district, accounts.values(), retired=done.snapshot.retired)
    return snapshot, [accounts[account_id] for account_id in sorted(meant)]
