"""One LibreOffice with the extension for the session; a desk in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.engine import close_all
from tests.libreoffice_engine.desk import OfficeDesk
from tests.libreoffice_engine.office import Office, running_office, why_not
from tests.libreoffice_extension.installed import Buttons, install


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A fresh profile with the extension; tests that want it are skipped without LibreOffice."""
    if reason := why_not():
        pytest.skip(reason)
    return install(tmp_path_factory.mktemp("extension"))


@pytest.fixture(scope="session")
def office(settings: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A LibreOffice that has it."""
    with running_office(tmp_path_factory.mktemp("office"), settings) as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, office: Office) -> Iterator[OfficeDesk]:
    """The built workbook open in it, and a small district."""
    opened = OfficeDesk(tmp_path, office)
    yield opened
    opened.close()
    close_all()


@pytest.fixture
def buttons(desk: OfficeDesk) -> Buttons:
    """The buttons of the workbook's window."""
    return Buttons(desk.document)
