"""What a button tells in one sentence and then stops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rosterkey.excel import program


class ButtonStopped(Exception):
    """The button cannot go on, or the user said no; the text is one sentence for a dialog."""


class NotTheTemplate(ButtonStopped):
    """A sheet or a table that the buttons work on is not in this workbook."""


class CannotWriteSheet(ButtonStopped):
    """Excel or LibreOffice did not let the program write into a sheet."""


@contextmanager
def writing_into(sheet_name: str) -> Iterator[None]:
    """Turn what is raised while a sheet is written into one sentence.

    Each system raises its own kind of error there, so every kind is caught; the log keeps which.
    """
    try:
        yield
    except ButtonStopped:
        raise
    except Exception as error:
        raise CannotWriteSheet(
            f'{program.here.name} did not let the sheet "{sheet_name}" be written. Leave the cell '
            f"that you are typing in, take away the sheet's protection ({program.here.unprotect}) "
            "and press the button again."
        ) from error
