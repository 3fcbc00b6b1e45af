"""The log of errors that nobody foresaw: what, where and with which versions, never a value."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path

import rosterkey

_LARGEST = 1_000_000
"""Bytes; a longer log starts anew."""


def log_file() -> Path:
    """Where the log stands: `excel.log` in the user's log folder."""
    return user_log_path("rosterkey", appauthor=False) / "excel.log"


def write_log(button: str, error: BaseException) -> Path | None:
    """Append an error and return the log's path, None where it cannot be written.

    The text of an error may hold student data, so only its kind and the places are kept. The
    file can be read by the user alone.
    """
    path = log_file()
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST:
            flags |= os.O_TRUNC
        number = os.open(path, flags, 0o600)
        with os.fdopen(number, "a", encoding="utf-8") as file:
            path.chmod(0o600)
            file.write("\n".join(_lines(button, error)) + "\n\n")
    except OSError:
        return None
    return path


def _lines(button: str, error: BaseException) -> list[str]:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    lines = [f"{now} button {button}", _versions()]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        lines += _places(cause.__traceback__)
        cause = cause.__cause__
    return lines


def _versions() -> str:
    try:
        xlwings = version("xlwings")
    except PackageNotFoundError:
        xlwings = "not installed"
    python = ".".join(map(str, sys.version_info[:3]))
    system = f"{platform.system()} {platform.release()}"
    return f"rosterkey {rosterkey.__version__}, xlwings {xlwings}, Python {python}, {system}"


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        file = Path(code.co_filename)
        places.append(f"  {file.parent.name}/{file.name}:{trace.tb_lineno} {code.co_qualname}")
        trace = trace.tb_next
    return places
