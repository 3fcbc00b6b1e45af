"""Writing single settings into the user's `settings.toml`, with everything else left as it is."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping

from rosterkey.install.errors import SetupStopped

_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


class SettingsNotChanged(SetupStopped):
    """The settings file cannot be changed by a program; the text says what to write by hand."""


def changed(text: str, settings: Mapping[str, str]) -> str:
    """The text of a settings file with these settings in it; comments and order stay.

    Raises:
        SettingsNotChanged: the file is no TOML, or has a setting in a form over several lines.
    """
    wanted = {**_read(text, settings), **settings}
    for name, value in settings.items():
        text = _with_line(text, name, f"{name} = {json.dumps(value, ensure_ascii=False)}")
    if _read(text, settings) != wanted:
        raise _by_hand(settings)
    return text


def _with_line(text: str, name: str, line: str) -> str:
    """Put the line in place of the setting's own, or before the first table."""
    table = _TABLE.search(text)
    end = table.start() if table else len(text)
    top, rest = text[:end], text[end:]
    own = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*=.*$", re.MULTILINE)
    if own.search(top):
        return own.sub(lambda _: line, top, count=1) + rest
    kept = top.rstrip("\n")
    return (f"{kept}\n" if kept else "") + f"{line}\n" + ("\n" if rest else "") + rest


def _read(text: str, settings: Mapping[str, str]) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise _by_hand(settings) from None


def _by_hand(settings: Mapping[str, str]) -> SettingsNotChanged:
    lines = " and ".join(f"{name} = {json.dumps(value)}" for name, value in settings.items())
    return SettingsNotChanged(
        f"The settings file is not in a form that setup can change. Write into it by hand: {lines}."
    )
