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
    DistrictCode,
    ExitCode,
    Panel,
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
    app.command("init", rich_help_panel=Panel.DATABASE)(init_command)
    app.command("load", rich_help_panel=Panel.DATABASE)(load_command)
    app.command("dump", rich_help_panel=Panel.DATABASE)(dump_command)


def init_command(database: Database = None, as_json: AsJson = False) -> None:
    """Create the account database, or bring it to the newest version.

    On a server it also makes the roles and the rights that accesses are given by.
    """
    settings = settings_of(database, None)
    with open_database(settings, create=True) as store:
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
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A dump (.jsonl), or a roster (.csv, .xlsx, .txt)."),
    ],
    name: Annotated[
        str, typer.Option(help="For a roster: what the district is called.", show_default=False)
    ] = "",
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="HEADING=FIELD",
            help="For a roster: what a heading means; once for each.",
            show_default=False,
        ),
    ] = None,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:
    """Load districts and accounts from a dump, all or nothing; or students from a roster.

    A roster, as another system exports it, goes into the one district that --district names.
    """
    if file.suffix.lower() in _ROSTERS:
        _load_roster(file, name, mapping or [], database, district, as_json)
        return
    from rosterkey.files.jsonl import read_lines
    from rosterkey.store.waiting import until_served

    settings = settings_of(database, None)
    with open_database(settings, create=True) as store, progress_bar(as_json) as progress:
        told = partial(progress, "Loading the accounts")
        count = until_served(lambda: store.load(read_lines(file, told)))
    if as_json:
        print_json({"accounts": count})
    else:
        out.print(Text(f"{count:,} accounts were loaded."))


_ROSTERS = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm")


def _load_roster(
    file: Path,
    name: str,
    mapping: list[str],
    database: str | None,
    district: str | None,
    as_json: bool,
) -> None:
    from rosterkey.usecases.load_roster import load_roster

    settings = settings_of(database, district)
    if not settings.district:
        sentence = "A roster is loaded into one district: name it with --district CODE."
        raise fail(sentence, ExitCode.USAGE)
    with open_database(settings, create=True) as store:
        done = load_roster(file, store, settings.district, name=name, said=mapping)
    if as_json:
        print_json({"accounts": done.added, "already": done.already, "differing": done.differing})
        return
    out.print(Text(f"{done.added:,} accounts were loaded, {done.already:,} were there already."))
    if done.differing:
        said = f"{done.differing:,} of those differ from the file. To take them over, import it:"
        out.print(Text(f"{said} rosterkey validate {file}"))


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
