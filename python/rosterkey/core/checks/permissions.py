"""What a school's own administrator may change (semantics: Outcomes of a row)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rosterkey.core.matching.entries import Entry
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Account
from rosterkey.core.options import Options
from rosterkey.core.rules import fields


def check_permissions(
    entries: Iterable[Entry],
    after: Mapping[int, Account],
    options: Options,
    sheet_fields: frozenset[str],
) -> None:
    """Refuse what is beyond the one school that `options.only_school` names.

    Such an administrator has the username as key: the Student ID is for the district.
    """
    school = options.only_school
    if school is None:
        return
    for entry in entries:
        if "student_id" in entry.lead.values or "old_student_id" in entry.lead.values:
            said = (
                "only a district administrator may use the Student ID. Empty the column, or ask "
                "the district to import this sheet."
            )
            entry.say(fields.NOT_PERMITTED, said, column="Student ID")
        elif entry.account and entry.account.school != school:
            said = (
                f"{describe(entry.account)} is at {entry.account.school}, and you may only "
                f"change accounts of {school}."
            )
            entry.say(fields.NOT_PERMITTED, said, column="School", accounts=(entry.account,))
        elif after[entry.number].school != school:
            where = after[entry.number].school or "no school"
            said = f"{entry.lead.name} would be at {where}, and you may only import into {school}."
            entry.say(fields.NOT_PERMITTED, said, column="School")
