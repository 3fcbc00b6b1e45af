"""The story of `rosterkey demo`, from the first export to the undo, played through the buttons."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rosterkey.demo.district import known_accounts
from rosterkey.demo.run import settings_of, steps
from rosterkey.demo.sample import FEWEST, students
from rosterkey.demo.story import Story
from rosterkey.store import open_store
from tests.libreoffice_screen.desk import ShownDesk
from tests.libreoffice_screen.stage import ShownStage
from tests.libreoffice_screen.user import User


@pytest.fixture(scope="session")
def rows() -> int:
    """So many students: the fewest that the story can be told of, all where there is time."""
    return 960 if os.environ.get("ROSTERKEY_LONG") == "1" else FEWEST


def test_the_story_of_the_demo(tmp_path: Path, user: User, rows: int) -> None:
    settings = settings_of(tmp_path)
    story = Story(tmp_path, rows, settings.database)
    desk = ShownDesk(tmp_path, user, [])
    desk.name("SettingDatabase", settings.database)
    store = open_store(settings.database)
    try:
        stage = ShownStage(story, store, settings, known_accounts(students(rows)), desk=desk)
        for step in steps(stage):
            step()
            assert [proof.claim for proof in story.proofs if not proof.holds] == []
        stage.show_history()
    finally:
        store.close()
        desk.close()
    assert len(story.steps) == 10
    assert len(story.proofs) > 20
