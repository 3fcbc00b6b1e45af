"""Where the next finding is, what a finding means, and what the settings are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rosterkey.core.reading.columns import Header, find_header
from rosterkey.core.rules import RULES
from rosterkey.core.rules.rule import Rule
from rosterkey.core.sheet import Sheet
from rosterkey.excel.errors import ButtonStopped
from rosterkey.excel.frame import Session, open_database
from rosterkey.excel.limits import own_limits, take_over_limits
from rosterkey.excel.marking import SIGNATURE, notes_of, result_columns
from rosterkey.excel.places import sheet_named, table_of
from rosterkey.excel.reading import values_of
from rosterkey.excel.state import count, say_connected, without_password
from rosterkey.store.contract import UnknownDistrict
from rosterkey.usecases.mappings import with_meanings
from rosterkey.usecases.settings import settings_file
from rosterkey.usecases.validate import as_granted, choose_district
from rosterkey.workbook.layout import FINDINGS, FINDINGS_HEADINGS, IMPORT

if TYPE_CHECKING:
    import xlwings as xw

_STEPS = (
    "1. Export: the sheet Export shows the students as they are stored.\n"
    "2. Start import puts those that you see there on the sheet Import; write the new values.\n"
    "3. Validate: each row tells what it would do, Findings what is wrong. Nothing is written to "
    "the accounts.\n"
    "4. Import: asks what has to be confirmed, writes all or nothing, and tells a number.\n"
    "5. Undo takes an import back; History lists them all.\n\n"
    "Choose a cell with a finding, or a line of the sheet Findings, and press Help to read what "
    "it means."
)


def select_next_finding(session: Session) -> None:
    """Go to the next cell of the sheet Import that has a finding, after the last to the first."""
    sheet = sheet_named(session.book, IMPORT)
    cells = _cells_with_findings(sheet)
    if not cells:
        raise ButtonStopped("No row of the sheet Import has a finding. Press Validate to look.")
    selection = session.app.selection
    here = (0, 0)
    if selection is not None and selection.sheet.name == IMPORT:
        here = (selection.row, selection.column - 1)
    row, column = next((cell for cell in cells if cell > here), cells[0])
    sheet.activate()
    sheet.range((row, column + 1)).select()


def light_reading(sheet: xw.Sheet) -> tuple[Sheet, Header]:
    """A sheet's values and its header row, without what only a plan needs to know."""
    used = sheet.range((1, 1), sheet.used_range.last_cell)
    rows = enumerate(values_of(used), 1)
    read = with_meanings(Sheet(sheet.name, tuple((number, tuple(line)) for number, line in rows)))
    return read, find_header(read)


def _cells_with_findings(sheet: xw.Sheet) -> list[tuple[int, int]]:
    """Rows from 1 and columns from 0, in the order of reading.

    They are the cells with a note of ours; a row with findings and no such note is named by its
    Findings cell. Notes and that cell move with the row when it is sorted.
    """
    read, header = light_reading(sheet)
    place = result_columns(read, header)["Findings"]
    cells = {cell for cell, note in notes_of(sheet).items() if note.text.startswith(SIGNATURE)}
    noted = {row for row, _ in cells}
    for number, line in read.rows:
        said = line[place] if number > header.row and place < len(line) else None
        if said and number not in noted:
            cells.add((number, place))
    return sorted(cells)


def help_now(session: Session) -> None:
    """Explain the findings of the chosen cell or line; without any, the steps."""
    codes = _codes_here(session)
    session.tell("\n\n".join(map(explained, codes)) if codes else _STEPS)


def explained(code: str) -> str:
    """A rule in the words of its documentation."""
    rule: Rule = RULES[code]
    return f"{rule.title} ({code})\n{rule.why}\nHow to mend it: {rule.mend}"


def _codes_here(session: Session) -> list[str]:
    """The codes of the findings that the chosen cell or line is about, most serious first."""
    selection = session.app.selection
    if selection is None or selection.sheet.name not in (IMPORT, FINDINGS):
        return []
    lines = finding_lines(session)
    row, column = selection.row, selection.column
    if selection.sheet.name == FINDINGS:
        here = [line["Code"] for line in lines if line["line"] == row]
    else:
        heading = _heading_over(session, column)
        of_row = [line for line in lines if line["Row"] == row]
        of_cell = [line["Code"] for line in of_row if line["Column"] == heading]
        here = of_cell or [line["Code"] for line in of_row]
    return [code for code in dict.fromkeys(here) if code in RULES][:3]


def _heading_over(session: Session, column: int) -> str | None:
    header = table_of(session.book, IMPORT).header_row_range
    if header is None:
        return None
    value = header.sheet.range((header.row, column)).value
    return value if isinstance(value, str) else None


def finding_lines(session: Session) -> list[dict[str, Any]]:
    """The lines of the sheet Findings by heading; `line` is the line's own row, `Row` a number."""
    table = table_of(session.book, FINDINGS)
    header, body = table.header_row_range, table.data_body_range
    if header is None or body is None:
        return []
    standing = header.options(ndim=2).value[0]
    if any(heading not in standing for heading in FINDINGS_HEADINGS):
        return []
    lines = []
    for offset, cells in enumerate(values_of(body)):
        line = dict(zip(standing, cells, strict=True))
        row = line["Row"]
        line["Row"] = int(row) if isinstance(row, (int, float)) else None
        lines.append(line | {"line": body.row + offset})
    return lines


def settings_now(session: Session) -> None:
    """Tell which database and district the buttons work with, and what is missing.

    Before that it asks whether other limits on the sheet shall become the user's own.
    """
    taken_over = take_over_limits(session, session.settings().limits)
    settings = session.settings()
    lines = [taken_over] if taken_over else []
    lines += [
        f"Database: {without_password(settings.database)}",
        own_limits(settings.limits),
    ]
    with open_database(settings) as store:
        lines.append("The database answers.")
        try:
            settings = as_granted(settings, store)
            snapshot = store.snapshot(choose_district(store, settings))
        except UnknownDistrict as error:
            lines.append(f"Missing: {error} In the workbook: the sheet Settings.")
        else:
            district = snapshot.district
            students = count(snapshot.figures.active, "student")
            lines.append(f"District: {district.name or district.code}, {students}")
            say_connected(session.book, settings.database, snapshot)
    lines.append(f"Your name in the history: {settings.actor}")
    if settings.school:
        lines.append(f"Only the school: {settings.school}")
    lines.append(
        "The sheet Settings of this workbook comes first, then the environment, then the file "
        f"{settings_file()}."
    )
    session.tell("\n".join(lines))
