"""What each button is called: in VBA, on the ribbon and in Python."""

from __future__ import annotations

import keyword

RIBBON_PREFIX = "Roster_"
"""Ribbon callbacks of the workbook: `Roster_Validate(control As IRibbonControl)`."""

ADDIN_RIBBON_PREFIX = "RosterAddin_"
"""Ribbon callbacks of the add-in. Excel looks a callback up by its bare name: with workbook and
add-in both open, a name that stands in both could run in the wrong one."""

SHEET_MACRO_PREFIX = "Button_"
"""Macros of the buttons on the sheets: `Button_Validate`, without arguments."""


def pascal_case(button: str) -> str:
    """The name of a button in VBA: `next_finding` is `NextFinding`."""
    return "".join(word.capitalize() for word in button.split("_"))


def ribbon_callback(button: str, *, addin: bool = False) -> str:
    """The Sub that the ribbon's button calls."""
    return (ADDIN_RIBBON_PREFIX if addin else RIBBON_PREFIX) + pascal_case(button)


def ribbon_loaded(*, addin: bool = False) -> str:
    """The Sub that Excel calls once with the ribbon, which is kept to tell it of changes."""
    return f"{ADDIN_RIBBON_PREFIX if addin else RIBBON_PREFIX}OnLoad"


def ribbon_enabled(*, addin: bool = False) -> str:
    """The Sub that tells for each button of the ribbon whether it can be pressed."""
    return f"{ADDIN_RIBBON_PREFIX if addin else RIBBON_PREFIX}GetEnabled"


def sheet_macro(button: str) -> str:
    """The Sub that a button on a sheet calls (`macro` of XlsxWriter's `insert_button`)."""
    return SHEET_MACRO_PREFIX + pascal_case(button)


def python_function(button: str) -> str:
    """The function in `rosterkey.excel.buttons`; `import` is Python's own word, so `import_`."""
    return f"{button}_" if keyword.iskeyword(button) else button
