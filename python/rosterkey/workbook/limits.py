"""The limits of the guards as the sheet Settings shows them: their cells, words and usual values.

Each is a limit of `core.options.Limits`; a larger value always lets more pass without a question.
"""

from __future__ import annotations

from dataclasses import dataclass

from rosterkey.core.options import Limits

USUAL = Limits()


@dataclass(frozen=True, slots=True)
class LimitText:
    """What stands before a limit's cell, and what the limit does."""

    label: str
    note: str


LIMITS = {
    "rows": LimitText("Students on the sheet", "Smaller sheets are not looked at as a whole."),
    "creates": LimitText("New accounts", "More than so many, and more than the share below, …"),
    "creates_share": LimitText(
        "New accounts (share)", "… of the rows of the sheet or of one school, ask first."
    ),
    "creates_share_new_year": LimitText(
        "New accounts in a new year (share)",
        "The same on a sheet that moves most students up by one grade.",
    ),
    "names_taken": LimitText(
        "Usernames of others", "More students than this get a username that another one has now."
    ),
    "different_persons": LimitText(
        "Different persons", "More rows than this have another person's name behind a right key."
    ),
    "different_persons_share": LimitText(
        "Different persons (share)", "Or at least two rows, and more than this share of all."
    ),
    "changed_share": LimitText(
        "Changed accounts (share)", "More than this share of the accounts on the sheet change."
    ),
    "assigned": LimitText(
        "New Student IDs", "More accounts than this, and more than half of the rows, get an ID."
    ),
    "ids_missing_share": LimitText(
        "Missing Student IDs (share)",
        "More than this share of the rows lack one, and of the accounts have one.",
    ),
    "blank_names_share": LimitText(
        "Blank names (share)", "More than this share of the rows has no first or last name."
    ),
    "size_factor": LimitText(
        "Size of the sheet", "The sheet has more than so many times the students of the district."
    ),
    "archived": LimitText(
        "Archived accounts", "The command archive: more than so many, and more than the share, …"
    ),
    "archived_share": LimitText(
        "Archived accounts (share)", "… of the students of the district or of one school."
    ),
    "slipped_rows": LimitText(
        "Slipped rows", "So many rows have to hold another student's value to call it a slip."
    ),
}
"""Every limit by its name in `Limits`, in the order of the sheet."""


def cell_name(limit: str) -> str:
    """The name of a limit's cell: `creates_share` is `LimitCreatesShare`."""
    return "Limit" + "".join(word.capitalize() for word in limit.split("_"))


def is_share(limit: str) -> bool:
    """Whether a limit is a share, which is shown in percent."""
    return "share" in limit.split("_")


def shown(limit: str, value: float) -> str:
    """A limit as a person reads it: `20`, `5%`, `2.5`."""
    return f"{value * 100:g}%" if is_share(limit) else f"{value:g}"
