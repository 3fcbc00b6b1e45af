"""Suggested values: put one or all of a kind into the Import sheet, and take them back.

The suggestions are planned anew from the sheet as it stands, so that a row that was sorted or
edited since Validate never gets the value of another. The old value is kept in a note on the cell:
it is there as long as the workbook, and pressing the button again on the cell takes the fix back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rosterkey.core.model import Finding, Fix
from rosterkey.core.reading.cells import shorten
from rosterkey.core.reading.columns import HEADING, column_letter, columns_of, find_header
from rosterkey.core.rules import RULES
from rosterkey.core.sheet import FormulaCell
from rosterkey.excel.errors import ButtonStopped, writing_into
from rosterkey.excel.explaining import finding_lines, light_reading
from rosterkey.excel.fix_notes import Before, as_note, read_note
from rosterkey.excel.frame import Session, open_database
from rosterkey.excel.marking import (
    COLOURS,
    SIGNATURE,
    notes_of,
    recolour,
)
from rosterkey.excel.places import sheet_named
from rosterkey.excel.reading import values_of
from rosterkey.excel.state import count
from rosterkey.excel.validating import plan_import_sheet, write_validation
from rosterkey.usecases.validate import Validated
from rosterkey.workbook.layout import FINDINGS, IMPORT

if TYPE_CHECKING:
    from xlwings import Range, Sheet

AT_ONCE = 1_000
"""So many fixes are put in by one press: each has a note of its own."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fix with its cell (row from 1, column from 0) and the finding that it mends."""

    row: int
    column: int
    fix: Fix
    finding: Finding

    @property
    def address(self) -> str:
        """The cell as a user names it."""
        return f"{column_letter(self.column)}{self.row}"


def apply_fix_now(session: Session) -> None:
    """Put in the suggested value of the chosen cell or row; on a fixed cell take it back."""
    sheet = sheet_named(session.book, IMPORT)
    cell = _chosen_cell(session)
    fixed = _fix_note(cell)
    if fixed is not None:
        _take_back_one(session, cell, fixed)
        return
    settings = session.settings()
    with open_database(settings) as store:
        validated = plan_import_sheet(session, store, settings)
    proposal = _proposal_for(cell, _proposals(validated))
    old = _shown(values_of(sheet.range(proposal.address))[0][0])
    said = (
        f'{proposal.finding.message}\n\nPut "{shorten(proposal.fix.value)}" into '
        f"{proposal.address} in place of {old}?"
    )
    if not session.ask(said):
        raise ButtonStopped("The cell was left as it is.")
    put, _ = _put(session, sheet, [proposal])
    if not put:
        raise ButtonStopped(
            f"{proposal.address} has a note of yours, where the old value would be kept. Type "
            f"{proposal.fix.value} yourself, or delete the note."
        )
    sheet.activate()
    sheet.range(proposal.address).select()


def apply_all_now(session: Session) -> None:
    """Put in all suggested values of the chosen finding's kind; on a fixed cell take all back."""
    sheet = sheet_named(session.book, IMPORT)
    cell = _chosen_cell(session)
    fixed = _fix_note(cell)
    if fixed is not None:
        _take_back_all(session, sheet, fixed.code)
        return
    settings = session.settings()
    with open_database(settings) as store:
        validated = plan_import_sheet(session, store, settings)
        proposals = _proposals(validated)
        kind = _proposal_for(cell, proposals).finding.code
        chosen = [p for p in proposals if p.finding.code == kind]
        _ask_for_all(session, kind, chosen)
        put, left = _put(session, sheet, chosen[:AT_ONCE])
        again = plan_import_sheet(session, store, settings)
        write_validation(session, settings, again)
    more = len(chosen) - AT_ONCE
    lines = [f"{count(put, 'cell')} got the suggested value, and the sheet was validated again."]
    if left:
        lines.append(f"{count(left, 'cell')} with notes of yours were left as they are.")
    if more > 0:
        lines.append(f"{more:,} more are left; press the button again.")
    lines.append("Press the button on one of these cells to take them all back.")
    session.tell("\n".join(lines))


def _ask_for_all(session: Session, kind: str, chosen: list[Proposal]) -> None:
    if RULES[kind].confirms:
        raise ButtonStopped(
            f"{RULES[kind].title}: this has to be decided one by one. Use Apply fix on each cell."
        )
    shown = "\n".join(f'{p.address}: "{shorten(p.fix.value)}"' for p in chosen[:5])
    more = f"\n… and {len(chosen) - 5:,} more" if len(chosen) > 5 else ""
    said = (
        f"{RULES[kind].title}: put the suggested value into {count(len(chosen), 'cell')}?\n"
        f"{shown}{more}"
    )
    if not session.ask(said):
        raise ButtonStopped("The cells were left as they are.")


