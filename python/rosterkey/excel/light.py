"""xlwings without what it would like to bring along: a click is mostly start-up."""

from __future__ import annotations

import sys

_NOT_NEEDED = ("PIL", "matplotlib", "numpy", "pandas", "polars")
"""Libraries that xlwings imports where they are installed, and that no button uses."""


def import_xlwings() -> None:
    """Import xlwings for the first time without them.

    None in `sys.modules` makes an import fail as if the library were not installed. What was
    loaded before stays; afterwards the libraries can be imported as ever.
    """
    hidden = [name for name in _NOT_NEEDED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        import xlwings  # noqa: F401 - for its place in sys.modules
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


import_xlwings()
