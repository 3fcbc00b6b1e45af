"""What a demo has to tell: numbered steps, each with what was done, found, asked and proved.

The values are plain, so that a screen can show them while they come and a script can read them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rosterkey.core.history import ImportEntry
from rosterkey.core.model import Finding
from rosterkey.core.rules import RULES
from rosterkey.report.history_text import entry_as_dict
from rosterkey.report.plan_json import finding_as_dict


@dataclass(frozen=True, slots=True)
class Said:
    """A plain sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A small table."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What the gate asks before an import; the demo confirms it."""

    reason: str
    message: str

    @property
    def title(self) -> str:
        """The rule's own headline."""
        return RULES[self.reason].title


@dataclass(frozen=True, slots=True)
class Found:
    """Findings of a sheet."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """A comparison that was really made, and whether it holds."""

    claim: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Imports:
    """The history of imports."""

    entries: tuple[ImportEntry, ...]


Item = Said | Listing | Question | Found | Proof | Imports


@dataclass(slots=True)
class Step:
    """One step: what the administrator does and why, and everything that came of it."""

    number: int
    title: str
    why: str
    items: list[Item] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def proofs(self) -> list[Proof]:
        """What this step proves, or fails to prove."""
        return [item for item in self.items if isinstance(item, Proof)]

    def as_dict(self) -> dict[str, Any]:
        """The step as plain values."""
        told: dict[str, Any] = {"step": self.number, "title": self.title, "figures": self.figures}
        confirmed = [item.reason for item in self.items if isinstance(item, Question)]
        if confirmed:
            told["confirmed"] = confirmed
        for item in self.items:
            if isinstance(item, Found):
                told["findings"] = [finding_as_dict(finding) for finding in item.findings]
            elif isinstance(item, Imports):
                told["imports"] = [entry_as_dict(entry) for entry in item.entries]
        told["proofs"] = [{"claim": p.claim, "holds": p.holds} for p in self.proofs]
        return told


@dataclass(slots=True)
class Story:
    """A whole demo: where it lies, its steps, the files that it leaves, and its seconds.

    `database` is the URL of the demo's own database, `files` maps a file's name to what it is.
    """

    folder: Path
    rows: int
    database: str
    steps: list[Step] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def proofs(self) -> list[Proof]:
        """Everything that was to be proved."""
        return [proof for step in self.steps for proof in step.proofs]

    @property
    def proved(self) -> bool:
        """Whether every comparison holds."""
        return all(proof.holds for proof in self.proofs)

    def as_dict(self) -> dict[str, Any]:
        """The story as plain values."""
        return {
            "folder": str(self.folder),
            "rows": self.rows,
            "database": self.database,
            "proved": self.proved,
            "seconds": round(self.seconds, 2),
            "steps": [step.as_dict() for step in self.steps],
            "files": self.files,
        }


Listener = Callable[[Step | Item], None]
"""Called with each step when it begins, and with each of its items as it comes."""


def deaf(_: Step | Item) -> None:
    """Tell nobody."""
