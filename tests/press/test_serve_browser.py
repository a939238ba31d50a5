"""The author's desk in a real browser, on a tiny book that Papermill runs and Jupyter Book builds."""

from collections.abc import Iterator

import press_fakes as fakes
import pytest
from desk_process import PATIENCE, RunningDesk, running_desk
from playwright.sync_api import Page, sync_playwright

import browser

CHAPTERS = "editions: [latest]\nchapters:\n  border:\n    page: border\n    needs: [encounters]\n"
TOC = "format: jb-book\nroot: index\nparts:\n  - chapters:\n      - file: border\n"
INDEX = "# Front\n\nAs it is.\n"
BORDER = ["# {fact}`total` counted", "%" + fakes.FACTS + 'fact("total", "242,418", 242418)']
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    root = tmp_path_factory.mktemp("desk")
    fakes.project(root, CHAPTERS, TOC, {"index.md": INDEX})
    layout = root / "book/theme/layout.html"
    policy = f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    layout.write_text(layout.read_text().replace("<head>", policy), "utf-8")
    fakes.notebook(root / "notebooks/border.ipynb", BORDER)
    (root / "code").mkdir()
    with running_desk(root, "book") as running:
        yield running


@pytest.fixture(scope="module")
def page(desk: RunningDesk) -> Iterator[Page]:
    path = browser.find()
    if path is None:
        pytest.fail(browser.MISSING, pytrace=False)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=browser.ARGUMENTS)
        page = opened.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        yield page
        opened.close()


def rewrite(desk: RunningDesk, code: str) -> None:
    fakes.notebook(desk.root / "notebooks/border.ipynb", [BORDER[0], code])


def test_the_open_page_follows_each_save(desk: RunningDesk, page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"http://127.0.0.1:{desk.port}/border.html")
    assert page.locator("h1").inner_text() == "242,418 counted"
    rewrite(desk, BORDER[1].replace("242,418", "242,500"))
    page.locator(".desk-building").wait_for()
    page.locator("h1", has_text="242,500 counted").wait_for()
    assert page.locator(".desk").count() == 0

    rewrite(desk, "%raise ValueError('<b>no such</b> & nothing')")
    problem = page.locator(".desk-problem")
    problem.wait_for()
    assert "ValueError: <b>no such</b> & nothing" in problem.inner_text()
    assert "cell 3: raise ValueError" in problem.inner_text()
    assert page.locator("h1").inner_text() == "242,500 counted"
    assert any("ValueError: <b>no such</b> & nothing" in line for line in desk.lines)

    rewrite(desk, BORDER[1])
    page.locator("h1", has_text="242,418 counted").wait_for()
    assert page.locator(".desk").count() == 0
    assert [text for text in complaints if "Content Security Policy" in text] == []


def test_a_page_that_did_not_change_stays_as_it_is(desk: RunningDesk, page: Page) -> None:
    page.goto(f"http://127.0.0.1:{desk.port}/")
    page.evaluate("window.untouched = true")
    ended = len(desk.built)
    rewrite(desk, BORDER[1].replace("242,418", "242,600"))
    page.locator(".desk-building").wait_for()
    page.locator(".desk-building").wait_for(state="detached")
    assert len(desk.built) >= ended
    assert page.evaluate("window.untouched") is True
    desk.save("book/index.md", "# Front, rewritten\n")
    page.locator("h1", has_text="Front, rewritten").wait_for()
    assert page.evaluate("window.untouched") is None
