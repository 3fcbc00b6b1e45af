"""What setup writes on each system, and what it leaves alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rosterkey.files.replace import UnwritableFile
from rosterkey.install import conf, database, places, plan
from rosterkey.install.errors import SetupStopped
from rosterkey.install.plan import State, Wishes, carry_out, plan_setup
from rosterkey.install.system import Kind, System, this_system
from tests.install.computers import MACOS, on_disk

EVERY = (Kind.WINDOWS, Kind.MACOS, Kind.LINUX)


@pytest.fixture(params=EVERY, ids=str)
def system(request: pytest.FixtureRequest, tmp_path: Path) -> System:
    return on_disk(request.param, tmp_path / "ana")


@pytest.fixture(autouse=True)
def builds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbook and the add-in are built elsewhere, and tested there."""
    monkeypatch.setattr(plan, "fresh_workbook", lambda: b"workbook")
    monkeypatch.setattr(plan, "fresh_addin", lambda: b"add-in")


def files(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def states(system: System, wishes: Wishes = Wishes()) -> dict[str, State]:  # noqa: B008
    return {step.what: step.state for step in plan_setup(system, wishes)}


WISHES = Wishes(database="sqlite:////srv/a.db", district="D1")
WORDS = {
    Kind.WINDOWS: {"settings", "interpreter for the buttons", "add-in", "workbook"},
    Kind.MACOS: {
        "settings",
        "interpreter for the buttons",
        "script that starts Python",
        "add-in",
        "workbook",
    },
    Kind.LINUX: {"settings", "workbook"},
}


def test_each_system_gets_its_files(system: System) -> None:
    assert states(system, WISHES).keys() == WORDS[system.kind]


def test_planning_writes_nothing(system: System) -> None:
    home = Path(system.home)
    before = sorted(files(home))
    plan_setup(system, WISHES)
    assert sorted(files(home)) == before


def test_carrying_out_writes_what_was_planned_and_the_second_time_nothing(system: System) -> None:
    steps = plan_setup(system, WISHES)
    assert {step.state for step in steps} == {State.NEW}
    carry_out(system, steps)
    assert all(step.path.read_bytes() == step.content for step in steps)
    assert set(states(system, WISHES).values()) == {State.UNCHANGED}
    if system.has_excel:
        rows = conf.rows_of(Path(places.conf_file(system)).read_text())
        assert str(system.interpreter) in rows.values()


def test_without_wishes_the_settings_are_not_touched(system: System) -> None:
    assert "settings" not in states(system)


def test_a_workbook_that_is_there_is_kept_unless_forced(system: System) -> None:
    path = Path(places.workbook_file(system))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"with students")
    carry_out(system, plan_setup(system, Wishes()))
    assert path.read_bytes() == b"with students"
    assert states(system)["workbook"] is State.KEPT
    carry_out(system, plan_setup(system, Wishes(force=True)))
    assert path.read_bytes() == b"workbook"


def test_an_older_add_in_is_replaced(tmp_path: Path) -> None:
    system = on_disk(Kind.WINDOWS, tmp_path / "ana")
    path = tmp_path / "ana/AppData/Roaming/Microsoft/Excel/XLSTART/Roster.xlam"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"older")
    assert states(system)["add-in"] is State.CHANGED
    carry_out(system, plan_setup(system, Wishes()))
    assert path.read_bytes() == b"add-in"


def test_a_python_that_will_not_stay_stops_everything(tmp_path: Path) -> None:
    system = on_disk(Kind.WINDOWS, tmp_path / "ana")
    system = replace(system, environment={"TEMP": str(tmp_path / "ana" / "env")})
    with pytest.raises(SetupStopped, match="will not stay"):
        plan_setup(system, WISHES)


def test_a_mac_on_which_excel_never_ran(tmp_path: Path) -> None:
    system = replace(on_disk(Kind.MACOS, tmp_path / "ana"), home=tmp_path / "bo")
    with pytest.raises(SetupStopped, match="Start Excel"):
        plan_setup(system, Wishes())


def test_the_script_of_a_mac_is_the_one_of_the_installed_xlwings(tmp_path: Path) -> None:
    system = on_disk(Kind.MACOS, tmp_path / "ana")
    step = next(s for s in plan_setup(system, Wishes()) if "script" in s.what)
    assert step.path.name == f"xlwings-{plan.xlwings_version()}.applescript"
    assert b"on VbaHandler(" in step.content


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    system = on_disk(Kind.LINUX, tmp_path / "ana")
    steps = plan_setup(system, Wishes())
    steps[0].path.mkdir(parents=True)
    with pytest.raises(UnwritableFile, match=r"RosterTemplate\.xlsm"):
        carry_out(system, steps)


def test_settings_in_another_encoding_survive(tmp_path: Path) -> None:
    system = on_disk(Kind.LINUX, tmp_path / "ana")
    path = Path(system.settings)
    path.parent.mkdir(parents=True)
    path.write_bytes('actor = "José"\r\n'.encode())
    carry_out(system, plan_setup(system, Wishes(district="D1")))
    assert path.read_text("utf-8") == 'actor = "José"\ndistrict = "D1"\n'


class TestDatabase:
    def test_a_path_becomes_a_full_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        url = database.lasting("sqlite:///trial.db")
        assert database.file_of(url) == tmp_path / "trial.db"

    @pytest.mark.parametrize("url", ["sqlite:////srv/a b.db", "postgresql://ana@h/d"])
    def test_a_full_address_stays(self, url: str) -> None:
        assert database.lasting(url) == url

    @pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "accounts.db", ""])
    def test_what_no_button_could_open_is_refused(self, url: str) -> None:
        with pytest.raises(SetupStopped, match="sqlite:///"):
            database.lasting(url)

    def test_preparing_makes_the_file(self, tmp_path: Path) -> None:
        database.prepare(f"sqlite:///{tmp_path.as_posix()}/a.db")
        assert (tmp_path / "a.db").is_file()

    def test_a_password_goes_to_the_user(self) -> None:
        assert database.with_password("postgresql://ana@h/d", "a@b") == (
            "postgresql://ana:a%40b@h/d"
        )
        with pytest.raises(SetupStopped, match="user name"):
            database.with_password("sqlite:////srv/a.db", "x")


@pytest.mark.skipif(sys.platform != "linux", reason="this tells what Linux says")
def test_this_computer_is_seen_as_it_is(home: Path) -> None:
    system = this_system()
    assert system.kind is Kind.LINUX
    assert not system.has_excel
    assert system.home == home
    assert system.interpreter == Path(sys.executable)
    assert system.registry("HKCU\\Software", "x") is None
    assert MACOS.has_excel
