"""A LibreOffice with windows on a screen in memory, in a profile that was never used before."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.libreoffice import program
from tests.libreoffice_engine.bridge import remote_context
from tests.libreoffice_engine.office import Office
from tests.libreoffice_screen.screen import Screen
from tests.libreoffice_screen.seeing import Windows

_SETTING = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_QUIET = (
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("Office.Common/Misc", "UseLocking", "false"),
    ("Office.Common/Save/Document", "WarnAlienFormat", "true"),
    ("Office.UI.Infobar/Enabled", "WhatsNew", "false"),
    ("Setup/Product", "ooSetupLastVersion", "99"),
    ("Setup/Product", "LastTimeGetInvolvedShown", "4000000000"),
    ("Setup/Product", "LastTimeDonateShown", "4000000000"),
)
"""What a fresh LibreOffice would say by itself at its first start, of which no test is."""


def write_profile(profile: Path) -> None:
    """Make a profile in which LibreOffice greets nobody."""
    (profile / "user").mkdir(parents=True)
    items = "\n".join(_SETTING.format(path=p, name=n, value=v) for p, n, v in _QUIET)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
        f"{items}\n</oor:items>\n",
        encoding="utf-8",
    )


def write_python(folder: Path) -> Path:
    """A program that is this Python, and that can go away without it."""
    python = folder / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    return python


class ShownOffice(Office):
    """A running LibreOffice that can be seen; `python` is what its buttons start."""

    def __init__(self, folder: Path, screen: Screen, settings: Sequence[str], python: Path) -> None:
        self.python = python
        self._screen = screen
        self._settings = settings
        super().__init__(folder, settings)
        self.windows = Windows(remote_context(self.pipe))

    def _command(self, profile: Path) -> list[str]:
        return [said for said in super()._command(profile) if said != "--headless"]

    def _environment(self) -> dict[str, str]:
        # `gen` draws each window and dialog itself, so accessibility knows where each button is.
        return super()._environment() | {"DISPLAY": self._screen.name, "SAL_USE_VCLPLUGIN": "gen"}

    def open(self, path: Path) -> subprocess.Popen[bytes]:
        """Open a document as a double click does: a starter hands it to the running office.

        The starter ends when the document is open, and what LibreOffice asks before is answered.
        """
        return subprocess.Popen(
            [str(program()), *self._settings, "--nologo", str(path)],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
        )

    def document(self, path: Path) -> Any | None:
        """The open document of a file; None where it is not open yet."""
        documents = self.desktop.getComponents().createEnumeration()
        while documents.hasMoreElements():
            document = documents.nextElement()
            if document.getURL() == path.as_uri() and document.getCurrentController():
                return document
        return None
