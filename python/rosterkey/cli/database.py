"""The database as a whole: init, load, dump."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from rosterkey.cli.frame import (
    AsJson,
    Database,
    ExitCode,
    err,
    fail,
    open_database,
    out,
    print_json,
    progress_bar,
    settings_of,
)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("init")(init_command)
    app.command("load")(load_command)
    app.command("dump")(dump_command)


def init_command(database: Database = None, as_json: AsJson = False) -> None:
    """Create the account database, or bring it to the newest version.

    On a server it also makes the roles and the rights that accesses are given by.
    """
    settings = settings_of(database, None)
    with open_database(settings) as store:
        store.upgrade()
        secured = store.secure()
        districts = store.districts()
    shown = _without_password(settings.database)
    if warning := _synchronised(settings.database):
        err.print(warning, style="yellow", markup=False, soft_wrap=True)
    if as_json:
        print_json({"database": shown, "districts": list(districts), "roles": secured})
        return
    known = ", ".join(districts) or "none yet; load one with: rosterkey load FILE.jsonl"
    out.print(Text(f"The account database is ready: {shown}\nDistricts: {known}"))
    if secured:
        out.print(Text("Each login is held to its district. Give accesses with: rosterkey grant"))
    elif not settings.database.startswith("sqlite"):
        said = (
            "No roles were made, because this login may not make any: whoever can sign in reaches "
            "every district. Let a login that may (CREATEROLE) run rosterkey init once."
        )
        out.print(Text(said, "yellow"), soft_wrap=True)


def load_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="A dump: one object a line.")],
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Load districts and accounts from a dump, all or nothing."""
    from rosterkey.files.jsonl import read_lines
    from rosterkey.store.waiting import until_served

    settings = settings_of(database, None)
    with open_database(settings) as store, progress_bar(as_json) as progress:
        told = partial(progress, "Loading the accounts")
        count = until_served(lambda: store.load(read_lines(file, told)))
    if as_json:
        print_json({"accounts": count})
    else:
        out.print(Text(f"{count:,} accounts were loaded."))


def dump_command(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE.jsonl]", help="The file to write; without it, the screen."),
    ] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Write the whole account database as a dump. It holds password hashes: keep it safe."""
    from rosterkey.files.jsonl import write_lines

    if as_json and file is None:
        raise fail("dump writes JSON lines already; --json needs a FILE.", ExitCode.USAGE)
    settings = settings_of(database, None)
    with open_database(settings) as store:
        count = write_lines(file, store.dump())
    if as_json:
        print_json({"file": str(file), "lines": count})
    elif file is not None:
        out.print(Text(f"{count:,} lines were written to {file}. Only you can open this file."))


def _synchronised(url: str) -> str | None:
    """A warning where a service copies the file of the database to other computers."""
    from rosterkey.install.database import file_of
    from rosterkey.install.places import synchronised
    from rosterkey.install.system import this_system

    file = file_of(url)
    if file is None:
        return None
    service = synchronised(this_system(), file.expanduser().absolute())
    return service and (
        f"The account database lies in a folder that {service} copies: two computers can damage "
        "it, and password hashes leave this one. Move it into a folder of this computer alone."
    )


def _without_password(url: str) -> str:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "the given URL"
