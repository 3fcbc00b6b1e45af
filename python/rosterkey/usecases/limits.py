"""The limits of the guards in the user's own settings file, changed by a program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rosterkey.files.replace import cannot_write, replacing
from rosterkey.usecases.settings import settings_file
from rosterkey.usecases.settings_text import changed


def write_limits(limits: Mapping[str, int | float]) -> Path:
    """Write limits, by their names in `Limits`, into the user's settings file; return its path.

    Whatever else stands in the file stays as it is. Raises SettingsNotChanged where a program
    cannot change the file, UnwritableFile where it cannot be written.
    """
    path = settings_file()
    before = path.read_text("utf-8") if path.exists() else ""
    content = changed(before, limits, "limits").encode("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    with replacing(path) as file:
        file.write(content)
    return path
