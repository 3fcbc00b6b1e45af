"""The search for second accounts beside Splink, on the fourth FEBRL list with a grade."""

from __future__ import annotations

from pathlib import Path

from bench.linkage import beside, febrl
from bench.speed.measure import Figures, Run

OWN, SPLINK, BEST_SPLINK = "rosterkey", "Splink", "Splink, best threshold"


def duplicates(folder: Path) -> dict[str, Figures]:
    """The CPU seconds and the F1 of both; Splink also with the threshold that suits it best."""
    beside.fetch_lists(folder)
    lists = febrl.read(folder / "febrl4.csv")
    measured = {OWN: beside.own(lists, with_grade=True)}
    for name, found in beside.splink(lists, folder, with_grade=True).items():
        measured[BEST_SPLINK if name.startswith(BEST_SPLINK) else SPLINK] = found
    return {
        name: Figures([Run(seconds, seconds, 0.0, 0)], judged.f1)
        for name, (judged, seconds) in measured.items()
    }
