"""Setup with the real workbook and add-in, then every check on what it placed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from rosterkey.install.checks import Verdict, check_setup
from rosterkey.install.database import prepare
from rosterkey.install.plan import State, Wishes, carry_out, plan_setup
from rosterkey.install.system import Kind
from tests.install.computers import on_disk


@pytest.mark.parametrize("kind", [Kind.WINDOWS, Kind.MACOS], ids=str)
def test_what_setup_places_passes_every_check(kind: Kind, tmp_path: Path) -> None:
    system = on_disk(kind, tmp_path / "ana")
    url = f"sqlite:///{tmp_path.as_posix()}/accounts.db"
    steps = plan_setup(system, Wishes(database=url))
    prepare(url)
    carry_out(system, steps)
    assert not [answer for answer in check_setup(system, url) if answer.verdict is Verdict.TROUBLE]
    placed = {step.what: step.path for step in steps}
    for what in ("add-in", "workbook"):
        with zipfile.ZipFile(placed[what]) as package:
            assert {"xl/vbaProject.bin", "customUI/customUI14.xml"} <= set(package.namelist())
    again = plan_setup(system, Wishes(database=url))
    assert {step.state for step in again} == {State.UNCHANGED}
