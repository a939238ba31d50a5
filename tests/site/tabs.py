"""A tab of the browser in which nothing may go wrong unnoticed, and what axe finds on its page."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
from built_site import pages
from playwright.sync_api import Browser, Request
from playwright.sync_api import Page as Tab

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """([rules, exclude]) => axe.run({exclude: exclude}, {
    runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'], preload: false})"""
ROWS_LIKE_OTHERS = "tbody tr:nth-child(n+4)"
WIDER_THAN_SCREEN = "document.documentElement.scrollWidth > window.innerWidth"
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"

COME_NEAR = (
    "document.querySelectorAll('figure.chart').forEach(one => { one.style.contentVisibility = 'visible' })"
)
"""A phone renders a chart when its reader comes near; for axe all of them are."""

WIDTHS = (320, 390, 1280)
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
HEIGHT = 844
KINDS = list({page.kind: page for page in pages() if page.edition == "latest"}.values())
"""One page of each kind."""


def _is_lost(request: Request) -> bool:
    """Whether a request failed, and was not given up because the tab went on to another page."""
    return "ERR_ABORTED" not in str(request.failure)


@contextmanager
def opened(
    chromium: Browser,
    url: str,
    width: int = 390,
    scheme: str = "light",
    script: bool = True,
    touch: bool = False,
) -> Iterator[Tab]:
    """A tab at an address; leaving it fails if the console said anything or another host was asked."""
    settings: dict[str, Any] = {"color_scheme": scheme, "java_script_enabled": script, "has_touch": touch}
    context = chromium.new_context(viewport={"width": width, "height": HEIGHT}, **settings)
    try:
        tab, said = context.new_page(), list[str]()
        listen(tab, url.split("/")[2], said)
        tab.goto(url)
        yield tab
    finally:
        context.close()
    assert not said, said


def listen(tab: Tab, host: str, said: list[str]) -> None:
    """Write down messages, errors, failed requests, and requests to another host than the site's."""
    tab.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    tab.on("pageerror", lambda error: said.append(f"error: {error}"))
    tab.on("requestfailed", lambda request: _is_lost(request) and said.append(f"failed: {request.url}"))
    tab.on("request", lambda request: said.extend(_elsewhere(request, host)))


def _elsewhere(request: Request, host: str) -> list[str]:
    own = request.url.startswith("data:") or request.url.split("/")[2] == host
    return [] if own else [f"another host: {request.url}"]


def violations(tab: Tab, whole: bool = False) -> list[str]:
    """What axe finds against WCAG 2.2 AA, a line a rule with its first element.

    Of a table only the first rows are looked at, unless `whole`: the others are made like them, and they are
    most of the elements of a page.
    """
    tab.evaluate(COME_NEAR)
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE)
    found = tab.evaluate(RUN, [RULES, [] if whole else [[ROWS_LIKE_OTHERS]]])
    return [f"{one['id']}: {one['nodes'][0]['target']} ({len(one['nodes'])})" for one in found["violations"]]


def look_at_all(chromium: Browser, url: str, width: int, whole: bool = False) -> None:
    """A page with everything on it opened fits its screen and has no violation, in light and in dark."""
    with opened(chromium, url, width) as tab:
        tab.evaluate(OPEN_ALL)
        for scheme in SCHEMES:
            tab.emulate_media(color_scheme=scheme)
            assert not tab.evaluate(WIDER_THAN_SCREEN), f"{scheme}: wider than the screen"
            found = violations(tab, whole)
            assert not found, (scheme, found)
