"""Passwords that a young child can read and type."""

from __future__ import annotations

import secrets
from functools import cache
from importlib.resources import files


def generate_password() -> str:
    """Two words and three digits, such as `maple-river-427`, from a secure source.

    130 x 153 words x 900 numbers are 17.9 million passwords; only their argon2id hash is stored.
    """
    first, second = _words()
    number = 100 + secrets.randbelow(900)
    return f"{secrets.choice(first)}-{secrets.choice(second)}-{number}"


@cache
def _words() -> tuple[list[str], list[str]]:
    text = files("rosterkey").joinpath("data", "password_words.txt").read_text("utf-8")
    first, second = text.split("\n\n")
    return first.split(), second.split()
