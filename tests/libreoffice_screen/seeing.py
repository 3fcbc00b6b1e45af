"""What stands where on the screen, as LibreOffice tells it to people who cannot see.

Each window, button and menu is an object of UNO's accessibility: a role, a name, a place.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from tests.libreoffice_engine.bridge import import_uno

_LONGEST = 60  # seconds; much longer than anything takes on a busy computer
_PAUSE = 0.08
_DEEPEST = 16
_WIDEST = 100  # children; sheets have a million
T = TypeVar("T")


class NotSeen(AssertionError):
    """Something did not come in sight, or did not go, in time."""


def wait_for(look: Callable[[], T | None], what: str, seconds: float = _LONGEST) -> T:
    """What `look` sees as soon as it sees something. Raises NotSeen.

    What disappears while it is looked at is looked for again.
    """
    until = time.monotonic() + seconds
    while True:
        try:
            seen = look()
        except Exception as error:  # UNO raises many things for what is gone
            seen, why = None, f" ({error})"
        else:
            why = ""
        if seen:
            return seen
        if time.monotonic() > until:
            raise NotSeen(f"{what}: not seen in {seconds:g} seconds{why}")
        time.sleep(_PAUSE)


def role(name: str) -> int:
    """A role of UNO's accessibility by its name, such as `PUSH_BUTTON`."""
    return _constant("Role", name)


@functools.cache
def _constant(group: str, name: str) -> int:
    found = f"com.sun.star.accessibility.Accessible{group}.{name}"
    return int(import_uno().getConstantByName(found))


class Seen:
    """Something on the screen."""

    def __init__(self, context: Any) -> None:
        self.context = context

    @property
    def name(self) -> str:
        """What is written on it."""
        return str(self.context.getAccessibleName())

    @property
    def role(self) -> int:
        """What kind of thing it is."""
        return int(self.context.getAccessibleRole())

    @property
    def middle(self) -> tuple[int, int] | None:
        """The point that a user would click on; None for what is not shown."""
        place, size = self.context.getLocationOnScreen(), self.context.getSize()
        if not size.Width or not size.Height or not self._is("SHOWING"):
            return None
        return place.X + size.Width // 2, place.Y + size.Height // 2

    @property
    def enabled(self) -> bool:
        """Whether it can be pressed: it is not grey."""
        return self._is("ENABLED")

    @property
    def focused(self) -> bool:
        """Whether the keyboard writes into it."""
        return self._is("FOCUSED")

    @property
    def text(self) -> str:
        """The text that stands in it."""
        return str(self.context.getText())

    def _is(self, state: str) -> bool:
        return bool(self.context.getAccessibleStateSet().contains(_constant("StateType", state)))

    def children(self) -> list[Seen]:
        """What lies directly in it."""
        found = []
        for number in range(min(self.context.getAccessibleChildCount(), _WIDEST)):
            child = self.context.getAccessibleChild(number)
            if hasattr(child, "getAccessibleContext"):  # entries of lists have none
                found.append(Seen(child.getAccessibleContext()))
        return found

    def inside(self, *without: str) -> Iterator[Seen]:
        """What lies in it, nearest first; not what lies in things of the roles `without`."""
        passed = {role(name) for name in without}
        layer = [self]
        for _ in range(_DEEPEST):
            layer = [child for each in layer for child in each.children()]
            yield from layer
            layer = [each for each in layer if each.role not in passed]

    def find(self, kind: str, name: str | None = None) -> Seen | None:
        """The nearest thing of a role, and a name, in it that is shown; None where none is."""
        wanted = role(kind)
        for each in self.inside("DOCUMENT_SPREADSHEET", "MENU", kind):
            if each.role == wanted and name in (None, each.name) and each.middle:
                return each
        return None


class Windows:
    """The windows of one LibreOffice."""

    def __init__(self, context: Any) -> None:
        services = context.ServiceManager
        self._toolkit = services.createInstanceWithContext("com.sun.star.awt.Toolkit", context)

    def dialog(self) -> Seen | None:
        """The dialog that waits for an answer; None where none does."""
        roles = {role("DIALOG"), role("ALERT"), role("FILE_CHOOSER"), role("OPTION_PANE")}
        numbers = range(self._toolkit.getTopWindowCount())
        tops = [self._toolkit.getTopWindow(number) for number in numbers]
        windows = [Seen(top.getAccessibleContext()) for top in tops if top is not None]
        return next((w for w in windows if w.role in roles and w.middle), None)


def gone(thing: Seen) -> bool:
    """Whether something is no longer shown."""
    try:
        return thing.middle is None
    except Exception:  # UNO raises many things for what is gone
        return True
