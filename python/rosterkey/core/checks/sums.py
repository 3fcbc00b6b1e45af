"""Guards on the sum: what no single row shows (semantics: The gate).

They look at sheets of 20 rows and more, and each says its figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from rosterkey.core.checks.tally import SHOWN, Tally, share, with_year
from rosterkey.core.matching.entries import Entry
from rosterkey.core.model import Finding, Outcome, Severity
from rosterkey.core.rules import people, sums


@dataclass(frozen=True, slots=True)
class _Sums:
    """The sheet as a whole, and its schools: each is judged as a sheet of its own would be."""

    whole: Tally
    schools: dict[str, Tally]

    def figures(self, over: Callable[[Tally], str | None]) -> str | None:
        """What is over a limit, in the words of `over`: the whole sheet, or some of its schools."""
        found = [f"{said} of {name}" for name, part in self.schools.items() if (said := over(part))]
        more = f" and {len(found) - SHOWN} more schools" if len(found) > SHOWN else ""
        named = ", ".join(found[:SHOWN]) + more
        whole = over(self.whole)
        return f"{whole}, among them {named}," if whole and named else whole or named or None


def check_sums(tally: Tally) -> list[Finding]:
    """Every guard that the sheet or one of its schools sets off, with the figures."""
    if tally.rows < tally.limits.rows:
        return []
    tally = with_year(tally)
    both = _Sums(tally, tally.by_school())
    return [
        *_nothing_matched(tally),
        *_mass_create(both),
        *_mass_rename(both),
        *_mass_assign(tally),
        *_ids_missing(tally),
        *_mass_blank(both),
        *_mass_update(both),
        *_mass_different_person(both),
        *_unusual_size(tally),
    ]


def _nothing_matched(tally: Tally) -> Iterator[Finding]:
    n, known = tally.rows, tally.snapshot.figures.active
    fits = tally.matched
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


def _mass_create(both: _Sums) -> Iterator[Finding]:
    if not both.whole.snapshot.figures.active:
        return
    if said := both.figures(_many_created):
        yield sums.MASS_CREATE.finding(
            f"{said} would create an account. The usual cause is changed usernames without "
            "Student IDs, which make duplicates. Confirm it only if these are new students."
        )


def _many_created(part: Tally) -> str | None:
    limits, n = part.limits, part.rows
    created = part.with_outcome(Outcome.CREATE) or part.created
    counted = [e for e in created if e.number not in part.beginners]
    most = limits.creates_share_new_year if part.new_year else limits.creates_share
    if len(counted) <= limits.creates or len(counted) <= most * n:
        return None
    return f"{share(len(created), n)} rows"


def _mass_rename(both: _Sums) -> Iterator[Finding]:
    if said := both.figures(_many_taken):
        yield sums.MASS_RENAME.finding(
            f"{said} give a student the username that another student has now. The usual cause is "
            "a column that was sorted alone. Compare a few rows with the children's names before "
            "you confirm."
        )


def _many_taken(part: Tally) -> str | None:
    taken = sum(e.number in part.takes for e in part.entries)
    return f"{share(taken, part.rows)} rows" if taken > part.limits.names_taken else None


def _mass_assign(tally: Tally) -> Iterator[Finding]:
    assigned = tally.with_outcome(Outcome.ASSIGN_ID)
    if len(assigned) > tally.limits.assigned and len(assigned) * 2 > tally.rows:
        some = ", ".join(
            f"{e.lead.get('student_id')} for {e.account.name} ({e.account.username})"
            for e in assigned[:SHOWN]
            if e.account
        )
        said = (
            f"{share(len(assigned), tally.rows)} accounts get a Student ID: {some} … "
            "Compare these with your student information system: a Student ID decides from now on "
            "which account a row means."
        )
        yield sums.MASS_ASSIGN.finding(said)


def _ids_missing(tally: Tally) -> Iterator[Finding]:
    students = tally.snapshot.figures.active
    with_id = tally.snapshot.figures.active_with_id
    lacking = tally.kept_blank("student_id") + sum(e.id_key is None for e in tally.entries)
    limit = tally.limits.ids_missing_share
    uses_ids = bool(students) and with_id > limit * students
    if uses_ids and lacking > limit * tally.rows:
        column = "" if "student_id" in tally.fields else " (the sheet has no such column)"
        said = (
            f"{share(lacking, tally.rows)} rows have no Student ID{column}, but "
            f"{share(with_id, students)} students of the district do. Without it a changed "
            "username makes a second account. Add the column from an export."
        )
        yield sums.IDS_MISSING.finding(said)


def _mass_blank(both: _Sums) -> Iterator[Finding]:
    for name, heading in (("first_name", "First Name"), ("last_name", "Last Name")):
        said = both.figures(partial(_many_blank, name)) if name in both.whole.fields else None
        if said:
            yield sums.MASS_BLANK.finding(
                f"{heading} is blank in {said.removesuffix(',')}. The usual cause is a formula or "
                "a paste that lost the column.",
                column=heading,
            )


def _many_blank(name: str, part: Tally) -> str | None:
    blank = part.kept_blank(name) + sum(name not in e.lead.values for e in part.entries)
    many = blank > part.limits.blank_names_share * part.rows
    return f"{share(blank, part.rows)} rows" if many else None


def _mass_update(both: _Sums) -> Iterator[Finding]:
    whole = _many_changed(both.whole)
    said = f"{whole} on the sheet" if whole else both.figures(_many_changed)
    if not said:
        return
    said += " change"
    changed = both.whole.with_outcome(*_CHANGES)
    if renamed := sum(_is_renamed(e, both.whole) for e in changed):
        said += f"; {renamed:,} usernames on the sheet are new"
    if both.whole.new_year:
        created = len(both.whole.with_outcome(Outcome.CREATE))
        said += (
            f". This looks like a new school year: most students move up one grade, and "
            f"{created:,} are new"
        )
    yield sums.MASS_UPDATE.finding(said + ". Confirm that this is what you want.")


_CHANGES = (Outcome.UPDATE, Outcome.RENAME)


def _many_changed(part: Tally) -> str | None:
    changed, matched = len(part.with_outcome(*_CHANGES)), part.matched
    over = changed > part.limits.changed_share * max(matched, 1)
    return f"{share(changed, matched)} accounts" if over else None


def _is_renamed(entry: Entry, tally: Tally) -> bool:
    before, after = entry.account, tally.accounts[entry.number]
    return before is not None and before.username != after.username


def _mass_different_person(both: _Sums) -> Iterator[Finding]:
    if said := both.figures(_many_others):
        yield sums.MASS_DIFFERENT_PERSON.finding(
            f"In {said} the account belongs to somebody with another first and last name. The "
            "usual cause is a column of IDs, usernames or names that slipped against the others."
        )


def _many_others(part: Tally) -> str | None:
    limits, n = part.limits, part.rows
    other = len(part.with_finding(people.DIFFERENT_PERSON.code))
    many = other > limits.different_persons
    many = many or (other > 1 and other > limits.different_persons_share * n)
    return f"{share(other, n)} rows" if many else None


def _unusual_size(tally: Tally) -> Iterator[Finding]:
    known, n = tally.snapshot.figures.active, tally.rows
    if known >= tally.limits.rows and n > tally.limits.size_factor * known:
        said = (
            f"The sheet has {n:,} rows, and the district has {known:,} students. Is it the right "
            "file and the right district?"
        )
        yield sums.UNUSUAL_SIZE.finding(said)
