"""Import: the sheet that administrators fill, and where each row's result is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rosterkey.core.reading.columns import ORIGIN_HEADINGS, RESULT_HEADINGS
from rosterkey.workbook.layout import (
    CANDIDATES,
    HEADER_ROW,
    IMPORT,
    IMPORT_HEADINGS,
    LAST_ROW,
    TABLES,
)
from rosterkey.workbook.sheets.book import Book, Frame, TableColumn, TableText
from rosterkey.workbook.sheets.conditions import OUTCOME_WORDS, SEVERITY_WORDS, Conditions, says
from rosterkey.workbook.sheets.lists import offered, offered_beside
from rosterkey.workbook.sheets.look import ERROR, QUIET

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_FRAME = Frame(
    IMPORT,
    title="Import: the roster as it shall be",
    hint=(
        "Paste or type below the headings (values only), press Validate, mend, press Import. "
        "A blank cell changes nothing. Under the grey headings rosterkey writes what it found."
    ),
    tab="#C55A11",
    buttons=(
        "validate",
        "import",
        "next_finding",
        "apply_fix",
        "apply_all_fixes",
        "add_ids",
        "open_csv",
        "save_csv",
    ),
    gridlines=True,
)
_TEXT = TableText(
    TABLES[IMPORT],
    "Students to import",
    "One student a line. The columns up to Password are read; Result, Changes and Findings are "
    "written by Validate; Decision is read too: really new, take its ID, take its username, same "
    "person, confirmed, mine, theirs.",
)
_WIDTHS = (12, 18, 13, 15, 9, 22, 14, 16, 14, 30, 58, 18, 14, 9)
_ABOUT = {
    "Student ID": "Decides which account a row means. Keep the zeros in front. Leave it as it "
    "is when you change a username.",
    "Username": "The username as it shall be after the import. It must be filled in each row.",
    "First Name": "A nickname or another spelling is fine; another person stops the import.",
    "Last Name": "A new family name is fine if the first name still fits.",
    "Grade": "As the district writes it; 3, 03, 3rd and Grade 3 are the same.",
    "School": "The school's full name as on the district's list.",
    "Class": "All classes of the student, divided by semicolons: 3A; Band. They replace those "
    "that are stored.",
    "Password": "Blank keeps the stored password. A filled cell sets a new one. A new student "
    "without one gets one.",
    "Result": "What the row does: Error, Create, Assign ID, Rename, Update, Unchanged or Skipped.",
    "Changes": "Each field that would change: before → after.",
    "Findings": "What is to say about the row, the most serious first.",
    "Account": "Which account the row came from. Leave it as it is.",
    "Version": "Which version of the account the row came from. Leave it as it is.",
    "Decision": "What you decide about the row, such as: really new, take its ID, take its "
    "username, same person, confirmed, mine, theirs. Validate reads it and leaves it as it is.",
}
"""What the message beside a heading says when its cell is chosen; at most 255 characters."""


def add(book: Book) -> None:
    """Add the sheet."""
    sheet = book.add_sheet(_FRAME)
    book.add_table(sheet, _TEXT, _columns(book))
    # The child's ID and username stay in sight beside its findings.
    sheet.freeze_panes(HEADER_ROW, 2)
    sheet.set_selection(HEADER_ROW, 0, HEADER_ROW, 0)
    _explain_headings(sheet)
    _offer_lists(sheet)
    _add_conditions(book, sheet)


def _columns(book: Book) -> list[TableColumn]:
    look = book.look
    formats = {"Result": look.strong, "Changes": look.wrapped, "Findings": look.wrapped}
    return [
        TableColumn(
            heading,
            width,
            formats.get(heading, look.text),
            look.result_header if heading in RESULT_HEADINGS else None,
            hidden=heading in ORIGIN_HEADINGS,
        )
        for heading, width in zip(IMPORT_HEADINGS, _WIDTHS, strict=True)
    ]


def _explain_headings(sheet: Worksheet) -> None:
    for position, heading in enumerate(IMPORT_HEADINGS):
        told = {"validate": "any", "input_title": heading, "input_message": _ABOUT[heading]}
        sheet.data_validation(HEADER_ROW - 1, position, HEADER_ROW - 1, position, told)


def _offer_lists(sheet: Worksheet) -> None:
    """Offer the district's lists. Another entry is warned of, not refused.

    The reader understands many spellings, and a paste that is refused half-way is worse than a
    finding.
    """
    school, grade = IMPORT_HEADINGS.index("School"), IMPORT_HEADINGS.index("Grade")
    _offer(sheet, school, "ListSchools", "School")
    _offer(sheet, grade, "ListGrades", "Grade")
    student, username = IMPORT_HEADINGS.index("Student ID"), IMPORT_HEADINGS.index("Username")
    key = f"${chr(ord('A') + username)}{HEADER_ROW + 1}"
    candidates = offered_beside(CANDIDATES, key, HEADER_ROW, student)
    ids = {"validate": "list", "source": candidates, "show_error": False}
    sheet.data_validation(HEADER_ROW, student, LAST_ROW - 1, student, ids)
    decision = IMPORT_HEADINGS.index("Decision")
    options = {
        "validate": "list",
        "source": offered("ListDecisions", HEADER_ROW, decision),
        "show_error": False,
        "input_title": "Decision",
        "input_message": "Alt + arrow down opens the words that decide about this row. Validate "
        "reads them and leaves them as they are; another word decides nothing, and it says so.",
    }
    sheet.data_validation(HEADER_ROW, decision, LAST_ROW - 1, decision, options)


def _offer(sheet: Worksheet, position: int, name: str, heading: str) -> None:
    options = {
        "validate": "list",
        "source": offered(name, HEADER_ROW, position),
        "error_type": "warning",
        "error_title": f"{heading} not on the list",
        "error_message": f"This {heading.lower()} is not on the district's list. Yes keeps it as "
        "you wrote it; Validate tells whether it is understood.",
        "input_title": heading,
        "input_message": "Alt + arrow down opens the district's list. Blank keeps what is stored.",
    }
    sheet.data_validation(HEADER_ROW, position, LAST_ROW - 1, position, options)


def _add_conditions(book: Book, sheet: Worksheet) -> None:
    """Colours by the word under Result: the whole tone there, the look of the text beside it.

    The roster's own cells get no fill: `validate --mark` fills the cell that a finding is about.
    """
    conditions = Conditions(book, sheet, "A:N")
    rows = {
        says("Error", "I"): {"bold": True, "font_color": ERROR.text},
        says("Skipped", "I"): {"italic": True, "font_color": QUIET.text},
    }
    conditions.formats("A:H", rows)
    conditions.tone_words("I", {**OUTCOME_WORDS, **SEVERITY_WORDS})
    conditions.formats("J:K", {says("Error", "I"): {"font_color": ERROR.text}})
    conditions.formats("L:N")
