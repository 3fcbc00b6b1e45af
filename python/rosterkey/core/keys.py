"""The two keys by which rows and accounts find each other."""

from __future__ import annotations

import unicodedata


def username_key(username: str) -> str:
    """The key under which a username is unique in its district: NFC, then casefold.

    Casefolding can denormalise, so NFC is applied again (semantics, "Words").
    """
    if username.isascii():
        return username.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", username).casefold())


def id_key(student_id: str) -> str:
    """The key of a Student ID: letter case is ignored, digits are text (`123` is not `00123`)."""
    return username_key(student_id)