def _chosen_cell(session: Session) -> Range:
    """The chosen cell of Import, or the one that the chosen line of Findings is about."""
    selection = session.app.selection
    sheet = sheet_named(session.book, IMPORT)
    if selection is not None and selection.sheet.name == IMPORT:
        return sheet.range((selection.row, selection.column))
    if selection is not None and selection.sheet.name == FINDINGS:
        _, header = light_reading(sheet)
        places = columns_of(header)
        for line in finding_lines(session):
            if line["line"] == selection.row and line["Row"] is not None:
                column = places.get(str(line["Column"]), 0)
                return sheet.range((line["Row"], column + 1))
    raise ButtonStopped(
        "Choose a cell of the sheet Import that has a finding, or a line of the sheet Findings, "
        "and press the button again."
    )


def _proposals(validated: Validated) -> list[Proposal]:
    """Every fix that may be put in: never a password, never over a formula."""
    places = columns_of(find_header(validated.sheet))
    cells = dict(validated.sheet.rows)
    found: dict[tuple[int, int], Proposal] = {}
    for row in validated.plan.rows:
        for finding in sorted(row.findings, key=lambda f: f.severity.rank):
            fix = finding.fix
            if fix is None or fix.column not in places or fix.column == HEADING["password"]:
                continue
            at = places[fix.column]
            line = cells.get(row.row, ())
            if not (at < len(line) and isinstance(line[at], FormulaCell)):
                found.setdefault((row.row, at), Proposal(row.row, at, fix, finding))
    return list(found.values())


def _proposal_for(cell: Range, proposals: Iterable[Proposal]) -> Proposal:
    """The fix for a cell, or the only one of its row. Raises ButtonStopped."""
    row, column = cell.row, cell.column - 1
    of_row = [p for p in proposals if p.row == row]
    exact = [p for p in of_row if p.column == column]
    if exact:
        return exact[0]
    if len(of_row) == 1:
        return of_row[0]
    if of_row:
        raise ButtonStopped(
            f"Row {row} has several suggested values: choose one of the cells "
            f"{', '.join(p.address for p in of_row)} and press the button again."
        )
    raise ButtonStopped(
        f"There is no suggested value for row {row}. The sheet Findings tells what to do."
    )


def _fix_note(cell: Range) -> Before | None:
    note = cell.note
    return read_note(note.text) if note is not None else None


def _put(session: Session, sheet: Sheet, proposals: list[Proposal]) -> tuple[int, int]:
    """Put values in and keep the old ones in notes; return how many, and how many were left.

    A cell with a note of the user is left: the old value could not be kept.
    """
    session.progress("Putting the values in", 0.0)
    notes = notes_of(sheet)
    put = left = 0
    with writing_into(sheet.name):
        for number, proposal in enumerate(proposals):
            place = (proposal.row, proposal.column)
            note = notes.get(place)
            if note is not None and not note.text.startswith(SIGNATURE):
                left += 1
                continue
            cell = sheet.range((proposal.row, proposal.column + 1))
            was = values_of(cell)[0][0]
            before = Before(
                proposal.finding.code,
                was if isinstance(was, (str, float, bool)) or was is None else str(was),
                cell.number_format or "General",
                proposal.fix.value,
            )
            if note is not None:
                recolour(sheet, [place], set(COLOURS.values()), None)
                note.delete()
            cell.number_format = "@"
            cell.value = proposal.fix.value
            cell.add_note(as_note(before))
            put += 1
            session.progress("Putting the values in", number / len(proposals))
    return put, left


def _take_back_one(session: Session, cell: Range, fixed: Before) -> None:
    address = f"{column_letter(cell.column - 1)}{cell.row}"
    old = _shown(fixed.was)
    if not session.ask(f"{address} was fixed. Put {old} back in place of what stands there?"):
        raise ButtonStopped("The cell was left as it is.")
    with writing_into(cell.sheet.name):
        _put_back(cell, fixed)


def _take_back_all(session: Session, sheet: Sheet, code: str) -> None:
    """Take back every fix of a kind whose value still stands in its cell."""
    found = []
    for (row, column), note in notes_of(sheet).items():
        fixed = read_note(note.text)
        if fixed is not None and fixed.code == code:
            cell = sheet.range((row, column + 1))
            if values_of(cell)[0][0] == fixed.now:
                found.append((cell, fixed))
    title = RULES[code].title if code in RULES else code
    if not session.ask(f"{title}: put the old values of {count(len(found), 'cell')} back?"):
        raise ButtonStopped("The cells were left as they are.")
    with writing_into(sheet.name):
        for cell, fixed in found:
            _put_back(cell, fixed)
    session.tell(f"{count(len(found), 'cell')} hold their old value again. Press Validate.")


def _put_back(cell: Range, fixed: Before) -> None:
    """The old value with its old format; text is written as text whatever the format."""
    cell.number_format = "@" if isinstance(fixed.was, str) else fixed.number_format
    cell.value = fixed.was
    note = cell.note
    if note is not None:
        note.delete()
    if isinstance(fixed.was, str) and fixed.number_format != "@":
        cell.number_format = fixed.number_format


def _shown(value: Any) -> str:
    if value is None:
        return "a blank cell"
    if isinstance(value, float) and value.is_integer():
        return f"the number {value:.0f}"
    return f'"{shorten(str(value))}"' if isinstance(value, str) else str(value)
