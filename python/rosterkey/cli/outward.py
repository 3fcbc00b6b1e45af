"""What follows from a rename: files for other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from rosterkey.cli.frame import (
    AsJson,
    Database,
    DistrictCode,
    ExitCode,
    fail,
    open_database,
    out,
    print_json,
    settings_of,
)
from rosterkey.usecases.outward import System

SubjectName = Annotated[
    str, typer.Argument(metavar="IMPORT|FILE", help="The number of an import, or a sheet.")
]
Systems = Annotated[
    str,
    typer.Option(
        "--for",
        metavar="SYSTEMS",
        help="canvas, moodle, google, oneroster, trackmyprogress; several with commas.",
    ),
]
Folder = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the files go.")]
MailDomain = Annotated[
    str | None,
    typer.Option(help="What stands behind the @ where a username is no address.",
                 show_default=False),
]  # fmt: skip
GoogleUsers = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The list of users from Google's Admin console.",
                 show_default=False),
]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("rename-files")(rename_files_command)


def rename_files_command(
    subject: SubjectName,
    systems: Systems = "canvas,moodle,oneroster",
    folder: Folder = Path("rename-files"),
    mail_domain: MailDomain = None,
    google_users: GoogleUsers = None,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:
    """Write the new usernames of an import as files for other systems.

    The accounts are not touched.
    """
    from rosterkey.usecases.outward import read_subject, write_rename_files

    chosen = _systems(systems)
    settings = settings_of(database, district)
    with open_database(settings) as store:
        told = read_subject(subject, store, settings)
    files = write_rename_files(
        folder,
        told,
        chosen,
        mail_domain=mail_domain,
        google_users=google_users,
        headings=settings.vendor_headings,
    )
    if as_json:
        listed = [
            {"file": str(f.path), "students": f.students, "left_out": f.left_out} for f in files
        ]
        print_json({"subject": told.name, "renames": len(told.renames), "files": listed})
        return
    for file in files:
        out.print(Text(f"{file.path}: {file.students:,} students."))
        for sentence in file.left_out:
            out.print(Text(f"  Left out: {sentence}."))


def _systems(text: str) -> list[System]:
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    unknown = next((word for word in words if word not in set(System)), None)
    if unknown is not None or not words:
        known = ", ".join(System)
        raise fail(f"There is no system {unknown or ''}; there are {known}.", ExitCode.USAGE)
    return [System(word) for word in words]
