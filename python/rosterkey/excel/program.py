"""The program that has the workbook open, in the words of its menus."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Program:
    """Its name, and where the user finds what messages ask for."""

    name: str
    unprotect: str
    show_all: str
    totals_row: str


EXCEL = Program("Excel", "Review, Unprotect Sheet", "Data, Clear", "Table Design, Total Row")
LIBREOFFICE = Program(
    "LibreOffice",
    "Tools, Protect Sheet; where the document is open for reading only, Edit, Edit Mode",
    "Data, AutoFilter",
    "Data, Define Range, Options, Contains totals row",
)

here = EXCEL
"""The one that runs; LibreOffice's engine puts its own here."""
