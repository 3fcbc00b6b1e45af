"""What a finding means, for the terminal, for scripts and for the page of all findings.

The page is written by `python -m rosterkey.report.explain > docs/findings.md`.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, assert_never

from rosterkey.core.model import Severity
from rosterkey.core.rules import GROUPS, rules_of
from rosterkey.core.rules.example import Line, example_cell, example_lines
from rosterkey.core.rules.rule import Example, Rule
from rosterkey.core.sheet import Cell, ErrorCell, FormulaCell, NumberCell

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

GROUP_TITLES = {
    "files": "Files",
    "sheet": "The sheet",
    "keys": "Student IDs and usernames",
    "cells": "Cells",
    "fields": "Names, school, grade, class and password",
    "people": "People",
    "sums": "The sheet as a sum",
    "import": "Import and undo",
    "lifecycle": "Archive, restore, delete",
    "merges": "Existing duplicates",
}
"""The heading of each group of rules."""

_INTRODUCTION = """\
# Findings

Every finding has a code, and a code never changes its meaning. `rosterkey explain CODE` shows the
same text in the terminal. This page is made from the rules themselves:
`python -m rosterkey.report.explain > docs/findings.md` renews it.

- **Error**: blocks the import. Nothing is written until the row is mended or left out.
- **Warning, asks for a confirmation**: the import waits until you confirm this reason on its own.
- **Warning**: to be read; the import goes on.
- **Notice**: something was repaired or is worth knowing; nothing has to be done.

