"""The bar says how far the work is, and nothing while nobody can tell."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from rosterkey.cli import frame
from rosterkey.core.options import Options
from rosterkey.core.plan import make_plan
from rosterkey.core.rules import people
from rosterkey.core.rules.example import EXAMPLE_DISTRICT, example_accounts, example_sheet
from rosterkey.core.snapshot import Snapshot


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    written = io.StringIO()
    monkeypatch.setenv("TERM", "xterm")
    console = Console(file=written, force_terminal=True, force_interactive=True, width=80)
    monkeypatch.setattr(frame, "err", console)
    return written


def test_a_share_is_shown(screen: io.StringIO) -> None:
    with frame.progress_bar() as progress:
        progress("Reading the sheet", 0.5)
    assert "Reading the sheet" in screen.getvalue()
    assert "50%" in screen.getvalue()


def test_no_share_is_made_up(screen: io.StringIO) -> None:
    with frame.progress_bar() as progress:
        progress("Reading the sheet", 1.0)
        before = len(screen.getvalue())
        progress("Writing the accounts", 0.0)
    told = screen.getvalue()[before:]
    assert "Writing the accounts" in told
    assert "%" not in told


def test_scripts_get_no_bar(screen: io.StringIO) -> None:
    with frame.progress_bar(quiet=True) as progress:
        progress("Reading the sheet", 0.5)
    assert screen.getvalue() == ""


def test_a_plan_tells_how_far_it_is() -> None:
    shares: list[float] = []
    example = people.PROBABLE_DUPLICATE.bad
    assert example is not None
    snapshot = Snapshot(EXAMPLE_DISTRICT, example_accounts(example))
    make_plan(example_sheet(example), snapshot, Options(tell=shares.append))
    assert len(shares) > 3
    assert shares == sorted(set(shares))
    assert 0 < shares[0] < shares[-1] <= 1
