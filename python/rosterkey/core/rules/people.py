"""Whether the account is the child that the row means."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.roster import ANA, ANA_ZANE
from rosterkey.core.rules.rule import Example, Rule

PROBABLE_DUPLICATE = Rule(
    code="probable-duplicate",
    severity=Severity.WARNING,
    confirms=True,
    title="The new account looks like an existing one",
    why="The student probably has an account already, under another username. "
    "A second one would start empty, and the child's history would stay behind in the first.",
    mend="If it is the same student, put that account's Student ID or username into the row. If "
    "the student is really new, confirm. Or write into the Decision column of the row: take its "
    "ID, take its username, or really new.",
    source="semantics: People",
    bad=Example(
        "Student ID | Username | First Name | Last Name\n | maria.garcia | Maria | Garcia",
        "Username | First Name | Last Name\nmgarcia | Maria | Garcia",
    ),
    good=Example(
        "Student ID | Username | First Name | Last Name\n | mgarcia | Maria | Garcia",
        "Username | First Name | Last Name\nmgarcia | Maria | Garcia",
    ),
)

DIFFERENT_PERSON = Rule(
    code="different-person",
    severity=Severity.WARNING,
    confirms=True,
    title="The account belongs to somebody else",
    why="The Student ID or username fits, but neither the first nor the last name does. "
    "The import would give one child's account, with all its work, to another.",
    mend="Correct the Student ID or the username. Confirm only if it is the same child under a "
    "wholly new name, or write same person into the Decision column of the row.",
    source="semantics: People",
    bad=Example(
        "Student ID | Username | First Name | Last Name\n00123 | rzhou | Robert | Zhou", ANA
    ),
    good=Example(
        "Student ID | Username | First Name | Last Name\n00300 | rzhou | Robert | Zhou", ANA
    ),
)

SAME_PERSON_TWO_ACCOUNTS = Rule(
    code="same-person-two-accounts",
    severity=Severity.WARNING,
    title="One student seems to have two accounts",
    why="Two stored accounts have the same name, school and grade, and no Student IDs that tell "
    "them apart. The child's history is split, and each import changes one half only.",
    mend="Compare the two accounts. If they are one student, merge them first (rosterkey "
    "duplicates) and then validate again.",
    source="semantics: People",
    bad=Example(
        "Student ID | Username | First Name | Last Name\n00123 | ana.smith | Ana | Smith",
        "Student ID | Username | First Name | Last Name\n"
        "00123 | asmith | Ana | Smith\n"
        " | ana.smith | Ana | Smith",
    ),
    good=Example(
        "Student ID | Username | First Name | Last Name\n00123 | ana.smith | Ana | Smith", ANA
    ),
)

SAME_NAME_OTHER_ID = Rule(
    code="same-name-other-id",
    severity=Severity.NOTICE,
    title="Another student has the same name",
    why="A student of this name, school and grade has another Student ID. Two IDs mean two "
    "children, so the new account is created; it is said in case one ID has a slip.",
    mend="Nothing has to be done for namesakes. If it is the same child, correct the Student ID.",
    source="semantics: People",
    bad=Example(
        "Student ID | Username | First Name | Last Name | Grade | School\n"
        "00602 | jaden.reed | Jaden | Reed | 3 | Lincoln Elementary",
        "Student ID | Username | First Name | Last Name\n00601 | jaden.r | Jaden | Reed",
    ),
    good=Example(
        "Student ID | Username | First Name | Last Name | Grade | School\n"
        "00601 | jaden.reed | Jaden | Reed | 3 | Lincoln Elementary",
        "Student ID | Username | First Name | Last Name\n00601 | jaden.r | Jaden | Reed",
    ),
)

UNKNOWN_DECISION = Rule(
    code="unknown-decision",
    severity=Severity.WARNING,
    title="The decision on the row decides nothing",
    why="What stands under Decision is not one of the words that count for this row, or it cannot "
    "be done. Nothing is guessed from it, so the row is planned as if the cell were blank.",
    mend="Write one of the words that the message names: really new, take its ID, take its "
    "username, same person, confirmed. Keep notes of your own in another column.",
    source="semantics: The gate",
    bad=Example(
        "Student ID | Username | First Name | Last Name | Decision\n"
        " | maria.garcia | Maria | Garcia | ask her mother",
        "Username | First Name | Last Name\nmgarcia | Maria | Garcia",
    ),
    good=Example(
        "Student ID | Username | First Name | Last Name | Decision\n"
        " | maria.garcia | Maria | Garcia | really new",
        "Username | First Name | Last Name\nmgarcia | Maria | Garcia",
    ),
)

ARCHIVED_MATCH = Rule(
    code="archived-match",
    severity=Severity.WARNING,
    confirms=True,
    title="The student has an archived account",
    why="The Student ID belongs to an archived account, which would be opened again with its "
    "history. If the ID was given to a new child, that child would see the old one's work.",
    mend="Confirm if the student came back. If not, delete the row or correct the Student ID.",
    source="semantics: Outcomes",
    bad=Example(
        "Student ID | Username | First Name | Last Name\n"
        "00123 | asmith | Ana | Smith\n"
        "00900 | zfox | Zane | Fox",
        ANA_ZANE,
    ),
    good=Example(
        "Student ID | Username | First Name | Last Name\n00123 | asmith | Ana | Smith", ANA_ZANE
    ),
)
