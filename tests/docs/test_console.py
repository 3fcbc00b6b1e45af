"""The reader of pages itself: what it runs, what it compares, and that it notices a lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.docs.console import Differs, Example, Session, agrees, examples, fences

PAGE = """\
# A page

```console
$ rosterkey validate roster.csv
ready
  two lines
$ git status
$ echo $?
0
```

1. Indented in a list:

   ```csv roster.csv
   Username,Grade
   asmith,3
   ```

````python
>>> total = 1 + 1
>>> total
2
````

```python
not_run(
```
"""


def test_fences_are_found_with_their_lines_and_without_their_indentation() -> None:
    found = list(fences(PAGE))
    assert [(fence.language, fence.file, fence.line) for fence in found] == [
        ("console", "", 4),
        ("csv", "roster.csv", 15),
        ("python", "", 20),
        ("python", "", 26),
    ]
    assert found[1].text == "Username,Grade\nasmith,3\n"


def test_commands_are_found_with_what_they_print() -> None:
    assert examples(next(fences(PAGE))) == [
        Example("rosterkey validate roster.csv", 4, "ready\n  two lines\n"),
        Example("git status", 7, ""),
        Example("echo $?", 8, "0\n"),
    ]


@pytest.mark.parametrize(
    ("expected", "printed"),
    [
        ("one\ntwo\n", "one  \ntwo\n\n"),
        ("plan 9f2c...\n", "plan 9f2c83ab\n"),
        ("one\n...\nfour\n", "one\ntwo\nthree\nfour\n"),
        ("one\n...\ntwo\n", "one\ntwo\n"),
        ("one\n...\n", "one\nand\nmore\n"),
        ("from ... to\n", "from here\nto\nthere to\n"),
        ("", "\n"),
    ],
)
def test_agrees(expected: str, printed: str) -> None:
    assert agrees(expected, printed)


@pytest.mark.parametrize(
    ("expected", "printed"),
    [
        ("one\n", "one\ntwo\n"),
        ("one\ntwo\n", "one\n"),
        ("", "something\n"),
        ("1.5\n", "125\n"),
        ("  indented\n", "indented\n"),
        ("one\n...\nfour\n", "one\ntwo\nthree\n"),
        ("one\ntwo\n", "one\n\ntwo\n"),
    ],
)
def test_disagrees(expected: str, printed: str) -> None:
    assert not agrees(expected, printed)


class Recorded(Session):
    """A session whose program is not started: it prints and ends as the test says."""

    printed = "ready\n  two lines\n"

    def _run(self, arguments: list[str]) -> str:
        self.arguments = arguments
        self.code = 0
        return self.printed


def session(text: str, folder: Path) -> Recorded:
    page = folder / "page.md"
    page.write_text(text, encoding="utf-8")
    return Recorded(page, folder)


def test_a_true_page_passes_and_leaves_its_files(tmp_path: Path) -> None:
    reader = session(PAGE, tmp_path)
    reader.follow()
    assert reader.arguments == ["validate", "roster.csv"]
    assert (tmp_path / "roster.csv").read_text() == "Username,Grade\nasmith,3\n"
    assert reader.names["total"] == 2
    assert reader.ran == 4, "two commands and two lines of Python; git is not run"


def test_a_page_that_says_something_else_fails_with_its_line(tmp_path: Path) -> None:
    reader = session(PAGE, tmp_path)
    reader.printed = "not ready\n"
    with pytest.raises(Differs, match=r"(?s)page\.md, line 4: .*ready.*not ready"):
        reader.follow()


def test_an_exit_code_that_differs_fails(tmp_path: Path) -> None:
    reader = session(PAGE.replace("\n0\n", "\n3\n"), tmp_path)
    with pytest.raises(Differs, match=r"echo \$\?"):
        reader.follow()


def test_python_that_gives_something_else_fails(tmp_path: Path) -> None:
    reader = session(PAGE.replace("\n2\n", "\n3\n"), tmp_path)
    with pytest.raises(Differs, match=r"(?s)Expected:\n *3\nGot:\n *2"):
        reader.follow()


def test_the_real_program_runs_in_the_folder_with_both_outputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "rosterkey"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(
        "import os, sys\n"
        "print(sys.argv[1:], os.environ['COLUMNS'], os.environ.get('ROSTERKEY_DB'), flush=True)\n"
        "print(os.path.basename(os.getcwd()), file=sys.stderr)\n"
        "sys.exit(3)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    folder = tmp_path / "here"
    folder.mkdir()
    page = folder / "page.md"
    page.write_text(
        "```console\n$ rosterkey 'a b' --c  # why\n"
        "['a b', '--c'] 100 None\nhere\n$ echo $?\n3\n```\n"
    )
    Session(page, folder).follow()


def test_a_test_lives_in_a_home_of_its_own(home: Path) -> None:
    assert Path.home() == home
    assert list(home.iterdir()) == []
    assert not [name for name in os.environ if name.startswith("ROSTERKEY_")]
