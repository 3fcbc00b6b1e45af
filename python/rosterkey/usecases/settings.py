"""What the user or the computer has set: which database, which district, which limits.

A command line option comes before an environment variable, that before the settings file.
"""

from __future__ import annotations

import getpass
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import quote

from platformdirs import user_config_path, user_data_path

from rosterkey.core.keys import username_key
from rosterkey.core.options import RESERVED_USERNAMES, Limits

DATABASE_VARIABLE = "ROSTERKEY_DB"
DISTRICT_VARIABLE = "ROSTERKEY_DISTRICT"
SCHOOL_VARIABLE = "ROSTERKEY_SCHOOL"
_DEFAULTS = Limits()


class SettingsError(Exception):
    """The settings file cannot be used; the text is one sentence that names it and its fault."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command works with.

    `database` is an SQLAlchemy URL, `district` a code or None for the only one there is,
    `school` restricts the user to one school, `actor` is the name kept in the history.
    `username_pattern` is the district's own; `refused_words` join the list of words that no new
    username holds, and `allowed_words` leave it. `vendor_headings` are those of the vendor's import
    screen by ours.
    """

    database: str
    district: str | None = None
    school: str | None = None
    actor: str = "unknown"
    limits: Limits = field(default_factory=Limits)
    reserved_usernames: frozenset[str] = RESERVED_USERNAMES
    username_pattern: str = ""
    refused_words: frozenset[str] = frozenset()
    allowed_words: frozenset[str] = frozenset()
    vendor_headings: Mapping[str, str] = field(default_factory=dict)


def settings_file() -> Path:
    """Where the user's settings are looked for: `settings.toml` in the user's config folder."""
    return user_config_path("rosterkey", appauthor=False) / "settings.toml"


def default_database() -> str:
    """The SQLite file in the user's data folder, as a URL."""
    path = user_data_path("rosterkey", appauthor=False) / "rosterkey.db"
    # A percent sign in a folder's name would be read as an escape of the URL.
    return f"sqlite:///{quote(path.as_posix(), safe='/:')}"


def read_settings(database: str | None = None, district: str | None = None) -> Settings:
    """Settings from the given options, the environment and the settings file, in this order.

    Raises SettingsError where the file is there and cannot be used.
    """
    path = settings_file()
    stored = _read_file(path)
    return Settings(
        database=database
        or os.environ.get(DATABASE_VARIABLE)
        or _text(stored, "database", path)
        or default_database(),
        district=district
        or os.environ.get(DISTRICT_VARIABLE)
        or _text(stored, "district", path)
        or None,
        school=os.environ.get(SCHOOL_VARIABLE) or _text(stored, "school", path) or None,
        actor=_text(stored, "actor", path) or _login(),
        limits=_limits(stored.get("limits", {}), path),
        reserved_usernames=_reserved(stored, path),
        username_pattern=_text(stored, "username_pattern", path),
        refused_words=_texts(stored, "refused_words", path) or frozenset(),
        allowed_words=_texts(stored, "allowed_words", path) or frozenset(),
        vendor_headings=_headings(stored.get("vendor_headings", {}), path),
    )


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"The settings file {path} cannot be read: {error}.") from None


def _text(stored: dict[str, Any], name: str, path: Path) -> str:
    value = stored.get(name, "")
    if not isinstance(value, str):
        raise SettingsError(f"In the settings file {path}, {name} has to be a text in quotes.")
    return value


def _limits(stored: object, path: Path) -> Limits:
    if not isinstance(stored, dict):
        raise SettingsError(f"In the settings file {path}, limits has to be a table: [limits].")
    known = {limit.name: type(getattr(_DEFAULTS, limit.name)) for limit in fields(Limits)}
    for name, value in stored.items():
        if name not in known:
            raise SettingsError(
                f"In the settings file {path}, [limits] has no setting {name}; "
                f"there are {', '.join(known)}."
            )
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
            raise SettingsError(f"In the settings file {path}, {name} has to be a number from 0.")
    return Limits(**{name: known[name](value) for name, value in stored.items()})


def _headings(stored: object, path: Path) -> dict[str, str]:
    """The vendor's headings by ours. Raises SettingsError."""
    from rosterkey.core.reading.columns import HEADING  # late: most commands do without

    known = set(HEADING.values())
    if not isinstance(stored, dict) or not all(isinstance(v, str) for v in stored.values()):
        raise SettingsError(
            f"In the settings file {path}, vendor_headings has to be a table of texts."
        )
    if unknown := sorted(stored.keys() - known):
        raise SettingsError(
            f"In the settings file {path}, [vendor_headings] has no column {unknown[0]}; write a "
            'line such as "Student ID" = "SIS ID".'
        )
    return stored


def _reserved(stored: dict[str, Any], path: Path) -> frozenset[str]:
    names = _texts(stored, "reserved_usernames", path)
    return RESERVED_USERNAMES if names is None else frozenset(map(username_key, names))


def _texts(stored: dict[str, Any], name: str, path: Path) -> frozenset[str] | None:
    """A list of texts, None where the file has none. Raises SettingsError."""
    texts = stored.get(name)
    if texts is None:
        return None
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise SettingsError(f"In the settings file {path}, {name} has to be a list of texts.")
    return frozenset(texts)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
