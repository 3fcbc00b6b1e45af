"""One press of a button: from the click to the end of the Python that it started.

A thread reads what that Python asks, and LibreOffice's main thread answers: so the windows are
drawn between the answers, and dialogs are shown where every system allows them.
"""

from __future__ import annotations

import json
import subprocess
import threading
from functools import partial
from typing import Any, Callable

import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.util import XCloseListener

from rosterkey_office import program
from rosterkey_office.calls import Calls
from rosterkey_office.heights import RowHeights
from rosterkey_office.window import Window

PROTOCOL = 1
"""Counts up where the questions change: extension and program have to be of one kind."""
_LONGEST_LINE = 64 * 1024 * 1024
_NO_PROGRAM = -1  # in place of an exit code
_AGAIN = "Run: rosterkey setup --libreoffice"
_NO_INTERPRETER = (
    "This extension does not know yet which Python has rosterkey. " + _AGAIN + ", and start "
    "LibreOffice again."
)
_NOT_STARTED = (
    "rosterkey could not be started by {python}. Nothing was changed. See what is wrong with: "
    "rosterkey setup --check --libreoffice"
)
_OTHER_VERSION = (
    "This extension is of another version than rosterkey in {python}. Nothing was changed. "
    + _AGAIN
    + ", and start LibreOffice again."
)
_BROKEN_OFF = (
    "{button} broke off before its end. The sheets may be filled in part. Look at History to see "
    "whether anything was written to the accounts, then press Validate."
)


class Press(unohelper.Base, XCloseListener):  # type: ignore[misc]
    """The button that runs. `ended` is called on the main thread, whatever happened."""

    def __init__(self, context: Any, frame: Any, button: str, ended: Callable[[], None]) -> None:
        controller = frame.getController()
        self._document = controller.getModel()
        heights = RowHeights(self._document)
        self._window = Window(context, self._document, frame, heights)
        self._calls = Calls(self._document, controller, self._window, heights)
        self._main = _MainThread(context)
        self._button = button
        self._ended = ended
        self._python: Any = None
        self._greeted = False
        self._wrong_version = False
        self._gone = False

    def start(self) -> bool:
        """Start the Python of the button; else say why not. Called on the main thread."""
        self._python = program.interpreter()
        if self._python is None:
            self._say(_NO_INTERPRETER)
            return False
        self._window.finish_typing()
        self._document.addCloseListener(self)
        self._document.getUndoManager().lock()
        self._window.usable(False)
        try:
            child = program.start(self._python, self._button)
        except OSError:
            self._end(_NO_PROGRAM)
            return False
        threading.Thread(target=self._serve, args=(child,), daemon=True).start()
        return True

    def queryClosing(self, _source: Any, _ours: bool) -> None:  # noqa: N802
        """Closing is nobody else's business."""

    def notifyClosing(self, _source: Any) -> None:  # noqa: N802
        """The document was closed: there is nobody to answer for any more."""
        self._gone = True

    def disposing(self, _source: Any) -> None:
        """The same."""
        self._gone = True

    def _serve(self, child: subprocess.Popen[bytes]) -> None:
        """Answer until the other side ends; on the thread of this press."""
        try:
            while not self._gone:
                line = child.stdout.readline(_LONGEST_LINE) if child.stdout else b""
                if not line.endswith(b"\n"):
                    break
                answer = self._main.run(partial(self._answer, line))
                if answer is None or child.stdin is None:
                    break
                child.stdin.write(json.dumps(answer).encode("ascii") + b"\n")
                child.stdin.flush()
        except (OSError, ValueError):
            pass  # the other side is gone; its exit code tells the rest
        finally:
            for stream in (child.stdin, child.stdout):
                _close(stream)
            code = child.wait()
            self._main.run(partial(self._end, code))

    def _answer(self, line: bytes) -> dict[str, Any] | None:
        """The answer to one question, None where the conversation is over; on the main thread."""
        if self._gone:
            return None
        asked = json.loads(line.decode("utf-8"))
        if asked.get("do") == "hello":
            self._wrong_version = asked["with"].get("protocol") != PROTOCOL
            self._greeted = not self._wrong_version
            return {"is": None} if self._greeted else None
        return self._calls.answer(asked) if self._greeted else None

    def _end(self, code: int) -> None:
        """Put everything back as it was, and say what went wrong; on the main thread."""
        self._ended()
        if self._gone:
            return
        self._document.removeCloseListener(self)
        self._window.restore()
        undo = self._document.getUndoManager()
        undo.unlock()
        # What a button wrote is not in the list; older steps would be put over it.
        undo.clear()
        if self._wrong_version:
            self._say(_OTHER_VERSION)
        elif not self._greeted:
            self._say(_NOT_STARTED)
        elif code != 0:
            self._say(_BROKEN_OFF)

    def _say(self, text: str) -> None:
        name = self._button.replace("_", " ").capitalize()
        said = text.format(python=self._python, button=name)
        self._window.tell("Roster", said, trouble=True)
        self._window.usable(True)


class _MainThread:
    """Runs functions on LibreOffice's main thread, one at a time, and waits for them."""

    def __init__(self, context: Any) -> None:
        services = context.ServiceManager
        self._caller = services.createInstanceWithContext("com.sun.star.awt.AsyncCallback", context)

    def run(self, function: Callable[[], Any]) -> Any:
        """What the function returns. Raises what it raises."""
        errand = _Errand(function)
        self._caller.addCallback(errand, None)
        errand.done.wait()
        if errand.error is not None:
            raise errand.error
        return errand.result


class _Errand(unohelper.Base, XCallback):  # type: ignore[misc]
    """One function on its way to the main thread."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self._function = function
        self.done = threading.Event()
        self.result: Any = None
        self.error: BaseException | None = None

    def notify(self, _nothing: Any) -> None:
        """Run it."""
        try:
            self.result = self._function()
        except Exception as error:
            self.error = error
        finally:
            self.done.set()


def _close(stream: Any) -> None:
    try:
        if stream is not None:
            stream.close()
    except OSError:
        pass  # what stood in the buffer has no reader any more
