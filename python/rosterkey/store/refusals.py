"""What the engine refuses, as one sentence for the administrator.

The engine's own text may quote a statement or a value, so none of it is passed on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from rosterkey.store import refused_by_postgresql, refused_by_sqlite
from rosterkey.store.contract import Contended, StoreError, Unsettled
from rosterkey.store.refused import CONFLICT, NO_TEXT, OTHER, UNSETTLED


@contextmanager
def refusals(conflict: str = CONFLICT) -> Iterator[None]:
    """Turn every error of the engine inside the block into a StoreError.

    `conflict` is the sentence for a broken constraint. Wrap only statements, never the block of a
    caller: its own errors have to pass as they are.
    """
    try:
        yield
    except IntegrityError:
        raise StoreError(conflict) from None
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _refusal(error) from None
    except UnicodeEncodeError:
        raise StoreError(NO_TEXT) from None


def _refusal(error: Exception) -> StoreError:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    for engine in (refused_by_sqlite, refused_by_postgresql):
        sentence = engine.sentence_of(cause)
        if sentence is not None:
            break
    if getattr(cause, "sqlstate", None) in refused_by_postgresql.CONTENDED:
        return Contended(sentence)
    return (Unsettled if sentence in UNSETTLED else StoreError)(sentence or OTHER)
