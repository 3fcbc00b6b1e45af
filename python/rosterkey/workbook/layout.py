"""What stands where in the workbook: sheets, tables, columns and names.

The template is built after it, and the buttons find their places by it.
"""

from __future__ import annotations

from rosterkey.core.model import Outcome
from rosterkey.core.reading.columns import ORIGIN_HEADINGS, RESULT_HEADINGS
from rosterkey.workbook.limits import LIMITS, cell_name

START = "Start"
EXPORT = "Export"
IMPORT = "Import"
FINDINGS = "Findings"
CHANGES = "Changes"
SUMMARY = "Summary"
HISTORY = "History"
SETTINGS = "Settings"
LISTS = "Lists"
"""A hidden sheet with the entries behind the drop-downs."""

SHEETS = (START, EXPORT, IMPORT, FINDINGS, CHANGES, SUMMARY, HISTORY, SETTINGS, LISTS)
"""The sheets in their order."""

ROSTER_HEADINGS = (
    "Student ID",
    "Username",
    "First Name",
    "Last Name",
    "Grade",
    "School",
    "Class",
)
EXPORT_HEADINGS = ROSTER_HEADINGS
IMPORT_HEADINGS = (*ROSTER_HEADINGS, "Password", *RESULT_HEADINGS, *ORIGIN_HEADINGS)
"""The last two are hidden: which account a row came from, and which version of it."""

FINDINGS_HEADINGS = (
    "Severity",
    "Finding",
    "Row",
    "Column",
    "Student",
    "Message",
    "Suggested value",
    "Code",
)
CHANGES_HEADINGS = ("Row", "Student", "Field", "Before", "After", "Outcome")
SUMMARY_HEADINGS = ("Outcome", "Rows", "What happens")
SCHOOLS_HEADINGS = ("School", "Students on the sheet", "Created", "Changed", "Errors")
HISTORY_HEADINGS = ("No.", "When (UTC)", "Who", "What", "Changed", "State")

TABLES = {
    EXPORT: "tblExport",
    IMPORT: "tblImport",
    FINDINGS: "tblFindings",
    CHANGES: "tblChanges",
    HISTORY: "tblHistory",
}
"""The one Excel table of a sheet; its header row is `HEADER_ROW`."""

SUMMARY_TABLE = "tblOutcomes"
SCHOOLS_TABLE = "tblSchools"
SUMMARY_HEADER_ROW = 22
"""On Summary the charts stand above the two tables, so that the tables can grow downwards."""

SCHOOLS_ROWS = 6
"""So many rows of the schools' table, and of its chart, are there from the start. The chart reads
whole columns of the table: Excel lets it grow with the table."""

OUTCOMES = {
    Outcome.ERROR: ("Error", "cannot be imported"),
    Outcome.CREATE: ("Create", "a new account is made"),
    Outcome.ASSIGN_ID: ("Assign ID", "the account gets a Student ID"),
    Outcome.RENAME: ("Rename", "the username changes; the account and its history stay"),
    Outcome.UPDATE: ("Update", "other fields change"),
    Outcome.UNCHANGED: ("Unchanged", "nothing changes"),
    Outcome.SKIPPED: ("Skipped", "blank or repeated lines"),
}
"""The lines of the outcomes' table in their order: the word, and what happens. The words stand
under Result on Import and under Outcome on Changes too; colours hang on them."""

EXPORTED_COLUMN = 6
"""On Lists, from this column on (counted from 1): which account every exported username is."""

EXPORTED_HEADINGS = ("Exported username", *ORIGIN_HEADINGS)

CANDIDATES = "ListCandidates"
CANDIDATES_OFFERED = 8
"""On Lists: the usernames of doubtful students, each with so many Student IDs beside it."""

HEADER_ROW = 4
"""On Export, Import, Findings, Changes and History: a title in row 1, a hint in row 2, buttons in
row 3, the table's header in row 4."""

LAST_ROW = 1_048_576
"""The last row of a sheet, counted from 1. Formats and checks reach down to it."""

LIST_ROWS = 1_000
"""So many entries fit into ListSchools, ListGrades and ListDecisions; free cells stay blank."""

NAMES = {
    "StartDatabase": "the database and district of the last button",
    "StartExported": "when and how many students were exported",
    "StartValidated": "when the sheet was validated, with what gate",
    "StartImported": "the number of the last import",
    "SettingDatabase": "the database URL, blank for the user's own settings",
    "SettingDistrict": "the district code",
    "SettingSchool": "export filter: school",
    "SettingGrade": "export filter: grade",
    "SettingClass": "export filter: class",
    "SettingPattern": "the pattern of new usernames, blank for the user's own settings",
    "SettingLeaveOut": "yes or no: leave out rows with errors",
    "SettingReason": "why, for the history",
    **{cell_name(name): f"limit of the guards: {text.label}" for name, text in LIMITS.items()},
    "ListSchools": "the schools of the district",
    "ListGrades": "the grades of the district",
    "ListDecisions": "what may be decided about a row",
    CANDIDATES: "the students whose Student ID is doubtful, the candidates beside them",
    "PlanDigest": "the plan of the last Validate (on the hidden sheet)",
}
"""Workbook-wide defined names, each with what its cell or cells hold."""

BUTTONS = (
    "export",
    "validate",
    "import",
    "undo",
    "history",
    "start_import",
    "add_ids",
    "new_usernames",
    "next_finding",
    "apply_fix",
    "apply_all_fixes",
    "open_csv",
    "save_csv",
    "settings",
    "help",
)
"""Every button: a function of this name in `rosterkey.excel.buttons` (`import` is `import_`)."""
