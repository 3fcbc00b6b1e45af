"""What no single row shows: the sheet as a sum."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.roster import CLASS_OF_25, STUDENTS
from rosterkey.core.rules.rule import Example, Rule

NOTHING_MATCHED = Rule(
    code="nothing-matched",
    severity=Severity.WARNING,
    confirms=True,
    title="No row, or less than half, fits an account",
    why="Students who are known would all get second accounts. Often the usernames carry a mail "
    "domain, the Student IDs lost their zeros, or the sheet is another district's.",
    mend="Compare a few usernames and Student IDs with an export. Confirm only if these students "
    "really are new.",
    source="semantics: The gate",
    bad=Example(STUDENTS + "25x 9{i:04d} | new{i:03d} | {first} | {last}", CLASS_OF_25),
    good=Example(CLASS_OF_25, CLASS_OF_25),
)

MASS_CREATE = Rule(
    code="mass-create",
    severity=Severity.WARNING,
    confirms=True,
    title="Many accounts would be created",
    why="Most of the sheet fits, but more than 20 accounts and 5 % would be new, in the district "
    "or in one school; in a new school year more than 20 %, the lowest grades not counted. "
    "Where usernames changed without Student IDs, these are duplicates.",
    mend="Look whether the students are new. If they are known, add their Student IDs; if they are "
    "new, such as a kindergarten year, confirm.",
    source="semantics: The gate",
    bad=Example(
        CLASS_OF_25 + "\n26..47x {i:05d} | s{i:03d} | {first} | {last}",
        CLASS_OF_25,
    ),
    good=Example(
        CLASS_OF_25 + "\n26..30x {i:05d} | s{i:03d} | {first} | {last}",
        CLASS_OF_25,
    ),
)

MASS_RENAME = Rule(
    code="mass-rename",
    severity=Severity.WARNING,
    confirms=True,
    title="Many students would get another student's name",
    why="More than two students get a username that another student has now. "
    "Mostly the column was sorted alone, and each child would open another child's work.",
    mend="Compare usernames and students in a few rows. Take the sheet from its source again if "
    "they do not fit; confirm only if the exchange is meant.",
    source="semantics: The gate",
    bad=Example(
        STUDENTS + "3x {i:05d} | s{next:03d} | {first} | {last}\n"
        "4..25x {i:05d} | s{i:03d} | {first} | {last}",
        CLASS_OF_25,
    ),
    good=Example(CLASS_OF_25, CLASS_OF_25),
)

MASS_ASSIGN = Rule(
    code="mass-assign",
    severity=Severity.WARNING,
    confirms=True,
    title="Many accounts would get a Student ID",
    why="From now on the Student ID decides which account a row means. "
    "If the IDs stand beside the wrong students, every later import changes the wrong child's "
    "account.",
    mend="Compare some of the IDs in the message with the student information system, and confirm "
    "if they fit.",
    source="semantics: The gate",
    bad=Example(CLASS_OF_25, STUDENTS + "25x | s{i:03d} | {first} | {last}"),
    good=Example(CLASS_OF_25, CLASS_OF_25),
)

IDS_MISSING = Rule(
    code="ids-missing",
    severity=Severity.WARNING,
    confirms=True,
    title="Many rows lack the Student ID that the district uses",
    why="Without Student IDs every row is matched by username. "
    "A student whose username changed on the sheet would get a second account.",
    mend="Add the Student IDs from an export or from the student information system. Confirm only "
    "if no username on the sheet is new.",
    source="semantics: The gate",
    bad=Example(STUDENTS + "25x | s{i:03d} | {first} | {last}", CLASS_OF_25),
    good=Example(CLASS_OF_25, CLASS_OF_25),
)

MASS_BLANK = Rule(
    code="mass-blank",
    severity=Severity.WARNING,
    confirms=True,
    title="Names are blank in many rows",
    why="A lookup or a copy that failed leaves a whole column blank. "
    "The names of many children would be in question at once.",
    mend="Fill the column again from its source. To leave the names alone, delete the column.",
    source="semantics: The gate",
    bad=Example(STUDENTS + "25x {i:05d} | s{i:03d} | | {last}", CLASS_OF_25),
    good=Example(CLASS_OF_25, CLASS_OF_25),
)

MASS_UPDATE = Rule(
    code="mass-update",
    severity=Severity.WARNING,
    confirms=True,
    title="Most accounts would change",
    why="Nearly every student on the sheet changes. "
    "For a new school year that is right; in the middle of one a column has probably slipped.",
    mend="Look through some changes in the plan. Confirm if they are what you expect.",
    source="semantics: The gate",
    bad=Example("Student ID | Username | Grade\n25x {i:05d} | s{i:03d} | 4", CLASS_OF_25),
    good=Example("Student ID | Username | Grade\n25x {i:05d} | s{i:03d} | 3", CLASS_OF_25),
)

MASS_DIFFERENT_PERSON = Rule(
    code="mass-different-person",
    severity=Severity.WARNING,
    confirms=True,
    title="Many accounts belong to somebody else",
    why="In several rows the Student ID is right and the name is another child's. "
    "Either IDs were given out again, or a part of the sheet was sorted alone.",
    mend="Compare these rows with an export. Take the sheet from its source again if names and IDs "
    "do not fit.",
    source="semantics: The gate",
    bad=Example(
        STUDENTS + "5x {i:05d} | s{i:03d} | {next first} | {next last}\n"
        "6..25x {i:05d} | s{i:03d} | {first} | {last}",
        CLASS_OF_25,
    ),
    good=Example(CLASS_OF_25, CLASS_OF_25),
)

SHIFTED_COLUMN = Rule(
    code="shifted-column",
    severity=Severity.WARNING,
    confirms=True,
    title="A column seems to have slipped against the others",
    why="The values are all known, but they stand beside the wrong students: one column was sorted "
    "alone, or a lookup slipped by a row. Every row looks right, and the whole sheet is wrong.",
    mend="Take the sheet from its source again, and sort only with all columns selected.",
    source="semantics: The gate",
    bad=Example(
        STUDENTS + "25x {i:05d} | s{i:03d} | {next first} | {next last}",
        CLASS_OF_25,
    ),
    good=Example(CLASS_OF_25, CLASS_OF_25),
)

UNUSUAL_SIZE = Rule(
    code="unusual-size",
    severity=Severity.WARNING,
    confirms=True,
    title="The sheet is several times its usual size",
    why="A roster with many times the students of the district holds several years, several "
    "districts, or a block that was pasted again and again.",
    mend="Look at the last rows of the sheet. Confirm if the district really has grown so much.",
    source="semantics: The gate",
    bad=Example(STUDENTS + "80x {i:05d} | s{i:03d} | {first} | {last}", CLASS_OF_25),
    good=Example(CLASS_OF_25, CLASS_OF_25),
)
