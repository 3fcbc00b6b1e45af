"""The page of the workbook tells what the committed workbook has: sheets, buttons, settings."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import openpyxl
import pytest

from rosterkey.core.options import Limits
from rosterkey.workbook.parts import xml_of
from tests.docs.test_commands import COMMANDS, sections

ROOT = Path(__file__).resolve().parents[2]
PAGE = sections((ROOT / "docs" / "workbook.md").read_text(encoding="utf-8"))
BOOK = openpyxl.load_workbook(ROOT / "workbook" / "RosterTemplate.xlsm")
_BUTTON = "{http://schemas.microsoft.com/office/2009/07/customui}button"


def rows(section: str) -> list[list[str]]:
    """The lines of the one table of a section, without its headings."""
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def first_cells(section: str) -> list[str]:
    return [cells[0] for cells in rows(PAGE[section])]


def test_a_table_is_read() -> None:
    assert rows("text\n\n| a | b |\n|---|---|\n| one | two words |\n") == [["one", "two words"]]


def test_every_sheet_is_told_in_its_order() -> None:
    assert first_cells("The sheets") == BOOK.sheetnames


@pytest.mark.parametrize("ribbon", ["customUI14.xml", "customUI14-addin.xml"])
def test_every_button_is_told_in_its_order(ribbon: str) -> None:
    tree = xml_of((ROOT / "addin" / "ribbon" / ribbon).read_bytes())
    assert first_cells("The buttons") == [button.get("label") for button in tree.iter(_BUTTON)]


def test_a_button_names_a_command_that_is_there() -> None:
    named = [
        command
        for cells in rows(PAGE["The buttons"])
        for command in re.findall(r"`rosterkey ([\w-]+)", cells[2])
    ]
    assert set(named) == {
        "export", "validate", "import", "undo", "history", "explain", "usernames", "add-ids",
    }  # fmt: skip
    assert set(named) <= COMMANDS.keys()


def test_every_setting_of_the_sheet_is_told() -> None:
    labels = []
    for name in BOOK.defined_names.values():
        for sheet, cell in name.destinations:
            if sheet == "Settings":
                labels.append(BOOK[sheet][cell].offset(column=-1).value)
    told = [label for cell in first_cells("The sheet Settings") for label in cell.split(", ")]
    assert sorted(told) == sorted(labels)
    assert len(labels) == 8 + len(fields(Limits))
