"""Every page in a real browser, over http from a subpath: quiet, fitting, accessible; and without script."""

import pytest
from built_site import Page, document, has_class, pages
from playwright.sync_api import Browser
from tabs import AXE, KINDS, RULES, WIDER_THAN_SCREEN, opened, violations

CHARTS = f"//figure[{has_class('chart')}]"
SHOWN_PICTURES = """figures => figures.map(figure => [...figure.querySelectorAll('.picture svg')].filter(
    svg => svg.checkVisibility() && svg.getBoundingClientRect().width > 200).length)"""
CUT_LABELS = """figures => figures.flatMap(figure => {
    const room = figure.getBoundingClientRect();
    const margin = parseFloat(getComputedStyle(figure).overflowClipMargin);
    return [...figure.querySelectorAll('.picture svg text')].filter(label => {
        const {left, right, width} = label.getBoundingClientRect();
        return width && (left < room.left - margin || right > room.right + margin);
    }).map(label => `${figure.id}: ${label.textContent}`);
})"""
SHOWN_TABLES = "figures => figures.map(figure => figure.querySelector('table').checkVisibility())"
OLDEST_AXE = (4, 8)

each_page = pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=[] if page.day is None else [pytest.mark.full], id=str(page))
        for page in pages()
    ],
)
each_illustrated = pytest.mark.parametrize(
    "page", [page for page in KINDS if page.notebook or page.name == "index"], ids=str
)


@each_page
def test_a_page_on_a_phone(chromium: Browser, address: str, page: Page) -> None:
    with opened(chromium, address + page.address) as tab:
        shown = tab.locator("figure.chart").evaluate_all(SHOWN_PICTURES)
        assert shown == [1] * len(document(page.path).xpath(CHARTS))
        assert tab.locator("figure.chart").evaluate_all(CUT_LABELS) == []
        assert not tab.evaluate(WIDER_THAN_SCREEN)
        assert violations(tab) == []


@each_illustrated
def test_charts_and_their_tables_need_no_script(chromium: Browser, address: str, page: Page) -> None:
    with opened(chromium, address + page.address, script=False) as tab:
        figures = tab.locator("figure.chart")
        assert figures.evaluate_all(SHOWN_PICTURES) == [1] * len(document(page.path).xpath(CHARTS))
        assert not any(figures.evaluate_all(SHOWN_TABLES))
        for summary in figures.locator("details.data > summary").all():
            summary.click()
        assert all(figures.evaluate_all(SHOWN_TABLES))


def test_axe_looks_for_what_we_ask(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as tab:
        tab.evaluate(AXE)
        version = tuple(int(part) for part in tab.evaluate("axe.version").split(".")[:2])
        assert version >= OLDEST_AXE
        rules = tab.evaluate("tags => axe.getRules(tags).map(rule => rule.ruleId)", RULES)
        assert {"color-contrast", "target-size", "svg-img-alt", "scrollable-region-focusable"} <= set(rules)


def test_what_is_wrong_is_noticed(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as tab:
        tab.evaluate("document.querySelector('main').append(document.createElement('button'))")
        assert any(found.startswith("button-name") for found in violations(tab))
        tab.evaluate("document.querySelector('main > button').style.width = '2000px'")
        assert tab.evaluate(WIDER_THAN_SCREEN)


def test_a_request_to_another_host_is_noticed(chromium: Browser, address: str) -> None:
    with (
        pytest.raises(AssertionError, match=r"elsewhere\.invalid"),
        opened(chromium, address) as tab,
        tab.expect_console_message(),
    ):
        tab.evaluate("new Image().src = 'https://elsewhere.invalid/pixel.png'")


def test_a_number_leads_to_its_source(chromium: Browser, address: str) -> None:
    with opened(chromium, address + "border.html") as tab:
        link = tab.locator("main p data.fact > a").first
        entry = tab.locator(str(link.get_attribute("href")))
        link.click()
        assert entry.is_visible()
        assert str(link.text_content()) in str(entry.text_content())


def test_search_finds_words_of_the_text(chromium: Browser, address: str) -> None:
    with opened(chromium, address + "search.html?q=railway") as tab:
        tab.wait_for_selector("ul.search li a")
        found = [str(link.get_attribute("href")) for link in tab.locator("ul.search li a").all()]
        assert any("cooperation.html" in address for address in found)
