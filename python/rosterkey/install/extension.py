"""The extension for LibreOffice: made for the running Python, and put in its place."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from rosterkey.install import interpreter
from rosterkey.install.errors import SetupStopped
from rosterkey.install.office import Office, find_office, installed_extension, is_open, sandboxed
from rosterkey.install.system import Kind, System

FILE = "rosterkey.oxt"
_TRIES = 2
_LONGEST = 300  # seconds
_GET_IT = {
    Kind.WINDOWS: "Install LibreOffice from libreoffice.org",
    Kind.MACOS: "Install LibreOffice from libreoffice.org into Applications",
    Kind.LINUX: "Install LibreOffice's Calc with your system's packages (Debian, Ubuntu: "
    "libreoffice-calc and python3-uno)",
}


def file_for(system: System) -> Path:
    """Where setup keeps the extension that it made, beside the user's settings."""
    return Path(system.settings.with_name(FILE))


def usable_office(system: System) -> Office:
    """The LibreOffice that the extension goes into.

    Raises:
        SetupStopped: there is none, or it cannot run the extension, or not this Python.
    """
    if trouble := interpreter.why_not(system):
        raise SetupStopped(trouble)
    office = find_office(system)
    if office is None:
        raise SetupStopped(no_office(system))
    if trouble := what_is_missing(office):
        raise SetupStopped(trouble)
    return office


def no_office(system: System) -> str:
    """That there is no LibreOffice that can start a program, and what to do."""
    kind = sandboxed(system)
    again = f"{_GET_IT[system.kind]}, then run setup again."
    if kind is not None:
        return (
            f"LibreOffice is here as a {kind} package, which may start no program of this "
            f"computer, so its buttons could not start Python. {again}"
        )
    return f"LibreOffice was found in none of its usual places. {again}"


def what_is_missing(office: Office) -> str | None:
    """The part that this LibreOffice lacks for an extension in Python; None where it is whole."""
    if not office.runs_python:
        return (
            f"The LibreOffice in {office.folder} cannot run extensions in Python. Install that "
            "part (Debian, Ubuntu: python3-uno), then run setup again."
        )
    if not office.unopkg.is_file():
        return (
            f"The program that installs extensions is missing: {office.unopkg}. Install "
            "LibreOffice again, then run setup again."
        )
    return None


def fresh_parts(system: System) -> dict[str, bytes]:
    """The parts of the extension for the running Python. Raises SetupStopped."""
    from rosterkey.workbook.build import SourcesMissing, find_sources
    from rosterkey.workbook.extension import extension_parts

    try:
        return extension_parts(find_sources(), str(interpreter.interpreter_of(system)))
    except SourcesMissing as error:
        raise SetupStopped(str(error)) from None


def fresh_extension(system: System) -> bytes:
    """The file of the extension for the running Python. Raises SetupStopped."""
    from rosterkey.workbook.parts import write_parts

    return write_parts(fresh_parts(system))


def is_current(system: System) -> bool:
    """Whether LibreOffice has this very extension, with this very Python."""
    folder = installed_extension(system)
    return folder is not None and all(
        holds(folder / name, content) for name, content in fresh_parts(system).items()
    )


def holds(path: Path, content: bytes) -> bool:
    """Whether a file is there with this very content."""
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def refuse_while_open(system: System) -> None:
    """Refuse to change the extensions of a LibreOffice that runs.

    Raises:
        SetupStopped: its profile is locked.
    """
    if is_open(system):
        raise SetupStopped(
            "LibreOffice is open. Quit it, its quickstarter too, and run setup again. If it is not "
            "open, it crashed: start it once and quit it."
        )


def refuse_root() -> None:
    """Refuse to install for the administrator of the computer, who has no roster to edit.

    Raises:
        SetupStopped: this is root.
    """
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        raise SetupStopped(
            "LibreOffice installs no extension for root. Run setup as the user who will edit the "
            "roster."
        )


def add(office: Office, file: Path, settings: Sequence[str] = ()) -> None:
    """Let LibreOffice install the extension, in place of one that it has.

    `settings` are more arguments of unopkg. It may fail without a word (seen once in 7.4), and do
    its work at the next try.

    Raises:
        SetupStopped: it did not; the text says why in LibreOffice's own words.
    """
    command = [str(office.unopkg), "add", "--force", str(file), *settings]
    for _ in range(_TRIES):
        try:
            done = subprocess.run(  # noqa: S603 - found where LibreOffice installs it
                command,
                env=environment_for_office(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_LONGEST,
                check=False,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SetupStopped(f"{office.unopkg} did not do its work: {error}") from None
        if done.returncode == 0:
            return
    said = (done.stderr + done.stdout).decode("utf-8", errors="replace").split()
    raise SetupStopped(
        f"LibreOffice did not take the extension {file}: {' '.join(said)[:300]} Everything else is "
        "in its place. Quit LibreOffice if it is open, and run setup again."
    )


def environment_for_office() -> dict[str, str]:
    """The variables for a program of LibreOffice, without those that lead to another Python.

    LibreOffice's own Python takes the first `python3` on PATH for its home. Where that is of pyenv,
    conda or an environment, it loads the wrong library and fails as if memory were short.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept if os.name == "nt" else kept | {"PATH": os.defpath}
