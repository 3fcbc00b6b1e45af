"""Whether the account is the child that the row means (semantics: People)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from rosterkey.core.checks.context import Context
from rosterkey.core.checks.decision_words import REALLY_NEW, SAME_PERSON
from rosterkey.core.matching.asking import ask_for_rows
from rosterkey.core.matching.entries import Entry
from rosterkey.core.matching.match import describe
from rosterkey.core.matching.settle import Settled
from rosterkey.core.model import Account, Finding, Fix, Role, Severity
from rosterkey.core.people.evidence import grade_step
from rosterkey.core.people.names import different_person
from rosterkey.core.people.newcomer import Newcomer, Resemblance
from rosterkey.core.people.slip_views import (
    FIRST_NAME,
    LAST_NAME,
    NAME,
    RosterLine,
    full_name_key,
)
from rosterkey.core.people.slips import Slip, may_have_slipped, slipped_columns
from rosterkey.core.reading.columns import HEADING
from rosterkey.core.reading.rows import Row
from rosterkey.core.rules import people, sums
from rosterkey.core.snapshot import Snapshot

_FIELD = {heading: field for field, heading in HEADING.items()}


def check_persons(entries: Iterable[Entry]) -> None:
    """Say where the key is right and the name is somebody else's.

    That is where first and last name are both other ones. And where two rows have each other's
    name: then no likeness of the two explains it, such as that of a short form.
    """
    pairs = [(e, e.account) for e in entries if e.account]
    names = {e.number: _names(e, account) for e, account in pairs if _misnamed(e, account)}
    opposites = {stored_and_said: number for number, stored_and_said in names.items()}
    for entry, account in pairs:
        if entry.number not in names:
            continue
        stored, said = names[entry.number]
        opposite = opposites.get((said, stored)) if stored and said else None
        if opposite or _different_person(entry, account):
            _say_person(entry, account, opposite)


def _misnamed(entry: Entry, account: Account) -> bool:
    first, last = entry.lead.get("first_name"), entry.lead.get("last_name")
    return bool(first and last) and (first, last) != (account.first_name, account.last_name)


def _names(entry: Entry, account: Account) -> tuple[str, str]:
    """Who the account is and who the row says, empty where they are one name."""
    stored = full_name_key(account.first_name, account.last_name)
    said = full_name_key(entry.lead.values["first_name"], entry.lead.values["last_name"])
    return (stored, said) if stored != said else ("", "")


def _different_person(entry: Entry, account: Account) -> bool:
    first, last = entry.lead.get("first_name"), entry.lead.get("last_name")
    return different_person(account, first, last, elsewhere=_elsewhere(entry, account))


def _elsewhere(entry: Entry, account: Account) -> bool:
    """Whether the row's grade is none that the student can have come to since."""
    step = grade_step(account.grade, entry.lead.get("grade"))
    return step is not None and step not in (0, 1)


def _say_person(entry: Entry, account: Account, opposite: int | None) -> None:
    key = "username" if entry.matched_by == "username" else "Student ID"
    turned = f", and row {opposite} has it the other way round" if opposite else ""
    said = (
        f"the {key} belongs to {describe(account)}, but the row says {entry.lead.name}{turned}. "
        f"{entry.lead.name} would get the account of {account.name}, with the work in it: "
        f"confirm, or write {SAME_PERSON} under Decision, only if this is one student."
    )
    entry.say(people.DIFFERENT_PERSON, said, column="Last Name", accounts=(account,))


def check_duplicates(
    entries: Iterable[Entry],
    settled: Settled,
    after: Mapping[int, Account],
    snapshot: Snapshot,
) -> None:
    """Say which new accounts look like an existing one, why, and the three ways out.

    Candidates are the students that no row claims; two different Student IDs prove two people.
    """
    entries = list(entries)
    created = {e.number: e for e in entries if _creates(e)}
    if not created:
        return
    from rosterkey.core.people.asking import ask_for_resembling, frequencies_of
    from rosterkey.core.people.duplicates import probable_duplicates, same_name_other_id

    claimed = settled.ids() | {e.account.account_id for e in entries if e.account}
    newcomers = [_newcomer(e, after[e.number]) for e in created.values()]
    ask_for_resembling(newcomers, snapshot, claimed)
    students = [a for a in snapshot.accounts.values() if a.role is Role.STUDENT]
    unclaimed = [a for a in students if a.account_id not in claimed]
    frequencies = frequencies_of((*newcomers, *unclaimed), snapshot)
    among = snapshot.figures.students - len(claimed)
    alike = probable_duplicates(newcomers, unclaimed, frequencies, among=among)
    for number, found in alike.items():
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
    way = f"write the username {account.username} into the row, or take its username under Decision"
    if account.student_id and not entry.lead.get("student_id"):
        take = Fix("Student ID", account.student_id)
        way = (
            f"write the Student ID {account.student_id} or the username {account.username} into "
            "the row, or take its ID under Decision"
        )
    said = (
        f"{entry.lead.name} would get a new account, but looks like {describe(account)}: "
        f"{', '.join(best.speaks_for)} (score {best.score:.2f}).{against}{others} If it is the "
        f"same student, {way}. If the student is new, write {REALLY_NEW} there, or confirm."
    )
    accounts = [r.account for r in found]
    entry.say(people.PROBABLE_DUPLICATE, said, column="Username", fix=take, accounts=accounts)


