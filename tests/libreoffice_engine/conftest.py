"""One office for the session; a desk in each of the two programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.engine import close_all
from tests.excel.desk import Desk
from tests.libreoffice_engine.desk import OfficeDesk
from tests.libreoffice_engine.office import Office, running_office


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A running LibreOffice; tests that want it are skipped where there is none."""
    with running_office(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.fixture
def office_desk(tmp_path: Path, office: Office) -> Iterator[OfficeDesk]:
    """The built workbook in LibreOffice, and a small district."""
    desk = OfficeDesk(tmp_path, office)
    yield desk
    desk.close()
    close_all()


@pytest.fixture
def stand_in_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The same in the tests' own Excel."""
    yield Desk(tmp_path_factory.mktemp("stand-in"))
    close_all()


@pytest.fixture(params=["stand-in", "LibreOffice"])
def desk(request: pytest.FixtureRequest) -> Desk:
    """A desk in the tests' own Excel, then one in LibreOffice."""
    name = "office_desk" if request.param == "LibreOffice" else "stand_in_desk"
    chosen: Desk = request.getfixturevalue(name)
    return chosen
