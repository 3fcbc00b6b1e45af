"""What a file itself has to say, before any cell is read."""

from __future__ import annotations

from rosterkey.core.model import Severity
from rosterkey.core.rules.rule import Example, Rule

EMPTY_FILE = Rule(
    code="empty-file",
    severity=Severity.ERROR,
    title="The file holds nothing",
    why="A file of 0 bytes is often one that still lies in the cloud and was never downloaded. "
    "Read as a roster of no students it would look like an import that worked.",
    mend="Open the file in Excel once so that it is downloaded, save it, and choose it again.",
    source="semantics: Files",
    bad=Example(words="The file has 0 bytes."),
    good=Example(words="The file was opened and saved, and now has its rows."),
)

NOT_A_WORKBOOK = Rule(
    code="not-a-workbook",
    severity=Severity.ERROR,
    title="The file is neither a workbook nor a CSV",
    why="A name that ends in .xlsx does not make a workbook. "
    "What stands in such a file cannot be told apart into rows and cells, so nobody's account "
    "can be found by it.",
    mend="Open the file with the program that made it, and save it as Excel Workbook (.xlsx) or "
    "CSV UTF-8.",
    source="semantics: Files",
    bad=Example(words="A picture or a letter was renamed to roster.xlsx."),
    good=Example(words="The roster was saved from Excel as Excel Workbook (.xlsx)."),
)

CANNOT_OPEN = Rule(
    code="cannot-open",
    severity=Severity.ERROR,
    title="The file cannot be opened",
    why="The file is not there, is a folder, is locked by another program, or you may not read it. "
    "Nothing can be said about a roster that nobody can open.",
    mend="Check the name and the folder. Close the file in other programs, and copy it to a folder "
    "of your own if you may not read it where it is.",
    source="semantics: Files",
    bad=Example(words="The name of the roster was typed with a slip, so there is no such file."),
    good=Example(words="The file stands in the folder that the command names."),
)

DAMAGED_FILE = Rule(
    code="damaged-file",
    severity=Severity.ERROR,
    title="The workbook is damaged",
    why="A download that broke off, or two parts with one name, leave a workbook that programs "
    "read differently. Some students would be missing or old values would come back without "
    "anybody seeing it.",
    mend="Download or copy the file again. If that does not help, open it in Excel, let Excel "
    "repair it, look through the rows, and save it under a new name.",
    source="semantics: Files",
    bad=Example(words="The download stopped after two thirds of the file."),
    good=Example(words="The file was downloaded again and is whole."),
)

PASSWORD_PROTECTED = Rule(
    code="password-protected",
    severity=Severity.ERROR,
    title="The workbook is locked with a password",
    why="A workbook that opens with a password is encrypted, and nothing in it can be read. "
    "No account was looked at.",
    mend="Open it in Excel, choose File, Info, Protect Workbook, Encrypt with Password, empty the "
    "box, and save. A sheet that is only protected against typing can stay so.",
    source="semantics: Files",
    bad=Example(words="Excel asks for a password before it shows the roster."),
    good=Example(words="The workbook opens without a password."),
)

LEGACY_FORMAT = Rule(
    code="legacy-format",
    severity=Severity.ERROR,
    title="The workbook is in the format of Excel 97 (.xls)",
    why="The old format is read differently by different programs, and rows beyond 65,536 are "
    "cut off. Students could be missing without a word.",
    mend="Open it in Excel, choose Save As, Excel Workbook (.xlsx), and import the new file.",
    source="semantics: Files",
    bad=Example(words="The file is roster.xls, saved as Excel 97-2003 Workbook."),
    good=Example(words="The same roster was saved as roster.xlsx, Excel Workbook."),
)

UNSUPPORTED_FORMAT = Rule(
    code="unsupported-format",
    severity=Severity.ERROR,
    title="The file is of a kind that is not read",
    why="Only Excel workbooks (.xlsx, .xlsm) and CSV or tab-separated text are read. Another kind "
    "would be guessed at, and a wrong guess changes Student IDs.",
    mend="Open the file in its own program and save it as Excel Workbook (.xlsx) or CSV UTF-8.",
    source="semantics: Files",
    bad=Example(words="The file is roster.ods, an OpenDocument spreadsheet."),
    good=Example(words="The same roster was saved from LibreOffice as roster.xlsx."),
)

HTML_NOT_EXCEL = Rule(
    code="html-not-excel",
    severity=Severity.ERROR,
    title="The file is a web page with the name of a workbook",
    why="Many student information systems export a web page and call it .xls. When Excel opens "
    "it, leading zeros of Student IDs are lost, and students no longer find their accounts.",
    mend="Ask the student information system for a CSV or a true .xlsx. Do not save the web page "
    "from Excel: by then the zeros are gone.",
    source="semantics: Files",
    bad=Example(words="The file roster.xls starts with <html>."),
    good=Example(words="The roster was exported as CSV instead, with 00123 still in it."),
)

