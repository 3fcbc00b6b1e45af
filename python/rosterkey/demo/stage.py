"""What every step of the demo works with: the folder, the database, and the story so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rosterkey.core.model import Account, Plan
from rosterkey.core.snapshot import Snapshot
from rosterkey.demo.district import Known
from rosterkey.demo.sheets import Line, write_lines
from rosterkey.demo.story import Item, Listener, Listing, Proof, Question, Said, Step, Story, deaf
from rosterkey.files.export import HEADINGS
from rosterkey.store.contract import Store
from rosterkey.usecases.export import Filters, export
from rosterkey.usecases.import_ import Imported, import_sheet
from rosterkey.usecases.progress import Progress, silent
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.undo import Undone, undo_import
from rosterkey.usecases.validate import Validated, validate

Busy = Callable[[], AbstractContextManager[Progress]]
"""Opens a progress bar for one piece of long work."""

_OUTCOMES = {
    "error": "cannot be imported, because they have an error",
    "create": "would make a new account",
    "assign_id": "give an account its Student ID",
    "rename": "give an account a new username",
    "update": "change other fields",
    "unchanged": "change nothing",
}


def no_bar() -> AbstractContextManager[Progress]:
    """Show no progress."""
    return nullcontext(silent)


@dataclass(slots=True)
class Stage:
    """The demo's own world; `known` is the truth about the accounts that it loaded.

    What touches the accounts are `export`, `run_validate`, `run_import` and `run_undo`: whoever
    replaces them by buttons plays the same story with the same proofs.
    """

    story: Story
    store: Store
    settings: Settings
    known: Sequence[Known]
    hear: Listener = deaf
    busy: Busy = no_bar
    figures: dict[str, Any] = field(default_factory=dict)

    def begin(self, title: str, why: str) -> None:
        """Start the next step."""
        step = Step(len(self.story.steps) + 1, title, why)
        self.story.steps.append(step)
        self.figures = step.figures
        self.hear(step)

    def tell(self, item: Item) -> None:
        """Add something to the step and show it."""
        self.story.steps[-1].items.append(item)
        self.hear(item)

    def say(self, text: str) -> None:
        """Add a sentence."""
        self.tell(Said(text))

    def prove(self, claim: str, holds: bool) -> None:
        """Add a comparison with its result."""
        self.tell(Proof(claim, holds))

    def path(self, name: str, about: str) -> Path:
        """The path of a file of the demo, which is listed at the end with what it is."""
        self.story.files[name] = about
        return self.story.folder / name

    def write_sheet(
        self, name: str, about: str, lines: Iterable[Line], headings: Sequence[str] = HEADINGS
    ) -> Path:
        """Write a sheet as the administrator has edited it."""
        path = self.path(name, about)
        write_lines(path, lines, headings)
        return path

    def snapshot(self) -> Snapshot:
        """The accounts as they are now."""
        return self.store.snapshot(self.settings.district or "")

    def dump(self) -> list[dict[str, Any]]:
        """The whole database as its dump, to be compared with another."""
        return list(self.store.dump())

    def accounts(self) -> dict[str, Account]:
        """The accounts as they are now, by their id."""
        return self.snapshot().accounts

    def validate(self, path: Path) -> Validated:
        """Validate a sheet and show what its rows would do."""
        validated = self.run_validate(path)
        self._show_counts(validated.plan)
        return validated

    def export(self, path: Path) -> int:
        """Export everybody to `path`; the number of students."""
        return export(path, self.store, self.settings, Filters()).students

    def run_validate(self, path: Path) -> Validated:
        """Validate a sheet."""
        with self.busy() as progress:
            return validate(path, self.store, self.settings, progress=progress)

    def run_import(
        self, path: Path, plan: Plan, confirmed: Sequence[str] = (), reason: str = ""
    ) -> Imported:
        """Import a sheet by the plan that was validated."""
        with self.busy() as progress:
            return import_sheet(
                path,
                self.store,
                self.settings,
                digest=plan.digest,
                confirmed=confirmed,
                reason=reason,
                progress=progress,
            )

    def run_undo(self, number: int, confirmed: Sequence[str]) -> Undone:
        """Take import `number` back."""
        with self.busy() as progress:
            return undo_import(
                number, self.store, self.settings, confirmed=confirmed, progress=progress
            )

    def confirm(self, plan: Plan) -> list[str]:
        """Show each question of the gate and say yes to it."""
        for each in plan.confirm:
            self.tell(Question(each.reason, each.message))
        return [each.reason for each in plan.confirm]

    def import_sheet(self, path: Path, plan: Plan, reason: str) -> Imported:
        """Import exactly the plan that was validated, with every question answered."""
        done = self.run_import(path, plan, self.confirm(plan), reason)
        self.figures["import"] = done.number
        if done.number is not None:
            self.say(f"Import {done.number} is done, in one transaction.")
        self.prove(
            "The database was read again and equals the plan",
            done.number is not None and not done.mismatches,
        )
        return done

    def _show_counts(self, plan: Plan) -> None:
        self.figures |= {"gate": str(plan.gate), "counts": dict(plan.counts)}
        rows = [(f"{plan.counts['rows']:,}", "are on the sheet")]
        rows += [(f"{plan.counts[k]:,}", word) for k, word in _OUTCOMES.items() if plan.counts[k]]
        self.tell(Listing(("Rows", "What validate says of them"), tuple(rows)))
