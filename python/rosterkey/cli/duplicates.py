"""Accounts that are probably one student's: list them, review them, merge them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from rosterkey.cli.frame import (
    AsJson,
    Confirmed,
    Database,
    DistrictCode,
    ExitCode,
    Panel,
    Preview,
    err,
    open_database,
    out,
    print_json,
    progress_bar,
    settings_of,
)
from rosterkey.cli.lifecycle import exit_code
from rosterkey.cli.roster import PlanDigest, Reason, ask_for, can_ask, tell_stale

if TYPE_CHECKING:
    from rosterkey.usecases.carry_out import CarriedOut


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("duplicates", rich_help_panel=Panel.ACCOUNTS)(duplicates_command)
    app.command("merge", rich_help_panel=Panel.ACCOUNTS)(merge_command)


def duplicates_command(
    out_file: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write the review as this .xlsx: the evidence, and a drop-down for a decision.",
            show_default=False,
        ),
    ] = None,
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:
    """List accounts that are probably one student's. Nothing is changed.

    Decide in the review and take it to the command merge.
    """
    from rosterkey.report.duplicates_text import clusters_as_dict, clusters_text
    from rosterkey.usecases.duplicates import list_duplicates

    settings = settings_of(database, district)
    with open_database(settings) as store, progress_bar(as_json) as progress:
        found = list_duplicates(store, settings, to=out_file, progress=progress)
    if as_json:
        print_json(clusters_as_dict(found))
        return
    out.print(clusters_text(found))
    if out_file and not found:
        out.print(Text(f"There is nothing to decide in {out_file}."))
    elif out_file:
        out.print(Text(f"\nThe review is {out_file}. Decide, save, then: rosterkey merge FILE"))
    elif found:
        out.print(Text("\nTo decide: rosterkey duplicates --out FILE.xlsx"))


def merge_command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The review that rosterkey duplicates wrote.")
    ],
    plan: PlanDigest = None,
    confirm: Confirmed = None,
    preview: Preview = False,
    reason: Reason = "",
    database: Database = None,
    district: DistrictCode = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Merge the accounts that a review calls one student's, and remember who is not the same.

    It is an import of its own and can be undone.
    """
    from rosterkey.usecases.carry_out import carry_out
    from rosterkey.usecases.duplicates import of_review
    from rosterkey.usecases.import_ import StalePlan
    from rosterkey.usecases.validate import choose_district

    settings = settings_of(database, district)
    with open_database(settings) as store:
        code = choose_district(store, settings)

        def attempt(digest: str | None, confirmed: list[str]) -> CarriedOut:
            with progress_bar(as_json) as progress:
                return carry_out(
                    of_review(file, settings, reason, progress=progress), code, store, settings,
                    confirmed=confirmed, preview=preview, digest=digest, progress=progress,
                )  # fmt: skip

        try:
            given = list(confirm or ())
            done = attempt(plan, given)
            if done.unconfirmed and not preview and can_ask(as_json):
                confirmed = [*given, *ask_for(done.plan.confirm, done.unconfirmed)]
                done = attempt(done.plan.digest, confirmed)
        except StalePlan as stale:
            raise typer.Exit(tell_stale(stale.differences, as_json)) from None
    raise typer.Exit(_tell(done, preview=preview, as_json=as_json))


def _tell(done: CarriedOut, *, preview: bool, as_json: bool) -> ExitCode:
    from rosterkey.report.duplicates_text import apart_sentence, merges_as_dict, merges_table
    from rosterkey.report.plan_text import findings_text, gate_text

    if as_json:
        print_json(merges_as_dict(done.plan, done.number, done.already) | {
            "unconfirmed": list(done.unconfirmed),
            "mismatches": done.mismatches,
        })  # fmt: skip
    elif done.already is not None:
        said = f"This very plan was done before, as import {done.already}. Nothing was written."
        out.print(Text(said, "bold"))
    else:
        if done.plan.changes:
            out.print(merges_table(done.plan, done=done.number is not None))
        if done.plan.decisions:
            out.print(Text(apart_sentence(done.plan, done=done.number is not None)))
        if done.number is not None:
            out.print(Text(f"This is import {done.number}.", "bold green"))
            out.print(Text(f"To take it back: rosterkey undo {done.number}"))
        else:
            for line in (
                *findings_text(done.plan, full=True),
                gate_text(done.plan, of_sheet=False),
            ):
                out.print(line)
            said = "This is a preview. Nothing was written." if preview else "Nothing was written."
            out.print(Text(said, "bold"))
    for mismatch in done.mismatches:
        err.print(Text(mismatch, "bold red"))
    return exit_code(done, preview)
