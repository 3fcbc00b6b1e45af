"""New usernames: students whose username does not fit the pattern, onto the sheet Import."""

from __future__ import annotations

from rosterkey.core.reading.columns import ORIGIN_HEADINGS
from rosterkey.core.usernames.choose import Answer
from rosterkey.core.usernames.pattern import PatternError
from rosterkey.excel.errors import ButtonStopped
from rosterkey.excel.filling import fill_import, rows_on_import
from rosterkey.excel.frame import Session, open_database
from rosterkey.excel.places import setting
from rosterkey.excel.state import count
from rosterkey.excel.writing import Row, text
from rosterkey.files.export import HEADINGS, rows_for_export
from rosterkey.usecases.export import Filters
from rosterkey.usecases.usernames import Proposal, Request, propose, renamed_students
from rosterkey.workbook.layout import IMPORT_HEADINGS

_NO_PATTERN = (
    "There is no pattern for usernames yet. Write one, such as {first:1}{last}{grad:2}, behind "
    "Pattern on the sheet Settings, or under username_pattern in your settings file; "
    "docs/usernames.md explains them."
)
_TOLD = 6


def new_usernames_now(session: Session) -> None:
    """Choose usernames as the command does, ask, and put the changed students on Import.

    The pattern is that of the workbook's cell SettingPattern where it has one, else the user's.
    """
    book, settings = session.book, session.settings()
    pattern = setting(book, "SettingPattern") or settings.username_pattern
    if not pattern:
        raise ButtonStopped(_NO_PATTERN)
    filters = Filters(
        setting(book, "SettingSchool") or None,
        setting(book, "SettingGrade") or None,
        setting(book, "SettingClass") or None,
    )
    session.progress("Choosing usernames", 0.0)
    try:
        with open_database(settings) as store:
            proposal = propose(store, settings, Request(pattern, filters=filters))
    except PatternError as wrong:
        raise ButtonStopped(str(wrong)) from None
    rows = _rows(proposal)
    if not rows:
        raise ButtonStopped(f"No student gets a new username.{_others(proposal)}")
    _ask(session, proposal, len(rows))
    beside = fill_import(session, rows)
    session.tell(
        f"{count(len(rows), 'student')} with a new username on the sheet Import. Look through "
        f"them, then press Validate.{beside}"
    )


def _rows(proposal: Proposal) -> list[Row]:
    district = proposal.snapshot.district
    cells = rows_for_export(renamed_students(proposal), district, origin=True)
    rows: list[Row] = []
    for row in cells:
        by_heading = dict(zip((*HEADINGS, *ORIGIN_HEADINGS), row, strict=True))
        rows.append([text(by_heading.get(heading, "")) or None for heading in IMPORT_HEADINGS])
    return rows


def _ask(session: Session, proposal: Proposal, rows: int) -> None:
    """Show what would come and what would be lost. Raises ButtonStopped at a no."""
    examples = [
        f"- {choice.account.name}: {choice.account.username} becomes {choice.username}"
        for choice in proposal.those(Answer.NEW)[:_TOLD]
    ]
    standing = rows_on_import(session)
    lost = f" The {count(standing, 'row')} there would be replaced." if standing else ""
    question = "\n".join(
        (
            f"{count(rows, 'student')} would get a new username:",
            *examples,
            *(["…"] if rows > _TOLD else []),
            _others(proposal).strip(),
            f"Put them on the sheet Import?{lost} The accounts are not touched.",
        )
    )
    if not session.ask(question):
        raise ButtonStopped("The sheet Import was left as it is.")


def _others(proposal: Proposal) -> str:
    """Who gets none, and why."""
    counts = proposal.counts
    said = []
    if counts[Answer.KEEPS]:
        said.append(f" {count(counts[Answer.KEEPS], 'student')} with one that fits keep it.")
    if counts[Answer.NO_ID]:
        said.append(
            f" Left out, because without a Student ID an import cannot tell a new username from a "
            f"new student: {count(counts[Answer.NO_ID], 'student')}. Add the IDs first."
        )
    if still_open := proposal.those(Answer.OPEN):
        first = still_open[0]
        said.append(
            f" Left out, to be chosen by hand: {count(len(still_open), 'student')}, for example "
            f"{first.account.name} ({first.why})."
        )
    return "".join(said)
