"""What goes out comes back as it was: dump and load, export and validate."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.cases.contract import dump_lines
from tests.cases.program import Program
from tests.libreoffice import convert, needs_libreoffice

NAMES = [
    ("Ana", "Smith"),
    ("Jos\u00e9", "Garc\u00eda"),
    ("Phuong", "Nguy\u1ec5n"),
    ("-Kai", "'Okusitino"),
    ("=1+1", "@SUM(1,1)"),
    ("Null", "NA"),
    ("True", "May"),
    ("1E5", "00123"),
    ("3-4", "5%"),
    ("12/5", "2026-03-01"),
    ("  two  spaces ", "tab\there"),
    ("line\nbreak", "O\u2019Brien"),
    ("\u0645\u062d\u0645\u062f", "\u5c71\u7530\u592a\u90ce"),
    ("\u0645\u06cc\u0644\u0627\u062f\u200c\u067e\u0648\u0631", "X \U0001f600"),
    ("nbsp\u00a0inside", "\u200bzero"),
    ("\uff11\uff12", unicodedata.normalize("NFD", "Dvo\u0159\u00e1k")),
    ("<b>&amp;</b>", '"quoted", and more'),
    ("_x0041_", "_x000D_"),
    ("a;b", "a|b"),
    ("x" * 300, "y"),
]
"""Names as other systems have stored them; only some could be typed into a sheet today."""


def _account(number: int, first: str, last: str) -> dict[str, Any]:
    return {
        "key": f"r{number}",
        "district": "D1",
        "role": "student",
        "status": "active",
        "student_id": ["00123", "1E5", "12-5", "1.0", None][number % 5] and f"0{number}E5",
        "username": f"user{number}",
        "first_name": first,
        "last_name": last,
        "school": "Lincoln Elementary",
        "grade": ["3", "K", "PK"][number % 3],
        "classes": [["3A"], [], ["1-2", "5%"]][number % 3],
        "password": "old:one",
    }


@pytest.fixture
def program(tmp_path: Path) -> Program:
    loaded = Program(tmp_path)
    loaded.load(dump_lines(_account(number, *name) for number, name in enumerate(NAMES)))
    return loaded


def test_dump_loads_into_the_same_dump(program: Program, tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    assert program.run("dump", first).code == 0
    other = Program(tmp_path / "other")
    other.folder.mkdir()
    assert other.run("load", first).code == 0
    assert other.run("dump", second).code == 0
    assert second.read_bytes() == first.read_bytes()
    assert len(first.read_bytes().splitlines()) == len(NAMES) + 1


@pytest.mark.parametrize("name", ["roster.xlsx", "roster.csv"])
def test_export_without_an_edit_is_all_unchanged(name: str, program: Program) -> None:
    path = program.folder / name
    assert program.run("export", "--out", path).code == 0
    _assert_unchanged(program, path)


@needs_libreoffice
def test_export_that_libreoffice_saved_is_all_unchanged(program: Program) -> None:
    path = program.folder / "roster.xlsx"
    assert program.run("export", "--out", path).code == 0
    _assert_unchanged(program, convert(path, "xlsx"))


def _assert_unchanged(program: Program, path: Path) -> None:
    told = program.run("validate", path, "--json", "--all-rows").json
    assert told["counts"]["rows"] == len(NAMES)
    changed = [(row["row"], row["changes"], row["findings"]) for row in told["rows"]
               if row["outcome"] != "unchanged" or row["findings"]]  # fmt: skip
    assert changed == []
    assert (told["gate"], told["confirm"]) == ("go", [])
