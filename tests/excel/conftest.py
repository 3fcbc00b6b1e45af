"""A desk for each test, and no caller left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.engine import close_all
from tests.excel.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The real template and a small district."""
    yield Desk(tmp_path)
    close_all()
