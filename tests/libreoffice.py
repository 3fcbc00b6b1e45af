"""A real LibreOffice, started without a window, opens a file and saves it in another form.

It is the independent reader of what we write: what it opens without complaint is a sound file, and
what it saves is a file that another program wrote.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Literal

import pytest

Form = Literal["xlsx", "pdf", "csv"]

_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
)


class ConversionFailed(Exception):
    """LibreOffice wrote no file, or did not end in time; the text is what it said."""


@functools.cache
def program() -> str | None:
    """Where LibreOffice is: on PATH, else where its installers put it; None where it is not."""
    found = shutil.which("soffice")
    return found or next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def available() -> bool:
    """Whether LibreOffice can be started here."""
    return program() is not None


needs_libreoffice = pytest.mark.skipif(
    not available(),
    reason="LibreOffice is not installed: no file was opened by a real spreadsheet program",
)
"""The mark of tests that start LibreOffice."""


def convert(path: Path, form: Form, *, into: Path | None = None, seconds: float = 120) -> Path:
    """Open `path` in LibreOffice and save it as `form`; give the new file.

    The new file has the same stem and lies in the folder `into` (by default `libreoffice`, beside
    `path`), so that the original is never overwritten.

    Raises:
        ConversionFailed: no file was written, or `seconds` were over.
    """
    folder = into or path.parent / "libreoffice"
    folder.mkdir(exist_ok=True)
    target = folder / f"{path.stem}.{form}"
    target.unlink(missing_ok=True)
    said = _run(_command(path, form, folder), seconds)
    # Its exit code is 0 even where it could not read the file: only the new file tells.
    if not target.is_file():
        raise ConversionFailed(f"LibreOffice wrote no {target.name}; it said: {said.strip()}")
    return target


def _command(path: Path, form: Form, folder: Path) -> list[str]:
    """The command line of one conversion with a profile of our own."""
    soffice = program()
    if soffice is None:
        raise ConversionFailed("LibreOffice is not installed")
    profile = f"-env:UserInstallation={_profile().as_uri()}"
    quiet = ["--headless", "--norestore", "--nolockcheck", "--nodefault"]
    return [soffice, profile, *quiet, "--convert-to", form, "--outdir", str(folder), str(path)]


@functools.cache
def _profile() -> Path:
    """One profile a test process: it takes seconds to make, and two processes cannot share it."""
    folder = Path(tempfile.mkdtemp(prefix="libreoffice-profile-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _run(command: list[str], seconds: float) -> str:
    """Run in a process group of its own and give what was said; end the whole group when late.

    `soffice` is a starter whose child does the work: ending the starter alone would leave it.
    """
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as late:
            _end_group(process)
            raise ConversionFailed(f"LibreOffice took more than {seconds:g} seconds") from late
    return said.decode(errors="replace")


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process and its children."""
    if os.name == "nt":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
