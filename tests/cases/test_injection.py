"""V04: text that a spreadsheet would run lies in the database, and never comes alive."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.cases.contract import dump_lines
from tests.cases.program import Program
from tests.hazards.district import DATA

TEXTS = (DATA / "formula_injection.txt").read_bytes().decode("utf-8").rstrip("\n").split("\n")
STARTS = ("=", "+", "-", "@", "\t", "\r")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _account(number: int, text: str) -> dict[str, Any]:
    return {
        "key": f"f{number}",
        "district": "D1",
        "role": "student",
        "status": "active",
        "student_id": f"7{number:03d}",
        "username": f"f{number}",
        "first_name": text,
        "last_name": "Smith",
        "school": "Lincoln Elementary",
        "grade": "3",
        "classes": [],
        "password": "old:one",
    }


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A district whose first names are all formulas, which only a load can bring in."""
    loaded = Program(tmp_path)
    texts = [*TEXTS, "\r=1+1", "+49 30 1234", "@home", "-Kai", "'=1+1"]
    loaded.load(dump_lines(_account(number, text) for number, text in enumerate(texts)))
    return loaded


def test_workbook_holds_text_cells_only(program: Program) -> None:
    path = program.folder / "roster.xlsx"
    assert program.run("export", "--out", path).code == 0
    with zipfile.ZipFile(path) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not [name for name in package.namelist() if "externalLink" in name]
        cells = [c for name in sheets for c in ET.fromstring(package.read(name)).iter(f"{_MAIN}c")]  # noqa: S314
    assert len(cells) > len(TEXTS)
    for cell in cells:
        assert cell.find(f"{_MAIN}f") is None
        assert cell.get("t") in ("s", "inlineStr") or len(cell) == 0


def test_csv_neutralises_what_a_spreadsheet_would_run(program: Program) -> None:
    path = program.folder / "roster.csv"
    assert program.run("export", "--out", path).code == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    stored = {line["username"]: line["first_name"] for line in program.accounts().values()}
    assert len(rows) == len(stored)
    for row in rows:
        text = stored[row["Username"]]
        assert not row["First Name"].startswith(STARTS)
        if text.startswith(STARTS):
            assert row["First Name"] == f"'{text}"


@pytest.mark.parametrize("name", ["roster.xlsx", "roster.csv"])
def test_way_back_gives_the_very_same_text(name: str, program: Program) -> None:
    path = program.folder / name
    before = program.dump()
    assert program.run("export", "--out", path).code == 0
    ran = program.run("validate", path, "--json", "--all-rows")
    told = ran.json
    assert (ran.code, told["gate"]) == (0, "go")
    assert {row["outcome"] for row in told["rows"]} == {"unchanged"}
    assert [f for row in told["rows"] for f in row["findings"]] == []
    assert program.run("import", path, "--json").json["written"] is False
    assert program.dump() == before


def test_formula_on_the_screen_is_plain_text(program: Program) -> None:
    """A terminal gets no control character from a name, whatever a name holds."""
    path = program.folder / "roster.xlsx"
    assert program.run("export", "--out", path).code == 0
    ran = program.run("validate", path, "--full")
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert "\r" not in ran.out.replace("\r\n", "\n")
