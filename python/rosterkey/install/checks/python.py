"""Does Excel find Python, and do its VBA and this Python fit each other."""

from __future__ import annotations

from pathlib import Path, PurePath

from rosterkey.install import conf, interpreter, places, plan
from rosterkey.install.checks.answer import Answer, Scene, ok, trouble, unknown
from rosterkey.install.errors import SetupStopped
from rosterkey.install.system import Kind, System

_AGAIN = "Run: rosterkey setup"


def check_interpreter(scene: Scene) -> Answer:
    """The settings for the buttons name a Python that is there.

    Else Excel says "Could not find Interpreter!".
    """
    name, system = "interpreter", scene.system
    file = places.conf_file(system)
    if scene.conf is None:
        return trouble(
            name, f"The file that names Python for the buttons is missing: {file}", _AGAIN
        )
    written = scene.conf.get(interpreter.key(system), "")
    if not written:
        return trouble(name, f"{file} names no Python for the buttons.", _AGAIN)
    path = interpreter.as_read(system, written)
    return check_started(system, path)


def check_started(system: System, path: PurePath, option: str = "") -> Answer:
    """The Python that the buttons start is there, it is this one, and it will do.

    `option` is what `rosterkey setup` takes for the program with these buttons, after a space.
    """
    name, setup = "interpreter", f"rosterkey setup{option}"
    if not Path(path).is_file():
        return trouble(
            name,
            f"The buttons start {path}, which is not there: it was moved, deleted or renewed.",
            f"Install rosterkey again if need be. Run: {setup}",
        )
    ours = interpreter.interpreter_of(system)
    if path != ours:
        return unknown(
            name,
            f"The buttons start {path}; this check runs in {ours}.",
            f'Check that one: "{path}" -m rosterkey setup --check{option}. To use this one '
            f"instead: {setup}",
        )
    if reason := interpreter.why_not(system):
        return trouble(name, f"The buttons start {path}, which will not do.", reason)
    return ok(name, f"The buttons start {path}")


def check_search_path(scene: Scene) -> Answer:
    """No other folder's modules come before those of the environment."""
    name = "search-path"
    folders = (scene.conf or {}).get(conf.PYTHONPATH, "")
    if folders:
        return trouble(
            name,
            f"The buttons look for modules in {folders} first, which can be others than the "
            "installed ones.",
            _AGAIN,
        )
    return ok(name, "The buttons use the installed modules and no others.")


def check_versions(scene: Scene) -> Answer:
    """The VBA in the add-in is that of the installed xlwings and of this rosterkey."""
    name, found = "versions", plan.xlwings_version()
    if found is None:
        return trouble(
            name,
            "The package xlwings is missing, by which Excel and Python talk to each other.",
            "Install rosterkey again, then run: rosterkey setup",
        )
    path = places.addin_file(scene.system)
    there = plan.read_if_there(path) if path else None
    if there is None:
        return trouble(name, f"The add-in is not in Excel's startup folder: {path}", _AGAIN)
    try:
        fresh = plan.fresh_addin()
    except SetupStopped as error:
        return unknown(name, "The add-in cannot be compared.", str(error))
    if there != fresh:
        return trouble(
            name,
            f"The add-in {path} is of another version than this rosterkey and xlwings {found}.",
            f"Quit Excel. {_AGAIN}",
        )
    return ok(name, f"The add-in is of this version, for xlwings {found}.")


def check_script(scene: Scene) -> Answer | None:
    """On a Mac, the script through which VBA starts Python, in the version that it asks for."""
    if scene.system.kind is not Kind.MACOS:
        return None
    name = "mac-script"
    path = places.script_file(scene.system, plan.script_name())
    if path is None or not Path(path).is_file():
        return trouble(name, f"The script that starts Python is missing: {path}", _AGAIN)
    return ok(name, "The script that starts Python is in its place.")
