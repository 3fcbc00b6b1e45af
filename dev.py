#!/usr/bin/env python3
"""Work on rosterkey: `python3 dev.py VERB`, on a fresh machine too.

  demo    run `rosterkey demo`: the main job on a shipped sample, start to end
  test    every check and every test; arguments go to pytest, which then runs alone (test -k name)
  check   lint, format, types and import rules only
  fix     mend what the linter can mend, and format
  docs    renew the pages that are generated from the code
  lock    renew requirements/*.txt (lock --upgrade takes the newest versions)

Needs Python 3.11 or later with pip, and the package registry. Each verb makes or renews .venv by
itself, from the versions and hashes in requirements/dev.txt. Standard library only.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import system_tools

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "rosterkey-set-up.txt"
GENERATED = {"docs/findings.md": "rosterkey.report.explain"}
"""Pages that are made from the code, and the module that prints each."""
Step = tuple[str, tuple[str, ...]]
"""A name and the command that is run from the project's top folder."""
USAGE = 2  # the exit code for a wrong verb, or a machine that lacks what it takes


class CannotGoOn(Exception):
    """The verb stops; the message tells the developer what is missing."""


@dataclass(frozen=True)
class Outcome:
    """How a step ended and how many seconds it took."""

    name: str
    code: int
    seconds: float


def script(name: str, venv: Path = VENV, windows: bool = os.name == "nt") -> str:
    """Where a virtual environment keeps a command of that name."""
    return str(venv / "Scripts" / f"{name}.exe" if windows else venv / "bin" / name)


def steps_of_check() -> list[Step]:
    """Lint, format, types and import rules."""
    python = script("python")
    return [
        ("ruff check", (python, "-m", "ruff", "check", ".")),
        ("ruff format", (python, "-m", "ruff", "format", "--check", ".")),
        ("mypy", (python, "-m", "mypy")),
        ("lint-imports", (script("lint-imports"), "--no-logo")),
    ]


def step_of_tests(extra: Sequence[str]) -> Step:
    """All tests on two cores with the coverage gate; with arguments, just what they choose.

    The gate's value stands in pyproject.toml, [tool.coverage.report].
    """
    command = (script("python"), "-m", "pytest")
    if extra:
        return "pytest", (*command, *extra)
    return "pytest", (*command, "-n", "2", "--cov", "--cov-report=term")


def fingerprint(lock: bytes, project: bytes, python: tuple[int, int]) -> str:
    """What the environment is made from: where it is unchanged, nothing needs installing."""
    return hashlib.sha256(b"\0".join((lock, project, repr(python).encode()))).hexdigest()


def version_of_venv(config: str) -> tuple[int, int] | None:
    """The Python version that a pyvenv.cfg names; None where it names none."""
    found = re.search(r"^version(?:_info)?\s*=\s*(\d+)\.(\d+)", config, re.MULTILINE)
    return (int(found[1]), int(found[2])) if found else None


def table(outcomes: Sequence[Outcome]) -> str:
    """One line a step: passed or FAILED, and the seconds."""
    ends = [("FAILED" if step.code else "passed", step) for step in outcomes]
    return "\n".join(f"  {end}  {step.name:<14}{step.seconds:6.1f} s" for end, step in ends)


def say(text: str) -> None:
    """Print at once, so that our lines and those of the commands stay in order."""
    print(text, flush=True)


