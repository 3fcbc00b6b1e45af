"""Lists of old and new usernames for teachers, and cards for children."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rosterkey.files.lists.content import class_lists, read_passwords, with_passwords
from rosterkey.usecases.export import ExportError
from rosterkey.usecases.outward import Subject

_TOLD = 5


@dataclass(frozen=True, slots=True)
class ListsWritten:
    """How many classes and students are on the lists, and how many have no password there."""

    classes: int
    students: int
    without_password: int


def write_class_lists(
    path: Path, subject: Subject, *, cards: bool = False, passwords: Path | None = None
) -> ListsWritten:
    """Write those who have a new username, or are new, as `.xlsx` or `.pdf`.

    `passwords` is the hand-out file of an import; its passwords go onto cards and nowhere else.
    Raises ExportError, where a PDF cannot show a name too, UnreadableFile and UnwritableFile.
    """
    kind = path.suffix.lower()
    if kind not in (".xlsx", ".pdf"):
        raise ExportError(f"{path.name}: lists and cards are written as .xlsx or .pdf.")
    if passwords is not None and not cards:
        raise ExportError("Passwords stand on cards only: add --cards.")
    new = not subject.brought_back
    changed = [
        (c.before, c.after)
        for c in subject.changes
        if c.after and (c.before.username != c.after.username if c.before else new)
    ]
    lists = class_lists(changed)
    missing = 0
    if passwords is not None:
        lists = with_passwords(lists, read_passwords(passwords))
        without = {line.username for one in lists for line in one.lines if not line.password}
        missing = len(without)
    # Late: XlsxWriter and ReportLab take their time.
    if kind == ".xlsx":
        from rosterkey.files.lists import xlsx

        (xlsx.write_cards if cards else xlsx.write_lists)(path, lists)
    else:
        from rosterkey.files.lists import pdf

        if odd := pdf.unprintable(lists):
            raise ExportError(_cannot_show(odd))
        (pdf.write_cards if cards else pdf.write_lists)(path, lists)
    return ListsWritten(len(lists), len(changed), missing)


def _cannot_show(odd: list[str]) -> str:
    more = f" and {len(odd) - _TOLD:,} more" if len(odd) > _TOLD else ""
    return (
        f"A PDF cannot show {'; '.join(odd[:_TOLD])}{more} as written: this computer has no font "
        "for some of the letters, or they run from right to left. Nothing was written; write an "
        ".xlsx, which shows every name."
    )
