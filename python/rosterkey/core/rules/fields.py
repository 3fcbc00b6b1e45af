"""The fields of an account and the district's own lists."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.roster import ANA
from rosterkey.core.rules.rule import Example, Rule

REQUIRED_BLANK = Rule(
    code="required-blank",
    severity=Severity.ERROR,
    title="A first or last name is blank",
    why="An account without a name belongs to nobody that a teacher could recognise. "
    "A blank here is mostly a lookup that failed, so it is never written over a name.",
    mend="Type the name. To leave the names alone, delete the whole column.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | First Name | Last Name\n00123 | asmith | | Smith", ANA),
    good=Example(
        "Student ID | Username | First Name | Last Name\n00123 | asmith | Ana | Smith", ANA
    ),
)

BLANK_KEPT = Rule(
    code="blank-kept",
    severity=Severity.NOTICE,
    title="A blank cell changes nothing",
    why="A blank is not a value, so the account keeps what it has. "
    "If the student was to leave the class, that did not happen.",
    mend="Nothing has to be done. To empty the field, write <clear> into the cell.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | Grade | Class\n00123 | asmith | 4 |", ANA),
    good=Example("Student ID | Username | Grade | Class\n00123 | asmith | 4 | 3A", ANA),
)

CREATE_LACKS_REQUIRED_FIELDS = Rule(
    code="create-lacks-required-fields",
    severity=Severity.ERROR,
    title="A new student lacks what an account needs",
    why="No account fits the row, and a new one needs first name, last name and username. "
    "Often the student is not new at all, and the Student ID or username has a slip.",
    mend="Correct the Student ID or the username. If the student is new, fill in the cells that "
    "the message names.",
    source="semantics: Outcomes",
    bad=Example("Student ID | Username\n00300 | fkhan", ANA),
    good=Example(
        "Student ID | Username | First Name | Last Name\n00300 | fkhan | Farah | Khan", ANA
    ),
)

UNKNOWN_SCHOOL = Rule(
    code="unknown-school",
    severity=Severity.ERROR,
    title="The school is not in the district's list",
    why="A misspelled school would be a school of its own. "
    "The student would be missing from the lists of the real one.",
    mend="Accept the nearest school that the message suggests, or correct the cell. A new school "
    "is first added to the district's list.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | School\n00123 | asmith | Lincoln Elementry", ANA),
    good=Example("Student ID | Username | School\n00123 | asmith | Lincoln Elementary", ANA),
)

UNKNOWN_GRADE = Rule(
    code="unknown-grade",
    severity=Severity.ERROR,
    title="The grade is not in the district's list",
    why="A grade that the district does not have would put the student into no list at all.",
    mend="Accept the nearest grade that the message suggests, or correct the cell. Common "
    "spellings such as 3rd, Grade 3 and KG are understood.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | Grade\n00123 | asmith | 33", ANA),
    good=Example("Student ID | Username | Grade\n00123 | asmith | 3", ANA),
)

UNKNOWN_CLASS = Rule(
    code="unknown-class",
    severity=Severity.ERROR,
    title="The class cannot be read",
    why="The cell holds signs that divide classes, and no class between them. "
    "Whether the student was to leave a class or to join one cannot be told.",
    mend="Type the class, or several divided by a semicolon. Leave the cell blank to change "
    "nothing.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | Class\n00123 | asmith | ;", ANA),
    good=Example("Student ID | Username | Class\n00123 | asmith | 3A; Band", ANA),
)

NEW_CLASS = Rule(
    code="new-class",
    severity=Severity.WARNING,
    title="The class is new",
    why="No student is in this class yet, so it would be created. "
    "A slip in its name puts the student into a class without a teacher.",
    mend="Compare the name with the class list and correct it. If the class is new, go on.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | Class\n00123 | asmith | 3AA", ANA),
    good=Example("Student ID | Username | Class\n00123 | asmith | 3A", ANA),
)

SCHOOL_CHANGES = Rule(
    code="school-changes",
    severity=Severity.NOTICE,
    title="The student changes school",
    why="The student is known at another school of the district and moves with account and "
    "history. The teachers of the old school no longer see the student.",
    mend="Nothing has to be done if the transfer is right. If not, correct the Student ID or the "
    "school.",
    source="semantics: Outcomes",
    bad=Example(
        "Student ID | Username | School\n00123 | asmith | Lincoln Elementary",
        "Student ID | Username | First Name | Last Name | School | Grade\n"
        "00123 | asmith | Ana | Smith | Roosevelt Middle | 6",
    ),
    good=Example(
        "Student ID | Username | School\n00123 | asmith | Roosevelt Middle",
        "Student ID | Username | First Name | Last Name | School | Grade\n"
        "00123 | asmith | Ana | Smith | Roosevelt Middle | 6",
    ),
)

CLEAR_NOT_ALLOWED = Rule(
    code="clear-not-allowed",
    severity=Severity.ERROR,
    title="A field that an account needs cannot be cleared",
    why="No account can be without its names, its username or the Student ID that it has. "
    "An emptied one could no longer be matched with the child.",
    mend="Type the value, or leave out <clear>. It works for optional fields such as Class.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | Last Name\n00123 | asmith | <clear>", ANA),
    good=Example("Student ID | Username | Last Name\n00123 | asmith | Smith", ANA),
)

WEAK_PASSWORD = Rule(
    code="weak-password",
    severity=Severity.WARNING,
    confirms=True,
    title="The password is easy to guess",
    why="A password that equals the Student ID, the username or the name is known to the whole "
    "class. Anybody could open the child's account.",
    mend="Choose another password, or leave the cell blank so that the stored one stays. Confirm "
    "only if you must.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | Password\n00123 | asmith | asmith", ANA),
    good=Example("Student ID | Username | Password\n00123 | asmith | maple-river-42", ANA),
)

PASSWORD_GENERATED = Rule(
    code="password-generated",
    severity=Severity.NOTICE,
    title="A password is made up",
    why="A new account needs a password, and the sheet gives none. "
    "It is listed once, in the hand-out file; nobody can look it up later.",
    mend="Keep the hand-out file, give the passwords to the students, and then delete it.",
    source="semantics: Blanks and columns",
    bad=Example(
        "Student ID | Username | First Name | Last Name\n00300 | fkhan | Farah | Khan", ANA
    ),
    good=Example(
        "Student ID | Username | First Name | Last Name | Password\n"
        "00300 | fkhan | Farah | Khan | otter-cloud-17",
        ANA,
    ),
)

PASSWORD_RESET = Rule(
    code="password-reset",
    severity=Severity.NOTICE,
    title="The password is set anew",
    why="The student has a password already, and the sheet replaces it. "
    "Who does not hear of it cannot log in tomorrow.",
    mend="Tell the student. To keep the stored password, leave the cell blank.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | Password\n00123 | asmith | maple-river-42", ANA),
    good=Example("Student ID | Username | Password\n00123 | asmith |", ANA),
)

NOT_PERMITTED = Rule(
    code="not-permitted",
    severity=Severity.ERROR,
    title="The row is beyond what you may change",
    why="You may manage one school, and the row concerns a student of another or a field that is "
    "not yours. The other school would lose a student without knowing.",
    mend="Ask the district administrator to import this row, or delete it.",
    source="semantics: Outcomes",
    bad=Example(
        words="An administrator of Lincoln Elementary imports a row with the Student ID of a "
        "student of Roosevelt Middle."
    ),
    good=Example(words="The district administrator imports the row."),
)

NOT_A_STUDENT_ACCOUNT = Rule(
    code="not-a-student-account",
    severity=Severity.ERROR,
    title="The account is not a student's",
    why="The username belongs to a teacher or an administrator. A roster never changes such an "
    "account: a Password column could otherwise take it over.",
    mend="Choose another username for the student.",
    source="semantics: Outcomes",
    bad=Example(
        "Student ID | Username | First Name | Last Name\n | jdoe | John | Doe",
        "Username | First Name | Last Name | Role\njdoe | Jane | Doe | staff",
    ),
    good=Example(
        "Student ID | Username | First Name | Last Name\n | john.doe | John | Doe",
        "Username | First Name | Last Name | Role\njdoe | Jane | Doe | staff",
    ),
)
