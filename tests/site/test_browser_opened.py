"""Pages with all tables and lists opened, on small and large screens, in light and in dark."""

import pytest
from built_site import Page, pages
from playwright.sync_api import Browser
from tabs import KINDS, WIDTHS, look_at_all

LATEST = [page for page in pages() if page.edition == "latest"]
SAMPLE = list({(page.edition, page.language, page.kind): page for page in pages()}.values())
"""A page of each kind in every edition and language."""
PHONE = 390
"""The width at which every row of every table is looked at."""
each_width = pytest.mark.parametrize("width", WIDTHS)


@each_width
@pytest.mark.parametrize("page", KINDS, ids=str)
def test_each_kind_of_page_opened(chromium: Browser, address: str, page: Page, width: int) -> None:
    look_at_all(chromium, address + page.address, width)


@pytest.mark.full
@each_width
@pytest.mark.parametrize("page", list(dict.fromkeys([*LATEST, *SAMPLE])), ids=str)
def test_every_page_opened(chromium: Browser, address: str, page: Page, width: int) -> None:
    look_at_all(chromium, address + page.address, width, whole=width == PHONE)
