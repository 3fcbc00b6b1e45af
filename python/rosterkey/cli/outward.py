"""What follows from a rename: files for other systems, lists for teachers, cards for children."""

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
    open_database,
    out,
    print_json,
    settings_of,
)

if TYPE_CHECKING:
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
ListFile = Annotated[Path, typer.Option("--out", metavar="FILE", help="The file: .xlsx or .pdf.")]
Cards = Annotated[bool, typer.Option("--cards", help="Sign-in cards instead of lists.")]
Passwords = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="For cards: the list of new passwords of an import.",
                 show_default=False),
]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("rename-files", rich_help_panel=Panel.LISTS)(rename_files_command)
    app.command("class-lists", rich_help_panel=Panel.LISTS)(class_lists_command)


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
        out.print(Text(f"{file.path}: {_students(file.students)}."))
        for sentence in file.left_out:
            out.print(Text(f"  Left out: {sentence}."))


def class_lists_command(
    subject: SubjectName,
    out_file: ListFile = Path("class-lists.pdf"),
    cards: Cards = False,
    passwords: Passwords = None,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:
    """Write old and new usernames by class, for teachers; or cards to cut apart, for children.

    The accounts are not touched.
    """
    from rosterkey.usecases.class_lists import write_class_lists
    from rosterkey.usecases.outward import read_subject

    settings = settings_of(database, district)
    with open_database(settings) as store:
        told = read_subject(subject, store, settings)
    done = write_class_lists(out_file, told, cards=cards, passwords=passwords)
    if as_json:
        print_json(
            {
                "file": str(out_file),
                "classes": done.classes,
                "students": done.students,
                "without_password": done.without_password,
            }
        )
        return
    classes = "1 class" if done.classes == 1 else f"{done.classes:,} classes"
    out.print(Text(f"{out_file}: {_students(done.students)} in {classes}."))
    if done.without_password:
        out.print(Text(f"{done.without_password:,} of them have no password in {passwords}."))


def _systems(text: str) -> list[System]:
    from rosterkey.usecases.outward import System

    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    unknown = next((word for word in words if word not in set(System)), None)
    if unknown is not None or not words:
        known = ", ".join(System)
        raise fail(f"There is no system {unknown or ''}; there are {known}.", ExitCode.USAGE)
    return [System(word) for word in words]


def _students(number: int) -> str:
    return "1 student" if number == 1 else f"{number:,} students"
