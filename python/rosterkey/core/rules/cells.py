"""What Excel, a keyboard or a copy did to a cell."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.roster import ANA
from rosterkey.core.rules.rule import Example, Rule

CLEANED = Rule(
    code="cleaned",
    severity=Severity.NOTICE,
    title="A cell was read after cleaning",
    why="Spaces, invisible characters, full-width letters or a number instead of text make a "
    "value look right and match nothing. They are repaired, so the student finds the account.",
    mend="Nothing has to be done. Look at the cleaned value in the message once.",
    source="semantics: Cleaning",
    bad=Example("Student ID | Username | Last Name\n{nbsp}00123 | as{zwsp}mith | Smith", ANA),
    good=Example("Student ID | Username | Last Name\n00123 | asmith | Smith", ANA),
)

NORMALISED = Rule(
    code="normalised",
    severity=Severity.NOTICE,
    title="A spelling was brought to the district's own",
    why="03, 3rd and Grade 3 are one grade. The district's own spelling is stored, so that lists "
    "by school and grade stay whole.",
    mend="Nothing has to be done. If the value is not what you meant, correct the cell.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | Grade\n00123 | asmith | 03", ANA),
    good=Example("Student ID | Username | Grade\n00123 | asmith | 3", ANA),
)

DOT_ZERO_REMOVED = Rule(
    code="dot-zero-removed",
    severity=Severity.NOTICE,
    title="A trailing .0 was removed",
    why="A program wrote the Student ID as a number with a decimal point. "
    "With .0 at its end it would match no account.",
    mend="Nothing has to be done. Look whether the ID in the message is complete: leading zeros "
    "may have gone the same way.",
    source="semantics: Cleaning",
    bad=Example(
        "Student ID | Username\n12345.0 | ana.smith",
        "Student ID | Username | First Name | Last Name\n12345 | asmith | Ana | Smith",
    ),
    good=Example(
        "Student ID | Username\n12345 | ana.smith",
        "Student ID | Username | First Name | Last Name\n12345 | asmith | Ana | Smith",
    ),
)

PADDED_BY_FORMAT = Rule(
    code="padded-by-format",
    severity=Severity.NOTICE,
    title="The number was taken as it is shown",
    why="The cell holds 123 and shows 00123. What you see is taken, because 123 would be another "
    "student.",
    mend="Nothing has to be done. To be safe in every program, format the column as Text.",
    source="semantics: Cleaning",
    bad=Example("Student ID | Username\n{number 123 as 00123} | ana.smith", ANA),
    good=Example("Student ID | Username\n00123 | ana.smith", ANA),
)

LEADING_ZERO_LOST = Rule(
    code="leading-zero-lost",
    severity=Severity.ERROR,
    title="A Student ID has lost its leading zeros",
    why="Excel turned 00123 into the number 123. Written like that, the ID would no longer match, "
    "and every later import would create a second account.",
    mend="Accept the padded ID that the message suggests, or format the column as Text and paste "
    "the IDs again from the student information system.",
    source="semantics: Cleaning",
    bad=Example("Student ID | Username\n{number 123} | asmith", ANA),
    good=Example("Student ID | Username\n00123 | asmith", ANA),
)

AMBIGUOUS_NUMERIC_ID = Rule(
    code="ambiguous-numeric-id",
    severity=Severity.WARNING,
    confirms=True,
    title="A number fits two Student IDs",
    why="One student has 123, another 00123, and the cell is a number that could be either. "
    "The wrong choice changes the other child's account.",
    mend="Format the cell as Text and type the ID with its zeros. If the account in the message is "
    "the right one, confirm.",
    source="semantics: Cleaning",
    bad=Example(
        "Student ID | Username | Grade\n{number 123} | bjones | 4",
        "Student ID | Username | First Name | Last Name\n"
        "00123 | asmith | Ana | Smith\n"
        "123 | bjones | Bo | Jones",
    ),
    good=Example(
        "Student ID | Username | Grade\n123 | bjones | 4",
        "Student ID | Username | First Name | Last Name\n"
        "00123 | asmith | Ana | Smith\n"
        "123 | bjones | Bo | Jones",
    ),
)

SCIENTIFIC_NOTATION = Rule(
    code="scientific-notation",
    severity=Severity.ERROR,
    title="A number was turned into powers of ten",
    why="Excel wrote a long Student ID as 1.23457E+11. The last digits are gone for good, and many "
    "students may now have the same ID.",
    mend="Take the ID from the student information system again, with the column formatted as "
    "Text before pasting.",
    source="semantics: Cleaning",
    bad=Example(
        "Student ID | Username\n1.23457E+11 | ana.smith",
        "Student ID | Username | First Name | Last Name\n123456789012 | asmith | Ana | Smith",
    ),
    good=Example(
        "Student ID | Username\n123456789012 | ana.smith",
        "Student ID | Username | First Name | Last Name\n123456789012 | asmith | Ana | Smith",
    ),
)

OVER_15_DIGITS = Rule(
    code="over-15-digits",
    severity=Severity.ERROR,
    title="A number has more digits than Excel keeps",
    why="Excel keeps 15 digits of a number and turns the rest into zeros. "
    "Two students whose IDs differ at the end are now one.",
    mend="Take the ID from the student information system again, with the column formatted as "
    "Text before pasting.",
    source="semantics: Cleaning",
    bad=Example(
        "Student ID | Username\n{number 1234567890123450000} | asmith",
        "Student ID | Username | First Name | Last Name\n"
        "1234567890123456789 | asmith | Ana | Smith",
    ),
    good=Example(
        "Student ID | Username\n1234567890123456789 | asmith",
        "Student ID | Username | First Name | Last Name\n"
        "1234567890123456789 | asmith | Ana | Smith",
    ),
)

DATE_INSTEAD_OF_TEXT = Rule(
    code="date-instead-of-text",
    severity=Severity.ERROR,
    title="A text was turned into a date",
    why="Excel takes 3-4 or MAR1 for a date. What was typed is gone: the student would get a class "
    "or a username that nobody gave.",
    mend="Format the cell as Text and type the value again.",
    source="semantics: Cleaning",
    bad=Example("Student ID | Username | Class\n00123 | asmith | {date 2026-03-04}", ANA),
    good=Example("Student ID | Username | Class\n00123 | asmith | 3-4", ANA),
)

NUMBER_INSTEAD_OF_TEXT = Rule(
    code="number-instead-of-text",
    severity=Severity.ERROR,
    title="A text was turned into a number",
    why="Excel reads 5% as 0.05 and 2E5 as 200000. What was typed is gone, and the account would "
    "get a value that nobody gave.",
    mend="Format the cell as Text and type the value again.",
    source="semantics: Cleaning",
    bad=Example("Student ID | Username | Class\n00123 | asmith | {number 0.05 as 5%}", ANA),
    good=Example("Student ID | Username | Class\n00123 | asmith | 5%", ANA),
)

BOOLEAN_INSTEAD_OF_TEXT = Rule(
    code="boolean-instead-of-text",
    severity=Severity.ERROR,
    title="A text was turned into TRUE or FALSE",
    why="Excel turns the family name True into a truth value. "
    "Whether a name, a tick or the result of a formula was meant cannot be told.",
    mend="Format the cell as Text and type the value again.",
    source="semantics: Cleaning",
    bad=Example(
        "Student ID | Username | Last Name\n00123 | asmith | {true}",
        "Student ID | Username | First Name | Last Name\n00123 | asmith | Ana | True",
    ),
    good=Example(
        "Student ID | Username | Last Name\n00123 | asmith | True",
        "Student ID | Username | First Name | Last Name\n00123 | asmith | Ana | True",
    ),
)

EXCEL_ERROR_VALUE = Rule(
    code="excel-error-value",
    severity=Severity.ERROR,
    title="The cell shows an Excel error",
    why="#N/A means that a lookup did not find the student. "
    "Read as blank, the row would create a second account or change another child's.",
    mend="Correct the formula or type the value. If the student is not in the list that was looked "
    "up, find out why.",
    source="semantics: Cleaning",
    bad=Example("Student ID | Username\n{error #N/A} | ana.smith", ANA),
    good=Example("Student ID | Username\n00123 | ana.smith", ANA),
)

FORMULA_NOT_CALCULATED = Rule(
    code="formula-not-calculated",
    severity=Severity.ERROR,
    title="The formula was not calculated",
    why="The file holds the formula and not its result, so the cell looks blank here although you "
    "see a value in Excel. The username would be lost.",
    mend="Open the file in Excel, let it calculate, and save. Better: copy the column and paste it "
    "as values.",
    source="semantics: Cleaning",
    bad=Example("Student ID | Username\n00123 | {formula =LOWER(C2)}", ANA),
    good=Example("Student ID | Username\n00123 | ana.smith", ANA),
)

FORMULA_CELL = Rule(
    code="formula-cell",
    severity=Severity.WARNING,
    title="The cell is a formula",
    why="The value that was last saved is taken, and it may be out of date. "
    "A Student ID or a username that comes from another workbook is refused.",
    mend="Copy the column and paste it as values (Paste Special, Values), then look through it.",
    source="semantics: Cleaning",
    bad=Example("Student ID | Username\n00123 | {formula =LOWER(C2) -> ana.smith}", ANA),
    good=Example("Student ID | Username\n00123 | ana.smith", ANA),
)

FORMULA_TEXT = Rule(
    code="formula-text",
    severity=Severity.ERROR,
    title="The text would run as a formula",
    why="Stored as a name, such a text would run as soon as somebody opens an exported list in a "
    "spreadsheet. It can send the children's names to strangers.",
    mend="Type the student's real name. Names such as -Kai or 'Okusitino are allowed.",
    source="semantics: Cleaning",
    bad=Example("Student ID | Username | First Name\n00123 | asmith | =1+1", ANA),
    good=Example("Student ID | Username | First Name\n00123 | asmith | Ana", ANA),
)

MOJIBAKE = Rule(
    code="mojibake",
    severity=Severity.WARNING,
    confirms=True,
    title="The text is garbled",
    why="The file was once saved in a wrong encoding, so é became two strange signs. "
    "The import would put the garbled name over the right one.",
    mend="Save the file again from its source as CSV UTF-8 or as .xlsx. Confirm only if the name "
    "really looks like this.",
    source="semantics: Cleaning",
    bad=Example(
        "Student ID | Username | First Name\n00131 | jdiaz | JosÃ©",
        "Student ID | Username | First Name | Last Name\n00131 | jdiaz | José | Díaz",
    ),
    good=Example(
        "Student ID | Username | First Name\n00131 | jdiaz | José",
        "Student ID | Username | First Name | Last Name\n00131 | jdiaz | José | Díaz",
    ),
)

TOO_LONG = Rule(
    code="too-long",
    severity=Severity.ERROR,
    title="The text is too long",
    why="A username has at most 64 characters and a name at most 100. "
    "A longer text is mostly a whole paragraph that slipped into the cell, and would be cut off.",
    mend="Shorten the text, or take out what does not belong into this cell.",
    source="semantics: Usernames and names",
    bad=Example(
        "Student ID | Username\n"
        "00123 | ana.smith.of.lincoln.elementary.school.in.lincoln.unified.district",
        ANA,
    ),
    good=Example("Student ID | Username\n00123 | ana.smith", ANA),
)

BAD_CHARACTER = Rule(
    code="bad-character",
    severity=Severity.ERROR,
    title="The text has a character that must not be there",
    why="Control characters and marks that turn the direction of writing are invisible. "
    "With one inside, a username looks right and no child can type it.",
    mend="Delete the cell's content and type it anew instead of pasting it.",
    source="semantics: Cleaning",
    bad=Example("Student ID | Username\n00123 | ana{U+202E}smith", ANA),
    good=Example("Student ID | Username\n00123 | anasmith", ANA),
)

ODD_CHARACTER = Rule(
    code="odd-character",
    severity=Severity.WARNING,
    title="The text has an unusual character",
    why="An emoji in a name or a curly apostrophe in a username is kept, but many keyboards cannot "
    "type it. The child may not be able to log in or be found.",
    mend="Replace the character by a plain one, or go on if it is meant.",
    source="semantics: Usernames and names",
    bad=Example("Student ID | Username | First Name\n00123 | asmith | Ana 😊", ANA),
    good=Example("Student ID | Username | First Name\n00123 | asmith | Ana", ANA),
)

NULL_LIKE_NAME = Rule(
    code="null-like-name",
    severity=Severity.NOTICE,
    title="A name reads like a blank",
    why="N/A in a name is mostly what a program writes where it has no name. "
    "The child would be greeted as N/A. Na, Null and None are names and raise nothing.",
    mend="Type the student's name. If the name really is written so, go on.",
    source="semantics: Cleaning",
    bad=Example("Student ID | Username | First Name | Last Name\n00300 | fkhan | N/A | Khan", ANA),
    good=Example(
        "Student ID | Username | First Name | Last Name\n00300 | fkhan | Farah | Khan", ANA
    ),
)

PASSWORD_NOT_TEXT = Rule(
    code="password-not-text",
    severity=Severity.ERROR,
    title="The password is a number or a date",
    why="Excel turned 0042 into 42. The password that is stored would not be the one on the "
    "student's slip, and the student could not log in.",
    mend="Format the column as Text and type the password again.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | Password\n00123 | asmith | {number 42}", ANA),
    good=Example("Student ID | Username | Password\n00123 | asmith | maple-river-42", ANA),
)

PASSWORD_EDGE_SPACE = Rule(
    code="password-edge-space",
    severity=Severity.WARNING,
    title="The password starts or ends with a space",
    why="A password is taken exactly as it stands, with its spaces. "
    "Nobody sees a space at the edge, and the student cannot log in without typing it.",
    mend="Delete the space, or go on if it is meant.",
    source="semantics: Blanks and columns",
    bad=Example("Student ID | Username | Password\n00123 | asmith | maple-river-42{U+0020}", ANA),
    good=Example("Student ID | Username | Password\n00123 | asmith | maple-river-42", ANA),
)
