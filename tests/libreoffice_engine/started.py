"""What the Python that a pressed button starts does first: the way to LibreOffice.

In Excel the way is there already. Beside that it answers the dialogs and keeps what the user would
have seen, in one file a press. The arguments `--office-pipe=NAME` and `--office-folder=FOLDER` say
where.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import traceback
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from tests.engine.engine import Screen
from tests.libreoffice_engine.bridge import connect
from tests.libreoffice_engine.direct import book_of

ANSWERS = "answers.json"
"""What the user will press, dialog by dialog, and which file they choose in a dialog for files."""


def _argument(name: str) -> str:
    return next(a.partition("=")[2] for a in sys.argv if a.startswith(f"--{name}="))


def _document(desktop: Any, name: str) -> Any:
    """The open workbook of this name."""
    return next(c for c in desktop.getComponents() if c.getURL().endswith(quote(name)))


def _report(folder: Path, screen: Screen, errors: list[str]) -> None:
    told = {
        "process": os.getpid(),
        "command": sys.orig_argv,
        "dialogs": [asdict(alert) for alert in screen.alerts],
        "status": screen.status,
        "errors": errors,
    }
    unfinished = folder / f"{os.getpid()}.part"
    unfinished.write_text(json.dumps(told), encoding="utf-8")
    unfinished.rename(unfinished.with_suffix(".press"))


def _choose(path: Path) -> None:
    """Answer the dialogs for files; tests/excel/test_file_dialogs.py shows the real ones."""
    from rosterkey.excel import dialogs

    dialogs.choose_file_to_open = lambda *_: path
    dialogs.choose_file_to_save = lambda *_: path


def start() -> None:
    """Let xlwings find LibreOffice, and report at the end of this Python."""
    folder = Path(_argument("office-folder"))
    document = _document(connect(_argument("office-pipe")), _argument("wb"))
    screen = Screen()
    book_of(document, screen)
    wanted = json.loads((folder / ANSWERS).read_text(encoding="utf-8"))
    screen.answers.extend(wanted["answers"])
    if wanted["file"]:
        _choose(Path(wanted["file"]))
    errors: list[str] = []

    def keep(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        errors.append("".join(traceback.format_exception(kind, error, at)))

    sys.excepthook = keep
    atexit.register(_report, folder, screen, errors)
