"""The command line with one thing left out: new passwords are not hashed.

`python -m bench.speed.unhashed import FILE ...`. A hash is meant to be slow, some 20 ms, and no
program that stores one can save it; it would cover everything else that an import does. The
benchmark measures the hashes apart and names both.
"""

from __future__ import annotations

from rosterkey.cli.app import main
from rosterkey.store import passwords

FIXED = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43
"""Stands for every hash; no password belongs to it."""


def no_hash(_: str) -> str:
    """As `passwords.hash_password`, in no time."""
    return FIXED


if __name__ == "__main__":
    passwords.hash_password = no_hash
    main()
