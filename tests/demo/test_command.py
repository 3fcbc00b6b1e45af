"""`rosterkey demo` as a person and as a script meet it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rosterkey.cli.app import app
from rosterkey.demo import renames


def run(*arguments: str) -> tuple[int, str]:
    """The exit code and everything that was printed."""
    done = CliRunner().invoke(app, ["demo", *arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_a_person_reads_the_folder_first_and_last(tmp_path: Path) -> None:
    folder = tmp_path / "d"
    code, printed = run("--rows", "60", "--folder", str(folder))
    lines = printed.splitlines()
    assert code == 0
    named = [number for number, line in enumerate(lines) if line.strip() == str(folder)]
    assert len(named) == 2
    assert named[0] < 6
    assert named[1] > len(lines) - 6
    assert "NOT PROVED" not in printed
    assert "\x1b" not in printed
    for number in range(1, 11):
        assert any(line.startswith(f"{number}  ") for line in lines)
    for path in folder.iterdir():
        assert path.name.split(" - ")[0] in printed


@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_wider_than_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    _, printed = run("--rows", "60", "--folder", str(tmp_path))
    # Paths stand unbroken, so that they can be copied.
    lines = [line for line in printed.splitlines() if str(tmp_path) not in line]
    assert max(map(len, lines)) <= min(columns, 100)


def test_a_failed_comparison_is_loud(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renames, "passed_round", lambda names: {name: name for name in names})
    code, printed = run("--rows", "60", "--folder", str(tmp_path))
    assert code == 1
    assert "NOT PROVED: All 60 students are renamed" in printed
    assert "1 of" in printed.rpartition("What was proved")[2]


def test_a_failed_comparison_is_told_to_scripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renames, "passed_round", lambda names: {name: name for name in names})
    code, printed = run("--rows", "60", "--folder", str(tmp_path), "--json")
    assert code == 1
    assert json.loads(printed)["proved"] is False


def test_a_folder_in_use_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    code, printed = run("--folder", str(tmp_path))
    assert code == 2
    assert "not empty" in printed
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_too_few_rows_are_wrong_usage() -> None:
    code, printed = run("--rows", "59")
    assert code == 2
    assert "60" in printed


def test_the_whole_sample_and_nothing_of_the_users_own(tmp_path: Path, home: Path) -> None:
    own = tmp_path / "own.db"
    place = tmp_path / "here"
    place.mkdir()
    environ = {**os.environ, "ROSTERKEY_DB": f"sqlite:///{own}", "ROSTERKEY_DISTRICT": "OTHER"}
    command = [sys.executable, "-m", "rosterkey", "demo", "--json"]
    done = subprocess.run(
        command, cwd=place, env=environ, capture_output=True, text=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["rows"] == 960
    assert told["proved"] is True
    assert all(proof["holds"] for step in told["steps"] for proof in step["proofs"])
    figures = {step["step"]: step["figures"] for step in told["steps"]}
    assert figures[3]["assign_id"] == 960
    assert figures[4]["found"] == 8
    assert figures[5]["renamed"] == 960
    assert figures[6]["created"] == 60
    assert figures[6]["confirmations"] <= 1
    assert figures[7]["gate"] == "block"
    assert figures[7]["twins_right"] >= 0.97 * figures[7]["counts"]["rows"]
    assert figures[8]["unchanged"] == figures[8]["counts"]["rows"]
    assert figures[10]["lost"] == 0
    assert Path(told["folder"]) == place / "rosterkey-demo"
    assert [path.name for path in place.iterdir()] == ["rosterkey-demo"]
    assert not own.exists()
    assert not list(home.iterdir())
