"""Every link between the pages leads somewhere: to a file that is there, and to its heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "addin").rglob("*.md")),
    *sorted((ROOT / "workbook").rglob("*.md")),
]
_FENCE = re.compile(r"^( *)(`{3,}|~{3,}).*?^\1\2[`~]* *$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|[`*]")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def anchors(page: str) -> set[str]:
    """What a heading is called in a link: lower case, hyphens for spaces, no punctuation.

    A heading that stands again gets a number, as on the sites that show such pages.
    """
    found: set[str] = set()
    seen: Counter[str] = Counter()
    for heading in _HEADING.findall(_FENCE.sub("", page)):
        text = _MARKUP.sub(lambda match: match[1] or "", heading)
        slug = re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-")
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return found


def links(page: str) -> list[str]:
    """The targets of all links of a page that are not shown as code."""
    return _LINK.findall(_CODE.sub("``", _FENCE.sub("", page)))


def broken(path: Path) -> Iterator[str]:
    """The links of a page that lead nowhere."""
    text = path.read_text(encoding="utf-8")
    for link in links(text):
        if _ELSEWHERE.match(link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if not target.exists():
            yield f"{link}: there is no such file"
        elif anchor and anchor not in anchors(target.read_text(encoding="utf-8")):
            yield f"{link}: the page has no such heading"


def test_the_pages_are_found() -> None:
    names = {page.relative_to(ROOT).as_posix() for page in PAGES}
    assert {"README.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs/semantics.md"} <= names
    assert {"addin/README.md", "workbook/README.md", "docs/findings.md"} <= names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_resolves(page: Path) -> None:
    assert not list(broken(page))


def test_no_page_of_the_documentation_is_out_of_reach() -> None:
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in PAGES
        for link in links(page.read_text(encoding="utf-8"))
        if not _ELSEWHERE.match(link) and link.partition("#")[0]
    }
    assert not {
        page.relative_to(ROOT).as_posix()
        for page in PAGES
        if page != ROOT / "README.md" and page not in linked
    }


def test_headings_become_anchors() -> None:
    page = "# A `rosterkey` page!\n## Blanks and columns\n## Twice\n## Twice\n```\n# no\n```\n"
    assert anchors(page) == {"a-rosterkey-page", "blanks-and-columns", "twice", "twice-1"}


def test_a_broken_link_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# There\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](other.md) [b](other.md#there) [c](#here) [d](https://example.org/x#y)\n"
        "[e](gone.md) [f](other.md#gone) `[g](code.md)`\n# Here\n",
        encoding="utf-8",
    )
    assert [line.partition(":")[0] for line in broken(page)] == ["gone.md", "other.md#gone"]
