"""What a school's own administrator may change (semantics: Outcomes of a row)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rosterkey.core.keys import id_key, username_key
from rosterkey.core.matching.entries import Entry
from rosterkey.core.matching.match import describe
from rosterkey.core.model import Account
from rosterkey.core.options import Options
from rosterkey.core.rules import fields


def check_permissions(
    entries: Iterable[Entry],
    after: Mapping[int, Account],
    options: Options,
) -> None:
    """Refuse what is beyond the one school that `options.only_school` names.

    Such an administrator has the username as key: the Student ID is for the district.
    """
    school = options.only_school
    if school is None:
        return
    for entry in entries:
        if _uses_student_id(entry):
            said = (
                "only a district administrator may change a Student ID, or a username by it. "
                "Empty the cell, or ask the district to import this sheet."
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


def _uses_student_id(entry: Entry) -> bool:
    """Whether the Student ID says more than the username: what an export holds says nothing new."""
    if "old_student_id" in entry.lead.values:
        return True
    if "student_id" not in entry.lead.values:
        return False
    account = entry.account
    if account is None or account.student_id is None or entry.id_key is None:
        return True
    same_id = id_key(account.student_id) == entry.id_key
    return not same_id or username_key(account.username) != entry.username_key
