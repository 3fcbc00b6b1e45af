"""The whole demo, step by step, in a folder of its own."""

from __future__ import annotations

import time
from pathlib import Path

from rosterkey.demo import first_year, new_year, renames, twins, way_back
from rosterkey.demo.district import CODE, known_accounts
from rosterkey.demo.sample import students
from rosterkey.demo.stage import Busy, Stage, no_bar
from rosterkey.demo.story import Listener, Story, deaf
from rosterkey.store import open_store
from rosterkey.usecases.settings import Settings

DATABASE = "demo.db"
ACTOR = "Demo administrator"


def settings_of(folder: Path) -> Settings:
    """Settings of the demo alone: the user's database and settings are not even looked at."""
    return Settings(database=f"sqlite:///{folder / DATABASE}", district=CODE, actor=ACTOR)


def run_demo(folder: Path, rows: int, hear: Listener = deaf, busy: Busy = no_bar) -> Story:
    """Play the story with `rows` students in an empty folder and return what came of it.

    `hear` is called with every step and item as it comes. Raises ValueError for too few rows,
    StoreError and UnwritableFile.
    """
    start = time.perf_counter()
    story = Story(folder, rows, files={DATABASE: "the demo's own account database"})
    settings = settings_of(folder)
    known = known_accounts(students(rows))
    store = open_store(settings.database)
    try:
        _play(Stage(story, store, settings, known, hear, busy))
    finally:
        store.close()
    story.seconds = time.perf_counter() - start
    return story


def _play(stage: Stage) -> None:
    first_year.load_district(stage)
    first_year.export_roster(stage)
    first_year.add_ids(stage)
    first_year.show_faults(stage)
    renames.rename_all(stage)
    before = stage.dump()
    number = new_year.start_new_year(stage)
    twins.refuse_duplicates(stage)
    new_year.import_again(stage)
    way_back.take_back(stage, number, before)
    way_back.tell_history(stage)
