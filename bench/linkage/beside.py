"""rosterkey and Splink on one of the lists, each with its own model, judged alike."""

from __future__ import annotations

import json
from pathlib import Path

from bench.environment import ROOT, run_peer
from bench.linkage import febrl, methods
from rosterkey.core.people.duplicates import ALARM

_PEERS = ROOT / "bench" / "linkage" / "peers.py"

Measured = tuple[methods.Judged, float]
"""How well a method did, and the CPU seconds that it took."""


def fetch_lists(folder: Path) -> None:
    """Write the FEBRL lists into a folder."""
    run_peer(_PEERS, "febrl", str(folder))


def own(lists: febrl.Lists, *, with_grade: bool) -> Measured:
    """The product's own search."""
    found, seconds = methods.rosterkey(lists, with_grade=with_grade)
    return methods.judge(found, lists), seconds


def splink(lists: febrl.Lists, folder: Path, *, with_grade: bool) -> dict[str, Measured]:
    """Splink's, with the threshold of the product's alarm and with the best there is for it."""
    febrl.write_for_peers(lists, folder, with_grade=with_grade)
    run_peer(_PEERS, "splink", str(folder))
    said = json.loads((folder / "splink.json").read_text(encoding="utf-8"))
    best = methods.best_of(tuple(pair) for pair in said["pairs"])
    chosen = methods.best_threshold(best, lists)
    return {
        name: (methods.judge(best, lists, alarm), said["seconds"])
        for name, alarm in (("Splink", ALARM), (f"Splink, best threshold {chosen:g}", chosen))
    }
