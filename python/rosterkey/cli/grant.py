"""Accesses on a database server: grant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from rosterkey.cli.frame import (
    AsJson,
    Database,
    DistrictCode,
    ExitCode,
    Panel,
    Preview,
    fail,
    open_database,
    out,
    print_json,
    settings_of,
)

if TYPE_CHECKING:
    from rosterkey.usecases.grant import Granted
    from rosterkey.usecases.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("grant", rich_help_panel=Panel.DATABASE)(grant_command)


def grant_command(
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="The name that signs in.")],
    level: Annotated[
        str | None,
        typer.Argument(metavar="[ACCESS]", help="district, school, read, or pool for a server."),
    ] = None,
    school: Annotated[
        str | None, typer.Option(metavar="NAME", help="For school: which one.", show_default=False)
    ] = None,
    ask_password: Annotated[
        bool, typer.Option("--ask-password", help="Ask for the password that the login gets.")
    ] = False,
    take_back: Annotated[
        bool, typer.Option("--revoke", help="Take the access to the district back.")
    ] = False,
    preview: Preview = False,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Give a person an access to a district on a database server, and show what it means.

    The server itself holds the login to it, whichever program is used.
    """
    if take_back == (level is not None):
        raise fail("Say which ACCESS to give, or --revoke: one of both.", ExitCode.USAGE)
    settings = settings_of(database, district)
    if level is None:
        _revoke(login, settings, as_json)
        return
    from rosterkey.usecases.grant import Wanted, grant

    password = None
    if ask_password and not preview:
        password = typer.prompt(f"Password of {login}", hide_input=True, confirmation_prompt=True)
    with open_database(settings) as store:
        done = grant(Wanted(login, level, school, password), store, settings, preview=preview)
    _tell(done, preview=preview, as_json=as_json)


def _revoke(login: str, settings: Settings, as_json: bool) -> None:
    from rosterkey.usecases.grant import revoke

    with open_database(settings) as store:
        district = revoke(login, store, settings)
    if as_json:
        print_json({"district": district, "login": login, "revoked": True})
    else:
        out.print(Text(f"{login} has no access to the district {district} any more."))


def _tell(done: Granted, *, preview: bool, as_json: bool) -> None:
    wanted = done.wanted
    if as_json:
        print_json(
            {
                "district": done.district,
                "login": wanted.login,
                "access": wanted.level,
                "school": wanted.school,
                "new_login": done.new_login,
                "granted": not preview,
                "may": list(done.may),
                "may_not": list(done.may_not),
            }
        )
        return
    where = f"{done.district}, {wanted.school}" if wanted.school else done.district
    verb = "would get" if preview else "has"
    out.print(Text(f"{wanted.login} {verb} the access {wanted.level} ({where})", "bold"))
    for line in done.may:
        out.print(Text.assemble(("  may      ", "green"), line))
    for line in done.may_not:
        out.print(Text.assemble(("  may not  ", "red"), line))
    if preview:
        out.print(Text("This is a preview. Nothing was written.", "bold"))
    elif done.new_login and wanted.password is None:
        said = (
            f"The login {wanted.login} is new and has no password: give it one with "
            "--ask-password, unless the server knows people in another way."
        )
        out.print(Text(said))
