"""What the commands that prepare sheets print: counts, and lists of who needs a look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

TOLD = 10
"""So many of a kind are told unless all are asked for."""


def counts_lines(title: str, lines: Iterable[tuple[str, int, str]]) -> Table:
    """How many of each kind, and what becomes of them."""
    table = Table(title=title, title_justify="left", box=None, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right")
    table.add_column()
    for word, count, meaning in lines:
        table.add_row(Text(word, "bold"), f"{count:,}", Text(meaning))
    return table


def section(title: str, lines: list[str], most: int | None) -> Iterator[RenderableType]:
    """A heading and its lines, at most `most` of them; nothing where there are none."""
    if not lines:
        return
    yield Text(f"\n{title}", "bold")
    for line in lines[:most]:
        yield Padding(Text(line), (0, 0, 0, 2))
    if most is not None and len(lines) > most:
        yield Text(f"  … and {len(lines) - most:,} more; --full shows all", "dim")
