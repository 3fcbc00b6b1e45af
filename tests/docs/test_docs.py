"""Every page of the documentation does what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

import dev
from tests.docs.console import Session

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_shows_what_happens(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Session(page, tmp_path).follow()


@pytest.mark.parametrize("page", dev.GENERATED)
def test_a_generated_page_is_what_the_code_says(page: str) -> None:
    assert (ROOT / page).read_bytes() == dev.generated(dev.GENERATED[page]), (
        f"{page} is out of date: run `python3 dev.py docs`"
    )
