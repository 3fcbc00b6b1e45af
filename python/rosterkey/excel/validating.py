"""Validate: the Import sheet becomes a plan, and the plan is written back for the user to see."""

from __future__ import annotations

from rosterkey.core.reading.columns import HEADING
from rosterkey.core.sheet import Sheet
from rosterkey.excel.frame import Session, open_database
from rosterkey.excel.marking import write_marks
from rosterkey.excel.places import setting, sheet_named
from rosterkey.excel.reading import read_sheet
from rosterkey.excel.results import write_results
from rosterkey.excel.state import rows_and_gate, say_connected, say_validated
from rosterkey.store.contract import Store
from rosterkey.usecases.mappings import proposals_for, with_meanings
from rosterkey.usecases.mark import marks_of
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import Validated, choose_district, plan_sheet
from rosterkey.workbook.layout import IMPORT

_YES = frozenset({"yes", "y", "true", "1", "x"})


def validate_now(session: Session) -> None:
    """Plan the import, write the result into the workbook and tell it."""
    settings = session.settings()
    with open_database(settings) as store:
        validated = plan_import_sheet(session, store, settings)
    write_validation(session, settings, validated)
    session.tell(told(validated))


def plan_import_sheet(session: Session, store: Store, settings: Settings) -> Validated:
    """Read the Import sheet and plan it, as the command does with a file.

    Raises NotTheTemplate and StoreError.
    """
    session.progress("Reading the sheet", 0.0)
    sheet = _as_agreed(session, store, settings, read_sheet(sheet_named(session.book, IMPORT)))
    leave_out = setting(session.book, "SettingLeaveOut").casefold() in _YES
    return plan_sheet(sheet, store, settings, leave_out_errors=leave_out, progress=session.progress)


def _as_agreed(session: Session, store: Store, settings: Settings, sheet: Sheet) -> Sheet:
    """The sheet with the columns that the user says it has, where some seem to be missing."""
    proposals = proposals_for(sheet, store, choose_district(store, settings))
    if not proposals:
        return sheet
    listed = "\n".join(f'- "{p.heading}" is {HEADING[p.field]}: {p.why}' for p in proposals)
    question = (
        f"Columns that are needed are missing, and others seem to be them:\n{listed}\n\nRead them "
        "so, now and whenever a sheet has these headings?"
    )
    return with_meanings(sheet, [p.said for p in proposals]) if session.ask(question) else sheet


def write_validation(session: Session, settings: Settings, validated: Validated) -> None:
    """Write marks, findings, changes, sums and the state in place of the earlier ones.

    The digest is written last: where anything before it fails, Import does not take the plan for
    one that the user has seen. Raises NotTheTemplate and CannotWriteSheet.
    """
    book = session.book
    session.progress("Writing the result", 0.0)
    session.app.screen_updating = False
    marks = marks_of(validated)
    if marks is not None:
        write_marks(sheet_named(book, IMPORT), validated.sheet, marks)
    session.progress("Writing the result", 0.5)
    write_results(book, validated)
    say_connected(book, settings.database, validated.snapshot)
    say_validated(book, validated.plan)


def told(validated: Validated) -> str:
    """The result of a validation in a dialog: the gate, the sheet's own findings, what is next."""
    plan = validated.plan
    lines = [rows_and_gate(plan)]
    lines += [f"- {finding.message}" for finding in plan.findings if finding.severity != "notice"]
    if any(row.findings for row in plan.rows):
        lines.append("The sheet Findings lists what there is to say about the rows.")
    lines.append("Nothing was written to the accounts.")
    return "\n\n".join(lines)
