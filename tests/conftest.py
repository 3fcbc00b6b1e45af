"""What holds for every test: a home of its own, a fixed terminal, and how long Hypothesis looks."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgresql import Servers, servers
from tests.reliability import Figures, table

_home_numbers = itertools.count(1)
_LEADS_ELSEWHERE = ("ROSTERKEY_", "XDG_", "KEYRING_")
"""Variables that begin so would take a test to the developer's own database or settings."""
_FORCES_COLOUR = ("CLICOLOR_FORCE", "FORCE_COLOR", "GITHUB_ACTIONS", "PY_COLORS")

settings.register_profile(
    "short", max_examples=25, stateful_step_count=20, derandomize=True, deadline=None
)
settings.register_profile("long", max_examples=2_000, stateful_step_count=50, deadline=None)
settings.load_profile("long" if os.environ.get("ROSTERKEY_LONG") == "1" else "short")


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def home(_homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an empty home, so that it neither sees nor changes the developer's own."""
    folder = _homes / str(next(_home_numbers))
    folder.mkdir()
    for name in list(os.environ):
        if name.startswith(_LEADS_ELSEWHERE) or name in _FORCES_COLOUR:
            monkeypatch.delenv(name)
    roaming, local = folder / "AppData" / "Roaming", folder / "AppData" / "Local"
    set_to = {
        "HOME": folder,
        "USERPROFILE": folder,
        "APPDATA": roaming,
        "LOCALAPPDATA": local,
        # platformdirs asks Windows itself, not the environment, except through these.
        "WIN_PD_OVERRIDE_APPDATA": roaming,
        "WIN_PD_OVERRIDE_LOCAL_APPDATA": local,
        "COLUMNS": 100,
        "NO_COLOR": 1,
        "TERM": "dumb",
    }
    for name, value in set_to.items():
        monkeypatch.setenv(name, str(value))
    return folder


@pytest.fixture(scope="session")
def postgresql_servers() -> Iterator[Servers]:
    """The PostgreSQL servers of this run; none is started before a test asks for it."""
    with servers() as started:
        yield started


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """What this test adds to the figures that are printed at the end of the run."""
    return Figures(request.node)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say under headings of their own, before the last line, what was survived and not tried."""
    if survived := table(terminalreporter.stats):
        terminalreporter.section("dangers that the accounts survived", sep="-")
        for line in survived:
            terminalreporter.line(line)
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.section("NOT TESTED ON THIS MACHINE", sep="!", red=True, bold=True)
        for reason in sorted({_reason(report) for report in skipped}):
            tests = sum(_reason(report) == reason for report in skipped)
            terminalreporter.line(f"{tests} skipped: {reason}")


def _reason(report: pytest.TestReport) -> str:
    """Why a test was skipped: the last part of what pytest keeps of it."""
    kept = report.longrepr
    text = str(kept[2]) if isinstance(kept, tuple) else str(kept)
    return text.removeprefix("Skipped: ")
