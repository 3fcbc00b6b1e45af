"""Reasons that have to be confirmed, by --confirm or at the terminal; and stale plans."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

import typer
from rich.text import Text

from rosterkey.cli.frame import ExitCode, err, fail, out, print_json

if TYPE_CHECKING:
    from rosterkey.core.history import ImportKind
    from rosterkey.core.model import Confirmation


class Attempted(Protocol):
    """What came of a plan: it was written, or it waits."""

    @property
    def digest(self) -> str:
        """Of the plan."""
        ...

    @property
    def awaited(self) -> Sequence[Confirmation]:
        """The reasons that are missing, where to confirm them is enough."""
        ...


Done = TypeVar("Done", bound=Attempted)


def confirmed_reasons(kind: ImportKind, given: Sequence[str] | None) -> list[str]:
    """The reasons given with --confirm; one that no plan whatever asks for ends the command.

    One that only another command asks for is no slip: scripts confirm all that they stand for.
    """
    if not given:
        return []
    from rosterkey.core.rules import RULES
    from rosterkey.core.rules.reasons import reasons_of

    for reason in given:
        if reason not in RULES or not RULES[reason].confirms:
            raise fail(
                f'"{reason}" is no reason that can be confirmed; what may be asked for here is '
                f"{', '.join(reasons_of(kind))}.",
                ExitCode.USAGE,
            )
    return list(given)


def attempt_and_ask(
    attempt: Callable[[str | None, Sequence[str]], Done],
    digest: str | None,
    given: Sequence[str],
    *,
    as_json: bool,
    preview: bool = False,
    show: Callable[[Done], None] | None = None,
) -> Done:
    """What `attempt` did with the plan of a digest, or any without one, and the given reasons.

    A person at the terminal is asked for each reason that is missing, after `show`, and the very
    plan that was shown is attempted again. A stale plan ends the command.
    """
    from rosterkey.usecases.import_ import StalePlan

    try:
        done = attempt(digest, given)
        if done.awaited and not preview and can_ask(as_json):
            if show is not None:
                show(done)
            done = attempt(done.digest, [*given, *_ask_for(done.awaited)])
    except StalePlan as stale:
        raise typer.Exit(_tell_stale(stale.differences, as_json)) from None
    return done


def can_ask(as_json: bool) -> bool:
    """Whether a person sits at the terminal."""
    return not as_json and sys.stdin.isatty() and out.is_terminal


def _ask_for(reasons: Sequence[Confirmation]) -> list[str]:
    """Ask for each reason by its own question; after what is not a yes no other is asked."""
    given = []
    for confirmation in reasons:
        out.print(Text(f"\n{confirmation.message}"))
        if not typer.confirm(f"Confirm {confirmation.reason}?", default=False):
            break
        given.append(confirmation.reason)
    return given


def _tell_stale(differences: list[str], as_json: bool) -> ExitCode:
    """Say that the plan is stale and what differs."""
    if as_json:
        print_json({"written": False, "reason": "stale-plan", "differences": differences})
        return ExitCode.STALE
    from rosterkey.report.plan_text import print_lines

    head = "The plan is stale: something changed since it was shown. Nothing was written."
    print_lines(err, [head], "bold red")
    print_lines(err, [f"  {line}" for line in differences])
    print_lines(err, ["Look at what would be done now, with validate or --preview."])
    return ExitCode.STALE
