"""What the user sees beside the sheet: the status bar, questions, dialogs for files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import uno

from rosterkey_office.heights import RowHeights
from rosterkey_office.notice import before_saving

_OK, _YES_NO = 1, 3  # com.sun.star.awt.MessageBoxButtons
_NO_FIRST = 0x50000  # the button that Enter presses
_YES = 2  # com.sun.star.awt.MessageBoxResults
_OPEN, _SAVE = 0, 10  # com.sun.star.ui.dialogs.TemplateDescription
_HUNDRED = 100


class Window:
    """The windows of a document; the frame is the one that the button was pressed in."""

    def __init__(self, context: Any, document: Any, frame: Any, heights: RowHeights) -> None:
        self._context = context
        self._document = document
        self._frame = frame
        self._heights = heights
        self._indicator: Any = None
        self._still = False

    def status(self, text: str, percent: int) -> None:
        """Show what is being done; an empty text gives the status bar back."""
        if not text:
            if self._indicator is not None:
                self._indicator.end()
                self._indicator = None
            return
        if self._indicator is None:
            self._indicator = self._frame.createStatusIndicator()
            self._indicator.start(text, _HUNDRED)
        self._indicator.setText(text)
        self._indicator.setValue(percent)

    def drawing(self, on: bool) -> None:
        """Let the sheet be drawn while it changes, or only at the end."""
        if on:
            self._heights.adjust()
        if on and self._still:
            self._document.unlockControllers()
        elif not on and not self._still:
            self._document.lockControllers()
        self._still = not on

    def tell(self, title: str, text: str, trouble: bool) -> None:
        """Show a message."""
        said = text + before_saving(self._document)
        self._box("ERRORBOX" if trouble else "INFOBOX", _OK, title, said)

    def ask(self, title: str, text: str, grave: bool) -> bool:
        """Ask for a yes; everything else is a no."""
        kind, buttons = ("WARNINGBOX", _YES_NO | _NO_FIRST) if grave else ("QUERYBOX", _YES_NO)
        return self._box(kind, buttons, title, text) == _YES

    def _box(self, kind: str, buttons: int, title: str, text: str) -> int:
        toolkit = self._made("com.sun.star.awt.Toolkit")
        parent = self._frame.getContainerWindow()
        named = uno.Enum("com.sun.star.awt.MessageBoxType", kind)
        box = toolkit.createMessageBox(parent, named, buttons, title, text)
        return self._shown(box)

    def choose_file(
        self, title: str, folder: str, kinds: list[list[str]], saving: bool, name: str
    ) -> str | None:
        """The path of a file that the user chooses, None where the dialog was closed."""
        picker = self._made("com.sun.star.ui.dialogs.FilePicker")
        picker.initialize((_SAVE if saving else _OPEN,))
        picker.setTitle(title)
        if Path(folder).is_dir():
            picker.setDisplayDirectory(uno.systemPathToFileUrl(folder))
        for label, patterns in kinds:
            picker.appendFilter(label, patterns.replace(" ", ";"))
        picker.setCurrentFilter(kinds[0][0])
        if name:
            picker.setDefaultName(name)
        if not self._shown(picker):
            return None
        return str(uno.fileUrlToSystemPath(picker.getFiles()[0]))

    def _made(self, service: str) -> Any:
        return self._context.ServiceManager.createInstanceWithContext(service, self._context)

    def _shown(self, dialog: Any) -> int:
        """Show a dialog over a window that can be seen and used again for so long."""
        self.drawing(True)
        self.usable(True)
        try:
            return int(dialog.execute())
        finally:
            self.usable(False)

    def finish_typing(self) -> None:
        """Take what is being typed into a cell, as Enter does: else no button would see it.

        Calculating does so, and of the commands that do so it is the one that changes nothing.
        """
        helper = self._made("com.sun.star.frame.DispatchHelper")
        helper.executeDispatch(self._frame, ".uno:Calculate", "", 0, ())

    def usable(self, yes: bool) -> None:
        """Let the document's windows take keys and clicks, or not."""
        for controller in self._controllers():
            controller.getFrame().getContainerWindow().setEnable(yes)

    def _controllers(self) -> list[Any]:
        found = self._document.getControllers()
        return [found.nextElement() for _ in iter(found.hasMoreElements, False)]

    def restore(self) -> None:
        """Everything as before the button."""
        self.usable(True)  # first: whatever fails, the user can go on
        self.status("", 0)
        self.drawing(True)
