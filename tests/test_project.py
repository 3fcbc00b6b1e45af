"""The project's own machinery: dev.py, the locked versions, and what is kept beside the code."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dev
import system_tools
from dev import Outcome

ROOT = Path(__file__).resolve().parents[1]
RUNTIME, DEV = (ROOT / "requirements" / name for name in ("runtime.txt", "dev.txt"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(lock: Path) -> dict[str, set[str]]:
    """The locked versions by name; two where the systems need different ones."""
    found: dict[str, set[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if pin := re.match(r"([A-Za-z0-9._-]+)==([^ ;\\]+)", line):
            found.setdefault(canonicalize_name(pin[1]), set()).add(pin[2])
    return found


def not_locked(requirements: list[str], lock: Path) -> list[str]:
    """The requirements of pyproject.toml that a lock does not fulfil."""
    locked = pins(lock)
    return [
        text
        for text in requirements
        if not (versions := locked.get(canonicalize_name(Requirement(text).name)))
        or not all(Requirement(text).specifier.contains(version) for version in versions)
    ]


class TestLocks:
    def test_users_get_what_pyproject_asks_for(self) -> None:
        assert not not_locked(PROJECT["project"]["dependencies"], RUNTIME)

    def test_developers_get_that_and_every_extra(self) -> None:
        extras = PROJECT["project"].get("optional-dependencies", {}).values()
        wanted = [text for extra in extras for text in extra if not text.startswith("rosterkey[")]
        wanted += PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
        assert not not_locked(wanted, DEV)

    def test_a_missing_and_an_old_version_are_noticed(self, tmp_path: Path) -> None:
        lock = tmp_path / "lock.txt"
        lock.write_text("typer==0.9 \\\n    --hash=sha256:00\nRich==13.9\n")
        wanted = ["typer>=0.15,<1", "rich>=13", "sqlalchemy"]
        assert not_locked(wanted, lock) == ["typer>=0.15,<1", "sqlalchemy"]

    def test_what_is_tested_is_what_users_get(self) -> None:
        developers = pins(DEV)
        assert {name: developers.get(name) for name in pins(RUNTIME)} == pins(RUNTIME)

    @pytest.mark.parametrize("lock", [RUNTIME, DEV], ids=lambda path: path.name)
    def test_every_version_has_hashes_and_no_address(self, lock: Path) -> None:
        text = lock.read_text(encoding="utf-8")
        entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"(?m)^ *#.*\n", "", text))
        assert len(entries) > 20
        assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries)
        assert "://" not in text
        assert "index" not in text


class TestDev:
    def test_every_verb_is_told(self) -> None:
        told = re.findall(r"^  ([a-z]+) ", str(dev.__doc__), re.MULTILINE)
        assert told == list(dev.VERBS)

    @pytest.mark.parametrize(("arguments", "code"), [([], 2), (["tset"], 2), (["--help"], 0)])
    def test_without_a_verb_the_verbs_are_shown(
        self, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert dev.main(arguments) == code
        assert "python3 dev.py VERB" in capsys.readouterr().out

    def test_arguments_are_not_dropped_in_silence(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert dev.main(["fix", "python"]) == dev.USAGE
        assert "takes no arguments" in capsys.readouterr().out

    def test_a_command_lies_where_the_system_keeps_it(self) -> None:
        venv = Path("v")
        assert dev.script("ruff", venv, windows=True) == str(Path("v/Scripts/ruff.exe"))
        assert dev.script("ruff", venv, windows=False) == str(Path("v/bin/ruff"))

    @pytest.mark.parametrize(
        ("config", "version"),
        [
            ("home = /usr/bin\nversion = 3.11.2\n", (3, 11)),
            ("version_info = 3.13.0.final.0\n", (3, 13)),
            ("home = /opt/python-3.12\n", None),
            ("", None),
        ],
    )
    def test_version_of_venv(self, config: str, version: tuple[int, int] | None) -> None:
        assert dev.version_of_venv(config) == version

    def test_the_environment_is_renewed_when_something_it_is_made_from_changes(self) -> None:
        current = dev.fingerprint(b"a", b"b", (3, 11))
        assert current == dev.fingerprint(b"a", b"b", (3, 11))
        others = [(b"x", b"b", (3, 11)), (b"a", b"x", (3, 11)), (b"a", b"b", (3, 12))]
        assert current not in {dev.fingerprint(*other) for other in others}
        assert dev.fingerprint(b"ab", b"", (3, 11)) != dev.fingerprint(b"a", b"b", (3, 11))

    def test_all_tests_are_held_to_the_coverage_and_chosen_ones_are_not(self) -> None:
        name, command = dev.step_of_tests([])
        assert name == "pytest"
        assert command[1:] == ("-m", "pytest", "-n", "2", "--cov", "--cov-report=term")
        assert dev.step_of_tests(["-k", "swap"])[1][1:] == ("-m", "pytest", "-k", "swap")

    def test_the_table_tells_each_step(self) -> None:
        shown = dev.table([Outcome("mypy", 0, 1.25), Outcome("lint-imports", 1, 12.0)])
        assert shown.splitlines() == [
            "  passed  mypy             1.2 s",
            "  FAILED  lint-imports    12.0 s",
        ]

    def test_one_failed_step_fails_the_verb(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert dev.verdict([Outcome("mypy", 0, 1.0)]) == 0
        assert capsys.readouterr().err == ""
        assert dev.verdict([Outcome("ruff", 2, 1.0), Outcome("mypy", 0, 1.0)]) == 1
        assert capsys.readouterr().err == "FAILED: ruff\n"

    def test_every_check_runs_and_pytest_comes_last(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ran: list[str] = []

        def failing(step: dev.Step) -> Outcome:
            ran.append(step[0])
            return Outcome(step[0], 1, 0.0)

        monkeypatch.setattr(dev, "set_up", lambda: None)
        monkeypatch.setattr(system_tools, "install", lambda: None)
        monkeypatch.setattr(dev, "run_step", failing)
        assert dev.main(["test"]) == 1
        assert ran == ["ruff check", "ruff format", "mypy", "lint-imports", "pytest"]
        ran.clear()
        assert dev.main(["test", "-k", "swap"]) == 1
        assert ran == ["pytest"]

    def test_a_missing_program_is_told_loudly(self) -> None:
        assert system_tools.missing_text(["soffice"], "why") == (
            "!! missing: soffice. THE TESTS THAT START IT WILL BE SKIPPED (why)"
        )

    def test_what_tests_need_is_a_program_or_a_file(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        part = tmp_path / "part.py"
        monkeypatch.setattr(system_tools, "TOOLS", {str(part): "package"})
        monkeypatch.setattr(system_tools.sys, "platform", "linux")
        monkeypatch.setattr(system_tools.shutil, "which", lambda _: None)
        system_tools.install()
        assert f"!! missing: {part}." in capsys.readouterr().out
        part.touch()
        system_tools.install()
        assert capsys.readouterr().out == ""

    def test_a_failed_installation_stops_with_its_reason(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
        monkeypatch.setattr(subprocess, "call", lambda *_, **__: 1)
        assert dev.main(["check"]) == dev.USAGE
        assert "could not be installed" in capsys.readouterr().err
        assert not dev.STAMP.exists()


class TestGit:
    @pytest.mark.parametrize(
        ("path", "attribute", "value"),
        [
            ("addin/Ribbon.bas", "eol", "crlf"),
            ("addin/Sheet.cls", "eol", "crlf"),
            ("workbook/RosterTemplate.xlsm", "text", "unset"),
            ("addin/rosterkey.xlam", "diff", "unset"),
            ("python/rosterkey/__init__.py", "eol", "lf"),
            ("tests/cases/latin.csv", "text", "unset"),
        ],
    )
    def test_line_ends_are_what_their_readers_need(
        self, path: str, attribute: str, value: str
    ) -> None:
        asked = ["git", "check-attr", attribute, "--", path]
        said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
        if said.returncode != 0:
            pytest.skip("this copy of the project is not a git work tree")
        assert said.stdout.strip().endswith(f": {value}")

    def test_ci_runs_the_tests_that_a_developer_runs(self) -> None:
        run = ROOT / ".ci" / "run"
        assert "python3 dev.py test" in run.read_text(encoding="utf-8")
        assert os.name == "nt" or os.access(run, os.X_OK)
