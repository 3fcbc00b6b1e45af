"""How rows and accounts find each other, and who may hold which name."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.roster import (
    ANA,
    ANA_BO,
    ANA_BO_CHI,
    ANA_DANIELA,
    ANA_ZANE,
    DANIELA,
)
from rosterkey.core.rules.rule import Example, Rule

NO_KEY = Rule(
    code="no-key",
    severity=Severity.ERROR,
    title="The row has neither Student ID nor username",
    why="Without one of the two nobody can tell whose account the row means. "
    "A guess by name could change another child's account.",
    mend="Type the Student ID and the username into the row, or delete the row.",
    source="semantics: Outcomes",
    bad=Example("Student ID | Username | First Name | Last Name\n | | Ana | Smith", ANA),
    good=Example(
        "Student ID | Username | First Name | Last Name\n00123 | asmith | Ana | Smith", ANA
    ),
)

USERNAME_BLANK = Rule(
    code="username-blank",
    severity=Severity.ERROR,
    title="The username is blank",
    why="The Student ID finds the account, but no account can be without a username. "
    "A blank here is often a formula that was not calculated, and the rename is lost.",
    mend="Type the username that the student has or is to get. To change nothing about it, type "
    "the one that the message names.",
    source="semantics: Outcomes",
    bad=Example("Student ID | Username | Grade\n00123 | | 4", ANA),
    good=Example("Student ID | Username | Grade\n00123 | asmith | 4", ANA),
)

USERNAME_TAKEN = Rule(
    code="username-taken",
    severity=Severity.ERROR,
    title="The username belongs to another account",
    why="Two students cannot share a username: one of them would log in to the other's work. "
    "The holder is not on the sheet, so the name does not become free.",
    mend="Choose another username for this row. If the holder is to get a new one too, add that "
    "student's row to the sheet.",
    source="semantics: Outcomes",
    bad=Example("Student ID | Username\n00123 | bjones", ANA_BO),
    good=Example("Student ID | Username\n00123 | ana.smith", ANA_BO),
)

USERNAME_HELD_BY_ARCHIVED = Rule(
    code="username-held-by-archived",
    severity=Severity.ERROR,
    title="The username belongs to an archived account",
    why="An archived account keeps its username, because its history hangs on it. "
    "By username alone nobody can tell a student who comes back from a new one.",
    mend="If the student came back, put the Student ID of the archived account into the row. "
    "If it is somebody else, choose another username.",
    source="semantics: Outcomes",
    bad=Example("Student ID | Username | First Name | Last Name\n | zfox | Zane | Fox", ANA_ZANE),
    good=Example(
        "Student ID | Username | First Name | Last Name\n00900 | zfox | Zane | Fox", ANA_ZANE
    ),
)

BLOCKED_BY_ROW = Rule(
    code="blocked-by-row",
    severity=Severity.ERROR,
    title="The row depends on another row that has an error",
    why="The row takes a username that another row would give up. "
    "That row has an error, so the name does not become free, and two students would share it.",
    mend="Mend the row that the message names; this one then mends itself.",
    source="semantics: Outcomes",
    bad=Example("Student ID | Username\n00123 | bjones\n00124 | clee", ANA_BO_CHI),
    good=Example("Student ID | Username\n00123 | bjones\n00124 | bo.jones", ANA_BO_CHI),
)

ID_CONFLICT = Rule(
    code="id-conflict",
    severity=Severity.ERROR,
    title="The account has another Student ID",
    why="The username finds an account that has a different Student ID. Writing the new ID over it "
    "would hand one child's account, with all its work, to another child.",
    mend="Correct the Student ID or the username in the row. If the district gave out new IDs, add "
    "the column Old Student ID with the ID that the account has now.",
    source="semantics: Outcomes",
    bad=Example("Student ID | Username\n00999 | asmith", ANA),
    good=Example("Student ID | Old Student ID | Username\n00999 | 00123 | asmith", ANA),
)

ID_BELONGS_TO_OTHER_ACCOUNT = Rule(
    code="id-belongs-to-other-account",
    severity=Severity.ERROR,
    title="The Student ID and the username belong to two accounts",
    why="The row points at two children at once. "
    "Whichever is taken, one child's name or username would go over the other's account.",
    mend="Look up the student that the row means, and correct the Student ID or the username.",
    source="semantics: Outcomes",
    bad=Example(
        "Student ID | Username | First Name | Last Name\n00123 | dgarcia | Daniela | Garcia",
        ANA_DANIELA,
    ),
    good=Example(
        "Student ID | Username | First Name | Last Name\n00200 | dgarcia | Daniela | Garcia",
        ANA_DANIELA,
    ),
)

ID_NOT_UNIQUE_IN_DATABASE = Rule(
    code="id-not-unique-in-database",
    severity=Severity.ERROR,
    title="Two accounts have this Student ID",
    why="The Student ID no longer tells which account is meant. "
    "The row could rename the wrong one of two children.",
    mend="Find out which account is the student's, and correct the Student ID of the other one or "
    "merge the two. Then validate again.",
    source="semantics: Matching",
    bad=Example(
        "Student ID | Username\n00123 | ana.smith",
        "Student ID | Username | First Name | Last Name\n"
        "00123 | asmith | Ana | Smith\n"
        "00123 | bjones | Bo | Jones",
    ),
    good=Example("Student ID | Username\n00123 | ana.smith", ANA_BO),
)

OLD_ID_NOT_FOUND = Rule(
    code="old-id-not-found",
    severity=Severity.ERROR,
    title="No account has the Old Student ID",
    why="The row says that an ID changes, but no account has the ID that it is to replace. "
    "The student would get a second account beside the first.",
    mend="Correct the Old Student ID. If the student is new, leave that cell blank.",
    source="semantics: Outcomes",
    bad=Example("Student ID | Old Student ID | Username\n00999 | 00555 | asmith", ANA),
    good=Example("Student ID | Old Student ID | Username\n00999 | 00123 | asmith", ANA),
)

ID_CASE_DIFFERS = Rule(
    code="id-case-differs",
    severity=Severity.NOTICE,
    title="The Student ID differs in letter case",
    why="Letter case does not count in a Student ID, so the row finds its account. "
    "It is said because a copy by hand may have changed more than the case.",
    mend="Nothing has to be done. To have no notice, write the ID as the message shows it.",
    source="semantics: Matching",
    bad=Example(
        "Student ID | Username\na123 | asmith",
        "Student ID | Username | First Name | Last Name\nA123 | asmith | Ana | Smith",
    ),
    good=Example(
        "Student ID | Username\nA123 | asmith",
        "Student ID | Username | First Name | Last Name\nA123 | asmith | Ana | Smith",
    ),
)

CASE_DIFFERS = Rule(
    code="case-differs",
    severity=Severity.NOTICE,
    title="The username differs in letter case",
    why="Letter case does not count in a username, so the row finds its account. "
    "Without a Student ID the stored spelling stays.",
    mend="Nothing has to be done. To change the spelling, give the row its Student ID.",
    source="semantics: Matching",
    bad=Example("Username | Grade\nDGarcia | 4", DANIELA),
    good=Example("Username | Grade\ndgarcia | 4", DANIELA),
)

STORED_ID_KEPT = Rule(
    code="stored-id-kept",
    severity=Severity.NOTICE,
    title="The stored Student ID stays",
    why="A blank cell is not a value, so the account keeps its Student ID. "
    "Without the ID on the sheet the row is found by username only, and cannot rename.",
    mend="Nothing has to be done. To rename the student, put the ID into the row.",
    source="semantics: Outcomes",
    bad=Example("Student ID | Username | Grade\n | asmith | 4", ANA),
    good=Example("Student ID | Username | Grade\n00123 | asmith | 4", ANA),
)

NO_ID = Rule(
    code="no-id",
    severity=Severity.WARNING,
    title="A new student has no Student ID",
    why="Without a Student ID the account can be found by its username only. "
    "The next time that the username changes, the student would get a second account.",
    mend="Put the district's Student ID into the row. "
    "If there is none yet, go on and add it later.",
    source="semantics: Outcomes",
    bad=Example("Student ID | Username | First Name | Last Name\n | fkhan | Farah | Khan", ANA),
    good=Example(
        "Student ID | Username | First Name | Last Name\n00300 | fkhan | Farah | Khan", ANA
    ),
)

NEW_USERNAME_WITHOUT_ID = Rule(
    code="new-username-without-id",
    severity=Severity.ERROR,
    title="A new username, and no Student ID to rename by",
    why="The second step of the import knows a student by the Student ID alone. "
    "Without one the new username would be a new account beside the old one.",
    mend="Put the Student ID into the row, or leave New Username blank.",
    source="semantics: Matching",
    bad=Example(
        "Student ID | Username | New Username\n | bjones | bo.jones",
        "Student ID | Username | First Name | Last Name\n | bjones | Bo | Jones",
    ),
    good=Example(
        "Student ID | Username | New Username\n00124 | bjones | bo.jones",
        "Student ID | Username | First Name | Last Name\n | bjones | Bo | Jones",
    ),
)

DUPLICATE_ID_IN_SHEET = Rule(
    code="duplicate-id-in-sheet",
    severity=Severity.ERROR,
    title="One Student ID stands in rows that differ",
    why="One account cannot become two things at once. "
    "If the last row won, a child could get another child's username.",
    mend="Keep the row that is right and delete the other, or correct the Student ID of one. All "
    "rows with this ID are named.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username\n00123 | asmith\n00123 | ana.s", ANA),
    good=Example("Student ID | Username\n00123 | ana.s", ANA),
)

DUPLICATE_USERNAME_IN_SHEET = Rule(
    code="duplicate-username-in-sheet",
    severity=Severity.ERROR,
    title="One username stands in rows that differ",
    why="Two students would get the same username, and one would log in to the other's work. "
    "Letter case and outer spaces do not make a difference.",
    mend="Give one of the students another username, for example with a number or a middle "
    "initial. All rows with this username are named.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username\n00123 | student1\n00124 | student1", ANA_BO),
    good=Example("Student ID | Username\n00123 | student1\n00124 | student2", ANA_BO),
)

TWO_ROWS_ONE_ACCOUNT = Rule(
    code="two-rows-one-account",
    severity=Severity.ERROR,
    title="Two rows mean the same account",
    why="One row finds the account in one way, another row in another way. "
    "If both were written, what one says of the student would go under.",
    mend="Keep the row that is right and delete the other, or correct the one that means somebody "
    "else.",
    source="semantics: Matching",
    bad=Example(
        "Student ID | Old Student ID | Username\n00123 | | asmith\n00999 | 00123 | ana.smith", ANA
    ),
    good=Example("Student ID | Old Student ID | Username\n00999 | 00123 | ana.smith", ANA),
)

ROWS_DISAGREE = Rule(
    code="rows-disagree",
    severity=Severity.ERROR,
    title="The rows of one student disagree",
    why="A student may stand in several rows, one for each class, if all else is the same. "
    "Here the rows say different things, and only one can be true.",
    mend="Make the rows equal in everything but Class.",
    source="semantics: Blanks and columns",
    bad=Example(
        "Student ID | Username | Grade | Class\n00123 | asmith | 3 | 3A\n00123 | asmith | 4 | Band",
        ANA,
    ),
    good=Example(
        "Student ID | Username | Grade | Class\n00123 | asmith | 3 | 3A\n00123 | asmith | 3 | Band",
        ANA,
    ),
)

IDENTICAL_ROW_REPEATED = Rule(
    code="identical-row-repeated",
    severity=Severity.NOTICE,
    title="A row is repeated",
    why="The row stands on the sheet more than once and is done once. "
    "It is said because a block may have been pasted twice over students who are now missing.",
    mend="Nothing has to be done. Look whether the number of rows is what you expect.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | Grade\n00123 | asmith | 4\n00123 | asmith | 4", ANA),
    good=Example("Student ID | Username | Grade\n00123 | asmith | 4", ANA),
)

TAKES_NAME_OF_OTHER_STUDENT = Rule(
    code="takes-name-of-other-student",
    severity=Severity.WARNING,
    confirms=True,
    title="A student gets the username of another student",
    why="Students of this sheet swap usernames, or pass them round. That is rarely meant: more "
    "often one column was sorted alone, and each child would open another child's work.",
    mend="Compare the usernames with the students. Confirm only if the swap is meant; otherwise "
    "undo the sorting and validate again.",
    source="semantics: People",
    bad=Example("Student ID | Username\n00123 | bjones\n00124 | asmith", ANA_BO),
    good=Example("Student ID | Username\n00123 | ana.smith\n00124 | bo.jones", ANA_BO),
)

TAKES_FREED_NAME = Rule(
    code="takes-freed-name",
    severity=Severity.NOTICE,
    title="A student gets a username that this import frees",
    why="Another student of the sheet has this username now and gets a new one. "
    "Old bookmarks and slips of paper still carry the name, and the wrong child may try it.",
    mend="Nothing has to be done. Tell the teachers of both students about the new usernames.",
    source="semantics: People",
    bad=Example("Student ID | Username\n00123 | bjones\n00124 | bo.jones", ANA_BO),
    good=Example("Student ID | Username\n00123 | ana.smith\n00124 | bo.jones", ANA_BO),
)

REUSES_FREED_USERNAME = Rule(
    code="reuses-freed-username",
    severity=Severity.WARNING,
    confirms=True,
    title="A username is used again for another child",
    why="Somebody else has or had this username. "
    "Mail, saved passwords and links of the first child could reach the second.",
    mend="Choose a username that nobody ever had. Confirm only if you know that nothing hangs on "
    "the old one.",
    source="semantics: People",
    bad=Example(
        "Student ID | Username | First Name | Last Name\n"
        "00123 | ana.smith | Ana | Smith\n"
        "00300 | asmith | Adam | Smith",
        ANA,
    ),
    good=Example(
        "Student ID | Username | First Name | Last Name\n"
        "00123 | ana.smith | Ana | Smith\n"
        "00300 | adam.smith | Adam | Smith",
        ANA,
    ),
)

BAD_ID = Rule(
    code="bad-id",
    severity=Severity.ERROR,
    title="The Student ID cannot be one",
    why="A negative number, a fraction, a space inside or a sign that no ID has is a slip of the "
    "hand or of a formula. Stored, it would never again match the student.",
    mend="Type the Student ID as it stands in the student information system.",
    source="semantics: Cleaning",
    bad=Example("Student ID | Username\n{number -123} | asmith", ANA),
    good=Example("Student ID | Username\n00123 | asmith", ANA),
)

BAD_USERNAME = Rule(
    code="bad-username",
    severity=Severity.ERROR,
    title="The username has characters that are not allowed",
    why="A username has 1 to 64 characters: letters and digits of one script, and . _ - @ '. "
    "With anything else the student cannot type it at the login.",
    mend="Take out the space or the sign that the message names.",
    source="semantics: Usernames and names",
    bad=Example("Student ID | Username\n00123 | ana smith", ANA),
    good=Example("Student ID | Username\n00123 | ana.smith", ANA),
)

RESERVED_USERNAME = Rule(
    code="reserved-username",
    severity=Severity.ERROR,
    title="The username is reserved",
    why="Names such as admin, root or teacher belong to the system. "
    "A student with such a name could be taken for somebody with more rights.",
    mend="Choose another username. The list of reserved names can be changed in the settings.",
    source="semantics: Usernames and names",
    bad=Example("Student ID | Username\n00123 | admin", ANA),
    good=Example("Student ID | Username\n00123 | ana.smith", ANA),
)

LOOK_ALIKE_USERNAME = Rule(
    code="look-alike-username",
    severity=Severity.ERROR,
    title="The username looks like another one",
    why="A letter of another script looks the same on the screen and is another letter. "
    "Nobody could tell the two students' usernames apart, and one child could not log in.",
    mend="Type the username anew on your keyboard instead of copying it.",
    source="semantics: Cleaning",
    bad=Example(
        "Student ID | Username | First Name | Last Name\n00300 | {U+0430}smith | Adam | Stone", ANA
    ),
    good=Example(
        "Student ID | Username | First Name | Last Name\n00300 | astone | Adam | Stone", ANA
    ),
)
