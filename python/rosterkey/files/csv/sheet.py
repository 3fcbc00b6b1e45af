"""A CSV as a sheet: every cell a text, and what the reader has to say about guesses and rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from rosterkey.core.model import Finding, Severity
from rosterkey.core.rules import files as rules
from rosterkey.core.sheet import Sheet
from rosterkey.files.csv.encoding import Encoding, encoding_of
from rosterkey.files.csv.split import DELIMITERS, Dialect, dialect_of, rows_of
from rosterkey.files.csv.text import restore
from rosterkey.files.opening import cannot_open
from rosterkey.files.roster_look import LOOK_ROWS, is_header, may_be_shown

TextRow = tuple[int, tuple[str | None, ...]]
"""The row number that a spreadsheet program shows, and the cells."""

_STEP = 20_000


def read_text(path: Path, *, progress: Callable[[float], None] | None = None) -> Sheet:
    """Read a CSV, tab-separated or otherwise divided text file.

    Raises:
        UnreadableFile: see `csv_encoding` and `csv_split`.
    """
    try:
        encoding = encoding_of(path)
        dialect = dialect_of(path, encoding)
        rows, widths = _read_rows(path, encoding, dialect, progress)
    except OSError as error:
        raise cannot_open(path, error) from None
    except UnicodeDecodeError:
        raise cannot_open(path, OSError(0, "it changed while it was read")) from None
    header = _header_index(rows)
    findings = [
        *_encoding_findings(encoding, rows, header),
        *_delimiter_findings(path, encoding, dialect),
        *_width_findings(rows, widths, header),
    ]
    return Sheet(name=path.stem, rows=tuple(rows), findings=tuple(findings))


def _read_rows(
    path: Path, encoding: Encoding, dialect: Dialect, progress: Callable[[float], None] | None
) -> tuple[list[TextRow], list[int]]:
    """The rows that are not blank, and how many cells each had in the file."""
    rows: list[TextRow] = []
    widths: list[int] = []
    size = max(path.stat().st_size, 1)
    seen = 0
    for number, cells in enumerate(rows_of(path, encoding, dialect), start=1):
        if progress is not None:
            seen += sum(map(len, cells)) + len(cells)
            if number % _STEP == 0:
                progress(min(seen / size, 1.0))
        if not any(cells):
            continue
        width = len(cells)
        while not cells[-1]:
            cells.pop()
        rows.append(
            (number, tuple([(restore(c) if c[:1] == "'" else c) if c else None for c in cells]))
        )
        widths.append(width)
    if progress is not None:
        progress(1.0)
    return rows, widths


def _header_index(rows: Sequence[TextRow]) -> int | None:
    """Where the header stands: a roster's header row, else the fullest of the first rows."""
    first = [cells for _, cells in rows[:LOOK_ROWS]]
    for index, cells in enumerate(first):
        if is_header(cells):
            return index
    filled = [sum(cell is not None for cell in cells) for cells in first]
    return filled.index(max(filled)) if filled else None


def _encoding_findings(
    encoding: Encoding, rows: Sequence[TextRow], header: int | None
) -> list[Finding]:
    """A guessed encoding is said with a sample that the administrator can judge."""
    if not encoding.guessed:
        return []
    row, sample = _sample(rows, header)
    look = f' Row {row} reads "{sample}": if that is wrong,' if sample else " If names look wrong,"
    message = (
        f"The file does not say its text encoding and was read as {encoding.spoken}."
        f'{look} save the list from Excel as "CSV UTF-8" and use that file.'
    )
    severity = Severity.NOTICE if encoding.certain else Severity.WARNING
    return [rules.ENCODING_GUESS.finding(message, row=row, severity=severity)]


def _sample(rows: Sequence[TextRow], header: int | None) -> tuple[int | None, str]:
    """The first name or the like with a character above 127; never a password."""
    if header is None:
        return None, ""
    headings = rows[header][1]
    shown = [i for i, heading in enumerate(headings) if may_be_shown(heading)]
    for number, cells in rows[header + 1 :]:
        for i in shown:
            cell = cells[i] if i < len(cells) else None
            if cell is not None and not cell.isascii():
                return number, cell[:60]
    return None, ""


def _delimiter_findings(path: Path, encoding: Encoding, dialect: Dialect) -> list[Finding]:
    """Say which character was taken to divide the cells, unless it is the expected one."""
    if dialect.delimiter == ",":
        return []
    excel_text = encoding.marked and encoding.codec == "utf-16"
    if dialect.delimiter == "\t" and (excel_text or path.suffix.lower() == ".tsv"):
        return []
    mark = DELIMITERS.get(dialect.delimiter, f'"{dialect.delimiter}"')
    reason = " as its first line says" if dialect.declared else ""
    return [rules.DELIMITER_GUESS.finding(f"The cells are divided by a {mark}{reason}.")]


def _width_findings(
    rows: Sequence[TextRow], widths: Sequence[int], header: int | None
) -> list[Finding]:
    """Rows below the header that have lost a cell or gained one: their columns may be shifted."""
    if header is None:
        return []
    raw, named = widths[header], len(rows[header][1])
    findings = []
    for (number, cells), width in zip(rows[header + 1 :], widths[header + 1 :], strict=True):
        if width < named:
            findings.append(
                rules.TOO_FEW_CELLS.finding(
                    f"Row {number} has {width} cells and the header has {named}: "
                    "add the missing ones, so that every value stands under its heading.",
                    row=number,
                )
            )
        elif len(cells) > raw:
            findings.append(
                rules.TOO_MANY_CELLS.finding(
                    f"Row {number} has {len(cells)} cells and the header has {raw}: "
                    "an unquoted dividing character may have shifted the values; "
                    "put the text that holds it in quotation marks.",
                    row=number,
                )
            )
    return findings