def run(command: Sequence[str], otherwise: str = "") -> int:
    """Run from the top folder with the environment's commands first on PATH; give the exit code.

    Raises CannotGoOn with the message `otherwise`, where there is one and the command fails.
    """
    path = os.pathsep.join((str(Path(script("python")).parent), os.environ.get("PATH", "")))
    environ = {**os.environ, "PATH": path, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    code = subprocess.call(command, cwd=ROOT, env=environ)
    if code != 0 and otherwise:
        raise CannotGoOn(otherwise)
    return code


def run_step(step: Step) -> Outcome:
    """Run one step under a heading and time it."""
    name, command = step
    say(f"== {name}")
    start = time.monotonic()
    code = run(command)
    return Outcome(name, code, time.monotonic() - start)


def run_checks() -> list[Outcome]:
    """Run every check, also after one that failed, and print how each ended."""
    outcomes = [run_step(step) for step in steps_of_check()]
    say(f"\n{table(outcomes)}\n")
    return outcomes


def make_venv(folder: Path) -> None:
    """Make a virtual environment, without its own pip where Python lacks ensurepip (Debian)."""
    command = [sys.executable, "-m", "venv", "--clear", str(folder)]
    if importlib.util.find_spec("ensurepip") is None:
        if importlib.util.find_spec("pip") is None:
            raise CannotGoOn(
                "This Python has neither ensurepip nor pip. Install them first;"
                " on Debian: apt-get install python3-venv"
            )
        say("This Python has no ensurepip (Debian: python3-venv); its own pip is used instead.")
        command.insert(3, "--without-pip")
    run(command, f"Python could not make a virtual environment in {folder}.")


def pip(folder: Path = VENV) -> list[str]:
    """The pip that installs into a virtual environment: its own, else that of this Python."""
    python = script("python", folder)
    if Path(script("pip", folder)).exists():
        return [python, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", python]


def set_up() -> None:
    """Bring .venv to what the lock and pyproject.toml say; at once where it is there already."""
    lock, project = ROOT / "requirements" / "dev.txt", ROOT / "pyproject.toml"
    python = sys.version_info[:2]
    wanted = fingerprint(lock.read_bytes(), project.read_bytes(), python)
    if STAMP.is_file() and STAMP.read_text() == wanted and Path(script("python")).exists():
        return
    config = VENV / "pyvenv.cfg"
    current = version_of_venv(config.read_text()) if config.is_file() else None
    if current != python or not Path(script("python")).exists():
        say("== making .venv")
        make_venv(VENV)
    say("== installing into .venv (the first time takes about a minute)")
    install = [*pip(), "install", "--quiet"]
    # The lock is complete. Without --no-deps an older pip looks for the newest `package[extra]`
    # beside the pinned `package`, and refuses what it finds on the day that one is published.
    run(
        [*install, "--no-deps", "--require-hashes", "-r", str(lock)],
        "The packages of requirements/dev.txt could not be installed.",
    )
    package = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    run([*install, *package], "rosterkey itself could not be installed.")
    STAMP.write_text(wanted)


def demo(extra: Sequence[str]) -> int:
    """Run the demonstration."""
    set_up()
    return run((script("rosterkey"), "demo", *extra))


def test(extra: Sequence[str]) -> int:
    """Run every check, then every test; pytest comes last so that its closing line does too."""
    set_up()
    if extra:
        return verdict([run_step(step_of_tests(extra))])
    system_tools.install()
    return verdict([*run_checks(), run_step(step_of_tests(extra))])


def check(_: Sequence[str]) -> int:
    """Run the checks without the tests."""
    set_up()
    return verdict(run_checks())


def verdict(outcomes: Sequence[Outcome]) -> int:
    """0 where every step passed; else 1, with the failed steps named on standard error."""
    failed = [outcome.name for outcome in outcomes if outcome.code != 0]
    if failed:
        print(f"FAILED: {', '.join(failed)}", file=sys.stderr, flush=True)
    return 1 if failed else 0


def fix(_: Sequence[str]) -> int:
    """Let ruff mend and format."""
    set_up()
    ruff = (script("python"), "-m", "ruff")
    return run((*ruff, "check", "--fix", ".")) or run((*ruff, "format", "."))


def generated(module: str) -> bytes:
    """What a module prints that writes a page of the documentation."""
    command = (script("python"), "-X", "utf8", "-m", module)
    printed = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    return printed.replace(b"\r\n", b"\n")


def docs(_: Sequence[str]) -> int:
    """Write the generated pages anew."""
    set_up()
    for page, module in GENERATED.items():
        (ROOT / page).write_bytes(generated(module))
    return 0


def lock(extra: Sequence[str]) -> int:
    """Resolve the dependencies for every system and Python version, with hashes."""
    runtime, dev = "requirements/runtime.txt", "requirements/dev.txt"
    flags = (
        "--universal --python-version 3.11 --generate-hashes --quiet"
        " --no-emit-index-url --annotation-style line"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_venv(folder)
        run([*pip(folder), "install", "--quiet", "uv"], "uv could not be installed.")
        resolve = [script("uv", folder), "pip", "compile", "pyproject.toml", *flags.split(), *extra]
        resolve += ["--custom-compile-command", "python3 dev.py lock"]
        run([*resolve, "-o", runtime], f"{runtime} could not be resolved.")
        # The same versions for development as for users: what is tested is what is installed.
        run([*resolve, "--all-extras", "-c", runtime, "-o", dev], f"{dev} could not be resolved.")
    return 0


VERBS: dict[str, Callable[[Sequence[str]], int]] = {
    verb.__name__: verb for verb in (demo, test, check, fix, docs, lock)
}
WITH_ARGUMENTS = ("demo", "test", "lock")


def main(arguments: Sequence[str]) -> int:
    """Run one verb; tell the verbs where none or a wrong one is given."""
    verb = arguments[0] if arguments else ""
    if verb not in VERBS:
        say(str(__doc__))
        return 0 if verb in ("-h", "--help", "help") else USAGE
    if arguments[1:] and verb not in WITH_ARGUMENTS:
        say(f"`{verb}` takes no arguments.")
        return USAGE
    try:
        return VERBS[verb](arguments[1:])
    except CannotGoOn as problem:
        print(f"dev.py: {problem}", file=sys.stderr)
        return USAGE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
