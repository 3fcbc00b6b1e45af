"""Settings: where the accounts are, which students are exported, how an import goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rosterkey.workbook.layout import SETTINGS
from rosterkey.workbook.limits import LIMITS, USUAL, cell_name, shown
from rosterkey.workbook.sheets.book import Book, Frame
from rosterkey.workbook.sheets.lists import offered
from rosterkey.workbook.sheets.look import QUIET

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_FRAME = Frame(
    SETTINGS,
    title="Settings",
    hint="Write into the yellow cells. Each may stay blank: then the usual value holds.",
    tab=QUIET.text,
    buttons=("settings", "export", "validate", "help"),
    zoom=110,
    private=False,
)
_WIDTHS = (34, 44, 72)
_FIRST_ROW = 3
_GROUPS = (
    (
        "Where the accounts are",
        (
            (
                "SettingDatabase",
                "Account database",
                "An address such as sqlite:///C:/Rosters/lincoln.db. Blank: the database of your "
                "own settings. Never write a password here.",
            ),
            (
                "SettingDistrict",
                "District",
                "The district's code. Blank where the database holds one district only.",
            ),
        ),
    ),
    (
        "Export only",
        (
            ("SettingSchool", "School", "Blank exports all schools."),
            ("SettingGrade", "Grade", "Blank exports all grades."),
            ("SettingClass", "Class", "One class, such as 3A. Blank exports all classes."),
        ),
    ),
    (
        "New usernames",
        (
            (
                "SettingPattern",
                "Pattern",
                "Such as {first:1}{last}{grad:2}. Blank: the pattern of your own settings. The "
                "students are those of Export only.",
            ),
        ),
    ),
    (
        "Import",
        (
            (
                "SettingLeaveOut",
                "Leave out rows with errors",
                "no: one error stops the whole import. yes: rows with errors, and rows that "
                "depend on them, are left out and the others are imported.",
            ),
            (
                "SettingReason",
                "Reason",
                "Why you import: it stands in the history. For example: new school year.",
            ),
        ),
    ),
)
"""Groups of settings: the name of the cell, its label, and the note beside it."""
_GUARDS = "When many rows together are asked about"
_ABOUT_GUARDS = (
    "Limits of your own hold in every workbook. Write them here and press Settings: it asks, and "
    "then keeps them in your settings file. Validate and Import never read these cells."
)


def add(book: Book) -> None:
    """Add the sheet."""
    sheet = book.add_sheet(_FRAME)
    for position, width in enumerate(_WIDTHS):
        sheet.set_column(position, position, width)
    row = _FIRST_ROW
    for title, settings in _GROUPS:
        sheet.set_row_pixels(row, 32)
        sheet.write_string(row, 0, title, book.look.section)
        for name, label, note in settings:
            row += 1
            sheet.set_row_pixels(row, 40)
            sheet.write_string(row, 0, label, book.look.label)
            sheet.write_blank(row, 1, None, book.look.entry)
            sheet.write_string(row, 2, note, book.look.note)
            book.define(name, sheet, row, 1)
            _check(sheet, row, name)
        row += 2
    _add_limits(book, sheet, row)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    sheet.freeze_panes(_FIRST_ROW, 0)
    sheet.set_selection(_FIRST_ROW + 1, 1, _FIRST_ROW + 1, 1)


def _add_limits(book: Book, sheet: Worksheet, row: int) -> None:
    """Add a line for each limit of the guards, with its usual value."""
    sheet.set_row_pixels(row, 32)
    sheet.write_string(row, 0, _GUARDS, book.look.section)
    sheet.set_row_pixels(row + 1, 40)
    sheet.merge_range(row + 1, 0, row + 1, 2, _ABOUT_GUARDS, book.look.note)
    for line, (name, text) in enumerate(LIMITS.items(), start=row + 2):
        sheet.set_row_pixels(line, 28)
        sheet.write_string(line, 0, text.label, book.look.label)
        sheet.write_blank(line, 1, None, book.look.entry)
        usual = shown(name, getattr(USUAL, name))
        sheet.write_string(line, 2, f"Usually {usual}. {text.note}", book.look.note)
        book.define(cell_name(name), sheet, line, 1)


def _check(sheet: Worksheet, row: int, name: str) -> None:
    """Offer the entries that are possible, where there is a list of them."""
    lists = {"SettingSchool": "ListSchools", "SettingGrade": "ListGrades"}
    checks: dict[str, Any]
    if name == "SettingLeaveOut":
        checks = {
            "source": ["no", "yes"],
            "error_title": "yes or no",
            "error_message": "Write yes or no, or leave the cell blank, which means no.",
        }
    elif name in lists:
        checks = {
            "source": offered(lists[name], row, 1),
            "error_type": "warning",
            "error_title": "Not on the list",
            "error_message": "This is not on the district's list. Yes keeps it as you wrote it; "
            "the export would then find nobody.",
        }
    else:
        return
    sheet.data_validation(row, 1, row, 1, {"validate": "list", **checks})
