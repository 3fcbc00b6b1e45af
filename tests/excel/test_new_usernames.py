"""The button New usernames."""

from __future__ import annotations

from pathlib import Path

import pytest

from rosterkey.excel import buttons
from tests.engine.engine import close_all
from tests.excel.desk import ANA, NEW, PEOPLE, Desk, account_lines


@pytest.fixture
def pattern(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The user's settings file, with a pattern in it."""
    path = tmp_path / "settings.toml"
    path.write_text('username_pattern = "{first}.{last}"\n', "utf-8")
    monkeypatch.setattr("rosterkey.usecases.settings.settings_file", lambda: path)
    return path


def test_new_usernames_come_onto_import_and_can_be_imported(desk: Desk, pattern: Path) -> None:
    desk.fill(NEW)
    desk.answer("yes")
    buttons.new_usernames()
    asked = desk.screen.prompts()[0]
    assert "Ana Smith: asmith becomes ana.smith" in asked
    assert "The 1 row there would be replaced." in asked
    assert sorted(desk.column("Username")) == ["ana.smith", "ben.jones", "carla.diaz", "dan.evans"]
    assert sorted(desk.column("Student ID")) == ["00123", "00124", "00125", "00126"]
    desk.answer("yes")
    buttons.validate()
    assert set(desk.column("Result")) == {"Rename"}


def test_a_no_leaves_the_sheet_as_it_is(desk: Desk, pattern: Path) -> None:
    desk.fill(ANA)
    desk.answer("no")
    buttons.new_usernames()
    assert desk.column("Username") == ["asmith"]
    assert desk.last() == "The sheet Import was left as it is."


def test_students_without_an_id_are_told(tmp_path: Path, pattern: Path) -> None:
    lines = account_lines(PEOPLE[:2])
    lines[1]["student_id"] = None
    desk = Desk(tmp_path, lines)
    try:
        desk.answer("yes")
        buttons.new_usernames()
        assert "1 student. Add the IDs first." in desk.screen.prompts()[0]
        assert desk.column("Username") == ["ben.jones"]
    finally:
        close_all()


def test_a_missing_and_a_wrong_pattern_are_told(desk: Desk, pattern: Path) -> None:
    pattern.write_text('username_pattern = "{frist}"\n', "utf-8")
    buttons.new_usernames()
    assert "Did you mean {first}?" in desk.last()
    pattern.write_text("", "utf-8")
    buttons.new_usernames()
    assert "There is no pattern for usernames yet" in desk.last()


def test_the_pattern_of_the_workbook_comes_first(desk: Desk, pattern: Path) -> None:
    desk.name("SettingPattern", "{first:1}.{last}")
    desk.answer("yes")
    buttons.new_usernames()
    assert sorted(desk.column("Username")) == ["a.smith", "b.jones", "c.diaz", "d.evans"]
