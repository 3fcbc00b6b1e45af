"""What a use case cannot do as it was asked."""

from __future__ import annotations


class Refused(Exception):
    """What was asked for cannot be done; the text says why and what to do (exit code 2)."""
