"""The fresh folder in which a demo leaves everything that it makes."""

from __future__ import annotations

from itertools import count
from pathlib import Path

_NAME = "rosterkey-demo"


class FolderInUse(Exception):
    """The folder cannot be used; the text is one sentence that says why and what to do."""


def fresh_folder(wanted: Path | None = None) -> Path:
    """Make the folder of a demo: the wanted one, or a new one in the current directory.

    A wanted folder may exist if it is empty. Raises FolderInUse.
    """
    try:
        return _wanted(wanted) if wanted is not None else _next_free()
    except OSError as error:
        where = wanted or Path.cwd()
        raise FolderInUse(
            f"The demo cannot make its folder in {where}: {error.strerror}. "
            "Name another one with --folder."
        ) from None


def _wanted(folder: Path) -> Path:
    if folder.exists() and not folder.is_dir():
        raise FolderInUse(f"{folder} is a file. Name a new or empty folder with --folder.")
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FolderInUse(
            f"{folder} is not empty, and the demo writes over nothing. "
            "Name a new or empty folder with --folder."
        )
    return folder.resolve()


def _next_free() -> Path:
    for number in count(1):
        folder = Path.cwd() / (_NAME if number == 1 else f"{_NAME}-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        return folder
    raise AssertionError("numbers do not end")
