"""The real dialogs for files, on a screen that only the test sees."""

from __future__ import annotations

import importlib.util
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

DRIVER = """
import sys
from pathlib import Path
from rosterkey.excel import dialogs

DIALOG = ".__tk_filedialog"
kind, folder, typed, pressed = sys.argv[1:]
opened = dialogs._Window.__enter__

def drive(tk):
    if not int(tk.eval(f"winfo exists {DIALOG}")):
        tk.after(50, drive, tk)
        return
    entry = f"{DIALOG}.contents.f2.ent"
    tk.eval(f"{entry} delete 0 end; {entry} insert 0 {{{typed}}}")
    shown = tk.eval(f"wm title {DIALOG}"), tk.eval(f"{DIALOG}.contents.f1.menu cget -text")
    print(*shown, sep="|")
    tk.eval(f"{DIALOG}.contents.f2.{pressed} invoke")

def enter(window):
    opened(window)
    window.root.after(50, drive, window.root)
    return window

dialogs._Window.__enter__ = enter
if kind == "open":
    print(dialogs.choose_file_to_open("Open a roster", Path(folder)))
else:
    print(dialogs.choose_file_to_save("Save the roster", Path(folder), "Roster.csv"))
"""
"""Opens a dialog as a button does, types a name into it and presses one of its buttons."""


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """The name of a screen that is only in memory."""
    program = shutil.which("Xvfb")
    if program is None or importlib.util.find_spec("tkinter") is None:
        pytest.skip("Xvfb or Python's tkinter is not installed: no dialog for files was shown")
    reading, writing = os.pipe()
    command = [
        program,
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "800x600x24",
        "-nolisten",
        "tcp",
    ]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    try:
        os.close(writing)
        ready, _, _ = select.select([reading], [], [], 30)
        number = os.read(reading, 16).decode().strip() if ready else ""
        if not number:
            pytest.fail("Xvfb did not start")
        yield f":{number}"
    finally:
        os.close(reading)
        process.terminate()
        process.wait(timeout=30)


def answered(screen: str, folder: Path, kind: str, typed: str, pressed: str) -> list[str]:
    """What a dialog showed, and what the button would go on with."""
    ran = subprocess.run(
        [sys.executable, "-c", DRIVER, kind, str(folder), typed, pressed],
        env={**os.environ, "DISPLAY": screen},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.stderr == ""
    return ran.stdout.splitlines()


def test_a_file_is_opened(screen: str, tmp_path: Path) -> None:
    (tmp_path / "sis.csv").write_text("x")
    [shown, chosen] = answered(screen, tmp_path, "open", "sis.csv", "ok")
    assert shown == f"Open a roster|{tmp_path}"
    assert Path(chosen) == tmp_path / "sis.csv"


def test_a_file_is_saved_with_its_suffix(screen: str, tmp_path: Path) -> None:
    [shown, chosen] = answered(screen, tmp_path, "save", "mine", "ok")
    assert shown == f"Save the roster|{tmp_path}"
    assert Path(chosen) == tmp_path / "mine.csv"


@pytest.mark.parametrize("kind", ["open", "save"])
def test_a_dialog_that_is_closed_is_no_file(screen: str, tmp_path: Path, kind: str) -> None:
    assert answered(screen, tmp_path, kind, "sis.csv", "cancel")[-1] == "None"
