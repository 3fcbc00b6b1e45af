"""From the text of a CSV to rows of texts: the dividing character, the quotes, the bounds."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from rosterkey.core.rules import files as rules
from rosterkey.files.csv.encoding import Encoding
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.limits import MAX_CELL, MAX_CELLS, MAX_LINE
from rosterkey.files.roster_look import LOOK_ROWS, looks_like_roster

DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
"""What may stand between the cells, in the order of preference."""

_SAMPLE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Dialect:
    """`delimiter` stands between the cells; `declared`: a first line `sep=;` says so."""

    delimiter: str
    declared: bool = False


def dialect_of(path: Path, encoding: Encoding) -> Dialect:
    """The character between the cells, by a `sep=` line or by what makes the best table."""
    with path.open(encoding=encoding.codec, newline="") as stream:
        sample = stream.read(_SAMPLE)
        whole = not stream.read(1)
    first = sample[:8].splitlines()[0] if sample[:8].splitlines() else ""
    if first[:4].lower() == "sep=" and len(first) == len("sep=;"):
        return Dialect(first[4], declared=True)
    return Dialect(max(DELIMITERS, key=lambda mark: _table_score(sample, mark, whole)))


def _table_score(sample: str, delimiter: str, whole: bool) -> tuple[bool, float, int]:
    """How much the sample looks like a table: a header, even rows, many columns."""
    rows = []
    with bounded_fields():
        try:
            for row in csv.reader(_lines(sample), delimiter=delimiter):
                rows.append(row)
                if len(rows) > LOOK_ROWS * 4:
                    break
        except csv.Error:
            whole = True
    if not whole and len(rows) > 1:
        rows.pop()  # the sample may end in the middle of it
    widths = [len(row) for row in rows if any(row)]
    if not widths:
        return False, 0.0, 0
    usual = max(set(widths), key=widths.count)
    even = widths.count(usual) / len(widths) if usual > 1 else 0.0
    filled = [tuple(row) for row in rows if any(row)]
    return looks_like_roster(filled), even, usual


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends; only LF, CR and CRLF end a line."""
    return io.StringIO(text, newline="")


def rows_of(path: Path, encoding: Encoding, dialect: Dialect) -> Iterator[list[str]]:
    """Every row of cells in order, blank lines as empty lists, without the `sep=` line.

    Raises:
        UnreadableFile: a quotation mark is not closed, or a cell or the file is too large.
        OSError: the file cannot be read.
    """
    cells = 0
    with path.open(encoding=encoding.codec, newline="") as stream, bounded_fields():
        if dialect.declared:
            stream.readline()
        reader = csv.reader(
            bounded_lines(path.name, stream), delimiter=dialect.delimiter, strict=True
        )
        while True:
            start = reader.line_num
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise _refusal(path, encoding, dialect, start, error) from None
            cells += len(row)
            if cells > MAX_CELLS:
                raise UnreadableFile(
                    rules.TOO_LARGE_UNPACKED,
                    f"{path.name} holds more than {MAX_CELLS:,} cells: split it into several.",
                )
            yield row


def bounded_lines(name: str, stream: TextIO) -> Iterator[str]:
    """The lines of the file `name`, none of which is read into memory beyond the limit.

    Raises:
        UnreadableFile: a line is too long.
    """
    while line := stream.readline(MAX_LINE):
        if len(line) == MAX_LINE and not line.endswith(("\r", "\n")):
            raise UnreadableFile(
                rules.TOO_LARGE_UNPACKED,
                f"A line of {name} has more than {MAX_LINE:,} characters: it is no roster, "
                "or the ends of the lines are lost; export it again.",
            )
        yield line


@contextmanager
def bounded_fields() -> Iterator[None]:
    """Let no cell grow beyond the limit while the block runs."""
    before = csv.field_size_limit(MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _refusal(
    path: Path, encoding: Encoding, dialect: Dialect, start: int, error: csv.Error
) -> UnreadableFile:
    """What to say where the reader gave up in the row that begins after line `start`."""
    opened, bad = _open_quote(path, encoding, dialect, start)
    if "field larger" in str(error) and opened is None:
        return UnreadableFile(
            rules.TOO_LARGE_UNPACKED,
            f"A cell in line {bad} of {path.name} has more than {MAX_CELL:,} characters: "
            "it is no roster, or the ends of the lines are lost; export it again.",
        )
    line = opened if opened is not None else bad
    return UnreadableFile(
        rules.BAD_QUOTING,
        f"The quotation mark in line {line} of {path.name} is not closed where its cell ends: "
        "close or remove it, and write a quotation mark inside a cell twice.",
    )


def _open_quote(
    path: Path, encoding: Encoding, dialect: Dialect, start: int
) -> tuple[int | None, int]:
    """The line in which the quotation mark opens that goes wrong, and the last line looked at.

    Lines count from 1 as an editor shows them, the `sep=` line included.
    """
    opened: int | None = None
    line = start
    with path.open(encoding=encoding.codec, newline="") as stream:
        for number in range(start + dialect.declared):
            if not stream.readline(MAX_CELL) and number:
                break
        line += dialect.declared
        before = dialect.delimiter
        seen = 0
        while (text := stream.readline(MAX_CELL)) and seen <= MAX_CELL:
            line += 1
            seen += len(text)
            opened, wrong = _scan_line(text, dialect.delimiter, opened, line, before)
            if wrong is not None:
                return wrong, line
            if opened is None:
                break
    return opened, line


def _scan_line(
    text: str, delimiter: str, opened: int | None, line: int, before: str
) -> tuple[int | None, int | None]:
    """Follow the quotes of one line: where one stands open at its end, and where one went wrong."""
    at = 0
    while at < len(text):
        char = text[at]
        if opened is not None:
            if char == '"' and text[at + 1 : at + 2] == '"':
                at += 1
            elif char == '"':
                after = text[at + 1 : at + 2]
                if after not in ("", delimiter, "\r", "\n"):
                    return None, opened
                opened = None
        elif char == '"' and before == delimiter:
            opened = line
        before = char
        at += 1
    return opened, None
