"""What can be wrong with one workbook: where it came from, where it lies, what it carries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rosterkey.files.errors import UnreadableFile
from rosterkey.install import places
from rosterkey.install.checks.answer import Answer, Scene, ok, trouble, unknown
from rosterkey.install.system import Kind

CONF_SHEET = "rosterkey.conf"
"""A sheet of this name in a macro workbook comes before the user's own settings, says xlwings."""
_INTERNET = 3
"""From this zone on Windows calls a file foreign (URLZONE_INTERNET, URLZONE_UNTRUSTED)."""


def check_workbook(scene: Scene) -> Iterator[Answer]:
    """All answers about the workbook; one alone where it is not there."""
    path = scene.workbook
    if not path.is_file():
        yield _missing(scene, path)
        return
    yield _name(path)
    yield _folder(scene, path)
    if scene.system.kind is Kind.WINDOWS:
        yield _mark_of_the_web(path)
    yield _own_settings(path)


def _missing(scene: Scene, path: Path) -> Answer:
    said = f"There is no workbook {path}"
    if scene.named:
        return trouble("workbook", said, "Look at its name and folder.")
    # It may have been saved under another name, or placed with --folder.
    advice = "Name yours with --workbook FILE, or run rosterkey setup for a new one."
    return unknown("workbook", said, advice)


def _name(path: Path) -> Answer:
    """The name of the workbook, which xlwings takes from a command line, behind `=`."""
    wrong = [sign for sign in ('"', "=", "|", "%") if sign in path.name]
    if wrong:
        return trouble(
            "workbook",
            f"The buttons do not work in {path.name}: its name has {' and '.join(wrong)} in it.",
            "Save the workbook under another name.",
        )
    return ok("workbook", f"The workbook is {path}")


def _folder(scene: Scene, path: Path) -> Answer:
    name = "synchronised-folder"
    if service := places.synchronised(scene.system, path):
        return trouble(
            name,
            f"{path} lies in a folder that {service} copies to other computers. Excel then gives "
            "it a web address instead of a path, and the names of children leave this computer.",
            f"Move the workbook into a folder of this computer, such as "
            f"{scene.system.home / 'Roster'}.",
        )
    return ok(name, "The workbook lies in a folder that no known service synchronises.")


def _mark_of_the_web(path: Path) -> Answer:
    """Windows writes where a file came from into a stream beside its content."""
    name = "mark-of-the-web"
    if _zone(path) >= _INTERNET:
        return trouble(
            name,
            f"Windows marked {path.name} as a file from the internet, so Excel blocks its macros "
            "with a red bar.",
            "Close it. In the Explorer right-click it, Properties, General, tick Unblock, OK. Do "
            "so only if you know who sent it.",
        )
    return ok(name, f"{path.name} is not marked as a file from the internet.")


def _zone(path: Path) -> int:
    try:
        text = Path(f"{path}:Zone.Identifier").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    for line in text.splitlines():
        key, _, value = line.partition("=")
        if key.strip().casefold() == "zoneid" and value.strip().isdecimal():
            return int(value.strip())
    return 0


def _own_settings(path: Path) -> Answer:
    name = "workbook-settings"
    try:
        found = _settings_sheet(path)
    except (UnreadableFile, OSError) as error:
        return unknown(name, f"{path.name} cannot be looked into.", str(error))
    if found is None:
        return ok(name, "The workbook does not choose the program that its buttons start.")
    named = f" It names the program {found}." if found else ""
    return trouble(
        name,
        f"{path.name} has a sheet {CONF_SHEET}, which rosterkey never makes and which comes before "
        f"your own settings.{named} Whoever made it decides what its buttons start.",
        "Do not press a button in it. Copy the roster into a new workbook from rosterkey setup.",
    )


def _settings_sheet(path: Path) -> str | None:
    """The interpreter that the workbook's own settings name, "" for none, None without settings."""
    from rosterkey.files.read import read_sheet
    from rosterkey.files.workbook.package import Package
    from rosterkey.files.workbook.parts import contents_of

    with Package(path) as package:
        names = [entry.name for entry in contents_of(package).sheets]
    sheet = next((name for name in names if name.casefold() == CONF_SHEET), None)
    if sheet is None:
        return None
    rows = [cells for _, cells in read_sheet(path, sheet=sheet).rows]
    return next(
        (
            str(cells[1])
            for cells in rows
            if len(cells) > 1 and cells[1] and str(cells[0]).upper().startswith("INTERPRETER")
        ),
        "",
    )
