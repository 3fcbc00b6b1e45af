"""Findings into the user's file with openpyxl, load, edit, save: `openpyxl_marks.py FILE MARKS`.

MARKS is JSON: the sheet, the last column, the texts of the result columns by row, and the colour
and note of each marked cell. Prints the CPU and wall seconds of the three, without start-up.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

FILLS = {
    name: PatternFill("solid", start_color=color)
    for name, color in (("error", "FFC7CE"), ("warning", "FFEB9C"), ("notice", "DDEBF7"))
}


def main(file: str, marks: str) -> None:
    """Mark the workbook in its place."""
    wanted = json.loads(Path(marks).read_text(encoding="utf-8"))
    cpu, wall = time.process_time(), time.perf_counter()
    book = load_workbook(file)
    sheet = book[wanted["sheet"]]
    for row, texts in wanted["results"]:
        for column, text in enumerate(texts, start=wanted["columns"] + 1):
            if text:
                sheet.cell(row, column, text)
    for row, column, severity, note in wanted["cells"]:
        cell = sheet.cell(row, column + 1)
        cell.fill = FILLS[severity]
        cell.comment = Comment(note, "rosterkey")
    book.save(file)
    took = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    print(json.dumps(took))


if __name__ == "__main__":
    main(*sys.argv[1:])
