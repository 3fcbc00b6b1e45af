"""The notes that keep the value before a fix, on the cell itself."""

from __future__ import annotations

import json
from dataclasses import dataclass

from rosterkey.files.marks.values import AUTHOR

FIX_SIGNATURE = f"{AUTHOR} fix: "
"""The beginning of such a note. Validate leaves these notes alone."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a fix note keeps: the kind, the value and format before, the value put in."""

    code: str
    was: str | float | bool | None
    number_format: str
    now: str


def as_note(before: Before) -> str:
    """The text of a fix note; values as JSON, so that 123 and "123" stay different."""
    was = json.dumps(before.was, ensure_ascii=False)
    now = json.dumps(before.now, ensure_ascii=False)
    return (
        f"{FIX_SIGNATURE}{before.code}\nWas: {was}\nFormat: {before.number_format}\nNow: {now}\n"
        "Press Apply fix on this cell to take it back."
    )


def read_note(text: str) -> Before | None:
    """What a fix note keeps, None for any other note or one that was edited."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not text.startswith(FIX_SIGNATURE) or len(lines) < 4:
        return None
    code = lines[0].removeprefix(FIX_SIGNATURE)
    wanted = ("Was: ", "Format: ", "Now: ")
    if not all(line.startswith(word) for line, word in zip(lines[1:4], wanted, strict=True)):
        return None
    was, number_format, now = (line.partition(": ")[2] for line in lines[1:4])
    try:
        return Before(code, json.loads(was), number_format, json.loads(now))
    except json.JSONDecodeError:
        return None
