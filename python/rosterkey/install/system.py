"""The computer as setup sees it: one small value, so that every system can be told on any other."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath


class Kind(StrEnum):
    """The systems that differ for setup."""

    WINDOWS = "Windows"
    MACOS = "macOS"
    LINUX = "Linux"


def _no_registry(_key: str, _name: str) -> object:
    return None


@dataclass(frozen=True, slots=True)
class System:
    """What setup has to know of a computer and its user.

    `interpreter` is the running Python, `base` the folder of the Python that its environment was
    made from, `settings` the user's `settings.toml`. `registry` gives a value of the Windows
    registry by its key (which begins with HKCU or HKLM) and its name, None where there is none.
    The paths may be of another system than the one this runs on, as long as no file is touched.
    """

    kind: Kind
    environment: Mapping[str, str]
    home: PurePath
    documents: PurePath
    settings: PurePath
    interpreter: PurePath
    base: PurePath
    registry: Callable[[str, str], object] = _no_registry

    @property
    def has_excel(self) -> bool:
        """Whether there is an Excel for this system that runs macros."""
        return self.kind is not Kind.LINUX

    def folder(self, variable: str, usual: PurePath) -> PurePath:
        """The folder that an environment variable names, `usual` where it names none."""
        named = self.environment.get(variable, "")
        return type(self.home)(named) if named else usual


def this_system() -> System:
    """The computer that this runs on, and the user who runs it."""
    from platformdirs import user_documents_path

    from rosterkey.usecases.settings import settings_file

    kinds = {"win32": Kind.WINDOWS, "darwin": Kind.MACOS}
    return System(
        kind=kinds.get(sys.platform, Kind.LINUX),
        environment=dict(os.environ),
        home=Path.home(),
        documents=user_documents_path(),
        settings=settings_file(),
        interpreter=Path(sys.executable),
        base=Path(sys.base_prefix),
        registry=_registry if sys.platform == "win32" else _no_registry,
    )


def _registry(key: str, name: str) -> object:
    """A value of the Windows registry, None where there is none or it may not be read."""
    if sys.platform != "win32":
        return None
    import winreg

    root, _, path = key.partition("\\")
    roots = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}
    try:
        with winreg.OpenKey(roots[root], path) as opened:
            value: object = winreg.QueryValueEx(opened, name)[0]
    except OSError:
        return None
    return value
