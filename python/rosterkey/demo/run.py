"""The whole demo, step by step, in a folder of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from rosterkey.demo import first_year, new_year, renames, twins, way_back
from rosterkey.demo.district import CODE, known_accounts
from rosterkey.demo.sample import students
from rosterkey.demo.stage import Busy, Stage, no_bar
from rosterkey.demo.story import Listener, Story, deaf
from rosterkey.store import open_store
from rosterkey.usecases.settings import Settings

DATABASE = "demo.db"
ACTOR = "demo"


def settings_of(folder: Path) -> Settings:
    """Settings of the demo alone: the user's database and settings are not even looked at."""
    from sqlalchemy import URL  # late: the command line starts without it

    # Not put together by hand: a percent sign in a folder's name would lead elsewhere.
    address = URL.create("sqlite", database=(folder / DATABASE).as_posix())
    return Settings(database=address.render_as_string(), district=CODE, actor=ACTOR)


def run_demo(folder: Path, rows: int, hear: Listener = deaf, busy: Busy = no_bar) -> Story:
    """Play the story with `rows` students in an empty folder and return what came of it.

    `hear` is called with every step and item as it comes. Raises ValueError for too few rows,
    StoreError and UnwritableFile.
    """
    start = time.perf_counter()
    settings = settings_of(folder)
    story = Story(folder, rows, settings.database)
    known = known_accounts(students(rows))
    store = open_store(settings.database)
    try:
        _play(Stage(story, store, settings, known, hear, busy))
    finally:
        store.close()
    story.files[DATABASE] = "the demo's own account database"
    story.seconds = time.perf_counter() - start
    return story


def _play(stage: Stage) -> None:
    for step in steps(stage):
        step()
        if not stage.story.proved:
            return  # what comes next rests on it


def steps(stage: Stage) -> Iterator[Callable[[], None]]:
    """The steps in their order; later ones are told what the new school year was."""
    yield partial(first_year.load_district, stage)
    yield partial(first_year.export_roster, stage)
    yield partial(first_year.add_ids, stage)
    yield partial(first_year.show_faults, stage)
    yield partial(renames.rename_all, stage)
    before = stage.dump()
    yield partial(new_year.start_new_year, stage)
    number = stage.figures["import"]
    yield partial(twins.refuse_duplicates, stage)
    yield partial(new_year.import_again, stage)
    yield partial(way_back.take_back, stage, number, before)
    yield partial(way_back.tell_history, stage)
