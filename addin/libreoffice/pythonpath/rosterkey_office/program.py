"""The project's Python: where it is, and how it is started.

Setup writes its path into a file of this extension. No document and no folder of one has a say in
which program runs.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

INTERPRETER_FILE = Path(__file__).resolve().parents[2] / "interpreter.txt"
MODULE = "rosterkey.libreoffice"
_LONGEST = 1_000  # characters of a path


def interpreter(file: Path = INTERPRETER_FILE) -> Path | None:
    """The path that setup wrote, None where it wrote none."""
    try:
        text = file.read_text(encoding="utf-8")[:_LONGEST].strip()
    except OSError:
        return None
    return Path(text) if text and Path(text).is_absolute() else None


def command(python: Path, button: str) -> list[str]:
    """The command of a button.

    -E: no variable of LibreOffice's own Python counts; -P: no module from the current folder.
    """
    return [str(python), "-E", "-P", "-m", MODULE, button]


def environment() -> dict[str, str]:
    """This process's variables without those that belong to LibreOffice's own Python."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def start(python: Path, button: str) -> subprocess.Popen[bytes]:
    """Start a button, without a shell and without a window. Raises OSError."""
    return subprocess.Popen(  # noqa: S603 - the program is the one that setup wrote
        command(python, button),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
