"""A reader at work: pointing at charts, asking numbers for their source, taking figures along, printing."""

import gzip
import json
import re
from pathlib import Path

import pytest
from built_site import SITE, Page, document, has_class, pages, record, text
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab
from tabs import KINDS, opened, violations

CHAPTER = "border.html"
FIGURE = "#figure-components"
CHOICE, LINES = "#figure-nationality-chosen", "#figure-long-view"
LOOK = (
    "parts => parts.map(getComputedStyle).map(look => [parseFloat(look.strokeWidth), look.fillOpacity * 1])"
)
CORNER = """line => {
    const {x, y} = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
    return [x, y];
}"""
NUMBER = "main p:not(.standfirst) data.fact > a"
PNG = b"\x89PNG\r\n\x1a\n"
WORDLESS = {"cooperation:daily", "displacement:hosts", "hemisphere:hosts"}
"""Slopes: two points a row, each with its value written beside it; there is nothing more to read."""
HEAVIEST, MOST_REQUESTS, MOST_SHIFT = 150_000, 12, 0.02
SHIFTS = """() => new Promise(resolve => new PerformanceObserver(list => resolve(
    list.getEntries().reduce((sum, entry) => sum + (entry.hadRecentInput ? 0 : entry.value), 0)
)).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => resolve(0), 500))"""

RESOURCES = "performance.getEntriesByType('resource').map(entry => entry.name)"

each_chapter = pytest.mark.parametrize("page", [page for page in KINDS if page.notebook], ids=str)


def row(tab: Tab, index: int) -> list[str]:
    """The cells of a row of the figure's table."""
    cells = tab.locator(f"{FIGURE} tbody tr").nth(index).locator("th, td")
    return [str(cell) for cell in cells.all_text_contents()]


def compressed(path: Path) -> int:
    """The bytes of a file as a server would send it."""
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 6))


def shown(tab: Tab) -> Locator:
    """What is said of the row at which a reader points."""
    return tab.locator(f"{FIGURE} .reading:visible")


def test_every_chart_but_slopes_can_be_read_by_pointing(site: Path) -> None:
    lacking = {
        f"{page.name}:{figure.get('id').removeprefix('figure-')}"
        for page in pages()
        if page.notebook
        for figure in document(page.path).xpath(f"//figure[{has_class('chart')}]")
        if len(figure.xpath(f".//div[{has_class('picture')}][@data-at]")) < 2
    }
    assert lacking <= WORDLESS


@pytest.mark.parametrize("width", [390, 1280])
def test_the_row_under_the_pointer_is_told(chromium: Browser, address: str, width: int) -> None:
    with opened(chromium, address + CHAPTER, width) as tab:
        picture = tab.locator(f"{FIGURE} .picture:visible")
        places = str(picture.get_attribute("data-at")).split()
        drawn = picture.locator("svg")
        box = drawn.bounding_box()
        assert box is not None
        scale = box["width"] / drawn.evaluate("svg => svg.viewBox.baseVal.width")
        drawn.hover(position={"x": float(places[40]) * scale, "y": 150})
        cells = row(tab, 40)
        assert all(cell in str(shown(tab).text_content()) for cell in cells)
        assert shown(tab).locator("svg.swatch").count() == len(cells) - 1
        tab.mouse.move(5, 5)
        assert shown(tab).count() == 0


def test_arrow_keys_walk_through_a_chart(chromium: Browser, address: str) -> None:
    with opened(chromium, address + CHAPTER) as tab:
        slider = tab.get_by_role("slider", name="At the peak").first
        tab.locator(f"{FIGURE} .picture:visible .walk").focus()
        last = tab.locator(f"{FIGURE} tbody tr").count() - 1
        tab.keyboard.press("ArrowLeft")
        cells = row(tab, last - 1)
        said = str(slider.get_attribute("aria-valuetext"))
        assert said.startswith(f"{cells[0]}: ")
        assert all(cell in said for cell in cells)
        assert cells[1] in str(shown(tab).text_content())
        assert violations(tab) == []
        tab.keyboard.press("Escape")
        assert shown(tab).count() == 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_reader_chooses_a_line(chromium: Browser, address: str, script: bool) -> None:
    with opened(chromium, address + CHAPTER, script=script) as tab:
        figure = tab.locator(CHOICE)
        thick, named = (figure.locator(f".picture:visible {tag}[class^=part]") for tag in ("path", "text"))

        def told_apart() -> tuple[int, int]:
            widths, seen = (found.evaluate_all(LOOK) for found in (thick, named))
            return sum(look[0] > 1 for look in widths), sum(look[1] == 1 for look in seen)

        assert told_apart() == (1, 1)
        first = figure.locator(".picture:visible path[class^=part]").evaluate_all(LOOK)
        figure.locator("select").select_option(label="Venezuela")
        assert told_apart() == (1, 1)
        assert thick.evaluate_all(LOOK) != first
        assert violations(tab) == [] if script else True


