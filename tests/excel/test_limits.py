"""The limits of the guards on the sheet Settings: proposals, until their user says yes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from rosterkey.core.options import Limits
from rosterkey.excel import buttons
from rosterkey.usecases.settings import read_settings, settings_file
from tests.engine.engine import close_all
from tests.excel.desk import Desk, account_lines


def write_settings(text: str) -> None:
    """The user's settings file."""
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(text, "utf-8")


class TestTakingOver:
    def test_blank_cells_ask_nothing(self, desk: Desk) -> None:
        buttons.settings()
        assert len(desk.screen.alerts) == 1
        assert "Limits: the usual ones" in desk.last()
        assert not settings_file().exists()

    def test_after_a_yes_they_are_the_users_own_beside_what_stood_there(self, desk: Desk) -> None:
        write_settings('# mine\nactor = "Bo"\n\n[limits]\nrows = 10 # small\n')
        desk.name("LimitCreates", "50")
        desk.name("LimitDifferentPersonsShare", "0,5%")
        desk.answer("yes")
        buttons.settings()
        question = desk.screen.alerts[0]
        assert (question.buttons, question.mode) == ("yes_no", "critical")
        assert "New accounts: 20 → 50 (lets more pass)" in question.prompt
        assert "Different persons (share): 1% → 0.5% (asks sooner)" in question.prompt
        assert str(settings_file()) in question.prompt
        limits = asdict(read_settings().limits)
        assert limits == asdict(Limits()) | {
            "rows": 10,
            "creates": 50,
            "different_persons_share": 0.005,
        }
        assert settings_file().read_text("utf-8").startswith('# mine\nactor = "Bo"\n')
        assert "The limits were written into" in desk.last()
        assert "New accounts 50 (usually 20)" in desk.last()
        if os.name == "posix":
            assert settings_file().stat().st_mode & 0o077 == 0

    def test_what_is_taken_over_is_not_asked_again(self, desk: Desk) -> None:
        desk.name("LimitSizeFactor", "2.5")
        desk.answer("yes")
        buttons.settings()
        buttons.settings()
        assert len(desk.screen.alerts) == 3

    def test_stricter_limits_are_asked_in_a_calmer_way(self, desk: Desk) -> None:
        desk.name("LimitCreates", "5")
        buttons.settings()
        assert desk.screen.alerts[0].mode == "info"

    @pytest.mark.parametrize("answers", [(), ("no",), ("cancel",), ("ok",)])
    def test_without_a_yes_nothing_is_written(self, desk: Desk, answers: tuple[str, ...]) -> None:
        desk.name("LimitCreates", "50")
        desk.answer(*answers)
        buttons.settings()
        assert not settings_file().exists()
        assert "were not taken over: yours hold as before" in desk.last()
        assert "Limits: the usual ones" in desk.last()

    @pytest.mark.parametrize(
        ("cell", "text", "wanted"),
        [
            ("LimitCreates", "many", 'On the sheet Settings, "New accounts" says "many"'),
            ("LimitCreates", "1,000", "a whole number from 0, such as 20"),
            ("LimitCreates", "-1", "a whole number from 0"),
            ("LimitCreatesShare", "5", "a share from 0% to 100%, such as 5%"),
            ("LimitCreatesShare", "nan", "a share from 0% to 100%"),
            ("LimitCreatesShare", "1.2.3%", "a share from 0% to 100%"),
            ("LimitSizeFactor", "50%", "a number from 0, such as 3"),
        ],
    )
    def test_what_is_no_limit_is_said(self, desk: Desk, cell: str, text: str, wanted: str) -> None:
        desk.name(cell, text)
        desk.answer("yes")
        buttons.settings()
        assert wanted in desk.last()
        assert not settings_file().exists()

    def test_a_settings_file_of_another_form_is_left_to_the_person(self, desk: Desk) -> None:
        write_settings("limits.rows = 10\n")
        desk.name("LimitCreates", "50")
        desk.answer("yes")
        buttons.settings()
        assert "below [limits] by hand: creates = 50" in desk.last()
        assert settings_file().read_text() == "limits.rows = 10\n"


@pytest.fixture
def renamed(tmp_path: Path) -> Iterator[Desk]:
    """A district of 25 students, all with a new class on the sheet: a guard asks."""
    people = [
        (f"a{n}", f"{n:05}", f"user{n}", "Ana", f"Li{chr(97 + n)}", "3", "Oak Middle", ["3A"])
        for n in range(25)
    ]
    desk = Desk(tmp_path, account_lines(people))
    desk.fill(*[(*person[1:7], "3B") for person in people])
    yield desk
    close_all()


class TestWhatTheSheetCannotDo:
    def test_a_workbook_cannot_make_the_guards_look_away(self, renamed: Desk) -> None:
        renamed.name("LimitChangedShare", "100%")
        renamed.name("LimitRows", "1000000")
        buttons.validate()
        assert "mass-update" in renamed.column("Code", "Findings")
        assert "CONFIRM" in renamed.last()

    def test_its_user_can(self, renamed: Desk) -> None:
        renamed.name("LimitChangedShare", "100%")
        renamed.answer("yes")
        buttons.settings()
        buttons.validate()
        assert "mass-update" not in renamed.column("Code", "Findings")
