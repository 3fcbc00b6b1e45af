"""What every command shares: exit codes, the console, the open database, the progress bar."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from rosterkey.usecases.progress import Progress, silent
from rosterkey.usecases.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from rosterkey.store.contract import Store


class ExitCode(IntEnum):
    """What a command tells the script that called it."""

    DONE = 0
    ERRORS = 1
    USAGE = 2
    UNCONFIRMED = 3
    STALE = 4
    DATABASE = 5
    DIFFERS = 6
    """Written, but the accounts read again differ from the plan, or could not be read."""


class Panel(StrEnum):
    """The panels of `rosterkey --help`, in the order of the work."""

    JOB = "The main job"
    PREPARE = "Preparing a sheet"
    LISTS = "Reports and lists"
    ACCOUNTS = "Accounts"
    DATABASE = "The database"
    SETUP = "Setting up"


Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        help="The account database, as an SQLAlchemy URL (sqlite:///path/to/file.db). "
        "Without it: ROSTERKEY_DB, your settings, or a file in your data folder.",
        show_default=False,
    ),
]
DistrictCode = Annotated[
    str | None,
    typer.Option(
        "--district",
        metavar="CODE",
        help="The district. Without it: ROSTERKEY_DISTRICT, your settings, or the only one.",
        show_default=False,
    ),
]
Confirmed = Annotated[
    list[str] | None,
    typer.Option(
        "--confirm",
        metavar="REASON",
        help="Confirm a reason; once for each.",
        show_default=False,
    ),
]
Said = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="HEADING=FIELD",
        help='What a heading means, such as "Pupil No=Student ID"; once for each. It is '
        "remembered for sheets with the same headings.",
        show_default=False,
    ),
]
PlanDigest = Annotated[
    str | None,
    typer.Option(
        "--plan",
        metavar="DIGEST",
        help="Go ahead only if this is still the plan.",
        show_default=False,
    ),
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the history.")]
Preview = Annotated[
    bool, typer.Option("--preview", help="Show what would be done, and write nothing.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]

_before: dict[str, str | None] = {}
"""Options that stood before the command."""

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def print_json(value: Any) -> None:
    """Print a value as JSON to standard output, in UTF-8 whatever the terminal."""
    sys.stdout.flush()
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n")
    sys.stdout.flush()


def remember_options(database: str | None, district: str | None) -> None:
    """Keep the options that stood before the command."""
    _before.update(db=database, district=district)


def settings_of(database: str | None, district: str | None) -> Settings:
    """The settings of a command: its own options, those before the command, the rest."""
    try:
        return read_settings(database or _before.get("db"), district or _before.get("district"))
    except SettingsError as error:
        raise fail(str(error), ExitCode.USAGE) from None


def fail(sentence: str, code: ExitCode) -> typer.Exit:
    """Print a sentence to standard error and return the exit to raise."""
    err.print(sentence, style="bold red", markup=False, soft_wrap=True)
    return typer.Exit(code)


def import_number(text: str) -> int:
    """The number of an import as somebody has typed it; whatever else it is ends the command."""
    if not (text.isascii() and text.isdigit()):
        said = f'"{text}" is not the number of an import; rosterkey history lists them.'
        raise fail(said, ExitCode.USAGE)
    return int(text)


@contextmanager
def open_database(settings: Settings, *, create: bool = False) -> Iterator[Store]:
    """The account database, closed at the end; a file that is missing is made with `create`."""
    from rosterkey.store import open_store
    from rosterkey.usecases.credentials import with_credentials

    store = open_store(with_credentials(settings.database), create=create)
    if store.notice:
        err.print(store.notice, style="yellow", markup=False, soft_wrap=True)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def progress_bar(quiet: bool = False) -> Iterator[Progress]:
    """A progress bar on standard error, where a person looks at it and the work takes long."""
    if quiet or not err.is_terminal:
        yield silent
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        bar.add_task("", total=None)
        (task,) = bar.tasks

        def tell(what: str, share: float) -> None:
            # Without a share the bar only moves: nobody can tell yet how far the work is.
            task.total = 1.0 if share else None
            bar.update(task.id, description=what, completed=share)

        yield tell