The examples play in the district Lincoln Unified, with the schools Lincoln Elementary and
Roosevelt Middle. Where an account's school and grade are not shown, they are Lincoln Elementary
and grade 3. The number in front of a line is its row in Excel. Cells that are not text say in
italics what they are, and invisible characters stand in brackets such as ⟨NBSP⟩."""

_MARK = re.compile(r"\{(nbsp|zwsp|U\+[0-9A-F]{4,6})\}")
_MARK_NAMES = {"nbsp": "NBSP", "zwsp": "ZWSP", "U+0020": "space"}
_MARKDOWN = re.compile(r"([\\`*_\[\]|])")
_SHOWN_OF_A_BLOCK = 4


def severity_words(rule: Rule) -> str:
    """How serious the rule is, in the words of the administrator."""
    match rule.severity:
        case Severity.ERROR:
            return "Error: blocks the import"
        case Severity.WARNING if rule.confirms:
            return "Warning: asks for a confirmation"
        case Severity.WARNING:
            return "Warning"
        case Severity.NOTICE:
            return "Notice"
        case unknown:
            assert_never(unknown)


def group_of(rule: Rule) -> str:
    """The name of the group that the rule belongs to. Raises KeyError where it is in none."""
    for group in GROUPS:
        if any(other.code == rule.code for other in rules_of(group)):
            return group
    raise KeyError(rule.code)


def explain_json(rule: Rule) -> dict[str, Any]:
    """The rule for scripts. Examples are lists of lines, header first, with cells as shown text."""
    return {
        "code": rule.code,
        "group": group_of(rule),
        "severity": str(rule.severity),
        "confirms": rule.confirms,
        "title": rule.title,
        "why": rule.why,
        "mend": rule.mend,
        "source": rule.source,
        "bad": _example_json(rule.bad),
        "good": _example_json(rule.good),
    }


def explain_text(rule: Rule) -> RenderableType:
    """The rule for the terminal: title, severity, why, how to mend it, and both examples."""
    from rich.console import Group  # late: start-up counts, and only this needs it
    from rich.padding import Padding
    from rich.text import Text

    def paragraph(heading: str, text: str) -> list[RenderableType]:
        return [Text(heading, style="bold"), Padding(Text(text), (0, 0, 1, 2))]

    parts: list[RenderableType] = [
        Text.assemble((rule.code, "bold"), "  ", rule.title),
        Padding(Text(severity_words(rule), style=_STYLES[rule.severity]), (0, 0, 1, 0)),
        *paragraph("Why it matters", rule.why),
        *paragraph("How to mend it", rule.mend),
    ]
    for heading, example in _examples(rule):
        parts.append(Text(heading, style="bold"))
        parts.extend(Padding(part, (0, 0, 1, 2)) for part in _example_text(example))
    return Group(*parts)


def findings_page() -> str:
    """The Markdown page of every finding by group, with a table of contents."""
    parts = [_INTRODUCTION, *_contents()]
    for group in GROUPS:
        parts.append(f"\n## {GROUP_TITLES[group]}\n")
        parts.extend(_section(rule) for rule in rules_of(group))
    return "\n".join(parts)


def shown_cell(written: str) -> tuple[str, str]:
    """What a cell of an example is, and its text: `("number", "123")`, `("", "asmith")`.

    Raises ValueError where the cell is not of the notation of examples.
    """
    cell = example_cell(written)
    if cell is None or isinstance(cell, str):
        return "", _MARK.sub(lambda m: f"⟨{_MARK_NAMES.get(m[1], m[1])}⟩", written)
    return _KINDS[type(cell)], _value_text(cell)


_KINDS: dict[type, str] = {
    bool: "truth value",
    int: "number",
    float: "number",
    NumberCell: "number",
    dt.date: "date",
    ErrorCell: "error",
    FormulaCell: "formula",
}


def _value_text(cell: Cell) -> str:
    match cell:
        case bool(value):
            return str(value).upper()
        case NumberCell(number=number, shown=shown):
            return f"{number:g}, shown as {shown}"
        case ErrorCell(text=text):
            return text
        case FormulaCell(formula=formula, cached=cached):
            return f"{formula}, " + (
                "not calculated" if cached is None else f"last result {cached}"
            )
    return str(cell)


_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}


def _examples(rule: Rule) -> Iterator[tuple[str, Example]]:
    """The examples with their headings; accounts that stay the same are not drawn twice."""
    if rule.bad:
        yield "With this finding", rule.bad
    if rule.good:
        same = rule.bad is not None and rule.bad.accounts == rule.good.accounts
        yield "Mended", replace(rule.good, accounts="") if same else rule.good


def _drawn_lines(table: str) -> Iterator[Line | None]:
    """The lines that are drawn; None stands for the middle of a long block."""
    for line in example_lines(table):
        position = line.number - line.block
        if line.of <= _SHOWN_OF_A_BLOCK or position < 2 or position == line.of - 1:
            yield line
        elif position == 2:
            yield None


def _example_json(example: Example | None) -> dict[str, Any] | None:
    if example is None:
        return None

    def lines(table: str) -> list[list[str]]:
        return [[_plain(cell) for cell in line.cells] for line in example_lines(table)]

    return {
        "accounts": lines(example.accounts),
        "sheet": lines(example.sheet),
        "words": example.words,
    }


def _plain(written: str) -> str:
    kind, text = shown_cell(written)
    return f"{kind} {text}" if kind else text


def _example_text(example: Example) -> Iterator[RenderableType]:
    from rich.text import Text

    if example.words:
        yield Text(example.words)
    if example.accounts:
        yield _drawn(example.accounts, "Accounts", first_cell="")
    if example.sheet:
        yield _drawn(example.sheet, "Sheet", first_cell="{line.number}")


def _drawn(table: str, title: str, first_cell: str) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    def cell(written: str) -> Text:
        kind, text = shown_cell(written)
        return Text.assemble((f"{kind} ", "dim italic"), text) if kind else Text(text)

    lines = list(_drawn_lines(table))
    header, *rest = lines
    width = max(len(line.cells) for line in lines if line)
    drawn = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", show_edge=False)
    for name in (first_cell and "1", *(header.cells if header else ())):
        drawn.add_column(cell(name))
    for line in rest:
        cells = [cell(text) for text in line.cells] if line else [Text("…")] * width
        drawn.add_row(Text(first_cell.format(line=line) if line else "", style="dim"), *cells)
    return drawn


def _contents() -> Iterator[str]:
    for group in GROUPS:
        yield f"\n**{GROUP_TITLES[group]}**\n"
        for rule in rules_of(group):
            yield f"- [`{rule.code}`](#{rule.code}): {_markdown(rule.title)}"


def _section(rule: Rule) -> str:
    _, _, section = rule.source.partition(": ")
    anchor = section.lower().replace(" ", "-")
    parts = [
        f"### {rule.code}",
        f"{_markdown(rule.title)}. *{severity_words(rule)}.*",
        f"**Why it matters.** {_markdown(rule.why)}",
        f"**How to mend it.** {_markdown(rule.mend)}",
    ]
    for heading, example in _examples(rule):
        parts.append(f"{heading}:")
        parts.extend(_example_markdown(example))
    parts.append(f"The rule: [{section}](semantics.md#{anchor}).")
    return "\n\n".join(parts) + "\n"


def _example_markdown(example: Example) -> Iterator[str]:
    if example.words:
        yield f"> {_markdown(example.words)}"
    if example.accounts:
        yield "\n".join(_markdown_table(example.accounts, "account"))
    if example.sheet:
        yield "\n".join(_markdown_table(example.sheet, "row"))


def _markdown_table(table: str, kind: str) -> Iterator[str]:
    """The lines of a Markdown table whose first column is the row number, or a blank."""
    width = max(len(line.cells) for line in example_lines(table))
    for place, line in enumerate(_drawn_lines(table)):
        cells = [_markdown_cell(cell) for cell in line.cells] if line else ["…"] * width
        cells += [""] * (width - len(cells))
        number = str(line.number) if line and kind == "row" else ""
        if place == 0 and kind == "account":
            number = "Accounts"
        yield "| " + " | ".join([number, *cells]) + " |"
        if place == 0:
            yield "|---" * (width + 1) + "|"


def _markdown_cell(written: str) -> str:
    kind, text = shown_cell(written)
    return f"*{kind}* {_markdown(text)}" if kind else _markdown(text)


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text).replace("<", "&lt;")


if __name__ == "__main__":
    sys.stdout.buffer.write(findings_page().encode("utf-8"))