def test_what_is_chosen_is_what_is_told(chromium: Browser, address: str) -> None:
    with opened(chromium, address + CHAPTER) as tab:
        figure = tab.locator(CHOICE)
        figure.locator("select").select_option(label="Honduras")
        heads = figure.locator("thead th").all_text_contents()
        figure.locator(".picture:visible .walk").focus()
        cells = figure.locator("tbody tr").last.locator("th, td").all_text_contents()
        said = str(figure.locator(".picture:visible .walk").get_attribute("aria-valuetext"))
        assert said == f"{cells[0]}: Honduras {cells[heads.index('Honduras')]}"


def test_a_finger_chooses_and_the_page_stays(chromium: Browser, address: str) -> None:
    with opened(chromium, address + CHAPTER, touch=True) as tab:
        chooser = tab.locator(f"{CHOICE} select")
        chooser.evaluate("chooser => scrollTo(0, scrollY + chooser.getBoundingClientRect().top - 400)")
        tab.wait_for_timeout(400)  # charts that come near are laid out
        where = tab.evaluate("scrollY")
        chooser.tap()
        chooser.locator("option", has_text="Honduras").tap()
        assert chooser.evaluate("chooser => chooser.selectedOptions[0].label") == "Honduras"
        assert tab.evaluate("scrollY") == where


def test_a_long_table_opens_with_all_its_rows(chromium: Browser, address: str) -> None:
    with opened(chromium, address + CHAPTER, touch=True) as tab:
        table = tab.locator(f"{CHOICE} table")
        rows = table.locator("tbody tr")
        assert rows.count() > 25
        tab.locator(f"{CHOICE} summary").first.tap()
        expect(table).not_to_have_class("begun")
        assert rows.last.is_visible()


def test_the_line_near_the_pointer_is_told_apart(chromium: Browser, address: str) -> None:
    with opened(chromium, address + CHAPTER, 1280) as tab:
        figure = tab.locator(LINES)
        line = figure.locator(".picture:visible path[class^=part]").last
        figure.locator(".picture:visible svg").scroll_into_view_if_needed()
        tab.mouse.move(*line.evaluate(CORNER))
        assert figure.locator(".picture:visible path.lead").count() == 1
        assert figure.locator(".reading:visible dt.lead").count() == 1
        tab.mouse.move(5, 5)
        assert figure.locator("path.lead").count() == 0


def test_a_finger_reads_a_chart(chromium: Browser, address: str) -> None:
    with opened(chromium, address + CHAPTER, touch=True) as tab:
        tab.locator(f"{FIGURE} .picture:visible svg").tap(position={"x": 200, "y": 150})
        assert shown(tab).count() == 1
        tab.locator("h1").tap()
        assert shown(tab).count() == 0


def test_a_number_shows_its_source_on_hover(chromium: Browser, address: str) -> None:
    with opened(chromium, address + CHAPTER, 1280) as tab:
        number = tab.locator(NUMBER).first
        number.hover()
        note = tab.locator(".fact-note")
        note.wait_for(state="visible")
        assert str(number.text_content()) in str(note.text_content())
        assert "See the rows" in str(note.text_content())
        note.hover()
        assert note.is_visible()
        tab.keyboard.press("Escape")
        assert note.count() == 0


def test_a_number_shows_its_source_to_the_keyboard(chromium: Browser, address: str) -> None:
    with opened(chromium, address + CHAPTER) as tab:
        number = tab.locator(NUMBER).first
        number.evaluate("link => link.focus({focusVisible: true})")
        note = tab.locator(".fact-note")
        note.wait_for(state="visible")
        assert number.get_attribute("aria-describedby") == note.get_attribute("id")
        assert violations(tab) == []
        tab.keyboard.press("Tab")
        assert note.evaluate("note => note.contains(document.activeElement)")
        tab.keyboard.press("Escape")
        assert note.count() == 0
        assert number.evaluate("link => link === document.activeElement")
        assert number.get_attribute("aria-describedby") is None


def test_a_finger_asks_first_and_follows_then(chromium: Browser, address: str) -> None:
    with opened(chromium, address + CHAPTER, touch=True) as tab:
        number = tab.locator(NUMBER).first
        number.tap()
        assert tab.locator(".fact-note").is_visible()
        assert "#" not in tab.url
        number.tap()
        assert tab.url.endswith(str(number.get_attribute("href")))
        assert tab.locator(str(number.get_attribute("href"))).is_visible()


def test_a_figure_can_be_taken_along(chromium: Browser, address: str) -> None:
    with opened(chromium, address + CHAPTER) as tab:
        tab.locator(f"{FIGURE} .share summary").click()
        cited = str(tab.locator(f"{FIGURE} .citation").text_content())
        assert cited.endswith(f"{address}{CHAPTER}{FIGURE}")
        code = str(tab.locator(f"{FIGURE} .embed-code code").text_content())
        assert f'<iframe src="{address}embed/border/components.html"' in code
        with tab.expect_download() as download:
            tab.locator(f"{FIGURE} button.png").click()
        content = download.value.path().read_bytes()
        assert content.startswith(PNG)
        assert int.from_bytes(content[16:20], "big") == (680 + 2 * 24) * 2


