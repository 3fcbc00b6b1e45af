"""The Python that the buttons run: which one, whether it will stay, and how its path is written."""

from __future__ import annotations

import itertools
import re
from pathlib import PurePath

from rosterkey.install.errors import SetupStopped
from rosterkey.install.system import Kind, System

_HOME_VARIABLE = {Kind.WINDOWS: "%USERPROFILE%", Kind.MACOS: "$HOME"}
"""What xlwings' VBA (`ExpandEnvironmentStrings`) replaces with the user's home folder."""
_PASSING = {
    "uv": "the cache of uvx",
    "pipx": "the cache of pipx run",
    "pip-run": "the cache of pip-run",
}
"""Folders inside a cache in which a program keeps environments for a single run."""
_GETS_THROUGH = {
    Kind.WINDOWS: re.compile(r'(?:%USERPROFILE%)?[^"%]*'),
    # The script that starts Python on a Mac gives the path to the shell without quotes.
    Kind.MACOS: re.compile(r"(?:\$HOME)?[A-Za-z0-9/._+@-]*"),
}
"""Paths that xlwings' VBA can start, beside being ASCII."""
_TEMPORARY = {Kind.MACOS: ("/tmp", "/private/tmp")}  # noqa: S108 - looked at, not written to
"""Folders that a system empties, beside those that the environment names."""


class NotUsable(SetupStopped):
    """The buttons cannot run this Python; the text says why and what to do."""


def key(system: System) -> str:
    """The name of the setting: xlwings has one for each system."""
    return "INTERPRETER_MAC" if system.kind is Kind.MACOS else "INTERPRETER_WIN"


def interpreter_of(system: System) -> PurePath:
    """The running Python, as the buttons start it.

    On Windows that is `python.exe`, also where setup runs in `pythonw.exe`: xlwings hides the
    window itself, and `python.exe` alone tells it about errors that happen before the first line.
    """
    path = system.interpreter
    if system.kind is Kind.WINDOWS and path.name.casefold() == "pythonw.exe":
        return path.with_name("python.exe")
    return path


def why_not(system: System) -> str | None:
    """Why the running Python is none that the buttons can rely on, with what to do; else None."""
    path = interpreter_of(system)
    if not path.is_absolute():
        return "It is not known where this Python lies. Run setup from an environment of its own."
    if system.kind is Kind.WINDOWS and _of_the_store(system):
        return (
            "This Python is from the Microsoft Store. Windows keeps what it writes into AppData "
            "in a place of its own, where Excel finds neither the add-in nor the settings. "
            "Install Python from python.org, make the environment with that one, and run setup "
            "there."
        )
    if place := _passing(system, path):
        return (
            f"This Python lies in {place} and will not stay there. Make an environment in a "
            f"lasting folder ({_example(system)}), install rosterkey into it, and run setup there."
        )
    return None


def as_written(system: System) -> str:
    """The interpreter's path for the settings file, in plain ASCII.

    VBA reads that file in the system's old character set, in which a name such as José is another
    one. A path with such a name is written with the home folder's variable, which VBA replaces.

    Raises:
        NotUsable: the path has other letters outside the home folder, or a character with a
            meaning of its own.
    """
    path = interpreter_of(system)
    text = str(path)
    if not text.isascii() and path.is_relative_to(system.home):
        separator = "\\" if system.kind is Kind.WINDOWS else "/"
        variable = _HOME_VARIABLE.get(system.kind, text)
        text = separator.join([variable, *path.relative_to(system.home).parts])
    fits = _GETS_THROUGH.get(system.kind)
    if not text.isascii() or (fits and not fits.fullmatch(text)):
        raise NotUsable(
            f"Excel cannot start Python by the path {path}: it has letters, spaces or signs "
            "in it that do not get through. Make the environment in a folder with a plain name "
            f"({_example(system)}), and run setup there."
        )
    return text


def as_read(system: System, text: str) -> PurePath:
    """The path that an interpreter in the settings file stands for; undoes `as_written`."""
    variable = _HOME_VARIABLE.get(system.kind, "")
    if variable and text.casefold().startswith(variable.casefold()):
        return system.home / text[len(variable) :].lstrip("\\/")
    return type(system.home)(text)


def _of_the_store(system: System) -> bool:
    parts = {part.casefold() for part in (*system.interpreter.parts, *system.base.parts)}
    return "windowsapps" in parts


def _passing(system: System, path: PurePath) -> str | None:
    """The place for passing things that a path lies in."""
    parts = [part.casefold() for part in path.parts]
    for above, part in itertools.pairwise(parts):
        for cache, program in ((above, part), (part, above)):
            if "cache" in cache and program in _PASSING:
                return _PASSING[program]
    named = [system.environment.get(variable, "") for variable in ("TEMP", "TMP", "TMPDIR")]
    for folder in map(type(path), (*filter(None, named), *_TEMPORARY.get(system.kind, ()))):
        if path.is_relative_to(folder) and not system.home.is_relative_to(folder):
            return f"the folder for temporary files ({folder})"
    downloads = system.home / "Downloads"
    return f"the folder {downloads}" if path.is_relative_to(downloads) else None


def _example(system: System) -> str:
    """How an environment is made in the home folder."""
    if system.kind is Kind.WINDOWS:
        return r"py -m venv %LOCALAPPDATA%\rosterkey\env"
    return "python3 -m venv ~/rosterkey-env"
