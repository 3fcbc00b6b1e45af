"""What can keep LibreOffice from running the buttons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rosterkey.install import extension
from rosterkey.install.checks.answer import Answer, Scene, ok, trouble, unknown
from rosterkey.install.checks.python import check_started
from rosterkey.install.errors import SetupStopped
from rosterkey.install.office import find_office, installed_extension, is_open
from rosterkey.workbook.extension import INTERPRETER_PART

_AGAIN = "Run: rosterkey setup --libreoffice"


def check_libreoffice(scene: Scene) -> Iterator[Answer]:
    """LibreOffice, its part for Python, the extension in it, the Python that this starts."""
    yield _check_office(scene)
    folder = installed_extension(scene.system)
    if folder is None:
        yield trouble("extension", "The extension is not in LibreOffice.", _AGAIN)
    else:
        yield _check_interpreter(scene, folder)
        yield _check_version(scene, folder)
    yield _check_restart(scene)


def _check_office(scene: Scene) -> Answer:
    name, office = "libreoffice", find_office(scene.system)
    if office is None:
        said, _, advice = extension.no_office(scene.system).partition(". ")
        return trouble(name, f"{said}.", advice)
    if missing := extension.what_is_missing(office):
        said, _, advice = missing.partition(". ")
        return trouble(name, f"{said}.", advice)
    return ok(name, f"LibreOffice is in {office.folder} and can run extensions in Python.")


def _check_interpreter(scene: Scene, folder: Path) -> Answer:
    """The extension names a Python that is there, and it is this one."""
    try:
        written = (folder / INTERPRETER_PART).read_text(encoding="utf-8").strip()
    except OSError:
        return trouble("interpreter", "The extension names no Python for the buttons.", _AGAIN)
    return check_started(scene.system, Path(written), " --libreoffice")


def _check_version(scene: Scene, folder: Path) -> Answer:
    """The extension is the one that this version of the program makes."""
    name = "extension"
    try:
        fresh = extension.fresh_parts(scene.system)
    except SetupStopped as error:
        return unknown(name, "The extension cannot be compared.", str(error))
    for part, content in fresh.items():
        if part != INTERPRETER_PART and not extension.holds(folder / part, content):
            return trouble(
                name,
                f"The extension in LibreOffice ({folder}) is of another version than this "
                "rosterkey, or damaged.",
                f"Quit LibreOffice. {_AGAIN}",
            )
    return ok(name, f"The extension is in LibreOffice, in this version: {folder}")


def _check_restart(scene: Scene) -> Answer:
    """Whether it runs: it takes notice of an extension when it starts."""
    name = "libreoffice-open"
    if is_open(scene.system):
        return unknown(
            name,
            "LibreOffice is open.",
            "If the toolbar Roster is missing, quit it, its quickstarter too, and start it again. "
            "It has to be closed while setup runs.",
        )
    return ok(name, "LibreOffice is closed, so setup could change its extension.")