@pytest.mark.parametrize("width", [320, 640])
def test_an_embedded_figure_fits_its_frame(chromium: Browser, address: str, width: int) -> None:
    frame = f'<iframe src="{address}embed/border/components.html" width="{width}" height="50"></iframe>'
    script = f'<script src="{address}_static/js/embed.js"></script>'
    host = f'<!DOCTYPE html><link rel="icon" href="data:,">{frame}{script}'
    with opened(chromium, f"{address}404.html", 700) as tab:
        tab.route("**/host.html", lambda route: route.fulfill(body=host, content_type="text/html"))
        tab.wait_for_load_state("networkidle")
        tab.goto(f"{address}host.html")
        tab.wait_for_function("document.querySelector('iframe').height > 300", timeout=10_000)
        inside = tab.frames[1]
        inside.wait_for_load_state()
        tab.wait_for_timeout(200)
        assert inside.evaluate("innerHeight >= document.documentElement.scrollHeight")
        assert inside.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert inside.locator("a", has_text="The Shared Border").get_attribute("target") == "_top"


def test_an_embedded_figure_says_that_it_may_be_out_of_date(chromium: Browser, address: str) -> None:
    url = f"{address}embed/border/components.html"
    with opened(chromium, url) as tab:
        day = str(tab.locator(".released time").first.get_attribute("datetime"))
        year = int(day[:4])
        for now, old in ((f"{year}{day[4:]}", False), (f"{year + 2}{day[4:]}", True)):
            tab.clock.set_fixed_time(f"{now}T12:00:00Z")
            tab.reload()
            assert tab.locator(".out-of-date").is_visible() is old
        assert violations(tab) == []


def test_the_look_is_chosen_and_kept(chromium: Browser, address: str) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    with opened(chromium, address) as tab:
        light = tab.evaluate(paper)
        tab.get_by_label("Dark").check()
        dark = tab.evaluate(paper)
        assert dark != light
        tab.goto(address + CHAPTER)
        assert tab.evaluate(paper) == dark
        assert violations(tab) == []
        tab.get_by_label("As the system").check()
        assert tab.evaluate(paper) == light


@each_chapter
def test_a_chapter_is_light_and_still(chromium: Browser, address: str, page: Page) -> None:
    with opened(chromium, address + page.address) as tab:
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate(SHIFTS) <= MOST_SHIFT
        asked = [address + page.address, f"{address}_static/mark.svg", *tab.evaluate(RESOURCES)]
    files = [SITE / url.removeprefix(address).partition("?")[0] for url in dict.fromkeys(asked)]
    weight = sum(compressed(path) for path in files)
    assert len(asked) <= MOST_REQUESTS, asked
    assert weight <= HEAVIEST


def test_a_chapter_prints(chromium: Browser, address: str) -> None:
    with opened(chromium, address + CHAPTER, 1280, "dark") as tab:
        tab.locator(NUMBER).first.hover()
        tab.locator(".fact-note").wait_for(state="visible")
        tab.emulate_media(media="print")
        away = ".menu, .contents, .turn, .share, .fact-note"
        assert (
            tab.locator(away).evaluate_all(
                "all => all.filter(one => one.checkVisibility()).map(one => one.className)"
            )
            == []
        )
        assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert tab.locator("#provenance li").first.is_visible()
        pdf = tab.pdf(format="A4", print_background=True)
        count = len(re.findall(rb"/Type\s*/Page\b", pdf))
        assert 4 <= count <= 30


def test_a_lost_address_finds_its_way(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}404.html") as tab:
        assert violations(tab) == []
        tab.get_by_role("link", name="Front page").first.click()
        assert tab.url == f"{address}index.html"


def test_from_a_folder_charts_and_numbers_work_and_the_console_is_empty(
    chromium: Browser, site: Path
) -> None:
    tab, said = chromium.new_page(), list[str]()
    try:
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.goto((site / CHAPTER).as_uri())
        tab.locator(f"{FIGURE} .picture:visible svg").hover(position={"x": 200, "y": 100})
        assert shown(tab).count() == 1
        tab.locator(NUMBER).first.hover()
        tab.locator(".fact-note").wait_for(state="visible")
    finally:
        tab.close()
    assert not said


def test_linked_data_can_be_read(site: Path) -> None:
    for page in KINDS:
        for script in document(page.path).xpath("//script[@type='application/ld+json']"):
            data = json.loads(script.text)
            assert data["headline"] == text(document(page.path).xpath("//h1")[0])
            assert data["publisher"]["name"] == "The Shared Border"


def test_figures_that_are_kept_up_to_date_have_a_page_of_their_own(site: Path) -> None:
    for name in record("", "figures.json"):
        page, _, figure = name.rpartition(":")
        root = document(SITE / "embed" / page / f"{figure}.html")
        assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert len(root.xpath(f"//figure[{has_class('chart')}]")) == 1
