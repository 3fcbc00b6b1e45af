"""Everything that is asked or told. Python shows each dialog: Excel on a Mac waits for none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rosterkey.excel.errors import ButtonStopped

if TYPE_CHECKING:
    from xlwings import App

_LONGEST = 1_800
"""Characters of a message; a longer dialog would not fit on a screen."""
Kinds = Sequence[tuple[str, str]]
"""Kinds of files that are offered: the words, and the endings with a blank between."""
TEXT_FILES = [("Text files", "*.csv *.txt *.tsv"), ("All files", "*")]
LISTS = [("Lists", "*.csv *.txt *.tsv *.xlsx *.xlsm *.zip"), ("All files", "*")]
"""What the dialogs for files offer."""


def tell(app: App, title: str, text: str, *, trouble: bool = False) -> None:
    """Show a message with the one button OK."""
    app.alert(_cut(text), title, "ok", "critical" if trouble else "info")


def ask(app: App, title: str, question: str, *, grave: bool = False) -> bool:
    """Ask for a yes. Whatever is not a yes, a closed dialog too, is a no."""
    answer = app.alert(_cut(question), title, "yes_no", "critical" if grave else "info")
    return answer == "yes"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class FileDialogs(Protocol):
    """Who shows the dialogs for files; both give an empty text where the dialog was closed."""

    def to_open(self, title: str, folder: Path, kinds: Kinds) -> str:
        """The path of a file to read."""

    def to_save(self, title: str, folder: Path, name: str, kinds: Kinds) -> str:
        """The path of a file to write, after a question where there is one already."""


class PythonFiles:
    """The dialogs that Python itself brings: Excel lends none. Raises ButtonStopped without."""

    def to_open(self, title: str, folder: Path, kinds: Kinds) -> str:
        """The path of a file to read."""
        with _Window() as window:
            from tkinter import filedialog

            return filedialog.askopenfilename(
                parent=window.root, title=title, initialdir=folder, filetypes=kinds
            )

    def to_save(self, title: str, folder: Path, name: str, kinds: Kinds) -> str:
        """The path of a file to write."""
        with _Window() as window:
            from tkinter import filedialog

            return filedialog.asksaveasfilename(
                parent=window.root,
                title=title,
                initialdir=folder,
                initialfile=name,
                defaultextension=".csv",
                filetypes=kinds,
            )


files: FileDialogs = PythonFiles()
"""Those that are shown; a program with dialogs of its own puts itself here."""


def choose_file_to_open(title: str, folder: Path, kinds: Kinds = TEXT_FILES) -> Path | None:
    """Let the user choose a file; None where the dialog was closed.

    Raises ButtonStopped where this Python has no dialogs.
    """
    chosen = files.to_open(title, folder, kinds)
    return Path(chosen) if chosen else None


def choose_file_to_save(title: str, folder: Path, name: str) -> Path | None:
    """Let the user choose where a CSV goes; None where the dialog was closed.

    The dialog itself asks before a file is written over. Raises ButtonStopped as above.
    """
    chosen = files.to_save(title, folder, name, TEXT_FILES[:1])
    return Path(chosen) if chosen else None


class _Window:
    """The invisible window that a file dialog needs, in front of Excel and gone afterwards."""

    def __enter__(self) -> _Window:
        try:
            from tkinter import TclError, Tk
        except ImportError:
            raise _no_dialogs() from None
        try:
            self.root = Tk()
        except TclError:
            raise _no_dialogs() from None
        self.root.withdraw()
        self.root.attributes("-topmost", True)
        return self

    def __exit__(self, *_: object) -> None:
        self.root.destroy()


def _no_dialogs() -> ButtonStopped:
    return ButtonStopped(
        "This Python cannot show a dialog for files (its part tkinter is missing). Install Python "
        "from python.org, or use the command rosterkey with the file's name."
    )
