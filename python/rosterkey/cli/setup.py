"""The command that prepares a computer for the buttons in Excel or LibreOffice: setup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from rosterkey.cli.frame import (
    AsJson,
    Database,
    DistrictCode,
    ExitCode,
    Panel,
    fail,
    out,
    print_json,
    settings_of,
)

if TYPE_CHECKING:
    from rosterkey.install.checks import Answer
    from rosterkey.install.plan import Step, Wishes
    from rosterkey.install.system import System

AskPassword = Annotated[
    bool, typer.Option("--ask-password", help="Ask for the password of the --db address.")
]
Folder = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Where the workbook goes. Without it: your documents.",
        show_default=False,
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a workbook that is there already.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")
]
Check = Annotated[
    bool,
    typer.Option("--check", help="Write nothing; look for each known trouble and explain it."),
]
LibreOffice = Annotated[
    bool,
    typer.Option("--libreoffice", help="For the buttons in LibreOffice, not those in Excel."),
]
Workbook = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="With --check: look at this workbook.", show_default=False),
]

_VERDICTS = {
    "ok": ("OK", "green"),
    "trouble": ("TROUBLE", "bold red"),
    "unknown": ("LOOK", "yellow"),
}
_NEXT = {
    "add-in": "Quit Excel and start it again: the tab Roster is the add-in. Open the workbook and "
    "press Export. If something does not work: rosterkey setup --check",
    "extension": "Start LibreOffice and open the workbook: the toolbar Roster and the menu Roster "
    "have the buttons. Press Export. If something does not work: "
    "rosterkey setup --check --libreoffice",
}
"""What to do next, by what was placed."""
_NO_EXCEL = (
    "Excel runs no macros on this system. The same buttons in LibreOffice: "
    "rosterkey setup --libreoffice"
)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("setup", rich_help_panel=Panel.SETUP)(setup_command)


def setup_command(
    context: typer.Context,
    database: Database = None,
    district: DistrictCode = None,
    libreoffice: LibreOffice = False,
    ask_password: AskPassword = False,
    folder: Folder = None,
    force: Force = False,
    dry_run: DryRun = False,
    check: Check = False,
    workbook: Workbook = None,
    as_json: AsJson = False,
) -> None:
    """Put the workbook, the add-in and their settings where Excel finds them.

    With --libreoffice: the workbook, and the extension with the same buttons into LibreOffice.

    The buttons will run the Python that runs this command. A password in the --db address goes
    into the system's keyring; the settings keep the address without it.
    """
    from rosterkey.install.errors import SetupStopped
    from rosterkey.install.system import this_system
    from rosterkey.usecases.credentials import CredentialsError

    if workbook is not None and not check:
        raise fail("--workbook is for --check; to place the workbook use --folder.", ExitCode.USAGE)
    system = this_system()
    try:
        if check:
            address = settings_of(database, district).database
            _check(system, address, workbook, libreoffice=libreoffice, as_json=as_json)
        else:
            given = _before(context)
            url = _address(database or given.get("database_url"), ask_password)
            wishes = _wishes(
                url, district or given.get("district"), folder, force=force, libreoffice=libreoffice
            )
            _set_up(system, url, wishes, dry_run=dry_run, as_json=as_json)
    except (SetupStopped, CredentialsError) as error:
        raise fail(str(error), ExitCode.USAGE) from None
    except OSError as error:
        raise fail(
            f"{error.filename or 'A file'} cannot be used ({error.strerror}).", ExitCode.USAGE
        ) from None


def _before(context: typer.Context) -> dict[str, str | None]:
    """The options that stood before the command. What the environment says is not stored."""
    return dict(context.parent.params) if context.parent else {}


def _address(url: str | None, ask_password: bool) -> str | None:
    """The database that was asked for: with a full path, and with its password if there is one."""
    from rosterkey.install.database import lasting, with_password

    if url is None:
        if ask_password:
            raise fail("--ask-password needs --db URL.", ExitCode.USAGE)
        return None
    if not ask_password:
        return lasting(url)
    return with_password(lasting(url), typer.prompt("Password of the database", hide_input=True))


def _wishes(
    url: str | None, district: str | None, folder: Path | None, *, force: bool, libreoffice: bool
) -> Wishes:
    from rosterkey.install.plan import Wishes
    from rosterkey.usecases.credentials import without_password

    return Wishes(
        database=None if url is None else without_password(url),
        district=district,
        folder=None if folder is None else folder.absolute(),
        force=force,
        libreoffice=libreoffice,
    )


def _set_up(
    system: System, url: str | None, wishes: Wishes, *, dry_run: bool, as_json: bool
) -> None:
    """Plan, and unless it is a dry run: prepare the database, keep the password, write."""
    from rosterkey.install.database import prepare, refuse_unserved
    from rosterkey.install.plan import carry_out, plan_setup, refuse_unfit
    from rosterkey.usecases.credentials import keep_password, with_credentials, without_password

    used = url or with_credentials(settings_of(None, None).database)
    steps = plan_setup(system, wishes)
    if dry_run:
        refuse_unserved(used)
    else:
        refuse_unfit(system, steps)
        prepare(used)
        if url is not None:
            keep_password(url)
        carry_out(system, steps)
    _tell(steps, without_password(used), dry_run=dry_run, as_json=as_json)


def _tell(steps: list[Step], database: str, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        files = [
            {"what": step.what, "path": str(step.path), "state": step.state.value} for step in steps
        ]
        print_json({"dry_run": dry_run, "database": database, "files": files})
        return
    out.print("This would be done; nothing was written." if dry_run else "Done.", style="bold")
    out.print(Text(f"  account database: {database}"))
    for step in steps:
        out.print(Text(f"  {step.state.value}: {step.what}, {step.path}"), soft_wrap=True)
    if any(step.state.value == "kept" for step in steps):
        said = "The workbook that is there was kept as it is. A new one in its place: --force"
        out.print(said, soft_wrap=True)
    if not dry_run:
        placed = _NEXT.keys() & {step.what for step in steps}
        out.print(_NEXT[placed.pop()] if placed else _NO_EXCEL, soft_wrap=True)


def _check(
    system: System, database: str, workbook: Path | None, *, libreoffice: bool, as_json: bool
) -> None:
    from rosterkey.install.checks import Verdict, check_setup

    answers = check_setup(system, database, workbook, libreoffice=libreoffice)
    good = not any(answer.verdict is Verdict.TROUBLE for answer in answers)
    if as_json:
        print_json(
            {
                "ok": good,
                "system": system.kind.value,
                "checks": [
                    {
                        "check": answer.check,
                        "verdict": answer.verdict.value,
                        "message": answer.message,
                        "advice": answer.advice,
                    }
                    for answer in answers
                ],
            }
        )
    else:
        _show(answers)
    raise typer.Exit(ExitCode.DONE if good else ExitCode.ERRORS)


def _show(answers: list[Answer]) -> None:
    for answer in answers:
        word, style = _VERDICTS[answer.verdict.value]
        out.print(Text.assemble((f"{word:8}", style), (answer.check, "bold")))
        out.print(Text(f"        {answer.message}"), soft_wrap=True)
        if answer.advice:
            out.print(Text(f"        What to do: {answer.advice}"), soft_wrap=True)
    if any(answer.verdict.value == "unknown" for answer in answers):
        out.print("LOOK: a program cannot tell this from here; a person can.", style="dim")
