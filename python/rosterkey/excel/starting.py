"""Start import: the sheet Import is filled from what can be seen of the sheet Export."""

from __future__ import annotations

from collections.abc import Mapping

from rosterkey.core.keys import username_key
from rosterkey.core.reading.columns import ORIGIN_HEADINGS
from rosterkey.excel.errors import ButtonStopped
from rosterkey.excel.filling import fill_import, rows_on_import
from rosterkey.excel.frame import Session
from rosterkey.excel.origins import exported_origins
from rosterkey.excel.places import table_of
from rosterkey.excel.reading import values_of
from rosterkey.excel.shape import visible
from rosterkey.excel.state import count
from rosterkey.excel.writing import Row
from rosterkey.workbook.layout import EXPORT, IMPORT_HEADINGS, ROSTER_HEADINGS

_NOTHING_EXPORTED = (
    "The sheet Export holds no students. Press Export first, then filter its table if only some "
    "of them are to change."
)


def start_import_now(session: Session) -> None:
    """Put the students of the sheet Export that can be seen on the sheet Import.

    Each row remembers the account and the version that it came from.
    """
    session.progress("Reading the sheet Export", 0.0)
    lines, hidden = _exported(session)
    if not lines:
        raise ButtonStopped(_NOTHING_EXPORTED)
    standing = rows_on_import(session)
    if standing and not session.ask(
        f"The {count(standing, 'row')} on the sheet Import would be replaced by "
        f"{count(len(lines), 'student')} of the sheet Export. Go on?"
    ):
        raise ButtonStopped("The sheet Import was left as it is.")
    session.progress("Writing the sheet Import", 0.0)
    origins = exported_origins(session.book)
    rows = [_import_row(line, origins) for line in lines]
    beside = fill_import(session, rows)
    left = f" {count(hidden, 'student')} that the filter hides were left out." if hidden else ""
    done = f"{count(len(lines), 'student')} of the sheet Export are on the sheet Import."
    session.tell(f"{done}{left}{beside} Write the new values there and press Validate.")


def _import_row(line: Mapping[str, str], origins: Mapping[str, tuple[str, str]]) -> Row:
    """The cells of a row of Import, with what the row came from."""
    origin = origins.get(username_key(line.get("Username", "")), ("", ""))
    cells = {**line, **dict(zip(ORIGIN_HEADINGS, origin, strict=True))}
    return [cells.get(heading) or None for heading in IMPORT_HEADINGS]


def _exported(session: Session) -> tuple[list[dict[str, str]], int]:
    """The visible rows of the sheet Export by heading, and how many students are hidden."""
    table = table_of(session.book, EXPORT)
    body, header = table.data_body_range, table.header_row_range
    if body is None or header is None:
        return [], 0
    headings = header.options(ndim=2).value[0]
    shown, _ = visible(body)
    lines: list[dict[str, str]] = []
    hidden = 0
    for number, values in enumerate(values_of(body), start=body.row):
        cells = zip(headings, values, strict=True)
        line = {h: str(value) for h, value in cells if h in ROSTER_HEADINGS and value is not None}
        if not line:
            continue
        if number in shown:
            lines.append(line)
        else:
            hidden += 1
    return lines, hidden
