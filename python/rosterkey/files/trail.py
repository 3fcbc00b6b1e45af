"""One student's trail as a file, for a parent's or an auditor's request."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from rosterkey.files.csv.text import neutralise
from rosterkey.files.replace import replacing
from rosterkey.files.safe_text import without_surrogates

HEADINGS = ("Import", "When (UTC)", "Who", "What", "Reason", "Field", "Before", "After")
"""The columns of a trail: the import that changed something, and what it changed."""

_WIDTHS = (8, 18, 16, 34, 28, 14, 28, 28)


def write_trail(
    path: Path, title: str, rows: Sequence[Sequence[str]], told: dict[str, Any]
) -> None:
    """Write rows under `HEADINGS` as `.xlsx` or `.csv`, or `told` as `.json`.

    Only the owner may read the file. `title` says whose trail it is. Raises UnwritableFile.
    """
    with replacing(path) as file:
        kind = path.suffix.lower()
        if kind == ".json":
            file.write(json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")
        elif kind == ".csv":
            _write_csv(file, rows)
        else:
            _write_xlsx(file, title, rows)


def _write_csv(file: IO[bytes], rows: Sequence[Sequence[str]]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([neutralise(cell) for cell in row] for row in rows)
    text.detach()


def _write_xlsx(file: IO[bytes], title: str, rows: Sequence[Sequence[str]]) -> None:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Trail")
        bold = workbook.add_format({"bold": True})
        text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, without_surrogates(title), bold)
        for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, heading, bold)
        for number, row in enumerate(rows, start=3):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, without_surrogates(cell), text)
        sheet.freeze_panes(3, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
    file.write(made.getvalue())
