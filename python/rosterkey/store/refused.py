"""Sentences about refusals that every engine knows."""

from __future__ import annotations

CONFLICT = (
    "The account database holds something that contradicts what was to be written. "
    "Nothing was written: validate the sheet again."
)
INCOMPLETE = (
    "The account database is incomplete: a table or a column is missing. "
    "Nothing was written: restore the database from a back-up."
)
NO_TEXT = (
    "A text holds half a character (a lone surrogate) that no database can keep. "
    "Nothing was written: type that text anew."
)
LOCKED = (
    "Someone else is writing to the account database right now. "
    "Nothing was written: wait a minute and try again."
)
DAMAGED = "The account database is damaged. Nothing was written: restore it from a back-up."
DISK_FULL = (
    "The disk of the account database is full. Nothing was written: make room and try again."
)
DISK_FAILED = (
    "The disk or the network drive of the account database failed. "
    "Check it, then look into the history whether the last import is there."
)
LOST = (
    "The connection to the account database broke off. "
    "Check the network, then look into the history whether the last import is there."
)
STOPPING = (
    "The database server is being stopped or started. "
    "Wait a minute, then look into the history whether the last import is there."
)
UNSETTLED = (LOST, STOPPING, DISK_FAILED)
"""After these nobody knows whether a commit that was under way stands."""
OTHER = "The account database refused. Nothing was written: try again."
