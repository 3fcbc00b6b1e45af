"""A LibreOffice that stays open for a test session and is reached over UNO.

It has a profile, a home and a pipe of its own, and its whole process group is ended at the end:
`soffice` is a starter whose child does the work.
"""

from __future__ import annotations

import contextlib
import functools
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.libreoffice import program
from tests.libreoffice_engine.bridge import ROOT, connect, properties, uno_folders

_LONGEST_START = 60  # seconds; the first start makes the profile
_ALWAYS_RUN_MACROS = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN


@functools.cache
def why_not() -> str | None:
    """Why the tests over UNO cannot run here; None where they can.

    Another Python tries it first: one that LibreOffice's part was not made for may crash on it.
    """
    if os.name != "posix" or program() is None:
        return "LibreOffice is not installed: the buttons were not run in a spreadsheet program"
    if not uno_folders():
        return "LibreOffice's UNO for Python is not installed (Debian: python3-uno)"
    code = f"import sys; sys.path[:0] = {uno_folders()!r}; import uno; uno.getComponentContext()"
    tried = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    if tried.returncode != 0:
        return "LibreOffice's UNO was made for another version of Python than this one"
    return None


class Office:
    """One running LibreOffice; `settings` are arguments that a program of it takes (`-env:...`)."""

    def __init__(self, folder: Path, settings: Sequence[str] = ()) -> None:
        self.pipe = f"rosterkey-{secrets.token_hex(8)}"
        self.home = folder / "home"
        self.home.mkdir()
        self._log = folder / "office.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [*self._command(folder / "profile"), *settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                env=self._environment(),
                start_new_session=True,
            )
        try:
            self.desktop = self._wait()
        except BaseException:
            self.end()
            raise

    def _command(self, profile: Path) -> list[str]:
        quiet = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
        listen = f"--accept=pipe,name={self.pipe};urp;"
        return [str(program()), setting_of_profile(profile), *quiet, listen]

    def _environment(self) -> dict[str, str]:
        """A home of its own and no screen; what the office starts finds the tests.

        No other Python on PATH: LibreOffice's own would take it for its home.
        """
        elsewhere = ("ROSTERKEY_", "XDG_", "KEYRING_", "PYTHON", "DISPLAY", "WAYLAND_")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(elsewhere)}
        own = {"HOME": str(self.home), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
        return kept | own | {"PYTHONPATH": str(ROOT)}

    def _wait(self) -> Any:
        until = time.monotonic() + _LONGEST_START
        while True:
            try:
                return connect(self.pipe)
            except Exception as error:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"LibreOffice does not answer: {self.said()}") from error
                time.sleep(0.1)

    def said(self) -> str:
        """What the office and the programs that it started wrote to their terminal."""
        return self._log.read_text(errors="replace")

    def load(self, path: Path) -> Any:
        """Open a workbook without showing it, its macros allowed.

        Raises RuntimeError where LibreOffice does not open it.
        """
        document = self.desktop.loadComponentFromURL(
            path.as_uri(),
            "_blank",
            0,
            properties(Hidden=True, MacroExecutionMode=_ALWAYS_RUN_MACROS),
        )
        if document is None:
            raise RuntimeError(f"LibreOffice did not open {path.name}")
        document.calculateAll()
        return document

    def end(self) -> None:
        """End the office and everything that it started, and wait for it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(timeout=30)


def setting_of_profile(profile: Path) -> str:
    """The argument by which LibreOffice and its programs take a profile of their own."""
    return f"-env:UserInstallation={profile.as_uri()}"


@contextlib.contextmanager
def running_office(folder: Path, settings: Sequence[str] = ()) -> Iterator[Office]:
    """An office for as long as the block runs; the test is skipped where there can be none."""
    reason = why_not()
    if reason:
        pytest.skip(reason)
    office = Office(folder, settings)
    try:
        yield office
    finally:
        office.end()
