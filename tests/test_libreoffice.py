"""The starter of LibreOffice itself: what it gives, and what it says when nothing comes out."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import openpyxl
import pytest

from tests import libreoffice
from tests.libreoffice import ConversionFailed, convert, needs_libreoffice

pytestmark = needs_libreoffice


def test_saves_a_workbook_as_another_program_would(tmp_path: Path) -> None:
    source = tmp_path / "roster.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Student ID", "00123"])
    book.save(source)
    before = source.read_bytes()

    saved = convert(source, "xlsx")

    assert saved == tmp_path / "libreoffice" / "roster.xlsx"
    assert [cell.value for cell in openpyxl.load_workbook(saved).active[1]] == [
        "Student ID",
        "00123",
    ]
    assert source.read_bytes() == before


def test_opens_a_csv_and_prints_it(tmp_path: Path) -> None:
    source = tmp_path / "roster.csv"
    source.write_text("Username,Grade\nasmith,3\n")
    assert convert(source, "pdf").read_bytes().startswith(b"%PDF-")


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    source = tmp_path / "broken.xlsx"
    source.write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(ConversionFailed, match=r"broken\.pdf"):
        convert(source, "pdf")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups to look at")
def test_a_late_program_is_ended_with_its_children(tmp_path: Path) -> None:
    child = tmp_path / "child"
    command = ["sh", "-c", f"(sleep 1; touch {child}) & wait"]
    with pytest.raises(ConversionFailed, match=r"more than 0\.2 seconds"):
        libreoffice._run(command, 0.2)
    time.sleep(1.2)
    assert not child.exists()
