"""Archiving, restoring and deleting accounts, apart from any sheet's rows."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.rule import Example, Rule

_SOURCE = "semantics: Archive and delete"

NO_SUCH_ACCOUNT = Rule(
    code="no-such-account",
    severity=Severity.ERROR,
    title="Nobody has this username, Student ID or account id",
    why="What is done to an account is done to the one that you named, and to no similar one. "
    "Nothing was written, also not for the others that you named.",
    mend="Look the student up in an export, or in the history if the account was deleted.",
    source=_SOURCE,
    bad=Example(words="rosterkey archive ana.smth, and the district has an ana.smith."),
    good=Example(words="rosterkey archive ana.smith."),
)

SEVERAL_ACCOUNTS = Rule(
    code="several-accounts",
    severity=Severity.ERROR,
    title="More than one account is meant by this",
    why="A text can be the Student ID of one student and the username of another, and old damage "
    "gives one Student ID to two accounts. The wrong child would lose the sign-in.",
    mend="Name the account by its username, or by the account id that the message gives.",
    source=_SOURCE,
    bad=Example(
        words="rosterkey archive 123, the Student ID of Ana Smith and Bo Jones's username."
    ),
    good=Example(words="rosterkey archive asmith, which is Ana Smith's username."),
)

ALREADY_DONE = Rule(
    code="already-done",
    severity=Severity.NOTICE,
    title="The account is so already",
    why="An archived account is not archived again, and one in use is not restored. "
    "It stays as it is.",
    mend="Nothing has to be done.",
    source=_SOURCE,
    bad=Example(words="Ana Smith is archived already, and is named to be archived."),
    good=Example(words="Ana Smith is in use, and is named to be archived."),
)

ARCHIVES_ACCOUNTS = Rule(
    code="archives-accounts",
    severity=Severity.WARNING,
    confirms=True,
    title="Accounts would be archived",
    why="An archived student cannot sign in. The account, its history, its username and its "
    "Student ID stay, and nobody else gets them.",
    mend="Look at the students that the message names. Confirm if they have left.",
    source=_SOURCE,
    bad=Example(words="Ana Smith moved to another district, and her account is archived."),
    good=Example(words="Ana Smith moved to another school of the district, and is imported there."),
)

MASS_ARCHIVE = Rule(
    code="mass-archive",
    severity=Severity.WARNING,
    confirms=True,
    title="Many accounts of a school would be archived",
    why="More than 20 students and 5 % of a school would lose their sign-in. A sheet that was "
    "filtered, or cut off at the end, looks just like students who left.",
    mend="Compare the figures with what the school expects, such as its last grade that left. "
    "Confirm if they are right.",
    source=_SOURCE,
    bad=Example(words="A roster without grade 5 is taken for a full one: 90 of 540 are missing."),
    good=Example(words="Grade 5 left for another school: 90 of 540 are missing, as expected."),
)

NOT_A_FULL_ROSTER = Rule(
    code="not-a-full-roster",
    severity=Severity.ERROR,
    title="More than half of a school is not on the sheet",
    why="The sheet is a class or a grade and not the roster of the whole school. Everybody else "
    "would lose the sign-in.",
    mend="Use the full roster. If the school was closed or divided, archive its students by name.",
    source=_SOURCE,
    bad=Example(words="A sheet of one class has 25 of the 540 students of Lincoln Elementary."),
    good=Example(words="A sheet has 531 of the 540 students of Lincoln Elementary."),
)

SHEET_NOT_IMPORTED = Rule(
    code="sheet-not-imported",
    severity=Severity.ERROR,
    title="The sheet has errors, or changes that are not imported yet",
    why="A student whose row has an error or a new username looks missing and is not. "
    "Who is missing is known only once every row is an account.",
    mend="Mend the errors, import the sheet, and then archive those who are missing from it.",
    source=_SOURCE,
    bad=Example(words="A row would create ana.smith, and the account asmith is missing."),
    good=Example(words="Every row of the sheet is unchanged when it is validated."),
)

RESTORES_ACCOUNTS = Rule(
    code="restores-accounts",
    severity=Severity.WARNING,
    confirms=True,
    title="Archived accounts would come back into use",
    why="Whoever knows the password can sign in again, with all that the student did before.",
    mend="Look at the students that the message names. Confirm if they are back.",
    source=_SOURCE,
    bad=Example(words="Ana Smith is back in the district, and her account is restored."),
    good=Example(words="Ana Smith is in use, so there is nothing to restore."),
)

DELETES_ACCOUNTS = Rule(
    code="deletes-accounts",
    severity=Severity.WARNING,
    confirms=True,
    title="Accounts would be deleted",
    why="The account is gone from exports and imports, and work that hangs on it has no student. "
    "The history keeps what it was, and its usernames are not handed out again unasked.",
    mend="Archive instead if the student may come back. Confirm if the account has to go.",
    source=_SOURCE,
    bad=Example(words="Farah Khan left years ago, and her archived account is deleted."),
    good=Example(words="Farah Khan left this summer, and her account is archived."),
)

DELETES_ACTIVE_ACCOUNT = Rule(
    code="deletes-active-account",
    severity=Severity.WARNING,
    confirms=True,
    title="Accounts in use would be deleted",
    why="The student may be signed in right now. Deleting is meant for accounts that were "
    "archived first and that nobody missed.",
    mend="Archive the account first. Confirm only if each person that the message names is meant.",
    source=_SOURCE,
    bad=Example(words="Ana Smith's account is in use, and is deleted."),
    good=Example(words="Ana Smith's account was archived last year, and is deleted."),
)

PURGES_HISTORY = Rule(
    code="purges-history",
    severity=Severity.WARNING,
    confirms=True,
    title="Old imports would lose what they changed",
    why="What is purged is gone for good: those imports cannot be taken back, and a student's "
    "trail starts after them. The line of each import stays, and so do the accounts.",
    mend="Export the trails that somebody may still ask for, make a back-up, and confirm.",
    source=_SOURCE,
    bad=Example(words="The district keeps five years, and purges what is older."),
    good=Example(words="No import is older than the day that was given."),
)
