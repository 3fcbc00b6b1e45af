"""The page as one HTML file: no script, no request, and every value escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rosterkey.report.page.content import KINDS, Page, counted

if TYPE_CHECKING:
    from jinja2 import Template


def html_of(page: Page) -> str:
    """The page as HTML. Half surrogates, which no file can hold, become U+FFFD."""
    most = max((school.total for school in page.schools), default=1)
    text = _template().render(page=page, kinds=KINDS, counted=counted, most=max(most, 1))
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        loader=PackageLoader("rosterkey.report.page", "look"),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("page.html")
