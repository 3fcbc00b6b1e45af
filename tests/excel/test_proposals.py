"""Validate asks about columns whose headings nobody knows."""

from __future__ import annotations

from rosterkey.excel import buttons
from tests.excel.desk import ANA_RENAMED, BEN, CARLA, FIRST, Desk


def renamed_heading(desk: Desk) -> None:
    desk.fill(ANA_RENAMED, BEN, CARLA, ("00126", "devans", "Dan", "Evans", "2", "Oak Middle", ""))
    desk.import_sheet.range((FIRST - 1, 1)).value = "Kennung"


def test_a_yes_is_remembered(desk: Desk) -> None:
    renamed_heading(desk)
    desk.answer("yes")
    buttons.validate()
    asked = desk.screen.prompts()[0]
    assert '"Kennung" is Student ID: 100% of its values are stored Student IDs' in asked
    assert desk.column("Result")[0] == "Rename"
    before = len(desk.screen.prompts())
    buttons.validate()
    assert len(desk.screen.prompts()) == before + 1, "only the result is told"
    assert desk.column("Result")[0] == "Rename"


def test_a_no_reads_nothing(desk: Desk) -> None:
    renamed_heading(desk)
    desk.answer("no")
    buttons.validate()
    assert desk.column("Result")[0] == "Create"
    assert "header-proposal" in desk.column("Code", "Findings")
