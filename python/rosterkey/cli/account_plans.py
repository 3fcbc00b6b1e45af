"""Commands whose plan is made of the accounts: the options that they share, and what they print."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import typer
from rich.console import RenderableType
from rich.text import Text

from rosterkey.cli.asking import attempt_and_ask, confirmed_reasons
from rosterkey.cli.frame import (
    AsJson,
    Confirmed,
    Database,
    DistrictCode,
    ExitCode,
    PlanDigest,
    Preview,
    Reason,
    err,
    open_database,
    out,
    print_json,
    progress_bar,
    settings_of,
)
from rosterkey.core.history import ImportKind
from rosterkey.core.model import Gate, Plan
from rosterkey.usecases.progress import Progress
from rosterkey.usecases.settings import Settings

if TYPE_CHECKING:
    from rosterkey.store.contract import Store
    from rosterkey.usecases.carry_out import Action, CarriedOut


@dataclass(frozen=True, slots=True)
class Wish:
    """What the shared options say; `given` are the reasons that are confirmed."""

    settings: Settings
    plan: str | None
    given: Sequence[str]
    preview: bool
    reason: str
    as_json: bool


def account_plan(kind: ImportKind) -> Callable[[Callable[..., ExitCode]], Callable[..., None]]:
    """Give a command, whose first parameter is a `Wish`, the options that make the wish.

    What the command returns is its exit code.
    """

    def shared(
        plan: PlanDigest = None,
        confirm: Confirmed = None,
        preview: Preview = False,
        reason: Reason = "",
        database: Database = None,
        district: DistrictCode = None,
        as_json: AsJson = False,
    ) -> Wish:
        given = confirmed_reasons(kind, confirm)
        return Wish(settings_of(database, district), plan, given, preview, reason, as_json)

    def decorate(command: Callable[..., ExitCode]) -> Callable[..., None]:
        options = _parameters(shared)
        own = _parameters(command)[1:]

        @wraps(command)
        def run(**words: Any) -> None:
            wish = shared(**{option.name: words.pop(option.name) for option in options})
            raise typer.Exit(command(wish, **words))

        # Typer reads a command's options off its signature.
        run.__signature__ = inspect.Signature([*own, *options])  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in (*own, *options)}
        return run

    return decorate


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    signature = inspect.signature(function, eval_str=True)
    return list(signature.parameters.values())


MakeAction = Callable[["Store", Settings, Progress], "Action"]
"""Makes the action, with the settings as the database lets them be."""


def run_action(make: MakeAction, wish: Wish) -> CarriedOut:
    """Carry out an action as it is wished; at the terminal missing confirmations are asked for."""
    from rosterkey.usecases.carry_out import carry_out
    from rosterkey.usecases.validate import as_granted, choose_district

    with open_database(wish.settings) as store:
        granted = as_granted(wish.settings, store)
        code = choose_district(store, granted)

        def attempt(digest: str | None, confirmed: Sequence[str]) -> CarriedOut:
            with progress_bar(wish.as_json) as progress:
                return carry_out(
                    make(store, granted, progress), code, store, granted,
                    confirmed=confirmed, preview=wish.preview, digest=digest, progress=progress,
                )  # fmt: skip

        return attempt_and_ask(
            attempt, wish.plan, wish.given, as_json=wish.as_json, preview=wish.preview
        )


def tell(
    done: CarriedOut,
    wish: Wish,
    *,
    shown: Callable[[Plan, bool], Iterable[RenderableType]],
    as_dict: Callable[[Plan, int | None, int | None], dict[str, Any]],
) -> ExitCode:
    """Print what was done or would be, and tell how the command ends (interface: exit codes).

    `shown` are the parts that tell of a plan that was carried out or was not, `as_dict` is the same
    for scripts.
    """
    if wish.as_json:
        told = as_dict(done.plan, done.number, done.already)
        print_json(told | {"unconfirmed": list(done.unconfirmed), "mismatches": done.mismatches})
    else:
        for part in _parts(done, wish, shown):
            out.print(part)
    for mismatch in done.mismatches:
        err.print(Text(mismatch, "bold red"))
    if done.number is not None or done.already is not None:
        return ExitCode.DIFFERS if done.mismatches else ExitCode.DONE
    if done.plan.gate is Gate.BLOCK:
        return ExitCode.ERRORS
    return ExitCode.UNCONFIRMED if done.unconfirmed and not wish.preview else ExitCode.DONE


def _parts(
    done: CarriedOut, wish: Wish, shown: Callable[[Plan, bool], Iterable[RenderableType]]
) -> Iterable[RenderableType]:
    from rosterkey.report.plan_text import findings_text, gate_text

    if done.already is not None:
        said = f"This very plan was done before, as import {done.already}. Nothing was written."
        yield Text(said, "bold")
        return
    yield from shown(done.plan, done.number is not None)
    if done.number is not None:
        yield Text(f"This is import {done.number}.", "bold green")
        yield Text(f"To take it back: rosterkey undo {done.number}")
        return
    yield from findings_text(done.plan, full=True)
    yield gate_text(done.plan, of_sheet=False)
    end = "This is a preview. Nothing was written." if wish.preview else "Nothing was written."
    yield Text(end, "bold")
