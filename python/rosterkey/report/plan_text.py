"""A plan as an administrator reads it in a terminal: counts, findings by cause, what is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rosterkey.core.model import Finding, Gate, Outcome, Plan, Severity
from rosterkey.core.rules import RULES

_OUTCOMES = {
    "error": ("Error", "bold red", "cannot be imported"),
    "create": ("Create", "yellow", "a new account is made"),
    "assign_id": ("Assign ID", "cyan", "the account gets a Student ID"),
    "rename": ("Rename", "cyan", "the username changes, the account and its history stay"),
    "update": ("Update", "cyan", "other fields change"),
    "unchanged": ("Unchanged", "green", "nothing changes"),
    "skipped": ("Skipped", "dim", "blank or repeated lines"),
}
_SEVERITIES = {
    Severity.ERROR: ("Error", "bold red"),
    Severity.WARNING: ("Warning", "yellow"),
    Severity.NOTICE: ("Notice", "blue"),
}
_GATES = {
    Gate.GO: ("GO", "bold green", "The sheet can be imported."),
    Gate.CONFIRM: ("CONFIRM", "bold yellow", "The import waits for your confirmation."),
    Gate.BLOCK: ("BLOCK", "bold red", "Nothing can be imported until the errors are mended."),
}
_GATES_OF_ACCOUNTS = {
    Gate.GO: "Nothing has to be confirmed.",
    Gate.CONFIRM: "This waits for your confirmation.",
    Gate.BLOCK: "Nothing can be done until the errors are mended.",
}
"""The same where accounts are named and no sheet is imported: archive, merge and the like."""
_TOLD_PER_CAUSE = 5


def plan_text(plan: Plan, *, full: bool = False, gate: bool = True) -> RenderableType:
    """The whole plan; of each cause the first five findings, or all of them with `full`.

    Without `gate` for a plan that was answered and has nothing to write: it waits for nobody.
    """
    told = (counts_table(plan), *findings_text(plan, full=full))
    return Group(*told, gate_text(plan)) if gate else Group(*told)


def counts_table(plan: Plan) -> Table:
    """How many rows do what."""
    rows = plan.counts["rows"]
    title = f"{rows:,} row{'' if rows == 1 else 's'}"
    table = Table(title=title, title_justify="left", box=None, show_header=rows > 0)
    table.add_column("Outcome", no_wrap=True)
    table.add_column("Rows", justify="right")
    table.add_column("What happens")
    for name, (word, style, meaning) in _OUTCOMES.items():
        if plan.counts.get(name):
            more = _renamed_too(plan) if name == Outcome.ASSIGN_ID else ""
            table.add_row(Text(word, style), f"{plan.counts[name]:,}", meaning + more)
    return table


def _renamed_too(plan: Plan) -> str:
    """A row that brings an ID and a username counts once, but neither may go unseen."""
    renamed = sum(Outcome.RENAME in row.also for row in plan.rows)
    return f"; of {renamed:,} the username changes too" if renamed else ""


def findings_text(plan: Plan, *, full: bool = False) -> Iterator[RenderableType]:
    """The findings, grouped by cause, the most serious first."""
    for code, findings in group_by_code(plan).items():
        word, style = _SEVERITIES[min((f.severity for f in findings), key=lambda s: s.rank)]
        times = f"{len(findings):,} times, " if len(findings) > 1 else ""
        title = Text.assemble("\n", (f"{word}: ", style), (RULES[code].title, "bold"))
        yield title.append(f"  ({times}{code})", "dim")
        told = findings if full else findings[:_TOLD_PER_CAUSE]
        for finding in told:
            yield Padding(Text(finding.message), (0, 0, 0, 2))
            if finding.fix:
                fix = f"suggested {finding.fix.column}: {finding.fix.value}"
                yield Padding(Text(fix, "green"), (0, 0, 0, 4))
        if len(told) < len(findings):
            yield Text(f"  … and {len(findings) - len(told):,} more; --full shows all", "dim")


def group_by_code(plan: Plan) -> dict[str, list[Finding]]:
    """All findings of a plan by their code: errors first, then warnings and notices."""
    everything = [*plan.findings, *(f for row in plan.rows for f in row.findings)]
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(everything, key=lambda f: f.severity.rank):
        groups.setdefault(finding.code, []).append(finding)
    return groups


def gate_text(plan: Plan, *, of_sheet: bool = True) -> RenderableType:
    """What the gate says of a sheet or of named accounts, and what to do next."""
    word, style, meaning = _GATES[plan.gate]
    meaning = meaning if of_sheet else _GATES_OF_ACCOUNTS[plan.gate]
    lines: list[RenderableType] = [
        Text(""),
        Text.assemble(("Gate: ", "bold"), (word, style), f"  {meaning}"),
    ]
    if plan.confirm and plan.gate is Gate.CONFIRM:
        lines.append(Text("Each of these reasons has to be confirmed on its own:"))
        reasons = Table(box=None, show_header=False, padding=(0, 0, 0, 2))
        reasons.add_column(no_wrap=True)
        reasons.add_column()
        for confirmation in plan.confirm:
            title = RULES[confirmation.reason].title
            reasons.add_row(f"--confirm {confirmation.reason}", title)
        lines.append(reasons)
    lines.append(Text(f"Plan: {plan.digest}", "dim"))
    return Group(*lines)


def print_lines(console: Console, lines: Iterable[str], style: str = "") -> None:
    """Print sentences as they are: brackets in names are no markup."""
    for line in lines:
        console.print(Text(line, style))
