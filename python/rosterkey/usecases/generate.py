"""Passwords that a young child can read and type."""

from __future__ import annotations

import secrets
from functools import cache
from importlib.resources import files

DIGITS = "23456789"


def generate_password() -> str:
    """Two words and three digits, such as `maple-river-427`, from a secure source.

    178 x 245 words x 512 numbers are 22 million passwords (24.4 bits), more than the six random
    digits that NIST SP 800-63B asks of a password that was made up. No 0 and no 1, which a child
    reads as letters.
    """
    first, second = password_words()
    number = "".join(secrets.choice(DIGITS) for _ in range(3))
    return f"{secrets.choice(first)}-{secrets.choice(second)}-{number}"


@cache
def password_words() -> tuple[list[str], list[str]]:
    """The two lists of words, friendly and easy to spell."""
    text = files("rosterkey").joinpath("data", "password_words.txt").read_text("utf-8")
    first, second = text.split("\n\n")
    return first.split(), second.split()
