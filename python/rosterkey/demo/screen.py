"""The story on a terminal, as a person would want to read it."""

from __future__ import annotations

import shlex
from pathlib import Path

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from rosterkey.core.model import Finding, Severity
from rosterkey.core.rules import RULES
from rosterkey.demo.story import Found, Imports, Item, Listing, Proof, Question, Said, Step, Story
from rosterkey.report.history_text import history_table

_MARGIN = 3
_WIDEST = 100
"""Longer lines are hard to read, however wide the terminal is."""
_LONGEST_QUESTION = 300
_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "blue"}


class Screen:
    """Prints a story while it is told."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = min(console.width, _WIDEST)
        self._after_proof = False  # proofs stand together, everything else between blank lines
        self._after_blank = False

    def hear(self, told: Step | Item) -> None:
        """Print a step's headline, or one of its items."""
        if isinstance(told, Step):
            self._headline(told)
        elif isinstance(told, Proof):
            self._proof(told)
        else:
            if self._after_proof:
                self._console.print()
            self._print(_shown(told))
            self._console.print()
        self._after_proof = isinstance(told, Proof)
        self._after_blank = not self._after_proof

    def open(self, folder: Path, rows: int) -> None:
        """Say what will happen, and where."""
        self._print(Text("The demo of rosterkey", "bold"), margin=0)
        said = (
            f"A district with {rows:,} made-up students, from the export of its roster to the "
            "undo of a new school year, with real workbooks and a real database. Your own "
            "database and settings are not touched. Everything is put into"
        )
        self._print(Text(said), margin=0)
        self._print_unbroken(str(folder))

    def close(self, story: Story) -> None:
        """Say what was proved, and what is left to look at."""
        failed = [proof for proof in story.proofs if not proof.holds]
        total = len(story.proofs)
        self._console.print()
        self._rule(Text("What was proved", "bold"))
        if failed:
            said = f"NOT PROVED: {len(failed)} of {total} comparisons failed."
            self._print(Text(said, "bold red"))
            for proof in failed:
                self._print(Text(f"✗ {proof.claim}", "bold red"))
            self._print(Text("Please report these lines.", "bold red"))
        else:
            said = f"All {total} comparisons hold. {_ACHIEVED}"
            self._print(Text(said, "bold green"))
        self._print(Text(f"It took {story.seconds:.1f} seconds."))
        self._console.print()
        self._print(Text("Left to look at", "bold"))
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for name, about in story.files.items():
            table.add_row(Text(name, "cyan"), about)
        self._print(table)
        self._console.print()
        self._print(Text("in the folder, which is yours to delete:"))
        self._print_unbroken(str(story.folder))
        self._print(Text("Every command can be tried on this district, for example"))
        self._print_unbroken(f"rosterkey --db {shlex.quote(story.database)} history 2")

    def _headline(self, step: Step) -> None:
        title = Text.assemble((f"{step.number}  ", "bold cyan"), (step.title, "bold"))
        if not self._after_blank:
            self._console.print()
        self._rule(title)
        self._print(Text(step.why))
        self._console.print()

    def _rule(self, title: Text) -> None:
        self._console.print(Rule(title, align="left", style="dim"), width=self._width)

    def _proof(self, proof: Proof) -> None:
        if proof.holds:
            grid = _hanging("✓", Text(proof.claim), "green")
        else:
            grid = _hanging("✗", Text(f"NOT PROVED: {proof.claim}", "bold red"), "bold red")
        self._print(grid)

    def _print(self, what: RenderableType, margin: int = _MARGIN) -> None:
        self._console.print(Padding(what, (0, 0, 0, margin), expand=False), width=self._width)

    def _print_unbroken(self, text: str) -> None:
        # Not wrapped: a path that is broken over two lines cannot be copied.
        line = Text(" " * _MARGIN).append(text, "bold cyan")
        self._console.print(line, soft_wrap=True)


_ACHIEVED = (
    "Every student was renamed, a new school year came and went, and no child lost an account, "
    "a password or a username to another."
)


def _shown(item: Item) -> RenderableType:
    if isinstance(item, Said):
        return Text(item.text)
    if isinstance(item, Listing):
        return _listing(item)
    if isinstance(item, Question):
        return _question(item)
    if isinstance(item, Found):
        return _found(item)
    if isinstance(item, Imports):
        return history_table(item.entries)
    return Text()


def _listing(listing: Listing) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column, heading in enumerate(listing.headings):
        numbers = all(_is_number(row[column]) for row in listing.rows)
        table.add_column(heading, justify="right" if numbers else "left")
    for row in listing.rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _is_number(text: str) -> bool:
    return text.replace(",", "").isdigit() and not text.startswith("0")


def _question(question: Question) -> Table:
    body = Text.assemble(
        (question.title, "bold"),
        (f"  [{question.reason}]\n", "dim"),
        f"{_shortened(question.message)}\n",
        ("→ The demo confirms it.", "yellow"),
    )
    return _hanging("?", body, "bold yellow")


def _shortened(message: str) -> str:
    """As many whole sentences as are quick to read."""
    if len(message) <= _LONGEST_QUESTION:
        return message
    start = message[:_LONGEST_QUESTION]
    end = start.rfind(". ") + 1 or start.rfind(" ")
    return f"{start[:end]} …"


def _found(found: Found) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", style="dim", no_wrap=True)
    grid.add_column()
    for finding in found.findings:
        grid.add_row(f"row {finding.row}", _finding(finding))
    return grid


def _finding(finding: Finding) -> Text:
    message = finding.message.removeprefix(f"Row {finding.row}: ")
    text = Text.assemble(
        (RULES[finding.code].title, f"bold {_STYLES[finding.severity]}"),
        (f"  [{finding.code}]\n", "dim"),
        message[:1].upper() + message[1:],
    )
    if finding.fix:
        text.append(f"\nSuggested {finding.fix.column}: {finding.fix.value}", "green")
    return text


def _hanging(sign: str, body: Text, style: str) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(style=style, no_wrap=True)
    grid.add_column()
    grid.add_row(sign, body)
    return grid
