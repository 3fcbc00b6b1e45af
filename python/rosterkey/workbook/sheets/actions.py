"""The buttons on the sheets: what stands on them and what they are for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rosterkey.workbook.macros import sheet_macro

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

CAPTIONS = {
    "export": ("Export", "Write the students as they are stored into the sheet Export"),
    "validate": ("Validate", "Check the sheet Import and show what each row would do"),
    "import": ("Import", "Import the sheet Import as it was validated, all of it or nothing"),
    "undo": ("Undo", "Take an import back, after a preview"),
    "history": ("History", "List the imports on the sheet History"),
    "start_import": (
        "Start import",
        "Put the exported students, or those that a filter shows, on the sheet Import",
    ),
    "add_ids": (
        "Add IDs",
        "Fill the blank Student IDs of the sheet Import from another list",
    ),
    "new_usernames": (
        "New usernames",
        "Put new usernames by the district's pattern on the sheet Import",
    ),
    "next_finding": ("Next finding", "Go to the next cell with a finding"),
    "apply_fix": ("Apply fix", "Write the suggested value into the cell of the finding"),
    "apply_all_fixes": ("Apply all fixes", "Write every suggested value, after a question"),
    "open_csv": ("Open CSV", "Read a CSV file into the sheet Import, with its leading zeros"),
    "save_csv": ("Save CSV", "Save the sheet Import as a CSV file, without its passwords"),
    "settings": ("Settings", "Tell which database and district are used; ask about other limits"),
    "help": ("Help", "Explain the chosen finding, or else the steps"),
}
"""Each button's caption, and the alternative text that a screen reader tells."""

_MAIN = ("export", "validate", "import")
_ROW = 2
_TOP, _LEFT, _GAP = 6, 8, 8
_HEIGHT, _WIDTH, _MAIN_WIDTH = 28, 100, 120
ROW_HEIGHT = 42
"""The height of the row with the buttons, in pixels."""


def add_buttons(sheet: Worksheet, buttons: Sequence[str]) -> None:
    """Put buttons side by side into row 3, from the left edge; positions are in pixels."""
    left = _LEFT
    for button in buttons:
        caption, purpose = CAPTIONS[button]
        width = _MAIN_WIDTH if button in _MAIN else _WIDTH
        options = {
            "macro": sheet_macro(button),
            "caption": caption,
            "description": f"{caption}: {purpose}",
            "width": width,
            "height": _HEIGHT,
            "x_offset": left,
            "y_offset": _TOP,
        }
        sheet.insert_button(_ROW, 0, options)
        left += width + _GAP
