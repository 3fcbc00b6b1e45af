"""A roster file, of whatever kind, as the one sheet value that the core works on."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rosterkey.core.rules import files as rules
from rosterkey.core.sheet import Sheet
from rosterkey.files.errors import UnreadableFile
from rosterkey.files.opening import Kind, cannot_open, kind_of


def read_sheet(
    path: Path, *, sheet: str | None = None, progress: Callable[[float], None] | None = None
) -> Sheet:
    """Read a workbook (.xlsx, .xlsm) or a text file (.csv, .txt, .tsv).

    Args:
        path: the file.
        sheet: the name of the workbook's sheet to read; without it the Import sheet, or the
            visible sheet that looks like a roster. A text file has one sheet only.
        progress: called now and then with the share that is read, 0 to 1.

    Raises:
        UnreadableFile: with one sentence that says what is wrong and what to do.
    """
    try:
        with _collector_at_rest():
            if kind_of(path) is Kind.TEXT:
                from rosterkey.files.csv.sheet import read_text

                return read_text(path, progress=progress)
            from rosterkey.files.workbook.xlsx import read_workbook

            return read_workbook(path, sheet=sheet, progress=progress)
    except OSError as error:
        raise cannot_open(path, error) from None
    except MemoryError:
        raise UnreadableFile(
            rules.TOO_LARGE_UNPACKED,
            f"{path.name} needs more memory than this computer has free: close other programs, "
            "or split the roster into several files.",
        ) from None


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector from walking over millions of new cells that all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
