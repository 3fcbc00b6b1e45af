"""The command `rosterkey`: every command group, and how an error reaches the person."""

from __future__ import annotations

import gc
import sys
from typing import Annotated, Any

import typer

import rosterkey
from rosterkey.cli import (
    build,
    database,
    demo,
    duplicates,
    explain,
    grant,
    history,
    lifecycle,
    outward,
    prepare,
    purge,
    report,
    roster,
    setup,
    usernames,
)
from rosterkey.cli.frame import Database, DistrictCode, ExitCode, err, remember_options

app = typer.Typer(
    name="rosterkey",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,  # a stack trace could show student data
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Change student usernames from a roster sheet without making duplicate accounts.\n\n"
    "The usual way: [bold]export[/bold] the roster, edit the sheet, [bold]validate[/bold] it, "
    "[bold]import[/bold] it. Every import can be taken back with [bold]undo[/bold]. "
    "To see it all at work, run [bold]rosterkey demo[/bold].",
    epilog="Exit codes: 0 done, 1 errors found, 2 wrong usage or unreadable file, "
    "3 a confirmation is missing, 4 stale plan, 5 database trouble; with these nothing was "
    "written. 6: written, but the accounts read again differ from the plan.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rosterkey {rosterkey.__version__}")
        raise typer.Exit


@app.callback()
def shared_options(
    database_url: Database = None,
    district: DistrictCode = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Options that may stand before the command too."""
    remember_options(database_url, district)


for group in (  # in this order --help shows the panels and their commands
    roster,
    history,
    explain,
    prepare,
    usernames,
    report,
    outward,
    lifecycle,
    duplicates,
    database,
    grant,
    purge,
    demo,
    setup,
    build,
):
    group.register(app)


_STOPPED = 130
"""The exit code after Ctrl-C, as shells have it."""
(_WrongUsage,) = typer.BadParameter.__bases__
"""What every error in the words of a command is; Typer shows no better door to it."""


def main() -> None:
    """Run the command line; every expected trouble is one sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # Windows consoles and pipes may not speak UTF-8
            reconfigure(errors="replace")
    gc.disable()  # a command is short, and collecting costs a fifth of the time of a large sheet
    try:
        code = app(prog_name="rosterkey", standalone_mode=False) or ExitCode.DONE
    except typer.Abort:
        code = _STOPPED  # at a question
    except Exception as error:
        code = _tell(error)
    finally:
        gc.enable()
    if code == _STOPPED:  # Typer makes this of Ctrl-C, without a word
        said = "Stopped. What was under way is written whole or not at all: rosterkey history."
        err.print(said, style="bold red")
    raise SystemExit(code)


def _tell(error: Exception) -> int:
    if isinstance(error, _WrongUsage):
        return _tell_usage(error)
    from rosterkey.core.duplicates.review import ReviewError
    from rosterkey.core.prepare.listed import ListError
    from rosterkey.core.reading.layouts import MappingError
    from rosterkey.files.errors import UnreadableFile
    from rosterkey.files.replace import UnwritableFile
    from rosterkey.store.contract import LoadError, StoreError
    from rosterkey.usecases.credentials import CredentialsError
    from rosterkey.usecases.export import ExportError
    from rosterkey.usecases.refused import Refused
    from rosterkey.usecases.settings import SettingsError

    known: tuple[tuple[type[Exception], ExitCode], ...] = (
        (UnreadableFile, ExitCode.USAGE),
        (UnwritableFile, ExitCode.USAGE),
        (LoadError, ExitCode.USAGE),
        (ListError, ExitCode.USAGE),
        (ReviewError, ExitCode.USAGE),
        (MappingError, ExitCode.USAGE),
        (SettingsError, ExitCode.USAGE),
        (ExportError, ExitCode.USAGE),
        (Refused, ExitCode.USAGE),
        (StoreError, ExitCode.DATABASE),
        (CredentialsError, ExitCode.DATABASE),
    )
    for kind, code in known:
        if isinstance(error, kind):
            err.print(str(error), style="bold red", markup=False, soft_wrap=True)
            return code
    # Only the kind of the error and where it was raised: its text could hold student data.
    place = _place(error)
    sentence = (
        f"rosterkey met an error that it does not know ({type(error).__name__} at {place}). "
        "Look at the history to see whether anything was written, and report this line."
    )
    err.print(sentence, style="bold red", markup=False, soft_wrap=True)
    return ExitCode.DATABASE


def _tell_usage(error: Any) -> int:
    """Say what is wrong with the words of a command, and where to read how it is written."""
    if type(error).__name__ != "NoArgsIsHelpError":  # of that the help was printed already
        command = error.ctx.command_path if error.ctx else app.info.name
        said = f"{error.format_message().rstrip('.')}. See: {command} -h"
        err.print(said, style="bold red", markup=False, soft_wrap=True)
    return ExitCode.USAGE


def _place(error: Exception) -> str:
    trace = error.__traceback__
    place = "unknown place"
    while trace is not None:
        code = trace.tb_frame.f_code
        if "rosterkey" in code.co_filename:
            place = f"{code.co_qualname}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
