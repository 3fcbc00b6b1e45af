"""The account database: `contract` says what it does, `open_store` is the one door to it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rosterkey.store.contract import Store


def open_store(url: str, *, upgrade: bool = True, create: bool = True) -> Store:
    """Open the account database at an SQLAlchemy URL such as `sqlite:////home/ana/accounts.db`.

    With `upgrade` an older database is brought to this version, and with `create` as well a
    missing file is made; otherwise they are refused. Raises StoreError with one sentence for the
    administrator.
    """
    # Loading SQLAlchemy allocates much and frees nothing: the collector would only cost time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        from rosterkey.store.database import SqlStore

        return SqlStore.open(url, upgrade=upgrade, create=create)
    finally:
        if collecting:
            gc.enable()


def check_address(url: str) -> None:
    """Refuse an address as `open_store` would, and open or make nothing.

    Whether the database lets anybody in and is of a version that is known only opening tells.
    Raises StoreError with one sentence for the administrator.
    """
    from rosterkey.store.address import served_address

    served_address(url)
