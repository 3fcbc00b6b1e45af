"""Pages as tests: the commands that a page shows are run, and must print what the page says.

In a page,

- a fence ` ```console ` holds commands behind `$ ` and below each what it prints. `$ rosterkey …`
  is run, and so is `$ echo $?`, the exit code of the command before it. Other commands (git,
  python3) are for the reader alone.
- `...` in what is printed stands for anything; alone on a line, for any number of lines.
- a fence ` ```csv roster.csv ` (any language, then a file name) is written to that file, so that
  the commands below it can use what the page has just shown.
- a fence ` ```python ` with `>>>` in it runs as a doctest; names live on from fence to fence.

A page runs from top to bottom in one empty folder.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS = 120
_FENCE = re.compile(r"^( *)(`{3,})([^`\n]*)\n(.*?)^\1\2`* *$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Fence:
    """One fenced block: its language, the file that it names, the line of its text, its text."""

    language: str
    file: str
    line: int
    text: str


@dataclass(frozen=True)
class Example:
    """A command of a page, the page's line that it stands on, and what the page says it prints."""

    command: str
    line: int
    expected: str


class Differs(AssertionError):
    """The page and the program disagree; the text shows both."""


def fences(page: str) -> Iterator[Fence]:
    """Every fenced block of a page, in order, without the indentation of its fence."""
    for found in _FENCE.finditer(page):
        indent, _, words, text = found.groups()
        language, _, file = words.strip().partition(" ")
        flush = re.sub(rf"^{indent}", "", text, flags=re.MULTILINE)
        yield Fence(language, file.strip(), page.count("\n", 0, found.start(4)) + 1, flush)


def examples(fence: Fence) -> list[Example]:
    """The commands of a console block and what each is said to print."""
    found: list[Example] = []
    for number, line in enumerate(fence.text.splitlines(), fence.line):
        if line.startswith("$ "):
            found.append(Example(line[2:].strip(), number, ""))
        elif found:
            last = found.pop()
            found.append(Example(last.command, last.line, f"{last.expected}{line}\n"))
    return found


def agrees(expected: str, printed: str) -> bool:
    """Whether what was printed is what the page says; spaces at the ends of lines do not count."""
    pattern = ""
    for line in _lines(expected):
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += r"[\s\S]*?".join(re.escape(part) for part in line.split("...")) + r"\n"
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _lines(printed))) is not None


def _lines(text: str) -> list[str]:
    """The lines without spaces at their ends, and without empty lines before and after."""
    return [line.rstrip() for line in text.strip("\n").rstrip().splitlines()]


class Session:
    """One reader who follows one page in one folder."""

    def __init__(self, page: Path, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.code = 0
        self.names: dict[str, Any] = {}
        self.ran = 0

    def follow(self) -> None:
        """Do all that the page shows.

        Raises:
            Differs: something else was printed than the page says.
        """
        for fence in fences(self.page.read_text(encoding="utf-8")):
            if fence.language == "console":
                for example in examples(fence):
                    self._check(example)
            elif fence.file:
                (self.folder / fence.file).write_text(fence.text, encoding="utf-8")
            elif fence.language == "python" and ">>>" in fence.text:
                self._doctest(fence)

    def _check(self, example: Example) -> None:
        """Run one command and hold what it prints against the page."""
        if example.command == "echo $?":
            printed = f"{self.code}\n"
        elif example.command.split()[0] == "rosterkey":
            printed = self._run(shlex.split(example.command, comments=True)[1:])
        else:
            return
        self.ran += 1
        if not agrees(example.expected, printed):
            raise Differs(
                f"{self.page.name}, line {example.line}: $ {example.command}\n"
                f"--- the page says\n{example.expected}"
                f"--- printed (exit code {self.code})\n{printed}"
            )

    def _run(self, arguments: list[str]) -> str:
        """Run the command as a program of its own; both outputs, as a terminal shows."""
        ended = subprocess.run(
            [sys.executable, "-m", "rosterkey", *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        self.code = ended.returncode
        return ended.stdout

    def _doctest(self, fence: Fence) -> None:
        """Run one Python block with the names that the blocks before it left."""
        case = doctest.DocTestParser().get_doctest(
            fence.text, self.names, self.page.name, str(self.page), fence.line - 1
        )
        said: list[str] = []
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
        runner.run(case, out=said.append, clear_globs=False)
        self.names = case.globs
        self.ran += runner.tries
        if runner.failures:
            raise Differs("".join(said))
