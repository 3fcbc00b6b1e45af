"""A CSV that a spreadsheet program opens as it is meant: nothing in it runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from rosterkey.files.csv.text import neutralise
from rosterkey.files.replace import replacing
from rosterkey.files.safe_text import without_surrogates


def write_rows(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write rows of texts: UTF-8 with a byte order mark, CRLF.

    Text that a spreadsheet would take for a formula is neutralised; the reader restores it.
    Raises UnwritableFile.
    """
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        for row in rows:
            writer.writerow([neutralise(without_surrogates(cell)) for cell in row])
        text.flush()
        text.detach()
