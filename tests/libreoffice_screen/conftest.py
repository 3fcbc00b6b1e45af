"""One screen and one LibreOffice for the session."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.libreoffice_engine.office import why_not
from tests.libreoffice_extension.installed import install
from tests.libreoffice_screen.desk import ShownDesk
from tests.libreoffice_screen.screen import Screen, screen_in_memory
from tests.libreoffice_screen.shown import ShownOffice, write_profile, write_python
from tests.libreoffice_screen.user import User


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    """Where pictures of the screen are kept: the folder that ROSTERKEY_PICTURES names."""
    wanted = os.environ.get("ROSTERKEY_PICTURES")
    if not wanted:
        return None
    folder = Path(wanted).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """A screen in memory."""
    if reason := why_not():
        pytest.skip(reason)
    with screen_in_memory(tmp_path_factory.mktemp("screen")) as shown:
        yield shown


@pytest.fixture(scope="session")
def office(screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShownOffice]:
    """A LibreOffice with windows and with the extension."""
    folder = tmp_path_factory.mktemp("office")
    write_profile(folder / "profile")
    python = write_python(folder)
    running = ShownOffice(folder, screen, install(folder, str(python)), python)
    try:
        yield running
    finally:
        running.end()


@pytest.fixture
def user(screen: Screen, office: ShownOffice, pictures: Path | None) -> User:
    """A user before that screen."""
    return User(screen, office, pictures)


@pytest.fixture
def desk(tmp_path: Path, user: User) -> Iterator[ShownDesk]:
    """The user's workbook, open before them, and a small district."""
    opened = ShownDesk(tmp_path, user)
    yield opened
    opened.close()
