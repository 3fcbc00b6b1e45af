"""A user before the screen: looks for a button by what is written on it, and clicks it."""

from __future__ import annotations

import contextlib
import time
from functools import partial
from pathlib import Path
from typing import Any

from tests.libreoffice_screen.screen import Screen
from tests.libreoffice_screen.seeing import NotSeen, Seen, gone, role, wait_for
from tests.libreoffice_screen.shown import ShownOffice

_LONGEST_START = 60  # seconds
_PATIENCE = 5
_BLINK = 0.2
_ATTEMPTS = 4
_FILE_NAME = "File name:"
_NO_MACROS = "This document contains macros."


class User:
    """Works by mouse and keyboard only; `document` is the one that is open, to be read.

    `pictures` is a folder for what stands on the screen at each `look`; without one none is kept.
    """

    def __init__(self, screen: Screen, office: ShownOffice, pictures: Path | None = None) -> None:
        self.screen, self.office = screen, office
        self.document: Any = None
        self._pictures = pictures

    def look(self, at: str) -> None:
        """Keep a picture of the screen, where pictures are wanted."""
        if self._pictures is not None:
            wait_for(self._still, "a screen on which nothing moves")
            self.screen.picture().save(self._pictures / f"{at}.png")

    def _still(self) -> bool:
        before = self.screen.picture()
        time.sleep(_BLINK)
        return before.tobytes() == self.screen.picture().tobytes()

    def open(self, path: Path) -> None:
        """Open a document with a double click, and read away what LibreOffice says of macros."""
        starter = self.office.open(path)

        def opened() -> Any | None:
            dialog = self.office.windows.dialog()
            if dialog and _NO_MACROS in told(dialog):
                self.answer("OK")
            return self.office.document(path)

        self.document = wait_for(opened, f"the open document {path.name}")
        starter.wait(_LONGEST_START)

    @property
    def window(self) -> Seen:
        """The window of the document."""
        frame = self.document.getCurrentController().getFrame()
        return Seen(frame.getContainerWindow().getAccessibleContext())

    def click(self, thing: Seen) -> None:
        """Click into the middle of something as soon as it stands still."""
        self.screen.click(*self._standing(thing))

    def double_click(self, thing: Seen) -> None:
        """Click twice in a row."""
        self.screen.double_click(*self._standing(thing))

    def _standing(self, thing: Seen) -> tuple[int, int]:
        places: list[tuple[int, int] | None] = []

        def still() -> tuple[int, int] | None:
            places.append(thing.middle)
            return places[-1] if places[-2:-1] == places[-1:] else None

        return wait_for(still, f"{thing.name}: shown")

    def button(self, bar: str, label: str) -> Seen | None:
        """A button of a tool bar as it is shown now, grey or not."""
        found = self.window.find("TOOL_BAR", bar)
        return found and next((b for b in found.children() if b.name == label and b.middle), None)

    def press(self, bar: str, label: str) -> None:
        """Click on a button of a tool bar as soon as it is not grey."""

        def ready() -> Seen | None:
            button = self.button(bar, label)
            return button if button and button.enabled else None

        self.click(wait_for(ready, f"the button {label} on the tool bar {bar}"))

    def open_menu(self, name: str) -> list[str]:
        """Open a menu; the names of its entries."""
        bar = wait_for(lambda: self.window.find("MENU_BAR"), "the menu bar")
        menu = wait_for(partial(_entry, bar, name), f"the menu {name}")
        self.click(menu)
        wait_for(lambda: any(each.middle for each in menu.children()), f"the open menu {name}")
        return [each.name for each in menu.children() if each.role == role("MENU_ITEM")]

    def choose(self, *entries: str) -> None:
        """Click through a menu to its last entry."""
        opened = wait_for(lambda: self.window.find("MENU_BAR"), "the menu bar")
        for name in entries:
            entry = partial(_entry, opened, name)
            opened = wait_for(entry, f"{name} in the menu {opened.name}")
            self.click(opened)

    def dialog(self) -> Seen:
        """The dialog that waits for an answer."""
        return wait_for(self.office.windows.dialog, "a dialog")

    def buttons(self) -> list[Seen]:
        """The buttons of the dialog that waits, from left to right."""
        shown = (b for b in self.dialog().inside() if b.role == role("PUSH_BUTTON"))
        return sorted((b for b in shown if b.middle), key=lambda b: b.middle or (0, 0))

    def answer(self, label: str) -> str:
        """Click on a button of the dialog that waits, and see it go; what the dialog said."""
        dialog = self.dialog()
        text = told(dialog)
        button = wait_for(lambda: dialog.find("PUSH_BUTTON", label), f"the button {label}: {text}")
        for _ in range(_ATTEMPTS):  # a window that has just come may not hear the first click
            self.click(button)
            with contextlib.suppress(NotSeen):
                wait_for(lambda: gone(dialog), "its end", _PATIENCE)
                return text
        self.look("not answered")
        raise NotSeen(f"the end of the dialog after a click on {label}: {text}")

    def dismiss(self, dialog: Seen) -> None:
        """Leave a dialog without an answer."""
        if place := dialog.middle:
            self.screen.point(*place)
            self.screen.press("Escape")

    def choose_file(self, path: Path, label: str) -> None:
        """Type a path into the dialog for files and click on its button."""

        def field() -> Seen | None:
            dialog = self.office.windows.dialog()
            return dialog and dialog.find("TEXT", _FILE_NAME)

        entry = wait_for(field, "a dialog for files")
        self.click(entry)
        wait_for(lambda: entry.focused, "the keyboard in the dialog for files")
        for _ in range(_ATTEMPTS):  # keys may get lost in a dialog that has just come
            self.screen.type(str(path))
            with contextlib.suppress(NotSeen):
                wait_for(lambda: entry.text == str(path), "the whole name", _PATIENCE)
                self.answer(label)
                return
        raise NotSeen(f"{path} in the dialog for files, which has {entry.text}")


def told(dialog: Seen) -> str:
    """All that a dialog says."""
    words = {role("LABEL"), role("STATIC")}
    return "\n".join(each.name for each in dialog.inside() if each.role in words)


def _entry(menu: Seen, name: str) -> Seen | None:
    """An entry of an open menu; what follows a name with dots is asked after it."""
    entries = (each for each in menu.children() if each.name.rstrip(".…") == name)
    return next((each for each in entries if each.middle), None)
