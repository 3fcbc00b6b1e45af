"""Text files in and out of the Import sheet: the buttons Open CSV and Save CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from rosterkey.core.reading.columns import HEADING, Header, columns_of, find_header
from rosterkey.core.sheet import Sheet
from rosterkey.excel import dialogs
from rosterkey.excel.errors import ButtonStopped
from rosterkey.excel.filling import as_text, fill_import, rows_on_import
from rosterkey.excel.frame import Session
from rosterkey.excel.places import sheet_named
from rosterkey.excel.reading import read_sheet
from rosterkey.excel.state import count
from rosterkey.excel.writing import Row, text
from rosterkey.files.csv.text import neutralise
from rosterkey.files.read import read_sheet as read_file
from rosterkey.files.replace import replacing
from rosterkey.usecases.mappings import with_meanings
from rosterkey.workbook.layout import IMPORT, IMPORT_HEADINGS

_KINDS = (".csv", ".txt", ".tsv")


def open_csv_now(session: Session) -> None:
    """Read a text file into the Import sheet, every cell as text."""
    path = dialogs.choose_file_to_open("Open a roster", session.folder())
    if path is None:
        return
    if path.suffix.lower() not in _KINDS:
        raise ButtonStopped(
            f"{path.name} is no text file. Open a workbook by itself and copy its rows to the "
            "sheet Import (values only)."
        )
    session.progress(f"Reading {path.name}", 0.0)
    read = with_meanings(read_file(path))
    header = find_header(read)
    if not header.positions:
        raise ButtonStopped(" ".join(finding.message for finding in header.findings))
    rows = _import_rows(read, header)
    _ask_before(session, path, read, header, len(rows))
    beside = fill_import(session, rows)
    session.tell(f"{count(len(rows), 'row')} of {path.name} are on the sheet Import.{beside}")


def _import_rows(read: Sheet, header: Header) -> list[Row]:
    """The lines below the header under the headings of the Import sheet."""
    columns = columns_of(header)
    places = [columns.get(heading) for heading in IMPORT_HEADINGS]
    rows: list[Row] = []
    for number, cells in read.rows:
        if number > header.row:
            picked = [cells[p] if p is not None and p < len(cells) else None for p in places]
            rows.append([text(as_text(cell)) or None for cell in picked])
    return rows


def _ask_before(session: Session, path: Path, read: Sheet, header: Header, rows: int) -> None:
    """Say what the reader has to say, and what would be lost. Raises ButtonStopped at a no."""
    said = [f.message for f in (*read.findings, *header.findings) if f.severity != "notice"]
    for name in ("old_student_id", "new_username"):
        if name in header.positions:
            said.append(
                f"The column {HEADING[name]} has no place on the sheet Import and would be left "
                "out. To use it, import the file with the command rosterkey."
            )
    standing = rows_on_import(session)
    if standing:
        said.append(f"The {count(standing, 'row')} on the sheet Import would be replaced.")
    if said:
        listed = "\n".join(f"- {line}" for line in said[:6])
        question = f"{path.name} holds {count(rows, 'row')}.\n{listed}\n\nGo on?"
        if not session.ask(question):
            raise ButtonStopped("The sheet Import was left as it is.")


def save_csv_now(session: Session) -> None:
    """Write the Import sheet into a CSV: UTF-8, nothing that would run, no passwords."""
    sheet = read_sheet(sheet_named(session.book, IMPORT))
    header = find_header(sheet)
    if not header.positions:
        raise ButtonStopped(" ".join(finding.message for finding in header.findings))
    name = f"{Path(session.book.name).stem}.csv"
    path = dialogs.choose_file_to_save("Save the roster", session.folder(), name)
    if path is None:
        return
    columns = columns_of(header)
    secret = columns.pop(HEADING["password"], None) is not None
    content = io.StringIO(newline="")
    writer = csv.writer(content, lineterminator="\r\n")
    writer.writerow(columns)
    lines = 0
    for number, cells in sheet.rows:
        line = [as_text(cells[p]) if p < len(cells) else "" for p in columns.values()]
        if number > header.row and any(line):
            writer.writerow([neutralise(cell) for cell in line])
            lines += 1
    with replacing(path) as file:
        file.write(content.getvalue().encode("utf-8-sig", "replace"))
    left_out = " The passwords were left out." if secret else ""
    session.tell(f"{count(lines, 'row')} were saved in {path}.{left_out}")
