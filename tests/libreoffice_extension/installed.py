"""The built extension in a fresh profile, and its buttons pressed by their addresses."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from rosterkey.install.extension import add, environment_for_office
from rosterkey.install.office import Office, find_office
from rosterkey.install.system import this_system
from rosterkey.workbook.build import find_sources
from rosterkey.workbook.extension import PROTOCOL, build_extension
from tests.libreoffice_engine.bridge import ROOT, import_uno
from tests.libreoffice_engine.office import setting_of_profile

_LONGEST_PRESS = 120  # seconds
T = TypeVar("T")


def office_here() -> Office:
    """The LibreOffice of this computer, as setup finds it."""
    found = find_office(this_system())
    assert found is not None
    return found


def unopkg(*arguments: str, settings: list[str]) -> str:
    """Run LibreOffice's own installer of extensions; give what it said."""
    command = [str(office_here().unopkg), *arguments, *settings]
    done = subprocess.run(
        command, env=environment_for_office(), capture_output=True, text=True, check=True
    )
    return done.stdout + done.stderr


def install(folder: Path, python: str = sys.executable) -> list[str]:
    """Install the extension for a Python; give the settings of the office that has it.

    The tests may run as root, whom unopkg lets install for all users only: so the place of what
    all users share is one of our own, too.
    """
    shared = folder / "shared"
    settings = [
        setting_of_profile(folder / "profile"),
        f"-env:UNO_SHARED_PACKAGES_CACHE={shared.as_uri()}",
    ]
    file = folder / "rosterkey.oxt"
    file.write_bytes(build_extension(find_sources(ROOT), python))
    add(office_here(), file, ["--shared", *settings])
    return settings


class Buttons:
    """The buttons of the window of a document."""

    def __init__(self, document: Any) -> None:
        uno = import_uno()
        context = uno.getComponentContext()
        self._frame = document.getCurrentController().getFrame()
        self._make = uno.createUnoStruct
        self._parser = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.util.URLTransformer", context
        )

    def find(self, button: str) -> tuple[Any, Any]:
        """What LibreOffice would call at a click, and the button's address."""
        url = self._make("com.sun.star.util.URL")
        url.Complete = f"{PROTOCOL}{button}"
        _, url = self._parser.parseStrict(url)
        return self._frame.queryDispatch(url, "", 0), url

    def start(self, button: str) -> Watcher:
        """Press a button; the watcher tells whether buttons can be pressed."""
        dispatch, url = self.find(button)
        watcher = Watcher.of(dispatch, url)
        dispatch.dispatch(url, ())
        return watcher

    def press(self, button: str) -> list[bool]:
        """Press a button and wait for its end; give the states that it had since."""
        return self.start(button).wait()


class Watcher:
    """Keeps the states of a button as a toolbar is told them."""

    def __init__(self, states: list[bool]) -> None:
        self.states = states

    @classmethod
    def of(cls, dispatch: Any, url: Any) -> Watcher:
        """Watch a button."""
        import_uno()
        import unohelper  # type: ignore[import-not-found]
        from com.sun.star.frame import XStatusListener  # type: ignore[import-not-found]

        states: list[bool] = []

        class Listener(unohelper.Base, XStatusListener):  # type: ignore[misc]
            def statusChanged(self, event: Any) -> None:  # noqa: N802
                states.append(event.IsEnabled)

            def disposing(self, source: Any) -> None:
                pass

        dispatch.addStatusListener(Listener(), url)
        return cls(states)

    def wait(self) -> list[bool]:
        """Wait until the button can be pressed again. Raises RuntimeError where it never can."""
        wait_for(lambda: len(self.states) > 1 and self.states[-1])
        return self.states


def wait_for(found: Callable[[], T | None]) -> T:
    """What is found in time. Raises RuntimeError where nothing is."""
    until = time.monotonic() + _LONGEST_PRESS
    while time.monotonic() < until:
        if there := found():
            return there
        time.sleep(0.02)
    raise RuntimeError("the button did not come to its end")
