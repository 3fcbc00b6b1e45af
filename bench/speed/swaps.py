"""Two students exchange their usernames: who can do it while usernames are unique."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bench.speed.files import Size
from bench.speed.ground import Ground
from bench.speed.measure import Failed
from bench.speed.works import PEERS, import_by_peer, import_by_product

_SIZE = Size(1_000, 1_000)


def swaps(scratch: Path) -> str:
    """Every program once on a small sheet with exchanges, and what came of it, as text."""
    ground = Ground(_SIZE, scratch)
    ground.prepare()
    unique = scratch / "unique.db"
    unique.write_bytes(ground.before.read_bytes())
    with closing(sqlite3.connect(unique)) as database:
        database.execute("CREATE UNIQUE INDEX one_username ON account (username)")
    lines = [
        "exchanges of usernames while the database holds each of them once",
        _said("rosterkey"),
    ]
    try:
        import_by_product(ground)
    except Failed as failed:
        lines[-1] = _said("rosterkey", failed)
    for name, script in PEERS.items():
        try:
            import_by_peer(ground, script, unique)
            lines.append(_said(name))
        except Failed as failed:
            lines.append(_said(name, failed))
    return "\n".join(lines)


def _said(name: str, failed: Failed | None = None) -> str:
    last = str(failed).strip().splitlines()[-1] if failed else "right"
    return f"  {name:<48} {last[:100]}"
