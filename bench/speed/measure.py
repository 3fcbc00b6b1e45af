"""A command as a whole process, from its start to its end: what it took, and what it said.

The figures are the operating system's own of the finished process and its children. A small process
stands in between (`launch.py`), so that the peak of memory is that of the command, however large
the program that measures has become.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_LAUNCH = Path(__file__).parent / "launch.py"
_KIB = 1024 if sys.platform == "darwin" else 1  # ru_maxrss is in bytes there, in KiB on Linux


@dataclass(frozen=True, slots=True)
class Run:
    """One run: CPU seconds (user and system), wall seconds, the peak of memory, what it printed."""

    cpu: float
    wall: float
    peak_mb: float
    code: int
    out: str = ""
    err: str = ""


class Failed(Exception):
    """A command ended otherwise than it should; the text is its last words."""


def run(
    command: Sequence[str],
    *,
    codes: Sequence[int] = (0,),
    environ: Mapping[str, str] | None = None,
    server_cpu: Callable[[], float] = lambda: 0.0,
) -> Run:
    """Run a command and wait for it. Raises Failed for an exit code that is not among `codes`.

    `server_cpu` tells the CPU seconds of a server that works for the command; what it takes
    meanwhile is counted.
    """
    with tempfile.TemporaryDirectory() as folder:
        out, err, figures = (Path(folder) / name for name in ("out", "err", "figures.json"))
        served = server_cpu()
        with out.open("wb") as to, err.open("wb") as errors:
            small = [sys.executable, "-I", "-S", str(_LAUNCH), str(figures), *command]
            launched = subprocess.run(  # noqa: S603
                small, stdout=to, stderr=errors, env=environ, check=False
            )
        served = server_cpu() - served
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in (out, err)]
        if launched.returncode:
            raise Failed(f"{' '.join(command)} did not start: {texts[1][-2000:]}")
        took = json.loads(figures.read_text(encoding="utf-8"))
    peak_mb = took["peak"] / _KIB / 1024
    done = Run(took["cpu"] + served, took["wall"], peak_mb, took["code"], *texts)
    if done.code not in codes:
        raise Failed(f"{' '.join(command)} ended with {done.code}: {done.err[-2000:]}")
    return done


@dataclass(slots=True)
class Figures:
    """The runs of one contestant on one work; `f1` tells how good its answers were."""

    runs: list[Run]
    f1: float | None = None

    @property
    def cpu(self) -> float:
        """The median of the CPU seconds."""
        return median(run.cpu for run in self.runs)

    @property
    def wall(self) -> float:
        """The median of the wall seconds."""
        return median(run.wall for run in self.runs)

    @property
    def peak_mb(self) -> float:
        """The highest peak of memory, in MB (2 ** 20 bytes)."""
        return max(run.peak_mb for run in self.runs)


def in_turn(contestants: Mapping[str, Callable[[], Run]], rounds: int) -> dict[str, Figures]:
    """Run all contestants `rounds` times, A B C A B C, so that each meets the same machine."""
    figures: dict[str, Figures] = {name: Figures([]) for name in contestants}
    for _ in range(rounds):
        for name, contestant in contestants.items():
            figures[name].runs.append(contestant())
    return figures
