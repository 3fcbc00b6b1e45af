"""What one check says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rosterkey.install.system import System


class Verdict(StrEnum):
    """How a check ended."""

    OK = "ok"
    TROUBLE = "trouble"
    UNKNOWN = "unknown"
    """A program cannot tell it from here; a person can, and is told how."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The trouble that was looked for (`check`, a lasting name), what was seen, and what to do."""

    check: str
    verdict: Verdict
    message: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What all checks look at: the computer, the user's settings for the buttons, the workbook.

    `conf` is None where the file is missing. `named` tells that the user named the workbook; else
    it is the place where setup puts one by itself. `database` is the address that commands use.
    """

    system: System
    conf: Mapping[str, str] | None
    workbook: Path
    named: bool
    database: str


def ok(check: str, message: str) -> Answer:
    """An answer that nothing is wrong."""
    return Answer(check, Verdict.OK, message)


def trouble(check: str, message: str, advice: str) -> Answer:
    """An answer that something is wrong, and what to do."""
    return Answer(check, Verdict.TROUBLE, message, advice)


def unknown(check: str, message: str, advice: str) -> Answer:
    """An answer that a person has to look, and where."""
    return Answer(check, Verdict.UNKNOWN, message, advice)