TEXT_NOT_EXCEL = Rule(
    code="text-not-excel",
    severity=Severity.ERROR,
    title="The file is plain text with the name of a workbook",
    why="The name says Excel, the content is lines of text. Whoever opened and saved it in Excel "
    "could have changed every Student ID without seeing it.",
    mend="Rename the file so that it ends in .csv (or .txt where tabs divide the cells), and "
    "import that.",
    source="semantics: Files",
    bad=Example(words="The file roster.xlsx holds lines such as 00123,asmith,Ana,Smith."),
    good=Example(words="The same file is named roster.csv."),
)

TOO_LARGE_UNPACKED = Rule(
    code="too-large-unpacked",
    severity=Severity.ERROR,
    title="The file unpacks to more than is read",
    why="A workbook is a packed file. One that unpacks to many times the size of any roster is "
    "damaged, or made to bring the computer down in the middle of an import.",
    mend="Copy the rows of the roster into a new workbook (Paste Special, Values) and import that "
    "one. If the file came by mail from somebody unknown, delete it.",
    source="semantics: Files",
    bad=Example(words="A file of 200 kB would unpack to 200 MB."),
    good=Example(words="The 800 rows of the roster were copied into a new workbook of 60 kB."),
)

XML_ENTITIES = Rule(
    code="xml-entities",
    severity=Severity.ERROR,
    title="The workbook holds definitions that no workbook needs",
    why="Such definitions can pull other files of the computer into a cell, or grow without end. "
    "Excel never writes them.",
    mend="Do not use the file. Ask its sender for a workbook that was saved by Excel, or copy the "
    "rows into a new workbook.",
    source="semantics: Files",
    bad=Example(words="A part of the workbook starts with a DOCTYPE that defines entities."),
    good=Example(words="The workbook was saved by Excel, which writes no such part."),
)

ENCODING_UNKNOWN = Rule(
    code="encoding-unknown",
    severity=Severity.ERROR,
    title="The text encoding of the file cannot be told",
    why="Read in a wrong encoding, names such as García turn into nonsense and would be stored "
    "for the children like that.",
    mend="Open the file in the program that made it and save it as CSV UTF-8, or save it from "
    "Excel as Excel Workbook (.xlsx).",
    source="semantics: Files",
    bad=Example(words="The file is UTF-16 text without the mark at its start that says so."),
    good=Example(words="The same roster was saved as CSV UTF-8."),
)

BAD_QUOTING = Rule(
    code="bad-quoting",
    severity=Severity.ERROR,
    title="A quotation mark is opened and never closed",
    why="In a CSV everything after an open quotation mark counts as one cell. The students of all "
    "the lines below would vanish into it.",
    mend="Go to the line that the message names, close the quotation mark or delete it, and save.",
    source="semantics: Files",
    bad=Example(words='Line 3 of the file is 00124,bjones,"Bo,Jones: the mark is never closed.'),
    good=Example(words="Line 3 of the file is 00124,bjones,Bo,Jones."),
)

ENCODING_GUESS = Rule(
    code="encoding-guess",
    severity=Severity.NOTICE,
    title="The text encoding was guessed",
    why="The file does not say how its letters are written. If the guess is wrong, letters such "
    "as í or ñ in the children's names come out as others.",
    mend="Look at the sample in the message. If a name looks wrong, save the file as CSV UTF-8 "
    "and choose it again.",
    source="semantics: Files",
    bad=Example(words="The file was saved by Excel as CSV, and García is read as Windows text."),
    good=Example(words="The file was saved as CSV UTF-8, which needs no guess."),
)

DELIMITER_GUESS = Rule(
    code="delimiter-guess",
    severity=Severity.NOTICE,
    title="The character between the cells was guessed",
    why="Cells of this file are divided by a semicolon or a tab and not by a comma. Divided at the "
    "wrong character, every value would stand in a wrong column.",
    mend="Look whether the columns in the preview are right. If not, save the file as CSV UTF-8 "
    "or as .xlsx.",
    source="semantics: Files",
    bad=Example(words="The lines of the file look like 00123;asmith;Ana;Smith."),
    good=Example(words="The lines of the file look like 00123,asmith,Ana,Smith."),
)

TOO_FEW_CELLS = Rule(
    code="too-few-cells",
    severity=Severity.ERROR,
    title="A line has fewer cells than the header",
    why="A missing comma shifts all that follows: the last name would stand in the first name's "
    "column. Missing cells at the end cannot be told from cells that were cut off.",
    mend="Add the missing cells to the line that the message names, with a comma for each blank "
    "one, and save.",
    source="semantics: Files",
    bad=Example(words="The header has 4 cells, line 3 of the CSV is 00124,bjones,Bo."),
    good=Example(words="Line 3 of the CSV is 00124,bjones,Bo,Jones."),
)

TOO_MANY_CELLS = Rule(
    code="too-many-cells",
    severity=Severity.ERROR,
    title="A line has more cells than the header",
    why="A comma inside a name, without quotation marks, pushes everything after it one column to "
    "the right. The grade would then be read as the class.",
    mend="Put quotation marks around the cell that has a comma in it, or take the comma out.",
    source="semantics: Files",
    bad=Example(words="The header has 4 cells, line 3 of the CSV is 00124,bjones,Bo,Jones, Jr."),
    good=Example(words='Line 3 of the CSV is 00124,bjones,Bo,"Jones, Jr."'),
)
