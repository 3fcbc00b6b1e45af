"""A rule is one documented object: what a finding means, why it matters, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rosterkey.core.model import Account, Finding, Fix, Severity


@dataclass(frozen=True, slots=True)
class Example:
    """A small district and a small sheet, as tables of cells divided by `|`.

    `accounts` and `sheet` start with their header line. A cell that stands in braces is not text:
    `{number 123}`, `{number 123 as 00123}`, `{date 2026-03-01}`, `{error #N/A}`,
    `{formula =A1}` (not calculated), `{formula =A1 -> text}`, `{true}`; `{nbsp}`, `{zwsp}` and
    `{U+202E}` inside a text stand for that character. Where `sheet` is empty, the example cannot
    be shown on a sheet and `words` tells it instead.
    """

    sheet: str = ""
    accounts: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code means. The code is stable: scripts and decisions rely on it.

    `confirms` tells that the import waits until the administrator confirms this reason.
    `source` is the section of the rules that it comes from.
    """

    code: str
    severity: Severity
    title: str
    why: str
    mend: str
    confirms: bool = False
    source: str = ""
    bad: Example | None = None
    good: Example | None = None

    def finding(
        self,
        message: str,
        *,
        row: int | None = None,
        column: str | None = None,
        fix: Fix | None = None,
        accounts: Iterable[Account] = (),
        severity: Severity | None = None,
    ) -> Finding:
        """Say this rule of a cell, a row or the sheet; `severity` overrides the usual one."""
        ids = tuple(account.account_id for account in accounts)
        return Finding(self.code, severity or self.severity, message, row, column, fix, ids)