def _say_namesake(entry: Entry, namesakes: Sequence[Account]) -> None:
    said = (
        f"{entry.lead.name} has the name, school and grade of {describe(namesakes[0])}. The "
        "Student IDs differ, so these are two students."
    )
    entry.say(people.SAME_NAME_OTHER_ID, said, column="Student ID", accounts=namesakes)


def check_slips(entries: Iterable[Entry], settled: Settled, context: Context) -> list[Finding]:
    """Say which columns have slipped against the others, from where to where, and what belongs.

    The finding on the sheet is the one that asks; each slipped cell gets a notice with the value
    that belongs there, so that applying the suggested values puts the column right.
    """
    entries, snapshot, limits = list(entries), context.snapshot, context.options.limits
    rows = len(entries) + len(settled)
    if rows < limits.rows:
        return []

    # A settled row cannot contradict itself, so the others tell whether the whole sheet is needed.
    moving = {e.number: e for e in entries if not e.settled}
    doubtful = {number: _line(entry.lead) for number, entry in moving.items()}
    numbers = sorted((*(e.number for e in entries), *(number for number, _ in settled.found)))
    by_place = {p: doubtful[number] for p, number in enumerate(numbers) if number in doubtful}
    if not may_have_slipped(by_place, rows, snapshot, limits.slipped_rows):
        return []
    whole = [*(e.lead for e in entries), *settled.rows()]
    ask_for_rows(whole, snapshot)
    lines = sorted(map(_line, whole), key=attrgetter("row"))
    slips = slipped_columns(lines, snapshot)
    for slip in slips:
        for number in slip.rows:
            _say_what_belongs(moving[number], slip, snapshot)
    return [_say_slip(slip, rows) for slip in slips]


def _say_what_belongs(entry: Entry, slip: Slip, snapshot: Snapshot) -> None:
    account = snapshot.accounts.get(slip.whose.get(entry.number, ""))
    if slip.column == NAME and account:
        wanted = {FIRST_NAME: account.first_name, LAST_NAME: account.last_name}
    else:
        wanted = {slip.column: slip.proposal.get(entry.number, "")}
    for heading, value in wanted.items():
        cell = entry.lead.get(_FIELD[heading])
        if not value or value == cell:
            continue
        whose = f": the rest of the row is about {describe(account)}" if account else ""
        said = (
            f"the {heading} {value} seems to belong here instead of {cell}{whose}. The column "
            "seems to have slipped."
        )
        fix = Fix(heading, value)
        accounts = (account,) if account else ()
        entry.say(
            sums.SHIFTED_COLUMN,
            said,
            column=heading,
            fix=fix,
            accounts=accounts,
            severity=Severity.NOTICE,
        )


def _line(row: Row) -> RosterLine:
    get = row.get
    return RosterLine(
        row.number, get("student_id"), get("username"), get("first_name"), get("last_name")
    )


_SLIPS = {
    "shifted": "to have slipped",
    "sorted": "to be sorted on its own",
    "swapped": "to hold two blocks in exchanged order",
    "permuted": "to be in another order than the rest of the sheet",
}


def _say_slip(slip: Slip, n: int) -> Finding:
    how = _SLIPS[slip.kind]
    if slip.offset:
        rows = "1 row" if abs(slip.offset) == 1 else f"{abs(slip.offset)} rows"
        how += f" {'down' if slip.offset > 0 else 'up'} by {rows}"
    both = slip.column == NAME
    seems = f"The columns {slip.column} seem" if both else f"The column {slip.column} seems"
    belongs = ", ".join(f"{value} in row {row}" for row, value in list(slip.proposal.items())[:3])
    proposal = f" What belongs there: {belongs} …" if belongs else ""
    said = (
        f"{seems} {how}, from row {slip.first_row} to row {slip.last_row}: {len(slip.rows):,} of "
        f"{n:,} rows hold {'the names' if both else f'the {slip.column}'} of another student."
        f"{proposal} Apply the suggested values, or take the sheet from its source again, and "
        "sort only with all columns selected."
    )
    return sums.SHIFTED_COLUMN.finding(said, column=slip.column)
