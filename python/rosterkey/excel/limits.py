"""The limits of the guards on the sheet Settings: proposals, until their user says yes.

Validate and Import work with the limits of the user's own settings file and never read the sheet:
a workbook that somebody sent must not make the guards look away.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rosterkey.core.options import Limits
from rosterkey.excel.errors import ButtonStopped
from rosterkey.excel.frame import Session
from rosterkey.excel.places import setting
from rosterkey.usecases.limits import write_limits
from rosterkey.usecases.settings import settings_file
from rosterkey.workbook.limits import LIMITS, USUAL, cell_name, is_share, shown

if TYPE_CHECKING:
    from xlwings import Book

Proposed = Mapping[str, int | float]


def take_over_limits(session: Session, own: Limits) -> str:
    """Ask whether the limits on the sheet shall become the user's own, and tell what came of it.

    Returns a sentence, an empty one where the sheet has no other limits. Raises ButtonStopped
    where a cell holds no limit, SettingsError and UnwritableFile.
    """
    proposed = {k: v for k, v in proposed_limits(session.book).items() if v != getattr(own, k)}
    if not proposed:
        return ""
    weaker = any(value > getattr(own, name) for name, value in proposed.items())
    if not session.ask(_question(proposed, own), grave=weaker):
        return "The limits on the sheet Settings were not taken over: yours hold as before."
    return f"The limits were written into {write_limits(proposed)}."


def proposed_limits(book: Book) -> dict[str, int | float]:
    """The limits whose cells are filled. Raises ButtonStopped where one holds something else."""
    written = {name: setting(book, cell_name(name)) for name in LIMITS}
    return {name: _limit(name, text) for name, text in written.items() if text}


def _limit(name: str, text: str) -> int | float:
    """A limit as it was typed: `20`, `5%`, `0.05`, `2,5`."""
    if isinstance(getattr(USUAL, name), int):
        if text.isascii() and text.isdecimal():
            return int(text)
        raise _no_limit(name, text, "a whole number from 0")
    number = text.replace(",", ".").removesuffix("%").strip()
    share = is_share(name)
    if number.isascii() and number.replace(".", "", 1).isdecimal() and (share or "%" not in text):
        value = float(number) / (100 if "%" in text else 1)
        if not share or value <= 1:
            return value
    raise _no_limit(name, text, "a share from 0% to 100%" if share else "a number from 0")


def _no_limit(name: str, text: str, wanted: str) -> ButtonStopped:
    return ButtonStopped(
        f'On the sheet Settings, "{LIMITS[name].label}" says "{text}". Write {wanted}, such as '
        f"{shown(name, getattr(USUAL, name))}, or leave the cell blank."
    )


def _question(proposed: Proposed, own: Limits) -> str:
    lines = [
        f"- {LIMITS[name].label}: {shown(name, getattr(own, name))} → {shown(name, value)} "
        f"({'lets more pass' if value > getattr(own, name) else 'asks sooner'})"
        for name, value in proposed.items()
    ]
    listed = "\n".join(lines)
    return (
        "The sheet Settings has limits of the guards that are not yours:\n"
        f"{listed}\n\nShall they be yours? They are then written into {settings_file()} and hold "
        "in every workbook and for the command. Say yes only if you wrote them yourself."
    )


def own_limits(own: Limits) -> str:
    """The sentence that names the limits in force that are not the usual ones."""
    unusual = [
        f"{text.label} {shown(name, getattr(own, name))} (usually {shown(name, usual)})"
        for name, text in LIMITS.items()
        if getattr(own, name) != (usual := getattr(USUAL, name))
    ]
    return f"Limits of your own: {', '.join(unusual)}" if unusual else "Limits: the usual ones"
