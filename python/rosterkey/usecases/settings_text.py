"""Writing single settings into the user's `settings.toml`, with everything else left as it is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping

from rosterkey.usecases.settings import SettingsError

Value = str | int | float

_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


class SettingsNotChanged(SettingsError):
    """The settings file cannot be changed by a program; the text says what to write by hand."""


def changed(text: str, settings: Mapping[str, Value], table: str | None = None) -> str:
    """The text of a settings file with these settings in it; comments and order stay.

    Args:
        text: what the file holds now; it may be empty.
        settings: the names with their new values.
        table: the table that they stand in, such as `limits`; None for the top of the file.

    Raises:
        SettingsNotChanged: the file is no TOML, or has a setting in a form over several lines.
    """
    try:
        wanted = _with_values(_read(text), settings, table)
        for name, value in settings.items():
            text = _with_line(text, name, _line(name, value), table)
        if _read(text) == wanted:
            return text
    except (tomllib.TOMLDecodeError, TypeError):
        pass
    lines = " and ".join(_line(name, value) for name, value in settings.items())
    where = f" below [{table}]" if table else ""
    raise SettingsNotChanged(
        f"The settings file is not in a form that a program can change. Write into it{where} by "
        f"hand: {lines}."
    )


def _read(text: str) -> dict[str, object]:
    return tomllib.loads(text)


def _line(name: str, value: Value) -> str:
    return f"{name} = {json.dumps(value, ensure_ascii=False)}"


def _with_values(
    read: Mapping[str, object], settings: Mapping[str, Value], table: str | None
) -> dict[str, object]:
    """What the file has to say afterwards. Raises TypeError where the table is none."""
    if table is None:
        return {**read, **settings}
    standing = read.get(table, {})
    if not isinstance(standing, dict):
        raise TypeError(table)
    return {**read, table: {**standing, **settings}}


def _with_line(text: str, name: str, line: str, table: str | None) -> str:
    """Put the line in place of the setting's own, or at the end of its part of the file."""
    start, end = _part(text, table)
    if start is None:
        kept = text.rstrip("\n")
        return (f"{kept}\n\n" if kept else "") + f"[{table}]\n{line}\n"
    before, part, rest = text[:start], text[start:end], text[end:]
    if before and not before.endswith("\n"):
        before += "\n"
    own = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*=.*$", re.MULTILINE)
    if own.search(part):
        return before + own.sub(lambda _: line, part, count=1) + rest
    kept = part.rstrip("\n")
    return before + (f"{kept}\n" if kept else "") + f"{line}\n" + ("\n" if rest else "") + rest


def _part(text: str, table: str | None) -> tuple[int | None, int]:
    """From where to where a table's lines go; no start where there is no such table."""
    start: int | None = 0
    if table is not None:
        header = re.search(
            rf"^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\][^\n]*\n?", text, re.MULTILINE
        )
        start = header.end() if header else None
    following = _TABLE.search(text, start or 0)
    return start, following.start() if following else len(text)
