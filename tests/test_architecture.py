"""The shape of the house: which part may know which, how long things may get, and their names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "python" / "rosterkey"
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 50
MOST_LINES_OF_THE_README = 150
VAGUE = re.compile(
    "(?:^|_)(utils?|helpers?|managers?|handle|handlers?|data|process|processor|records?|misc)(?:_|$)"
)
"""Words that say nothing about what is in a module."""
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)))
TEXTS = {".py", ".md", ".toml", ".bas", ".cls", ".xml", ".yaml", ".sql", ".txt"}
FOLDERS = ("addin", "bench", "docs", "python", "tests", "workbook")


def modules() -> list[Path]:
    """The code that the limits hold for: the package, the benchmarks, what stands beside them."""
    return [
        *sorted(PACKAGE.rglob("*.py")),
        *sorted((ROOT / "bench").rglob("*.py")),
        *sorted(ROOT.glob("*.py")),
    ]


def is_rule_text(path: Path) -> bool:
    """Whether it is a module of core/rules: documentation that the program reads, no code.

    Such a module grows with the number of its rules and with how well each is explained; a limit
    would make the explanations short.
    """
    return path.is_relative_to(PACKAGE / "core" / "rules")


def texts() -> list[Path]:
    """Every text file that a person wrote."""
    inside = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")))
    found = [path for path in (*sorted(ROOT.iterdir()), *inside) if path.suffix in TEXTS]
    return [path for path in found if path.is_file()]


def long_functions(source: str, most: int) -> list[str]:
    """`name: lines` of every function, inner ones too, that is longer than `most` lines."""
    return [
        f"{node.name}: {lines}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > most
    ]


def vague_words(path: Path) -> set[str]:
    """The words in a module's name, or in its folders' names, that say nothing."""
    names = path.with_suffix("").parts
    return {found[1] for name in names if (found := VAGUE.search(name.lower()))}


def unfinished(path: Path) -> Iterator[str]:
    """Every line that says that something is still to be done."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if UNFINISHED.search(line):
            yield f"{path.relative_to(ROOT)}:{number}: {line.strip()}"


def test_imports_point_one_way(capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_files_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert len(lengths) > 20, "the package was not found"
    assert not {
        str(path.relative_to(ROOT)): lines
        for path, lines in lengths.items()
        if lines > MOST_LINES_OF_A_FILE and not is_rule_text(path)
    }


def test_functions_are_short() -> None:
    found = {
        str(path.relative_to(ROOT)): long_functions(
            path.read_text(encoding="utf-8"), MOST_LINES_OF_A_FUNCTION
        )
        for path in modules()
    }
    assert not {path: functions for path, functions in found.items() if functions}


def test_a_long_function_is_noticed() -> None:
    body = "    x = 1\n" * 3
    assert long_functions("def four():\n" + body, 3) == ["four: 4"]
    assert long_functions("def four():\n" + body, 4) == []
    assert long_functions("class C:\n    async def two(self):\n        pass\n", 1) == ["two: 2"]


def test_names_say_what_is_inside() -> None:
    named = {path.relative_to(PACKAGE.parent) for path in PACKAGE.rglob("*.py")}
    assert not {str(path): words for path in named if (words := vague_words(path))}


def test_a_vague_name_is_noticed() -> None:
    assert vague_words(Path("rosterkey/core/row_utils.py")) == {"utils"}
    assert vague_words(Path("rosterkey/misc/rows.py")) == {"misc"}
    assert vague_words(Path("rosterkey/core/database.py")) == set()


def test_nothing_is_left_to_do() -> None:
    assert ROOT / "dev.py" in texts()
    assert not [line for path in texts() for line in unfinished(path)]


def test_the_readme_is_short() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MOST_LINES_OF_THE_README
