"""The buttons Next finding, Help and Settings."""

from __future__ import annotations

from rosterkey.excel import buttons
from tests.excel.desk import ANA, BEN, CARLA, FIRST, NEW, Desk

BAD = (("00123", "", *ANA[2:]), BEN, (*CARLA[:5], "Nowhere", "2B"))


class TestNextFinding:
    def test_it_goes_round(self, desk: Desk) -> None:
        desk.fill(*BAD)
        buttons.validate()
        seen = []
        for _ in range(3):
            buttons.next_finding()
            seen.append(desk.book.app.selection.address)
        assert seen == ["$B$5", "$F$7", "$B$5"]
        assert desk.book.sheets.active.name == "Import"

    def test_a_row_without_a_marked_cell_is_named_by_its_findings(self, desk: Desk) -> None:
        desk.fill(*BAD)
        buttons.validate()
        cell = desk.cell(FIRST, "Username")
        cell.note.delete()
        cell.add_note("mine")
        buttons.next_finding()
        assert desk.book.app.selection.address == "$K$5"

    def test_without_findings_it_says_so(self, desk: Desk) -> None:
        desk.fill(ANA)
        buttons.validate()
        buttons.next_finding()
        assert desk.last().startswith("No row of the sheet Import has a finding")


class TestHelp:
    def test_a_cell_is_explained(self, desk: Desk) -> None:
        desk.fill(*BAD)
        buttons.validate()
        desk.select(desk.cell(FIRST + 2, "School"))
        buttons.help()
        assert "(unknown-school)" in desk.last()
        assert "How to mend it:" in desk.last()

    def test_a_line_of_findings_is_explained(self, desk: Desk) -> None:
        desk.fill(*BAD)
        buttons.validate()
        line = FIRST + desk.column("Code", "Findings").index("username-blank")
        desk.select(desk.sheet("Findings").range((line, 2)))
        buttons.help()
        assert "(username-blank)" in desk.last()

    def test_elsewhere_the_steps_are_told(self, desk: Desk) -> None:
        buttons.help()
        assert desk.last().startswith("1. Export")


class TestSettings:
    def test_database_and_district_are_told(self, desk: Desk) -> None:
        buttons.settings()
        assert desk.url in desk.last()
        assert "District: Lincoln Unified, 4 students" in desk.last()

    def test_what_is_missing_is_told(self, desk: Desk) -> None:
        desk.name("SettingDistrict", "D9")
        buttons.settings()
        assert "Missing: The district D9 is not in the database" in desk.last()

    def test_a_password_in_the_url_is_not_shown(self, desk: Desk) -> None:
        desk.name("SettingDatabase", "postgresql://kim:Sunny-Day-7@db.example.org/roster")
        desk.fill(NEW)
        buttons.settings()
        buttons.validate()
        assert all("Sunny" not in prompt for prompt in desk.screen.prompts())
