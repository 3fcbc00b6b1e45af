"""`rosterkey --help` shows the commands in panels, in the order of the work."""

from __future__ import annotations

from typing import Any

import typer

from rosterkey.cli.app import app
from rosterkey.cli.frame import Panel

COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def test_every_command_has_a_panel_and_the_panels_come_in_the_order_of_the_work() -> None:
    panels = [command.rich_help_panel for command in COMMANDS.values()]
    assert list(dict.fromkeys(panels)) == list(Panel)
    assert panels == sorted(panels, key=list(Panel).index)


def test_the_main_job_is_read_from_above_as_it_is_done() -> None:
    job = [name for name, command in COMMANDS.items() if command.rich_help_panel == Panel.JOB]
    assert job == ["export", "validate", "import", "undo", "history", "explain"]
