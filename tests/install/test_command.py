"""`rosterkey setup` as a person and as a script meet it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from rosterkey.cli import setup
from rosterkey.cli.frame import Database, DistrictCode, remember_options
from rosterkey.install import plan, system
from rosterkey.install.system import Kind
from rosterkey.store.contract import StoreError
from rosterkey.usecases import credentials
from tests.install.computers import on_disk

app = typer.Typer(pretty_exceptions_enable=False)
setup.register(app)


@app.callback()
def _shared(database_url: Database = None, district: DistrictCode = None) -> None:
    remember_options(database_url, district)


def run(*arguments: str, typed: str | None = None) -> tuple[int, str]:
    """The exit code and everything that was printed."""
    done = CliRunner().invoke(app, arguments, input=typed)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


@pytest.fixture
def home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An Excel user's computer with Windows, in the empty home of the test."""
    computer = on_disk(Kind.WINDOWS, home)
    monkeypatch.setattr(system, "this_system", lambda: computer)
    monkeypatch.setattr(plan, "fresh_workbook", lambda: b"workbook")
    monkeypatch.setattr(plan, "fresh_addin", lambda: b"add-in")
    return home


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_setup_places_everything_and_says_where(home: Path) -> None:
    code, printed = run("setup", "--district", "D1")
    assert code == 0
    assert "Quit Excel and start it again" in printed
    for path in (home / ".rosterkey/rosterkey.conf", home / "Documents/RosterTemplate.xlsm"):
        assert path.is_file()
        assert str(path) in printed
    assert (home / "config/settings.toml").read_text() == 'district = "D1"\n'
    assert list(home.rglob("rosterkey.db"))


def test_a_dry_run_writes_nothing(home: Path) -> None:
    before = files(home)
    code, printed = run("setup", "--district", "D1", "--dry-run")
    assert code == 0
    assert "nothing was written" in printed
    assert "RosterTemplate.xlsm" in printed
    assert files(home) == before


@pytest.mark.parametrize(
    "url", ["postgresql+pg8000://ana@h/d", "mysql://ana@h/d", "sqlite:///{folder}"]
)
def test_a_dry_run_is_refused_as_the_real_run_is(home: Path, url: str) -> None:
    before = files(home)
    said = []
    for last in (["--dry-run"], []):
        with pytest.raises(StoreError) as refused:
            run("setup", "--db", url.format(folder=home.as_posix()), *last)
        said.append(str(refused.value))
    assert said[0] == said[1]
    assert files(home) == before


def test_the_second_time_as_json(home: Path) -> None:
    run("setup")
    code, printed = run("setup", "--json")
    told: dict[str, Any] = json.loads(printed)
    assert code == 0
    assert told.keys() == {"dry_run", "database", "files"}
    assert {file["state"] for file in told["files"]} == {"unchanged"}


def test_options_before_the_command_are_stored_with_a_full_path(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("--db", "sqlite:///trial.db", "--district", "D2", "setup")[0] == 0
    text = (home / "config/settings.toml").read_text()
    assert f'database = "sqlite:///{tmp_path.as_posix()}/trial.db"' in text
    assert 'district = "D2"' in text
    assert (tmp_path / "trial.db").is_file()


def test_what_the_environment_says_is_not_stored(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROSTERKEY_DB", f"sqlite:///{tmp_path.as_posix()}/env.db")
    assert run("setup")[0] == 0
    assert not (home / "config/settings.toml").exists()


def test_a_workbook_with_work_in_it_is_kept(home: Path) -> None:
    run("setup")
    path = home / "Documents/RosterTemplate.xlsm"
    path.write_bytes(b"my work")
    code, printed = run("setup")
    assert code == 0
    assert "--force" in printed
    assert path.read_bytes() == b"my work"


def test_check_ends_with_1_until_setup_was_run(home: Path) -> None:
    code, printed = run("setup", "--check")
    assert code == 1
    assert "TROUBLE interpreter" in printed
    assert "What to do: Run: rosterkey setup" in printed
    assert not files(home / "Documents")
    run("setup")
    code, printed = run("setup", "--check", "--json")
    told = json.loads(printed)
    assert (code, told["ok"], told["system"]) == (0, True, "Windows")
    assert {tuple(check) for check in told["checks"]} == {("check", "verdict", "message", "advice")}


def test_a_password_goes_into_the_keyring_and_nowhere_else(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    opened: list[str] = []
    monkeypatch.setattr(credentials, "keep_password", kept.append)
    monkeypatch.setattr("rosterkey.install.database.prepare", opened.append)
    code, printed = run("setup", "--db", "postgresql://ana@h/d", "--ask-password", typed="s3cret\n")
    assert code == 0
    assert kept == opened == ["postgresql://ana:s3cret@h/d"]
    assert "postgresql://ana@h/d" in printed
    assert "s3cret" not in printed
    assert not any(b"s3cret" in path.read_bytes() for path in files(home))


def test_a_database_that_refuses_stops_setup_before_anything_is_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_url: str) -> None:
        raise StoreError("The database refused.")

    before = files(home)
    monkeypatch.setattr("rosterkey.install.database.prepare", refuse)
    monkeypatch.setattr(credentials, "keep_password", lambda _: pytest.fail("was kept"))
    with pytest.raises(StoreError):
        run("setup", "--db", "postgresql://ana:s3cret@h/d")
    assert files(home) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--ask-password"], "--db"),
        (["--workbook", "a.xlsm"], "--check"),
        (["--db", "sqlite://"], "memory"),
        (["--db", "sqlite:////srv/a.db", "--ask-password"], "user name"),
    ],
)
def test_wrong_usage_is_a_sentence(home: Path, arguments: list[str], said: str) -> None:
    before = files(home)
    code, printed = run("setup", *arguments, typed="x\n")
    assert code == 2
    assert said in printed
    assert files(home) == before
