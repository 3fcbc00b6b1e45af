"""`python -m rosterkey.libreoffice BUTTON`: what the extension starts at a click."""

from __future__ import annotations

import sys

from rosterkey.libreoffice.channel import OfficeGone, PipeChannel
from rosterkey.workbook.layout import BUTTONS
from rosterkey.workbook.macros import python_function

_GONE, _WRONG_USE = 1, 2


def main(arguments: list[str]) -> int:
    """Run one button over the pipes of this process; return the exit code.

    Whatever goes wrong in the button is told in a dialog. Where nobody answers any more the exit
    code tells it; the extension says so, if there is still a document.
    """
    if len(arguments) != 1 or arguments[0] not in BUTTONS:
        return _WRONG_USE
    questions, sys.stdout = sys.stdout.buffer, sys.stderr  # nothing else may come between
    try:
        channel = PipeChannel(sys.stdin.buffer, questions)
        _run(arguments[0], channel)
    except OfficeGone:
        return _GONE
    return 0


def _run(button: str, channel: PipeChannel) -> None:
    from rosterkey.excel import buttons, dialogs  # first: they import xlwings and no more
    from rosterkey.libreoffice.engine import use
    from rosterkey.libreoffice.files import OfficeFiles

    use(channel)
    dialogs.files = OfficeFiles(channel)
    getattr(buttons, python_function(button))()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
