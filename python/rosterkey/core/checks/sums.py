"""Guards on the sum: what no single row shows (semantics: The gate).

They look at sheets of 20 rows and more, and each says its figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from rosterkey.core.grades import grade_key
from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import Account, Finding, Outcome, Severity
from rosterkey.core.options import Limits
from rosterkey.core.rules import people, sums
from rosterkey.core.snapshot import Snapshot

_SHOWN = 3


@dataclass(slots=True)
class Tally:
    """The entries of a sheet with what they do, for the guards to count.

    `accounts` maps an entry's first row to the account after it.
    """

    entries: list[Entry]
    outcomes: dict[int, Outcome]
    accounts: dict[int, Account]
    snapshot: Snapshot
    fields: frozenset[str]
    limits: Limits
    takes: int = 0
    created: list[Entry] = field(init=False)
    matched: list[Entry] = field(init=False)

    def __post_init__(self) -> None:
        self.created = [e for e in self.entries if e.account is None and not e.suspect]
        self.matched = [e for e in self.entries if e.account is not None or e.suspect]

    def with_outcome(self, *outcomes: Outcome) -> list[Entry]:
        """The entries with one of these outcomes."""
        return [e for e in self.entries if self.outcomes[e.number] in outcomes]

    def with_finding(self, code: str) -> list[Entry]:
        """The entries with a finding of this code."""
        return [
            e
            for e in self.entries
            if any(f.code == code for f in e.findings)
            or any(f.code == code for row in e.rows for f in row.findings)
        ]


def check_sums(tally: Tally) -> list[Finding]:
    """Every guard that the sheet sets off, with its figures."""
    if len(tally.entries) < tally.limits.rows:
        return []
    new_year = _is_new_year(tally)
    return [
        *_nothing_matched(tally),
        *_mass_create(tally, new_year),
        *_mass_rename(tally),
        *_mass_assign(tally),
        *_ids_missing(tally),
        *_mass_blank(tally),
        *_mass_update(tally, new_year),
        *_mass_different_person(tally),
        *_unusual_size(tally),
    ]


def share(part: int, whole: int) -> str:
    """A share as it is said: 12 of 240 (5 %)."""
    percent = 100 * part / whole if whole else 0.0
    told = "under 1" if 0 < percent < 1 else f"{percent:.0f}"
    return f"{part:,} of {whole:,} ({told} %)"


def _nothing_matched(tally: Tally) -> Iterator[Finding]:
    n, known = len(tally.entries), len(tally.snapshot.active_students)
    fits = len(tally.matched)
    if known == 0 or fits * 2 >= n:
        return
    alike = len(tally.with_finding(people.PROBABLE_DUPLICATE.code))
    said = (
        f"Only {share(fits, n)} rows fit an account of the district, which has {known:,} students."
    )
    if alike * 2 > n:
        said += (
            f" {alike:,} rows look like students who have an account under another username: "
            "importing them would make that many duplicates. Add the Student IDs, or the "
            "usernames that the accounts have now."
        )
        # There is no reading in which this sheet is right, so no confirmation lets it pass.
        yield sums.NOTHING_MATCHED.finding(said, severity=Severity.ERROR)
    else:
        said += " Is it the right district and the right column of usernames?"
        yield sums.NOTHING_MATCHED.finding(said)


def _mass_create(tally: Tally, new_year: bool) -> Iterator[Finding]:
    if not tally.snapshot.active_students:
        return
    limits = tally.limits
    created = tally.with_outcome(Outcome.CREATE) or tally.created
    if new_year and _are_beginners(tally, created):
        return
    n = len(tally.entries)
    over = [f"{share(len(created), n)} rows"] if _too_many(created, n, limits) else []
    sizes = Counter(_school(tally, e) for e in tally.entries)
    by_school = Counter(_school(tally, e) for e in created)
    for school, count in by_school.most_common():
        many = count > limits.creates and count > limits.creates_share * sizes[school]
        if school and many and len(sizes) > 1:
            over.append(f"{share(count, sizes[school])} rows of {school}")
    if over:
        said = (
            f"{over[0]} would create an account{_and_more(over[1:])}. The usual cause is changed "
            "usernames without Student IDs, which make duplicates. Confirm it only if these are "
            "new students."
        )
        yield sums.MASS_CREATE.finding(said)


def _too_many(created: list[Entry], n: int, limits: Limits) -> bool:
    return len(created) > limits.creates and len(created) > limits.creates_share * n


def _and_more(parts: list[str]) -> str:
    if not parts:
        return ""
    more = f" and {len(parts) - _SHOWN} more schools" if len(parts) > _SHOWN else ""
    return ", among them " + ", ".join(parts[:_SHOWN]) + more


def _school(tally: Tally, entry: Entry) -> str | None:
    after = tally.accounts.get(entry.number)
    return after.school if after else entry.lead.get("school")


def _is_new_year(tally: Tally) -> bool:
    """Whether most students whose grade is on the sheet move up by exactly one grade."""
    order = {grade_key(g): i for i, g in enumerate(tally.snapshot.district.grades)}
    steps: Counter[int] = Counter()
    for entry in tally.matched:
        before, after = entry.account, tally.accounts.get(entry.number)
        if before and after and before.grade and after.grade:
            old, new = order.get(grade_key(before.grade)), order.get(grade_key(after.grade))
            if old is not None and new is not None:
                steps[new - old] += 1
    return steps[1] * 2 > sum(steps.values()) if steps else False


def _are_beginners(tally: Tally, created: list[Entry]) -> bool:
    """Whether the new students mostly sit in the lowest grade of their school on the sheet."""
    order = {grade_key(g): i for i, g in enumerate(tally.snapshot.district.grades)}
    lowest: dict[str | None, int] = {}
    places: dict[int, int] = {}
    for entry in tally.entries:
        after = tally.accounts.get(entry.number)
        place = order.get(grade_key(after.grade)) if after and after.grade else None
        if place is not None:
            school = _school(tally, entry)
            lowest[school] = min(place, lowest.get(school, place))
            places[entry.number] = place
    young = [e for e in created if places.get(e.number) == lowest.get(_school(tally, e), -1)]
    return len(young) * 5 >= len(created) * 4 and len(created) * 4 <= len(tally.entries)


def _mass_rename(tally: Tally) -> Iterator[Finding]:
    if tally.takes > tally.limits.names_taken:
        said = (
            f"{share(tally.takes, len(tally.entries))} rows give a student the username that "
            "another student has now. The usual cause is a column that was sorted alone. Compare "
            "a few rows with the children's names before you confirm."
        )
        yield sums.MASS_RENAME.finding(said)


def _mass_assign(tally: Tally) -> Iterator[Finding]:
    assigned = tally.with_outcome(Outcome.ASSIGN_ID)
    if len(assigned) > tally.limits.assigned and len(assigned) * 2 > len(tally.entries):
        some = ", ".join(
            f"{e.lead.get('student_id')} for {e.account.name} ({e.account.username})"
            for e in assigned[:_SHOWN]
            if e.account
        )
        said = (
            f"{share(len(assigned), len(tally.entries))} accounts get a Student ID: {some} … "
            "Compare these with your student information system: a Student ID decides from now on "
            "which account a row means."
        )
        yield sums.MASS_ASSIGN.finding(said)


def _ids_missing(tally: Tally) -> Iterator[Finding]:
    students = tally.snapshot.active_students
    with_id = sum(1 for a in students if a.student_id)
    lacking = sum(1 for e in tally.entries if e.id_key is None)
    limit = tally.limits.ids_missing_share
    uses_ids = bool(students) and with_id > limit * len(students)
    if uses_ids and lacking > limit * len(tally.entries):
        column = "" if "student_id" in tally.fields else " (the sheet has no such column)"
        said = (
            f"{share(lacking, len(tally.entries))} rows have no Student ID{column}, but "
            f"{share(with_id, len(students))} students of the district do. Without it a changed "
            "username makes a second account. Add the column from an export."
        )
        yield sums.IDS_MISSING.finding(said)


def _mass_blank(tally: Tally) -> Iterator[Finding]:
    for name, heading in (("first_name", "First Name"), ("last_name", "Last Name")):
        blank = sum(1 for e in tally.entries if name not in e.lead.values)
        if name in tally.fields and blank > tally.limits.blank_names_share * len(tally.entries):
            said = (
                f"{heading} is blank in {share(blank, len(tally.entries))} rows. The usual cause "
                "is a formula or a paste that lost the column."
            )
            yield sums.MASS_BLANK.finding(said, column=heading)


def _mass_update(tally: Tally, new_year: bool) -> Iterator[Finding]:
    changed = tally.with_outcome(Outcome.UPDATE, Outcome.RENAME)
    if len(changed) <= tally.limits.changed_share * max(len(tally.matched), 1):
        return
    renamed = sum(
        1 for e in changed if e.account and tally.accounts[e.number].username != e.account.username
    )
    said = f"{share(len(changed), len(tally.matched))} accounts on the sheet change"
    said += f", {renamed:,} of them their username" if renamed else ""
    if new_year:
        created = len(tally.with_outcome(Outcome.CREATE))
        said += (
            f". This looks like a new school year: most students move up one grade, and "
            f"{created:,} are new"
        )
    yield sums.MASS_UPDATE.finding(said + ". Confirm that this is what you want.")


def _mass_different_person(tally: Tally) -> Iterator[Finding]:
    limits, n = tally.limits, len(tally.entries)
    other = len(tally.with_finding(people.DIFFERENT_PERSON.code))
    many = other > limits.different_persons
    if many or (other > 1 and other > limits.different_persons_share * n):
        said = (
            f"In {share(other, n)} rows the account belongs to somebody with another first and "
            "last name. The usual cause is a column of IDs, usernames or names that slipped "
            "against the others."
        )
        yield sums.MASS_DIFFERENT_PERSON.finding(said)


def _unusual_size(tally: Tally) -> Iterator[Finding]:
    known, n = len(tally.snapshot.active_students), len(tally.entries)
    if known >= tally.limits.rows and n > tally.limits.size_factor * known:
        said = (
            f"The sheet has {n:,} rows, and the district has {known:,} students. Is it the right "
            "file and the right district?"
        )
        yield sums.UNUSUAL_SIZE.finding(said)
