"""What setup would write, and the writing of it: a dry run is the same way, stopped early."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePath

from rosterkey.files.replace import replacing
from rosterkey.install import conf, extension, interpreter, places
from rosterkey.install.errors import SetupStopped
from rosterkey.install.office import installed_extension
from rosterkey.install.system import Kind, System
from rosterkey.usecases.settings_text import SettingsNotChanged, changed

EXTENSION = "extension"
"""What the step of LibreOffice's extension is called."""


class State(StrEnum):
    """What happens to a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    """Something else stands there, and stays."""


@dataclass(frozen=True, slots=True)
class Step:
    """One file: what it is, where it stands, what belongs into it, and what happens to it."""

    what: str
    path: Path
    content: bytes
    state: State

    @property
    def is_due(self) -> bool:
        """Whether there is something to do."""
        return self.state in {State.NEW, State.CHANGED}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked for.

    `database` is an address without a password; with None the settings keep what they have, and so
    with `district`. `folder` is where the workbook goes, `force` replaces one that is there.
    `libreoffice`: for the buttons in LibreOffice, not those in Excel.
    """

    database: str | None = None
    district: str | None = None
    folder: Path | None = None
    force: bool = False
    libreoffice: bool = False


def plan_setup(system: System, wishes: Wishes) -> list[Step]:
    """Every file that setup cares for, with what would happen to it. Nothing is written.

    Raises:
        SetupStopped: this Python, this computer or the settings file is not fit for it.
        UnreadableFile, OSError: a file that is there cannot be read.
    """
    if wishes.libreoffice:
        extension.usable_office(system)
        buttons = _for_libreoffice(system)
    else:
        if system.has_excel and (trouble := interpreter.why_not(system)):
            raise SetupStopped(trouble)
        buttons = _for_excel(system)
    return [*_settings(system, wishes), *buttons, *_workbook(system, wishes)]


def refuse_unfit(system: System, steps: Sequence[Step]) -> None:
    """Refuse steps that could not be carried out at this moment. Raises SetupStopped."""
    if any(step.what == EXTENSION and step.is_due for step in steps):
        extension.refuse_root()
        extension.refuse_while_open(system)


def carry_out(system: System, steps: Sequence[Step]) -> None:
    """Write what is new or changed, each file whole or not at all; install the extension.

    Raises:
        UnwritableFile: a file could not be written; those before it were.
        SetupStopped: LibreOffice did not take the extension; the files were written.
    """
    for step in steps:
        if step.is_due:
            step.path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(step.path) as file:
                file.write(step.content)
    for step in steps:
        if step.what == EXTENSION and step.is_due:
            extension.add(extension.usable_office(system), step.path)


def xlwings_version() -> str | None:
    """The version of the xlwings beside this program, None where there is none."""
    try:
        return version("xlwings")
    except PackageNotFoundError:
        return None


def script_name() -> str:
    """The name under which xlwings' VBA looks for the script that starts Python on a Mac."""
    return f"xlwings-{xlwings_version()}.applescript"


def read_if_there(path: PurePath) -> bytes | None:
    """The bytes of a file, None where there is no such file."""
    try:
        return Path(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def fresh_addin() -> bytes:
    """The add-in as this version of the program builds it. Raises SetupStopped."""
    return _built("build_addin")


def fresh_workbook() -> bytes:
    """The workbook as this version of the program builds it. Raises SetupStopped."""
    return _built("build_template")


def fresh_plain_workbook() -> bytes:
    """The workbook without macros as this version of the program builds it. Raises SetupStopped."""
    return _built("build_plain")


def _built(what: str) -> bytes:
    try:
        from rosterkey.workbook import build
        from rosterkey.workbook.vba_project import ModuleError
        from rosterkey.workbook.xlwings_vba import XlwingsNotUsable
    except ImportError as error:
        raise SetupStopped(
            f"The workbook cannot be built, {error.name} is missing: install rosterkey again."
        ) from None
    try:
        content: bytes = getattr(build, what)()
    except (build.SourcesMissing, ModuleError, XlwingsNotUsable) as error:
        raise SetupStopped(str(error)) from None
    return content


def _settings(system: System, wishes: Wishes) -> Iterator[Step]:
    asked = {"database": wishes.database, "district": wishes.district}
    settings = {name: value for name, value in asked.items() if value is not None}
    if not settings:
        return
    before = (read_if_there(system.settings) or b"").decode("utf-8", errors="surrogateescape")
    try:
        after = changed(before.replace("\r\n", "\n"), settings)
    except SettingsNotChanged as error:
        raise SetupStopped(str(error)) from None
    yield _step("settings", system.settings, after.encode("utf-8", errors="surrogateescape"))


def _for_excel(system: System) -> Iterator[Step]:
    """The files by which Excel finds Python, and the add-in."""
    addin = places.addin_file(system)
    if addin is None:
        return
    conf_file = places.conf_file(system)
    if system.kind is Kind.MACOS and not Path(conf_file.parent).is_dir():
        raise SetupStopped(
            "Excel has not been used on this Mac yet: its own folder is missing "
            f"({conf_file.parent}). Start Excel, quit it, and run setup again."
        )
    yield _step("interpreter for the buttons", conf_file, _conf(system, conf_file))
    script = places.script_file(system, script_name())
    if script is not None:
        yield _step("script that starts Python", script, _script())
    yield _step("add-in", addin, fresh_addin())


def _for_libreoffice(system: System) -> Iterator[Step]:
    """The extension; what counts is which one LibreOffice has."""
    there = installed_extension(system)
    state = State.NEW if there is None else State.CHANGED
    if extension.is_current(system):
        state = State.UNCHANGED
    content = extension.fresh_extension(system)
    yield Step(EXTENSION, extension.file_for(system), content, state)


def _conf(system: System, path: PurePath) -> bytes:
    before = (read_if_there(path) or b"").decode("utf-8", errors="replace")
    return conf.text_of(conf.with_ours(conf.rows_of(before), system), system)


def _script() -> bytes:
    """What `xlwings runpython install` puts into Excel's folder for scripts."""
    found = importlib.util.find_spec("xlwings")
    script = None
    if found is not None and found.origin is not None:
        script = read_if_there(Path(found.origin).with_name(script_name()))
    if script is None:
        raise SetupStopped("The package xlwings is not whole: install rosterkey again.")
    return script


def _workbook(system: System, wishes: Wishes) -> Iterator[Step]:
    name = places.PLAIN_WORKBOOK if wishes.libreoffice else places.WORKBOOK
    path = places.workbook_file(system, wishes.folder, name)
    content = fresh_plain_workbook() if wishes.libreoffice else fresh_workbook()
    yield _step("workbook", path, content, keep=not wishes.force)


def _step(what: str, path: PurePath, content: bytes, *, keep: bool = False) -> Step:
    there = read_if_there(path)
    if there is None:
        state = State.NEW
    elif there == content:
        state = State.UNCHANGED
    else:
        state = State.KEPT if keep else State.CHANGED
    return Step(what, Path(path), content, state)
