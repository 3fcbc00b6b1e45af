"""The page of commands names every command and every option that the program has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from rosterkey.cli.app import app
from rosterkey.cli.frame import ExitCode
from rosterkey.core.options import RESERVED_USERNAMES, Limits
from rosterkey.usecases import settings

DOCS = Path(__file__).resolve().parents[2] / "docs"
PROGRAM: Any = typer.main.get_command(app)
COMMANDS: dict[str, Any] = PROGRAM.commands
TEXT = (DOCS / "commands.md").read_text(encoding="utf-8")
SHARED = {"--db", "--district", "--json", "--help", "-h"}
"""Options that the page explains once, at its beginning, for all commands."""


def sections(page: str) -> dict[str, str]:
    """The text below each heading of the second level; what comes before them under ""."""
    parts = re.split(r"^## (.+)\n", page, flags=re.MULTILINE)
    return {"": parts[0]} | dict(zip(parts[1::2], parts[2::2], strict=True))


def options(command: Any) -> set[str]:
    """Every spelling of every option of a command."""
    return {
        name
        for parameter in command.params
        if parameter.param_type_name == "option"
        for name in (*parameter.opts, *parameter.secondary_opts)
    }


def names(text: str, option: str) -> bool:
    """Whether the option stands in the text as a whole word."""
    return re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text) is not None


def test_there_are_commands() -> None:
    assert {"export", "validate", "import", "undo", "history", "explain"} <= COMMANDS.keys()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_has_a_section_with_its_options(name: str) -> None:
    section = sections(TEXT)[name]
    assert f"`rosterkey {name}" in section
    missing = options(COMMANDS[name]) - SHARED
    assert not {option for option in missing if not names(section, option)}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_section_names_no_option_that_is_not_there(name: str) -> None:
    listed = set(re.findall(r"`(--[\w-]+)", sections(TEXT)[name]))
    assert listed <= options(COMMANDS[name]) | SHARED


def test_shared_options_and_those_of_the_program_are_told() -> None:
    beginning = sections(TEXT)[""]
    assert not {option for option in SHARED if not names(beginning, option)}
    assert not {option for option in options(PROGRAM) if not names(TEXT, option)}


def test_every_exit_code_is_told() -> None:
    table = sections(TEXT)["Exit codes"]
    assert not {int(code) for code in ExitCode if f"| {int(code)} |" not in table}


def test_every_setting_is_told() -> None:
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    limits = dict(re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", page, re.MULTILINE))
    usual = {name: getattr(Limits(), name) for name in Limits.__dataclass_fields__}
    assert {name: float(value) for name, value in limits.items()} == usual
    for variable in ("DATABASE_VARIABLE", "DISTRICT_VARIABLE", "SCHOOL_VARIABLE"):
        assert f"`{getattr(settings, variable)}`" in page
    assert ", ".join(sorted(RESERVED_USERNAMES)) in " ".join(page.split())


def test_a_missing_option_is_noticed() -> None:
    assert names("- `--sheet NAME`, `--full`: …", "--full")
    assert not names("- `--full-text`: …", "--full")
    assert sections("a\n## b\nc\n") == {"": "a\n", "b": "c\n"}
