"""The scores as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from bench.faults.measure import Score

_MOST_CODES = 3


def as_table(scores: Sequence[Score]) -> str:
    """Every kind on a line, grouped; a missed target is marked with an exclamation mark."""
    lines: list[str] = []
    for group in dict.fromkeys(score.group for score in scores):
        own = [score for score in scores if score.group == group]
        lines += ["", group, *_header(own[0]), *map(_line, own), _sum(group, own)]
    clean, alarmed = (sum(getattr(s, name) for s in scores) for name in ("clean", "alarmed"))
    lines += ["", f"clean rows on all sheets: {clean:,}, alarmed: {alarmed:,}"]
    missed = [score.name for score in scores if not score.met]
    lines.append(f"targets missed: {', '.join(missed) if missed else 'none'}")
    return "\n".join(lines)


def as_json(scores: Iterable[Score], **about: object) -> str:
    """The scores with what they were measured on."""
    rows = [asdict(score) | {"share": score.share, "met": score.met} for score in scores]
    return json.dumps({**about, "scores": rows}, indent=1)


def _header(score: Score) -> list[str]:
    seen, right = ("changes", "quiet") if score.quiet else ("faults", "caught")
    return [f"  {'':<44} {seen:>8} {right:>8} {'share':>8}  {'clean':>9} {'alarmed':>8}  said"]


def _line(score: Score) -> str:
    share = f"{100 * score.share:.2f} %" if score.seen else "-"
    mark = " " if score.met else "!"
    return (
        f"{mark} {score.name:<44} {score.seen:>8,} {score.right:>8,} {share:>8}  "
        f"{score.clean:>9,} {score.alarmed:>8,}  {_codes(score)}"
    )


def _codes(score: Score) -> str:
    shown = ", ".join(f"{code} {count:,}" for code, count in score.by.most_common(_MOST_CODES))
    if score.slipped:
        shown += f"; restored {score.restored:,} of {score.slipped:,} rows"
        shown += f", {score.misled:,} wrongly" if score.misled else ""
    return shown


def _sum(group: str, scores: Sequence[Score]) -> str:
    # What is counted apart has no target and stays out of the sum.
    counted = [score for score in scores if score.target > 0] or scores
    seen, right = sum(s.seen for s in counted), sum(s.right for s in counted)
    share = f"{100 * right / seen:.2f} %" if seen else "-"
    return f"  {'all ' + group:<44} {seen:>8,} {right:>8,} {share:>8}"
