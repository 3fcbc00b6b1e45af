"""The component that LibreOffice calls for the addresses `org.rosterkey:BUTTON`."""

from __future__ import annotations

import re
from typing import Any

import uno
import unohelper
from com.sun.star.frame import XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo

from rosterkey_office.press import Press

IMPLEMENTATION = "org.rosterkey.Buttons"
SERVICE = "com.sun.star.frame.ProtocolHandler"
PROTOCOL = "org.rosterkey:"
CALC = "com.sun.star.sheet.SpreadsheetDocument"
_ADDRESS = re.compile(re.escape(PROTOCOL) + "[a-z_]{1,40}")

_running: list[Press] = []
"""The button that runs: one at a time in this LibreOffice, as one roster database is one."""
_watched: list[tuple[Any, Any]] = []
"""Who wants to know whether a button can be pressed, and the button's address."""


class Buttons(unohelper.Base, XInitialization, XDispatchProvider, XDispatch, XServiceInfo):  # type: ignore[misc]
    """The buttons of one window."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._frame: Any = None

    def initialize(self, arguments: tuple[Any, ...]) -> None:
        """Take the window's frame."""
        if arguments:
            self._frame = arguments[0]

    def queryDispatch(self, url: Any, _target: str, _flags: int) -> Any | None:  # noqa: N802
        """This object for an address of a button, else nothing."""
        known = _ADDRESS.fullmatch(url.Complete)
        return self if known and self._frame is not None else None

    def queryDispatches(self, requests: tuple[Any, ...]) -> tuple[Any, ...]:  # noqa: N802
        """The same for several addresses."""
        return tuple(
            self.queryDispatch(one.FeatureURL, one.FrameName, one.SearchFlags) for one in requests
        )

    def dispatch(self, url: Any, _arguments: tuple[Any, ...]) -> None:
        """Run a button; while one runs, and outside Calc, nothing happens."""
        if _running:
            return
        model = self._frame.getController().getModel()
        if not model.supportsService(CALC):
            return
        _running.append(Press(self._context, self._frame, _button(url), _ended))
        started = False
        try:
            started = _running[0].start()
        finally:
            if not started:
                _running.clear()
            _tell_all()

    def addStatusListener(self, listener: Any, url: Any) -> None:  # noqa: N802
        """Tell a button of the toolbar or the menu whether it can be pressed, now and later."""
        _watched.append((listener, url))
        _tell(self, listener, url)

    def removeStatusListener(self, listener: Any, url: Any) -> None:  # noqa: N802
        """Tell it no more."""
        _watched[:] = [
            pair for pair in _watched if pair[0] != listener or pair[1].Complete != url.Complete
        ]

    def getImplementationName(self) -> str:  # noqa: N802
        """The name under which it is registered."""
        return IMPLEMENTATION

    def supportsService(self, name: str) -> bool:  # noqa: N802
        """Whether it is what LibreOffice looks for."""
        return name == SERVICE

    def getSupportedServiceNames(self) -> tuple[str, ...]:  # noqa: N802
        """What it is."""
        return (SERVICE,)


def _button(url: Any) -> str:
    return str(url.Complete)[len(PROTOCOL) :]


def _ended() -> None:
    _running.clear()
    _tell_all()


def _tell_all() -> None:
    for listener, url in list(_watched):
        _tell(None, listener, url)


def _tell(source: Any, listener: Any, url: Any) -> None:
    event = uno.createUnoStruct("com.sun.star.frame.FeatureStateEvent")
    event.Source, event.FeatureURL = source, url
    event.IsEnabled, event.Requery = not _running, False
    try:
        listener.statusChanged(event)
    except Exception:  # a window that was closed meanwhile
        _watched[:] = [pair for pair in _watched if pair[0] != listener]


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - LibreOffice looks for it
g_ImplementationHelper.addImplementation(Buttons, IMPLEMENTATION, (SERVICE,))
