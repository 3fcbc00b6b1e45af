"""The imports as a picture: `plot.py RESULTS PICTURE`. CPU seconds over rows, both logarithmic."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("svg" if sys.argv[2].endswith(".svg") else "agg")
matplotlib.rcParams["svg.hashsalt"] = "rosterkey"

from matplotlib import pyplot  # noqa: E402

OWN = "rosterkey import"
FLOOR = "floor: read the workbook"
SIZES = {"1 k": 1_000, "10 k": 10_000, "100 k": 100_000, "1 M": 1_000_000}


def main(results: str, picture: str) -> None:
    """Draw a line for everybody who imports, and one for the bare read of the file."""
    works = json.loads(Path(results).read_text(encoding="utf-8"))["works"]
    figure, axes = pyplot.subplots(figsize=(8, 5))
    measured = [size for size in SIZES if size in works]
    names = dict.fromkeys(name for size in measured for name in works[size])
    for name in names:
        if (name.startswith("floor") and name != FLOOR) or "hashes" in name:
            continue
        points = [(SIZES[s], works[s][name]["cpu"]) for s in measured if name in works[s]]
        wide = 3 if name == OWN else 1.2
        style = ":" if name == FLOOR else "-"
        axes.plot(*zip(*points, strict=True), style, marker="o", linewidth=wide, label=name)
    axes.set(xscale="log", yscale="log", xlabel="rows of the sheet", ylabel="CPU seconds")
    axes.set_title("Import of a workbook: 90 % unchanged, 8 % updated, 1 % renamed, 1 % created")
    axes.set_xticks([SIZES[s] for s in measured], measured)
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(picture, metadata={"Date": None} if picture.endswith(".svg") else None)


if __name__ == "__main__":
    main(*sys.argv[1:])
