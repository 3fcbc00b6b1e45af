"""What each group of logins may do with each table.

A login is in one group; which district's rows it reaches, the policies decide. The names of the
groups hold for the whole server, the rights for each database on it.
"""

from __future__ import annotations

from enum import StrEnum

OWNER = "rosterkey_owner"
"""Owns the tables and cannot sign in. Who runs the database is a member of it."""


class Level(StrEnum):
    """What a person, or a server that works for many persons, may do."""

    DISTRICT = "district"
    SCHOOL = "school"
    READ = "read"
    POOL = "pool"

    @property
    def group(self) -> str:
        """The role whose members have this level."""
        return f"rosterkey_{self}"


PERSONS = (Level.DISTRICT, Level.SCHOOL, Level.READ)
"""The levels of a login that is one person's. A pool says in each transaction for whom it works."""
WRITERS = (Level.DISTRICT, Level.SCHOOL, Level.POOL)

_READ_ALL = ("district", "school", "grade", "account", "username_claim", "enrollment",
             "past_username", "merged_account", "retired_username", "import", "change",
             "decision", "name_word", "figure")  # fmt: skip
_FIELDS = ("status", "username", "username_key", "first_name", "last_name", "school", "grade",
           "password_hash", "version", "name_key", "name_and_school_key",
           "stem_key")  # fmt: skip
_IDS = ("student_id", "student_id_key")
_HIDDEN = "password_hash"


def rights_of(level: Level, columns: tuple[str, ...]) -> dict[str, str]:
    """The privileges of a level by table; `columns` are those of the table `account`.

    The history may be added to and read, never changed. The row of the district may be locked,
    which takes the right to change one column: its code, which policies and keys hold as it is.
    """
    if level is Level.READ:
        shown = ", ".join(name for name in columns if name != _HIDDEN)
        return dict.fromkeys((*_READ_ALL, "access"), "SELECT") | {"account": f"SELECT ({shown})"}
    fields = _FIELDS if level is Level.SCHOOL else (*_FIELDS, *_IDS)
    rights = dict.fromkeys((*_READ_ALL, "access"), "SELECT")
    rights |= dict.fromkeys(("import", "change", "account_image", "decision", "retired_username",
                             "name_word"), "SELECT, INSERT")  # fmt: skip
    rights |= dict.fromkeys(("username_claim", "enrollment", "past_username", "merged_account",
                             "remembered_plan", "staging"), "SELECT, INSERT, DELETE")  # fmt: skip
    rights["account"] = f"SELECT, INSERT, DELETE, UPDATE ({', '.join(fields)})"
    rights["figure"] = "SELECT, INSERT, UPDATE (number)"
    rights["district"] = "SELECT, UPDATE (district_id)"
    return rights
