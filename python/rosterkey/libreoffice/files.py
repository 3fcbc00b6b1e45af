"""LibreOffice's own dialogs for files, in place of those that Python brings."""

from __future__ import annotations

from pathlib import Path

from rosterkey.excel.dialogs import Kinds
from rosterkey.libreoffice.channel import Channel


class OfficeFiles:
    """Files chosen in LibreOffice."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def to_open(self, title: str, folder: Path, kinds: Kinds) -> str:
        """The path of a file to read, empty where the dialog was closed."""
        return self._choose(title, folder, kinds, saving=False, name="")

    def to_save(self, title: str, folder: Path, name: str, kinds: Kinds) -> str:
        """The path of a file to write, empty where the dialog was closed."""
        return self._choose(title, folder, kinds, saving=True, name=name)

    def _choose(self, title: str, folder: Path, kinds: Kinds, *, saving: bool, name: str) -> str:
        chosen: str | None = self._channel.ask(
            "choose_file", title=title, folder=str(folder), kinds=kinds, saving=saving, name=name
        )
        return chosen or ""
