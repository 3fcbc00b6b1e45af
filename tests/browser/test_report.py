"""The page in a real browser: phone, desk and paper, without a script, heard and seen."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from rosterkey.report.page.content import Page as Content
from rosterkey.report.page.html import html_of
from tests.report.pages import import_page, plan_page

WIDTHS = {"phone": 320, "desk": 1280}
CONTENTS = {"plan": plan_page(full=True), "import": import_page(students=40)}


def opened(browser: Browser, content: Content, folder: Path, width: int) -> tuple[Page, list[str]]:
    """The page as a file that was opened, and what the browser complains of or asks for."""
    path = folder / "report.html"
    path.write_text(html_of(content), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on("request", lambda request: heard.append(request.url))
    page.goto(path.as_uri())
    heard.remove(path.as_uri())
    return page, heard


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("content", CONTENTS)
def test_it_fits_and_the_browser_has_nothing_to_say(
    browser: Browser, tmp_path: Path, content: str, width: str
) -> None:
    page, heard = opened(browser, CONTENTS[content], tmp_path, WIDTHS[width])
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    assert wide <= WIDTHS[width]
    assert heard == []
    page.close()


@pytest.mark.parametrize("content", CONTENTS)
def test_it_can_be_heard(browser: Browser, tmp_path: Path, content: str) -> None:
    """No finding of axe, the program for accessibility that browsers' own tools use."""
    path = tmp_path / "report.html"
    # The page forbids every script, that of the check as well.
    bare = html_of(CONTENTS[content]).replace("http-equiv", "data-was")
    path.write_text(bare, "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


def test_headings_and_landmarks_lead_through_it(browser: Browser, tmp_path: Path) -> None:
    page, _ = opened(browser, CONTENTS["plan"], tmp_path, 1280)
    assert page.get_by_role("heading", level=1).all_inner_texts() == [
        "What the import would change"
    ]
    for role in ("banner", "main", "contentinfo", "navigation"):
        assert page.get_by_role(role).count() == 1  # type: ignore[arg-type]
    assert page.get_by_role("columnheader", name="Before").count() == 2
    chart = page.get_by_role("img", name="Oak: 2 new usernames")
    assert chart.count() == 1
    for link in page.get_by_role("link").all():
        target = link.get_attribute("href")
        assert page.locator(target or "").count() == 1
    page.close()


def test_it_prints_with_everything_on_it(browser: Browser, tmp_path: Path) -> None:
    page, _ = opened(browser, CONTENTS["import"], tmp_path, 1280)
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = "\n".join(sheet.extract_text() for sheet in paper.pages)
    assert "Import 7" in text
    assert "Child39" in text
    assert "On this page" not in text
    page.close()
