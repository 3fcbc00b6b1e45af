"""Computers of each system, for the tests: with that system's paths, or on a folder of this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

from rosterkey.install.system import Kind, System

WINDOWS = System(
    kind=Kind.WINDOWS,
    environment={
        "USERPROFILE": r"C:\Users\ana",
        "APPDATA": r"C:\Users\ana\AppData\Roaming",
        "TEMP": r"C:\Users\ana\AppData\Local\Temp",
    },
    home=PureWindowsPath(r"C:\Users\ana"),
    documents=PureWindowsPath(r"C:\Users\ana\Documents"),
    settings=PureWindowsPath(r"C:\Users\ana\AppData\Local\rosterkey\settings.toml"),
    interpreter=PureWindowsPath(r"C:\Users\ana\AppData\Local\rosterkey\env\Scripts\python.exe"),
    base=PureWindowsPath(r"C:\Users\ana\AppData\Local\Programs\Python\Python313"),
)
MACOS = System(
    kind=Kind.MACOS,
    environment={"TMPDIR": "/var/folders/xy/T/"},
    home=PurePosixPath("/Users/ana"),
    documents=PurePosixPath("/Users/ana/Documents"),
    settings=PurePosixPath("/Users/ana/Library/Application Support/rosterkey/settings.toml"),
    interpreter=PurePosixPath("/Users/ana/rosterkey-env/bin/python"),
    base=PurePosixPath("/Library/Frameworks/Python.framework/Versions/3.13"),
)


def on_disk(kind: Kind, home: Path, registry: Mapping[tuple[str, str], object] = {}) -> System:
    """A computer of this kind whose home is a real folder, with an environment that is there."""
    folder = "Scripts" if kind is Kind.WINDOWS else "bin"
    name = "python.exe" if kind is Kind.WINDOWS else "python"
    interpreter = home / "env" / folder / name
    interpreter.parent.mkdir(parents=True, exist_ok=True)
    interpreter.write_bytes(b"")
    if kind is Kind.MACOS:  # macOS makes it when Excel starts for the first time
        (home / "Library/Containers/com.microsoft.Excel/Data").mkdir(parents=True, exist_ok=True)
    return System(
        kind=kind,
        environment={},
        home=home,
        documents=home / "Documents",
        settings=home / "config" / "settings.toml",
        interpreter=interpreter,
        base=home / "python",
        registry=lambda key, value: registry.get((key, value)),
    )


def with_interpreter(system: System, path: str, base: str | None = None) -> System:
    """The computer with another running Python."""
    pure = type(system.home)
    return replace(system, interpreter=pure(path), base=pure(base) if base else system.base)
