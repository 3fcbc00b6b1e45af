"""What a finding means: explain."""

from __future__ import annotations

import difflib
from typing import Annotated

import typer
from rich.table import Table

from rosterkey.cli.frame import AsJson, ExitCode, Panel, fail, out, print_json
from rosterkey.core.rules import GROUPS, RULES, rules_of


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("explain", rich_help_panel=Panel.JOB)(explain_command)


def explain_command(
    code: Annotated[
        str | None,
        typer.Argument(metavar="[CODE]", help="The code of a finding, such as username-taken."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell what a finding means, why it matters and how to mend it. Without a code, list all."""
    from rosterkey.report.explain import explain_json, explain_text

    if code is None:
        _list_all(as_json)
        return
    rule = RULES.get(code.strip().lower().replace("_", "-"))
    if rule is None:
        near = difflib.get_close_matches(code, RULES, n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise fail(
            f"There is no finding {code}.{hint} rosterkey explain lists all.", ExitCode.USAGE
        )
    if as_json:
        print_json(explain_json(rule))
    else:
        out.print(explain_text(rule))


def _list_all(as_json: bool) -> None:
    if as_json:
        print_json([{"code": r.code, "severity": str(r.severity), "title": r.title}
                    for r in RULES.values()])  # fmt: skip
        return
    for group in GROUPS:
        table = Table(title=group, title_justify="left", box=None, show_header=False)
        for rule in rules_of(group):
            table.add_row(rule.code, str(rule.severity), rule.title)
        out.print(table)
