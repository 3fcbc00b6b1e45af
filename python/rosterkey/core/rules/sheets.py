"""What is wrong, or worth saying, about the sheet as a whole."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.roster import ANA, ANA_BO
from rosterkey.core.rules.rule import Example, Rule

WHICH_SHEET = Rule(
    code="which-sheet",
    severity=Severity.ERROR,
    title="Two sheets look like a roster",
    why="If the wrong one is taken, last year's names and grades go over this year's accounts.",
    mend="Name the right sheet Import, or hide or delete the other one, and validate again.",
    source="semantics: The gate",
    bad=Example(words="The sheets Roster and Roster 2025 both have the header of a roster."),
    good=Example(words="The sheet of this year is named Import, the other one was deleted."),
)

HIDDEN_SHEET = Rule(
    code="hidden-sheet",
    severity=Severity.WARNING,
    title="A hidden sheet was left out",
    why="Students on a hidden sheet are not imported. "
    "If they were meant to be, their accounts stay as they are and nobody notices.",
    mend="Right-click a sheet's tab, choose Unhide, and look. Copy rows that belong to the roster "
    "into the sheet that is imported; otherwise go on.",
    source="semantics: The gate",
    bad=Example(words="Beside the visible sheet Roster there is a hidden sheet with one student."),
    good=Example(words="The workbook has the sheet Roster only."),
)

EMPTY_SHEET = Rule(
    code="empty-sheet",
    severity=Severity.ERROR,
    title="The sheet is empty",
    why="An import of nothing that reports success would leave you thinking that the students "
    "were changed.",
    mend="Choose the sheet or the file that has the roster on it. If it should be this one, look "
    "whether the right version was saved.",
    source="semantics: Blanks and columns",
    bad=Example(words="There is nothing on the sheet, not even a header."),
    good=Example(words="The sheet has its header and a row for each student."),
)

NO_ROWS = Rule(
    code="no-rows",
    severity=Severity.ERROR,
    title="The sheet has a header and no rows",
    why="No student stands on the sheet. An import that reports success here would hide that the "
    "rows got lost on the way.",
    mend="Paste the students' rows below the header and validate again.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | First Name | Last Name", ANA),
    good=Example(
        "Student ID | Username | First Name | Last Name\n00123 | asmith | Ana | Smith", ANA
    ),
)

HEADER_NOT_FOUND = Rule(
    code="header-not-found",
    severity=Severity.ERROR,
    title="No header row was found",
    why="Without headers nobody can tell the Student ID from the username. "
    "A guess by position would write one into the other.",
    mend="Put a line with the headers above the students: Student ID, Username, First Name, Last "
    "Name, School, Grade, Class.",
    source="semantics: Blanks and columns",
    bad=Example("00123 | asmith | Ana | Smith\n00124 | bjones | Bo | Jones", ANA_BO),
    good=Example(
        "Student ID | Username | First Name | Last Name\n"
        "00123 | asmith | Ana | Smith\n"
        "00124 | bjones | Bo | Jones",
        ANA_BO,
    ),
)

HEADER_ROW_FOUND = Rule(
    code="header-row-found",
    severity=Severity.NOTICE,
    title="The header row stands below other lines",
    why="The lines above the header are left out. "
    "If one of them is a student, that student's account stays as it is.",
    mend="Look at the row that the message names. If it is the header, nothing has to be done.",
    source="semantics: Blanks and columns",
    bad=Example(
        "Roster of Lincoln Elementary | |\nStudent ID | Username | Last Name\n"
        "00123 | asmith | Smith",
        ANA,
    ),
    good=Example("Student ID | Username | Last Name\n00123 | asmith | Smith", ANA),
)

HEADER_CLEANED = Rule(
    code="header-cleaned",
    severity=Severity.NOTICE,
    title="A header was read after cleaning",
    why="Spaces, invisible characters and letter case do not count in a header. It is said because "
    "a column that counts changes accounts.",
    mend="Look whether the column is the one that the message names. Nothing else has to be done.",
    source="semantics: Blanks and columns",
    bad=Example("Student{nbsp}ID | USER{zwsp}NAME\n00123 | asmith", ANA),
    good=Example("Student ID | Username\n00123 | asmith", ANA),
)

HEADER_GUESS = Rule(
    code="header-guess",
    severity=Severity.WARNING,
    confirms=True,
    title="A header was taken for another name",
    why="Login often means the username, but in some districts it is the mail address. "
    "Taken wrongly, the column would rename every student on the sheet.",
    mend="If the column is what the message takes it for, confirm it. If not, give the column a "
    "header of its own.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Login\n00123 | ana.smith", ANA),
    good=Example("Student ID | Username\n00123 | ana.smith", ANA),
)

HEADER_MAPPED = Rule(
    code="header-mapped",
    severity=Severity.NOTICE,
    title="A header is read as somebody said",
    why="Somebody said what this column holds, for every sheet with the same headings. It is said "
    "each time, because the same headings may come from another source one day.",
    mend="Nothing has to be done. If the column is something else, say so with --map, or write "
    "the right header over it.",
    source="semantics: Blanks and columns",
    bad=Example(words='The column "Kid" was said to be the username, and holds first names now.'),
    good=Example(words="The columns are called as in the template, so nothing had to be said."),
)

HEADER_PROPOSAL = Rule(
    code="header-proposal",
    severity=Severity.WARNING,
    title="A column seems to be one that is missing",
    why="Its heading is not known, but its values are those of the district. Read without your "
    "word, a list of mail names or of old IDs could take the place of what is stored.",
    mend="If the column is what the message takes it for, say so once, or write the right header "
    "over it. It is then remembered for every sheet with the same headings.",
    source="semantics: Blanks and columns",
    bad=Example(words='The column "Kid" holds usernames of the district; no header says Username.'),
    good=Example(words='The column is called Username, or --map "Kid=Username" was said once.'),
)

MISSING_HEADER = Rule(
    code="missing-header",
    severity=Severity.ERROR,
    title="A header is missing",
    why="A sheet without the column Username cannot say which username a student has or gets.",
    mend="Add the header that the message names, or correct its spelling.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | First Name | Last Name\n00123 | Ana | Smith", ANA),
    good=Example(
        "Student ID | Username | First Name | Last Name\n00123 | asmith | Ana | Smith", ANA
    ),
)

DUPLICATE_HEADER = Rule(
    code="duplicate-header",
    severity=Severity.ERROR,
    title="A header stands twice",
    why="Two columns with one header hold two values for each student. "
    "Whichever is taken, half of the sheet is ignored.",
    mend="Delete the column that is out of date, or give it another header.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | Username\n00123 | asmith | ana.smith", ANA),
    good=Example("Student ID | Username\n00123 | ana.smith", ANA),
)

MERGED_HEADER = Rule(
    code="merged-header",
    severity=Severity.ERROR,
    title="Header cells are merged",
    why="One header over two columns leaves the second column without a name. "
    "First and last names would be mixed up or left out.",
    mend="Select the header, choose Unmerge Cells, and write a header above each column.",
    source="semantics: Blanks and columns",
    bad=Example(words="The header Name is merged over the columns of first and last names."),
    good=Example(words="The two columns have the headers First Name and Last Name."),
)

UNKNOWN_COLUMN = Rule(
    code="unknown-column",
    severity=Severity.WARNING,
    title="A column is not used",
    why="What stands in this column is neither stored nor shown. "
    "If it was meant to change the accounts, its header is spelled in a way that is not known.",
    mend="Correct the header if the column counts. Delete the column if it does not: a roster "
    "should carry no more about the children than it needs.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | Locker\n00123 | asmith | 17", ANA),
    good=Example("Student ID | Username\n00123 | asmith", ANA),
)

HIDDEN_COLUMN = Rule(
    code="hidden-column",
    severity=Severity.WARNING,
    title="A column that counts is hidden",
    why="A hidden column is imported like any other. "
    "A hidden Student ID decides whose account a row changes, and nobody sees it.",
    mend="Select the columns on both sides, right-click, Unhide, and look through the values.",
    source="semantics: The gate",
    bad=Example(words="The column Student ID is hidden; the rows still match by it."),
    good=Example(words="The column Student ID is shown."),
)

HIDDEN_ROWS = Rule(
    code="hidden-rows",
    severity=Severity.WARNING,
    confirms=True,
    title="Rows are hidden",
    why="Hidden and filtered rows are part of the sheet and would be imported too. "
    "You would change the accounts of students that you do not see.",
    mend="Clear the filter or unhide the rows and look at them. To leave them out, delete them; "
    "to import them, confirm.",
    source="semantics: The gate",
    bad=Example(words="A filter on Grade shows row 2 and hides row 3, which has another student."),
    good=Example(words="The filter was cleared, and both rows are shown."),
)

MERGED_CELLS = Rule(
    code="merged-cells",
    severity=Severity.ERROR,
    title="Cells in a row are merged",
    why="Only the first cell of a merged block has a value. "
    "The students below it would be read as having none.",
    mend="Select the block, choose Unmerge Cells, and fill the value into every row.",
    source="semantics: Blanks and columns",
    bad=Example(words="The School cell of row 2 is merged with those of rows 3 and 4."),
    good=Example(words="Rows 2, 3 and 4 each have Lincoln Elementary in School."),
)

REPEATED_HEADER_ROW = Rule(
    code="repeated-header-row",
    severity=Severity.ERROR,
    title="The header stands again among the rows",
    why="Pages that were pasted under each other bring their header with them. "
    "Taken as a student, it would become an account named Username.",
    mend="Delete the row that the message names.",
    source="semantics: Cleaning",
    bad=Example(
        "Student ID | Username\n00123 | asmith\nStudent ID | Username\n00124 | bjones", ANA_BO
    ),
    good=Example("Student ID | Username\n00123 | asmith\n00124 | bjones", ANA_BO),
)

NOT_A_STUDENT_ROW = Rule(
    code="not-a-student-row",
    severity=Severity.ERROR,
    title="A line is not a student",
    why="A totals line or a remark would become an account that belongs to no child.",
    mend="Delete the line, or move it away from under the students.",
    source="semantics: Cleaning",
    bad=Example(
        "Student ID | Username | First Name | Last Name\n"
        "00123 | asmith | Ana | Smith\n"
        "00124 | bjones | Bo | Jones\n"
        "Total | 2 | |",
        ANA_BO,
    ),
    good=Example(
        "Student ID | Username | First Name | Last Name\n"
        "00123 | asmith | Ana | Smith\n"
        "00124 | bjones | Bo | Jones",
        ANA_BO,
    ),
)
