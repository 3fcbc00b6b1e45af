"""Add IDs: the blank Student IDs of the sheet Import, from another system's list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rosterkey.core.model import Severity
from rosterkey.core.prepare.ids import AddedIds, add_ids
from rosterkey.core.prepare.listed import ListError, StudentList
from rosterkey.core.prepare.pairing import BY_ID, WAYS
from rosterkey.core.prepare.sheet import Choice
from rosterkey.core.reading.columns import HEADING, find_header
from rosterkey.core.reading.layouts import MappingError
from rosterkey.core.sheet import cell_text
from rosterkey.excel import dialogs
from rosterkey.excel.candidates import offer_candidates
from rosterkey.excel.errors import ButtonStopped, writing_into
from rosterkey.excel.frame import Session
from rosterkey.excel.marking import COLOURS, NOTES_AT_MOST, SIGNATURE, notes_of, recolour
from rosterkey.excel.places import sheet_named
from rosterkey.excel.reading import read_sheet
from rosterkey.excel.state import count
from rosterkey.excel.writing import runs, text
from rosterkey.usecases.add_ids import list_from_file, list_from_sheet
from rosterkey.workbook.layout import IMPORT, SHEETS

if TYPE_CHECKING:
    from xlwings import Sheet

    from rosterkey.core.sheet import Sheet as ReadSheet

_ID = HEADING["student_id"]
_NAMED = 5
_LEFT = "The sheet Import was left as it is."
_UNDERSTOOD = "Headings such as Student ID, Username, First Name and Last Name are understood."


def add_ids_now(session: Session) -> None:
    """Fill the blank Student IDs that are sure, after a question; mark those that are doubtful."""
    sheet = sheet_named(session.book, IMPORT)
    read = read_sheet(sheet)
    column = _column_of_ids(read)
    try:
        listed = _chosen_list(session)
        if listed is None:
            return
        added = add_ids(read, listed)
    except (ListError, MappingError) as wrong:
        raise ButtonStopped(f"{wrong} {_UNDERSTOOD} {_LEFT}") from None
    ids, asked = _by_row(read, column, added)
    if not ids and not asked:
        raise ButtonStopped(f"No blank {_ID} can be filled. {_others(added)} {_LEFT}")
    if not session.ask(_question(added)):
        raise ButtonStopped(_LEFT)
    session.progress("Writing the Student IDs", 0.0)
    with writing_into(sheet.name):
        _put(sheet, column, ids)
        _mark(sheet, column, asked)
    offer_candidates(session.book, _by_username(read, asked))
    sheet.activate()
    session.tell(_told(added, ids, asked))


def _chosen_list(session: Session) -> StudentList | None:
    """A further sheet of the workbook, else the file that the user chooses; None for no choice."""
    agree = partial(_is_the_id, session)
    others = [sheet for sheet in session.book.sheets if sheet.name not in SHEETS and sheet.visible]
    for sheet in others[:1]:
        if session.ask(f'Is the list with the Student IDs the sheet "{sheet.name}"?'):
            return list_from_sheet(read_sheet(sheet), agree=agree)
    title = "Open the list with the Student IDs"
    path = dialogs.choose_file_to_open(title, session.folder(), dialogs.LISTS)
    if path is None:
        return None
    session.progress(f"Reading {path.name}", 0.0)
    return replace(list_from_file(path, agree=agree), name=path.name)


def _is_the_id(session: Session, heading: str) -> bool:
    return session.ask(
        f'No column of the list is known to be the {_ID}. Is it "{heading}"? A yes is remembered '
        "for lists with the same headings."
    )


def _column_of_ids(read: ReadSheet) -> int:
    """The column (from 0) of the Student IDs. Raises ButtonStopped where nothing can be filled."""
    header = find_header(read)
    column = header.positions.get("student_id")
    if column is None:
        raise ButtonStopped(f"The sheet Import has no column {_ID}. {_LEFT}")
    if not any(number > header.row for number, _ in read.rows):
        raise ButtonStopped("The sheet Import has no rows yet. Put the roster there first.")
    if read.hidden_rows:
        raise ButtonStopped(
            "Rows of the sheet Import are hidden. Show all of them (Data, Clear), so that each "
            f"gets the ID of its own student, and press the button again. {_LEFT}"
        )
    return column


def _by_row(
    read: ReadSheet, column: int, added: AddedIds
) -> tuple[dict[int, str], dict[int, Choice]]:
    """By the rows of the sheet: the IDs that are sure, and the choices of those that are not."""
    top = find_header(read).row
    rows = [(n, cells) for n, cells in read.rows if n > top and n not in read.totals_rows]
    ids: dict[int, str] = {}
    asked: dict[int, Choice] = {}
    for place, ((number, cells), filled) in enumerate(zip(rows, added.sheet.rows, strict=True)):
        standing = cells[column] if column < len(cells) else None
        if standing is not None and str(standing).strip():
            continue
        if filled[column]:
            ids[number] = filled[column]
        elif (place, column) in added.sheet.choices:
            asked[number] = added.sheet.choices[place, column]
    return ids, asked


def _by_username(read: ReadSheet, asked: Mapping[int, Choice]) -> dict[str, tuple[str, ...]]:
    """The candidates by the username of their row; a row without one has its note only."""
    place = find_header(read).positions.get("username")
    if place is None:
        return {}
    rows = dict(read.rows)
    named = (
        (cell_text(rows[n][place]), c.values) for n, c in asked.items() if place < len(rows[n])
    )
    return {username: values for username, values in named if username}


def _put(sheet: Sheet, column: int, ids: Mapping[int, str]) -> None:
    """Write the IDs as text, neighbours in one block."""
    for first, last in runs(sorted(ids)):
        block = sheet.range((first, column + 1), (last, column + 1))
        block.number_format = "@"
        block.value = [[text(ids[number])] for number in range(first, last + 1)]


def _mark(sheet: Sheet, column: int, asked: Mapping[int, Choice]) -> None:
    """Colour the doubtful cells, and name the candidates in a note where there is none yet."""
    notes = notes_of(sheet)
    recolour(sheet, [(number, column) for number in asked], {None}, COLOURS[Severity.WARNING])
    for number, choice in list(asked.items())[:NOTES_AT_MOST]:
        standing = notes.get((number, column))
        if standing is not None and not standing.text.startswith(SIGNATURE):
            continue
        if standing is not None:
            standing.delete()
        sheet.range((number, column + 1)).add_note(SIGNATURE + text(choice.note))


def _question(added: AddedIds) -> str:
    counts = added.counts
    ways = Counter(way for _, way in added.pairing.sure.values())
    how = "; ".join(f"{ways[way]:,} {way}" for way in WAYS if way != BY_ID and ways[way])
    columns = ", ".join(f"{field} from {source}" for field, source in added.listed.columns.items())
    lines = [
        f"{added.listed.name} holds {count(counts['listed'], 'student')}: {columns}.",
        f"Sure: {count(counts['sure'], 'student')}" + (f" ({how})." if how else "."),
        f"Doubtful, to be left blank: {count(counts['doubtful'], 'student')}.",
        _others(added),
        *(f"- {said}" for said in _said(added)[:_NAMED]),
        "",
        f"Put the sure Student IDs into the blank cells of the sheet {IMPORT}?",
    ]
    return "\n".join(lines)


def _others(added: AddedIds) -> str:
    counts = added.counts
    return (
        f"With an ID that stays: {count(counts['had_id'], 'student')}. "
        f"Not on the list: {count(counts['not_on_list'], 'student')}."
    )


def _said(added: AddedIds) -> list[str]:
    """What is to be said of the list and the sheet, what matters most first."""
    return [
        *added.pairing.contradictions,
        *added.unread,
        *added.listed.left_out,
        *added.listed.notices,
    ]


def _told(added: AddedIds, ids: Mapping[int, str], asked: Mapping[int, Choice]) -> str:
    doubtful = ""
    if asked:
        doubtful = (
            f" Left blank and yellow, with a note that names who it may be: "
            f"{count(len(asked), 'cell')}. Choose the right ID there (Alt + arrow down), or leave "
            "it blank."
        )
    return (
        f"{count(len(ids), 'cell')} of the sheet Import got a Student ID.{doubtful} "
        f"{_others(added)} Look through them, then press Validate."
    )
