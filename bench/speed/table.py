"""The figures as a table for people and as JSON for the plot."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bench.speed.measure import Figures
from bench.speed.targets import Results, Verdict

_HEADER = f"{'':<50} {'CPU s':>8} {'wall s':>8} {'peak MB':>8} {'times':>8}"


def as_table(work: str, figures: Mapping[str, Figures]) -> str:
    """One work: every contestant on a line, its CPU as a multiple of the first one's."""
    first = next(iter(figures.values())).cpu
    lines = [
        f"  {name:<48} {f.cpu:8.2f} {f.wall:8.2f} {f.peak_mb:8,.0f} {f.cpu / first:8.2f}{_f1(f)}"
        for name, f in figures.items()
    ]
    runs = len(next(iter(figures.values())).runs)
    medians = "one run each" if runs == 1 else f"medians of {runs} runs in turn"
    return "\n".join([f"{work} ({medians})", _HEADER, *lines])


def _f1(figures: Figures) -> str:
    return "" if figures.f1 is None else f"   F1 {figures.f1:.3f}"


def as_verdicts(verdicts: Sequence[Verdict]) -> str:
    """Every target on a line, with what was measured."""
    lines = [f"{'target':<66} {'at most':>9} {'measured':>9}"]
    for verdict in verdicts:
        target = verdict.target
        measured = "-" if verdict.measured is None else f"{verdict.measured:9,.3g}"
        said = {True: "met", False: "MISSED", None: "not measured"}[verdict.met]
        name = f"{target.name} ({target.unit})"
        lines.append(f"{name:<66} {target.most:9,.3g} {measured:>9}  {said}")
    return "\n".join(lines)


def as_json(results: Results, **about: object) -> str:
    """The medians of everything, with what they were measured on."""
    works = {
        work: {name: {"cpu": f.cpu, "wall": f.wall, "peak_mb": f.peak_mb, "f1": f.f1}
               for name, f in figures.items()}
        for work, figures in results.items()
    }  # fmt: skip
    return json.dumps({**about, "works": works}, indent=1)
