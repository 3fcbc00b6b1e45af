"""The user's file `rosterkey.conf`, in the form that xlwings' VBA reads (`GetConfigFromFile`).

One line for each setting, key and value in double quotes: `"SHOW CONSOLE","False"`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping

from rosterkey.install import interpreter
from rosterkey.install.system import Kind, System

PYTHONPATH = "PYTHONPATH"
"""Folders whose modules come before all others. Nothing that the buttons need lies outside the
environment, so setup leaves it empty."""
_IF_MISSING = {"SHOW CONSOLE": "False"}
"""Settings that a user may have changed: setup writes them once and then keeps what is there."""


def rows_of(text: str) -> dict[str, str]:
    """The settings by key, in capitals. Of a key that stands twice the first counts, as in VBA."""
    rows: dict[str, str] = {}
    for line in csv.reader(text.splitlines()):
        if len(line) > 1:
            rows.setdefault(line[0].strip().upper(), line[1])
    return rows


def text_of(rows: Mapping[str, str], system: System) -> bytes:
    """The file with these settings, in ASCII and with the system's ends of lines.

    A value that came from the user's own file and is not ASCII is kept in UTF-8.
    """
    end = "\r\n" if system.kind is Kind.WINDOWS else "\n"
    return "".join(f'"{name}","{value}"{end}' for name, value in rows.items()).encode("utf-8")


def with_ours(rows: Mapping[str, str], system: System) -> dict[str, str]:
    """The settings with the running interpreter; every other setting stays as it is.

    Raises:
        NotUsable: Excel could not start this interpreter.
    """
    ours = {interpreter.key(system): interpreter.as_written(system), PYTHONPATH: ""}
    return {**_IF_MISSING, **rows, **ours}
