"""What the user has to know before the workbook is saved, told once for each opening."""

from __future__ import annotations

from typing import Any

_MACRO_WORKBOOK = ".xlsm"
_BEFORE_SAVING = (
    "\n\nBefore you save: this workbook has macros for Excel. What LibreOffice saves as .xlsm may "
    "have no working buttons in Excel any more. Save under another name, best as ODF Spreadsheet "
    "(.ods)."
)

_told: set[str] = set()
"""The documents, by what tells one opening from another."""


def before_saving(document: Any) -> str:
    """The notice on saving, to be put behind a message; empty where it was told or is not due."""
    opening = str(document.RuntimeUID)
    if opening in _told or not str(document.getURL()).casefold().endswith(_MACRO_WORKBOOK):
        return ""
    _told.add(opening)
    return _BEFORE_SAVING
