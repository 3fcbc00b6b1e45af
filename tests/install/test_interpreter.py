"""Which Python the buttons get, whether it stays, and how VBA reads its path."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from rosterkey.install import conf, interpreter
from rosterkey.install.system import System
from tests.install.computers import MACOS, WINDOWS, with_interpreter


def test_each_system_has_its_own_setting() -> None:
    assert interpreter.key(WINDOWS) == "INTERPRETER_WIN"
    assert interpreter.key(MACOS) == "INTERPRETER_MAC"


def test_windows_gets_python_and_not_pythonw() -> None:
    system = with_interpreter(WINDOWS, r"C:\env\Scripts\pythonw.exe")
    assert interpreter.as_written(system) == r"C:\env\Scripts\python.exe"


@pytest.mark.parametrize("system", [WINDOWS, MACOS], ids=["windows", "macos"])
def test_an_environment_in_the_home_will_stay(system: System) -> None:
    assert interpreter.why_not(system) is None
    assert interpreter.as_written(system) == str(system.interpreter)


@pytest.mark.parametrize(
    ("system", "base"),
    [
        (
            with_interpreter(
                WINDOWS, r"C:\Users\ana\AppData\Local\Microsoft\WindowsApps\python.exe"
            ),
            None,
        ),
        # An environment that was made from it.
        (
            WINDOWS,
            r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.13_qbz5n2kfra8p0",
        ),
    ],
    ids=["itself", "environment"],
)
def test_the_python_of_the_store_is_refused(system: System, base: str | None) -> None:
    if base:
        system = replace(system, base=PureWindowsPath(base))
    said = interpreter.why_not(system)
    assert said is not None
    assert "Microsoft Store" in said
    assert "python.org" in said


@pytest.mark.parametrize(
    ("system", "path", "word"),
    [
        (WINDOWS, r"C:\Users\ana\AppData\Local\Temp\env\Scripts\python.exe", "temporary"),
        (WINDOWS, r"C:\Users\ana\Downloads\env\Scripts\python.exe", "Downloads"),
        (WINDOWS, r"C:\Users\ana\AppData\Local\uv\cache\archive-v0\x\Scripts\python.exe", "uvx"),
        (MACOS, "/Users/ana/.cache/uv/archive-v0/x/bin/python", "uvx"),
        (MACOS, "/Users/ana/Library/Caches/pipx/x/bin/python", "pipx"),
        (MACOS, "/private/tmp/env/bin/python", "tmp"),
        (MACOS, "python", "not known"),
    ],
)
def test_a_python_that_will_go_away_is_refused(system: System, path: str, word: str) -> None:
    said = interpreter.why_not(with_interpreter(system, path))
    assert said is not None
    assert word in said
    assert "environment" in said


def test_a_python_installed_by_uv_or_pipx_to_stay_is_fine() -> None:
    for path in (
        "/Users/ana/.local/share/uv/tools/rosterkey/bin/python",
        "/Users/ana/.local/pipx/venvs/rosterkey/bin/python",
    ):
        assert interpreter.why_not(with_interpreter(MACOS, path)) is None


@pytest.mark.parametrize(
    ("home", "path", "written"),
    [
        (r"C:\Users\José", r"C:\Users\José\env\python.exe", r"%USERPROFILE%\env\python.exe"),
        (r"C:\Users\李", r"c:\users\李\My env\python.exe", r"%USERPROFILE%\My env\python.exe"),
    ],
)
def test_a_home_with_letters_that_vba_cannot_read_is_written_as_its_variable(
    home: str, path: str, written: str
) -> None:
    system = replace(with_interpreter(WINDOWS, path), home=PureWindowsPath(home))
    assert interpreter.as_written(system) == written
    assert interpreter.as_read(system, written) == PureWindowsPath(path)


def test_the_same_on_a_mac() -> None:
    home = PurePosixPath("/Users/josé")
    system = replace(with_interpreter(MACOS, "/Users/josé/env/bin/python"), home=home)
    assert interpreter.as_written(system) == "$HOME/env/bin/python"
    assert interpreter.as_read(system, "$HOME/env/bin/python") == home / "env/bin/python"


@pytest.mark.parametrize(
    ("system", "path"),
    [
        (WINDOWS, r"D:\Schüler\env\python.exe"),
        (WINDOWS, r"D:\100%\env\python.exe"),  # VBA would take %…% for a variable
        # The script that starts Python on a Mac does not quote the path for the shell.
        (MACOS, "/Users/ana/Library/Application Support/env/bin/python"),
        (MACOS, "/Users/ana/env;rm/bin/python"),
    ],
)
def test_a_path_that_does_not_get_through_is_refused(system: System, path: str) -> None:
    with pytest.raises(interpreter.NotUsable, match="plain name"):
        interpreter.as_written(with_interpreter(system, path))


class TestConf:
    def test_the_file_is_read_as_vba_reads_it(self) -> None:
        rows = conf.rows_of('"Interpreter_Win","C:\\a b\\python.exe"\r\n"X","1"\r\n"x","2"\r\n\r\n')
        assert rows == {"INTERPRETER_WIN": r"C:\a b\python.exe", "X": "1"}

    def test_the_bytes_on_windows(self) -> None:
        written = conf.text_of(conf.with_ours({}, WINDOWS), WINDOWS)
        assert written == (
            b'"SHOW CONSOLE","False"\r\n'
            b'"INTERPRETER_WIN","C:\\Users\\ana\\AppData\\Local\\rosterkey\\env\\Scripts'
            b'\\python.exe"\r\n'
            b'"PYTHONPATH",""\r\n'
        )

    def test_other_settings_stay_and_a_foreign_search_path_goes(self) -> None:
        before = {"SHOW CONSOLE": "True", "PYTHONPATH": "/elsewhere", "ONEDRIVE_MAC": "/o"}
        after = conf.with_ours(before, MACOS)
        assert after == {
            "SHOW CONSOLE": "True",
            "PYTHONPATH": "",
            "ONEDRIVE_MAC": "/o",
            "INTERPRETER_MAC": "/Users/ana/rosterkey-env/bin/python",
        }
        assert conf.rows_of(conf.text_of(after, MACOS).decode()) == after
