"""What validated plans rested on, so that a stale one can say what differs.

A plan of a large district names every account, so what is kept is packed and bounded.
"""

from __future__ import annotations

import json
import zlib

from sqlalchemy import Connection, delete, func, insert, select

from rosterkey.store.schema import remembered_plan

KEPT_PLANS = 100
"""The newest plans of a district that are kept."""

KEPT_BYTES = 64 * 2**20
"""The room that the kept plans of a district may take; the newest one is kept at any size."""


def remember(connection: Connection, code: str, digest: str, reads: dict[str, str]) -> None:
    """Keep a plan as the newest of its district, and drop those that are too many or too large."""
    of = remembered_plan.c
    newest = select(func.max(of.position)).where(of.district_id == code)
    position = (connection.scalar(newest) or 0) + 1
    connection.execute(delete(remembered_plan).where(of.district_id == code, of.digest == digest))
    values = {
        "district_id": code,
        "digest": digest,
        "position": position,
        "reads": zlib.compress(json.dumps(reads).encode("ascii"), level=1),
    }
    connection.execute(insert(remembered_plan), values)
    oldest = _oldest_kept(connection, code)
    connection.execute(delete(remembered_plan).where(of.district_id == code, of.position < oldest))


def recall(connection: Connection, code: str, digest: str) -> dict[str, str] | None:
    """What the plan with this digest rested on, if it is still kept."""
    of = remembered_plan.c
    query = select(of.reads).where(of.district_id == code, of.digest == digest)
    packed = connection.scalar(query)
    if packed is None:
        return None
    reads: dict[str, str] = json.loads(zlib.decompress(packed))
    return reads


def _oldest_kept(connection: Connection, code: str) -> int:
    of = remembered_plan.c
    query = (
        select(of.position, func.length(of.reads))
        .where(of.district_id == code)
        .order_by(of.position.desc())
        .limit(KEPT_PLANS)
    )
    oldest, room = 0, KEPT_BYTES
    for position, size in connection.execute(query):
        room -= size
        if oldest and room < 0:
            break
        oldest = position
    return oldest
