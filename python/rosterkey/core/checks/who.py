"""Whether the account is the child that the row means (semantics: People)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rosterkey.core.matching.entries import Entry
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Account, Finding, Fix, Role
from rosterkey.core.options import Limits
from rosterkey.core.people.names import different_person
from rosterkey.core.people.newcomer import Newcomer, Resemblance
from rosterkey.core.people.slip_views import RosterLine
from rosterkey.core.people.slips import Slip
from rosterkey.core.rules import people, sums
from rosterkey.core.snapshot import Snapshot


def check_persons(entries: Iterable[Entry]) -> None:
    """Say where the key is right and first and last name are somebody else's."""
    for entry in entries:
        account = entry.account
        if account is None:
            continue
        first, last = entry.lead.get("first_name"), entry.lead.get("last_name")
        if first == account.first_name or last == account.last_name:
            continue
        if different_person(account, first, last):
            key = "username" if entry.matched_by == "username" else "Student ID"
            said = (
                f"the {key} belongs to {describe(account)}, but the row says {entry.lead.name}. "
                f"{entry.lead.name} would get the account of {account.name}, with the work in it: "
                "confirm only if this is one and the same student."
            )
            entry.say(people.DIFFERENT_PERSON, said, column="Last Name", accounts=(account,))


def check_duplicates(
    entries: Iterable[Entry], after: Mapping[int, Account], snapshot: Snapshot
) -> None:
    """Say which new accounts look like an existing one, why, and the three ways out.

    Candidates are the students that no row claims; two different Student IDs prove two people.
    """
    entries = list(entries)
    created = {e.number: e for e in entries if _creates(e)}
    if not created:
        return
    from rosterkey.core.people.duplicates import probable_duplicates, same_name_other_id
    from rosterkey.core.people.frequencies import Frequencies

    claimed = {e.account.account_id for e in entries if e.account}
    students = [a for a in snapshot.accounts.values() if a.role is Role.STUDENT]
    unclaimed = [a for a in students if a.account_id not in claimed]
    newcomers = [_newcomer(e, after[e.number]) for e in created.values()]
    frequencies = Frequencies(students)
    for number, found in probable_duplicates(newcomers, unclaimed, frequencies).items():
        _say_duplicate(created[number], found)
    for number, namesakes in same_name_other_id(newcomers, students).items():
        _say_namesake(created[number], namesakes)


def _creates(entry: Entry) -> bool:
    return entry.account is None and entry.suspect is None and not entry.failed


def _newcomer(entry: Entry, after: Account) -> Newcomer:
    return Newcomer(
        entry.number,
        after.student_id,
        after.username,
        after.first_name,
        after.last_name,
        after.school,
        after.grade,
        after.classes,
    )


def _say_duplicate(entry: Entry, found: Sequence[Resemblance]) -> None:
    best = found[0]
    account = best.account
    against = f" Against it: {', '.join(best.speaks_against)}." if best.speaks_against else ""
    others = "".join(f" It could also be {describe(r.account)}." for r in found[1:])
    take = Fix("Username", account.username)
    way = f"write the username {account.username}"
    if account.student_id and not entry.lead.get("student_id"):
        take = Fix("Student ID", account.student_id)
        way = f"write the Student ID {account.student_id} or the username {account.username}"
    said = (
        f"{entry.lead.name} would get a new account, but looks like {describe(account)}: "
        f"{', '.join(best.speaks_for)} (score {best.score:.2f}).{against}{others} If it is the "
        f"same student, {way} into the row; if the student is really new, confirm it."
    )
    accounts = [r.account for r in found]
    entry.say(people.PROBABLE_DUPLICATE, said, column="Username", fix=take, accounts=accounts)


def _say_namesake(entry: Entry, namesakes: Sequence[Account]) -> None:
    said = (
        f"{entry.lead.name} has the name, school and grade of {describe(namesakes[0])}. The "
        "Student IDs differ, so these are two students."
    )
    entry.say(people.SAME_NAME_OTHER_ID, said, column="Student ID", accounts=namesakes)


def check_slips(entries: Iterable[Entry], snapshot: Snapshot, limits: Limits) -> list[Finding]:
    """Say which columns have slipped against the others, from where to where, and what belongs."""
    entries = list(entries)
    if len(entries) < limits.rows:
        return []
    from rosterkey.core.people.slip_views import Witness
    from rosterkey.core.people.slips import slipped_columns

    # A settled row cannot contradict itself, so the others tell whether the whole sheet is needed.
    moving = (Witness.of(_line(e), snapshot) for e in entries if not e.settled)
    if sum(witness.contradictory for witness in moving) < limits.slipped_rows:
        return []
    slips = slipped_columns([_line(e) for e in entries], snapshot)
    return [_say_slip(slip, len(entries)) for slip in slips]


def _line(entry: Entry) -> RosterLine:
    get = entry.lead.get
    return RosterLine(
        entry.number, get("student_id"), get("username"), get("first_name"), get("last_name")
    )


_SLIPS = {
    "shifted": "seems to have slipped",
    "sorted": "seems to be sorted on its own",
    "swapped": "seems to have two blocks exchanged",
    "permuted": "seems to be mixed up against the other columns",
}


def _say_slip(slip: Slip, n: int) -> Finding:
    how = _SLIPS[slip.kind]
    if slip.offset:
        rows = "1 row" if abs(slip.offset) == 1 else f"{abs(slip.offset)} rows"
        how += f" {'down' if slip.offset > 0 else 'up'} by {rows}"
    belongs = ", ".join(f"{value} in row {row}" for row, value in list(slip.proposal.items())[:3])
    proposal = f" What belongs there: {belongs} …" if belongs else ""
    said = (
        f"The column {slip.column} {how}, from row {slip.first_row} to row {slip.last_row}: in "
        f"{len(slip.rows):,} of {n:,} rows it holds the value of another student.{proposal} Take "
        "the column from the export again; do not sort one column alone."
    )
    return sums.SHIFTED_COLUMN.finding(said, column=slip.column)
