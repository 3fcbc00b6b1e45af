"""New usernames: chosen for the students of the database, as a sheet that is ready to import."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from rosterkey.core.model import Account
from rosterkey.core.snapshot import Snapshot
from rosterkey.core.usernames.choose import Answer, Choice, Wishes, choose_usernames
from rosterkey.core.usernames.compose import Collision, Style
from rosterkey.core.usernames.pattern import Pattern, PatternError, read_pattern, widened
from rosterkey.core.usernames.refused import RefusedWords
from rosterkey.store.contract import Store
from rosterkey.usecases.export import ExportError, Filters, chosen_students, write_accounts
from rosterkey.usecases.generate import password_words
from rosterkey.usecases.settings import Settings
from rosterkey.usecases.validate import choose_district

_NEW_YEAR = 7
"""From July on the school year that ends next year counts."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A common way of making usernames. `pattern` is empty where it is listed as a warning."""

    code: str
    title: str
    pattern: str
    otherwise: tuple[str, ...]
    collision: Collision
    longest: int
    example: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: a pattern, or the code of a scheme, and what differs from its ways.

    `otherwise` are patterns for students to whom the first gives none. Without them a scheme has
    its own, and a pattern that cuts names is tried with one and two letters more.
    """

    pattern: str
    otherwise: tuple[str, ...] = ()
    collision: Collision | None = None
    longest: int | None = None
    graduating: int | None = None
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The usernames that were chosen, by what they were asked for and for whom."""

    request: Request
    patterns: tuple[Pattern, ...]
    snapshot: Snapshot
    choices: Sequence[Choice]

    @property
    def counts(self) -> Counter[Answer]:
        """How many students have each answer."""
        return Counter(choice.answer for choice in self.choices)

    def those(self, answer: Answer) -> list[Choice]:
        """The choices with an answer."""
        return [choice for choice in self.choices if choice.answer is answer]


@cache
def schemes() -> tuple[Scheme, ...]:
    """The common schemes that come ready."""
    with (
        files("rosterkey")
        .joinpath("data", "username_schemes.csv")
        .open("r", encoding="utf-8") as file
    ):
        return tuple(
            Scheme(
                line["code"],
                line["title"],
                line["pattern"],
                tuple(filter(None, line["otherwise"].split("|"))),
                Collision(line["collision"]),
                int(line["longest"]),
                line["example"],
                line["explanation"],
            )
            for line in csv.DictReader(file)
        )


def wishes_for(settings: Settings, request: Request) -> Wishes:
    """How usernames are chosen by what was asked for and by the settings.

    Raises PatternError, and ExportError for an administrator of one school.
    """
    if settings.school:
        raise ExportError(
            "New usernames are imported by Student ID, which is left to the district; your "
            f"settings restrict you to {settings.school}."
        )
    patterns, style = _patterns_and_style(request, dt.datetime.now().astimezone().date())
    refused = RefusedWords(_words() | settings.refused_words, settings.allowed_words)
    return Wishes(patterns, style, refused, settings.reserved_usernames)


def propose(store: Store, settings: Settings, request: Request) -> Proposal:
    """Choose usernames for the active students that the filters let through.

    Raises PatternError, StoreError, and ExportError for an unknown school, grade or class and for
    an administrator of one school.
    """
    wishes = wishes_for(settings, request)
    snapshot = store.snapshot(choose_district(store, settings))
    students = chosen_students(snapshot, request.filters)
    choices = choose_usernames(students, snapshot, wishes)
    return Proposal(request, tuple(wishes.patterns), snapshot, choices)


def write_import_sheet(path: Path, proposal: Proposal) -> int:
    """Write the students whose username is known as an import sheet; return how many.

    Raises ExportError and UnwritableFile.
    """
    accounts = renamed_students(proposal)
    words = proposal.request.filters.as_words()
    write_accounts(path, accounts, proposal.snapshot.district, words)
    return len(accounts)


def renamed_students(proposal: Proposal) -> list[Account]:
    """The students who get a new username, with it."""
    return [replace(c.account, username=c.username) for c in proposal.those(Answer.NEW)]


def school_year_end(today: dt.date) -> int:
    """The year in which the school year of a day ends, and grade 12 leaves."""
    return today.year + (today.month >= _NEW_YEAR)


def _patterns_and_style(request: Request, today: dt.date) -> tuple[tuple[Pattern, ...], Style]:
    written, scheme = request.pattern.strip(), None
    if "{" not in written:
        scheme = _scheme(written)
    first = read_pattern(scheme.pattern if scheme else written)
    texts = request.otherwise or (scheme.otherwise if scheme else ())
    others = list(map(read_pattern, texts))
    if not texts and not scheme:
        wider = widened(first)
        others = [wider, widened(wider) or wider] if wider else []
    style = Style(
        request.collision or (scheme.collision if scheme else _usual_collision(first)),
        request.longest or (scheme.longest if scheme else Style().longest),
        request.graduating or school_year_end(today),
        password_words(),
    )
    return (first, *others), style


def _usual_collision(pattern: Pattern) -> Collision:
    """Numbers, but letters behind a year: nobody can read asmith362."""
    return Collision.LETTER if pattern.pieces[-1].field == "grad" else Collision.NUMBER


def _scheme(code: str) -> Scheme:
    """The scheme with a code. Raises PatternError where there is none that can be used."""
    known = {scheme.code: scheme for scheme in schemes()}
    if not code:
        raise PatternError(
            "No pattern was given. Write one, such as {first:1}{last}, or the code of a scheme: "
            f"{', '.join(known)}."
        )
    if code not in known:
        raise PatternError(
            f"{code} is neither a pattern nor a scheme. A pattern has fields in "
            f"braces, as in {{first:1}}{{last}}; the schemes are {', '.join(known)}."
        )
    if not known[code].pattern:
        raise PatternError(f"The scheme {code} has no pattern. {known[code].explanation}")
    return known[code]


@cache
def _words() -> frozenset[str]:
    text = files("rosterkey").joinpath("data", "refused_words.txt").read_text("utf-8")
    return frozenset(text.split())
