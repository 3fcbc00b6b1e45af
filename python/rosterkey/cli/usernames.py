"""New usernames: preview them, write them as a sheet, list the common schemes."""

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
from rosterkey.core.usernames.compose import Collision

if TYPE_CHECKING:
    from rosterkey.usecases.usernames import Proposal


RosterFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="[ROSTER]",
        help="A sheet with Student IDs that are not imported yet; without it all students.",
        show_default=False,
    ),
]
PatternText = Annotated[
    str,
    typer.Option(
        "--pattern",
        metavar="PATTERN",
        help="A pattern such as '{first:1}{last}{grad:2}', or the code of a scheme.",
        show_default=False,
    ),
]
Otherwise = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PATTERN",
        help="A pattern for students to whom the first gives none; may be repeated.",
        show_default=False,
    ),
]
AtCollision = Annotated[
    Collision | None,
    typer.Option(help="What is done where a username is not free.", show_default=False),
]
Longest = Annotated[
    int | None,
    typer.Option("--max", min=3, max=64, help="The most characters.", show_default=False),
]
Graduating = Annotated[
    int | None,
    typer.Option(
        metavar="YEAR",
        min=1900,
        max=2200,
        help="The year in which grade 12 leaves; this school year's end without it.",
        show_default=False,
    ),
]
OutFile = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="FILE", help="Write an import sheet: .xlsx or .csv.", show_default=False
    ),
]
School = Annotated[str | None, typer.Option(help="Only this school.", show_default=False)]
Grade = Annotated[str | None, typer.Option(help="Only this grade.", show_default=False)]
Class = Annotated[str | None, typer.Option("--class", help="Only this class.", show_default=False)]
Full = Annotated[bool, typer.Option("--full", help="Show every student.")]
ListSchemes = Annotated[bool, typer.Option("--schemes", help="List the common schemes and stop.")]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("usernames", rich_help_panel=Panel.PREPARE)(usernames_command)


def usernames_command(
    roster: RosterFile = None,
    pattern: PatternText = "",
    otherwise: Otherwise = None,
    collision: AtCollision = None,
    longest: Longest = None,
    graduating: Graduating = None,
    out_file: OutFile = None,
    school: School = None,
    grade: Grade = None,
    class_: Class = None,
    full: Full = False,
    schemes: ListSchemes = False,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:
    """Make new usernames by a pattern: a preview, and with --out a sheet to import.

    The accounts are not touched.
    """
    from rosterkey.core.usernames.pattern import PatternError
    from rosterkey.usecases.export import Filters
    from rosterkey.usecases.roster_usernames import propose_for_roster, write_one_step_sheet
    from rosterkey.usecases.usernames import Request, propose, write_import_sheet

    if schemes:
        _print_schemes(as_json)
        return
    settings = settings_of(database, district)
    request = Request(
        pattern or settings.username_pattern,
        tuple(otherwise or ()),
        collision,
        longest,
        graduating,
        Filters(school, grade, class_),
    )
    try:
        with open_database(settings) as store:
            if roster is None:
                proposal, write = propose(store, settings, request), write_import_sheet
            else:
                proposal = propose_for_roster(roster, store, settings, request)
                write = write_one_step_sheet
    except PatternError as wrong:
        raise fail(str(wrong), ExitCode.USAGE) from None
    written = write(out_file, proposal) if out_file else None
    _print_proposal(proposal, out_file, written, full, as_json)


def _print_proposal(
    proposal: Proposal, path: Path | None, written: int | None, full: bool, as_json: bool
) -> None:
    from rosterkey.report.usernames_text import choices_as_list, usernames_text

    if as_json:
        counts = {str(answer): count for answer, count in sorted(proposal.counts.items())}
        print_json(
            {
                "patterns": [pattern.text for pattern in proposal.patterns],
                "counts": counts,
                "students": choices_as_list(proposal.choices),
                "file": str(path) if path else None,
                "written": written,
            }
        )
        return
    out.print(usernames_text(proposal.choices, full=full))
    if path:
        rows = "1 row was" if written == 1 else f"{written:,} rows were"
        out.print(Text(f"{rows} written to {path}. Validate it, then import it."))
    else:
        out.print(Text("Nothing was written. With --out FILE they become a sheet to import."))


def _print_schemes(as_json: bool) -> None:
    from dataclasses import asdict

    from rich.padding import Padding

    from rosterkey.usecases.usernames import schemes

    if as_json:
        print_json({"schemes": [asdict(scheme) for scheme in schemes()]})
        return
    for scheme in schemes():
        out.print(Text.assemble((scheme.code, "bold"), f"  {scheme.title}: {scheme.example}"))
        pattern = f"{scheme.pattern}\n" if scheme.pattern else ""
        out.print(Padding(Text(f"{pattern}{scheme.explanation}"), (0, 0, 1, 4)))
