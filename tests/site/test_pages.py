"""The pages of the built site: all there, whole in themselves, alike in form, and without code."""

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest
from built_site import (
    SEARCH,
    SITE,
    Page,
    anchors,
    book_name,
    book_pages,
    books,
    document,
    has_class,
    one,
    pages,
    plan,
    target,
    text,
)
from built_site import addresses as addresses_in
from lxml.html import HtmlElement

from sharedborder.press.book.edition import day_text

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
CHAPTERS = {"displacement", "hemisphere", "border", "cooperation", "nationality", "area"}
NATIONALITIES = 21
AREAS = 13
NOT_OURS = re.compile(r"^(editions/|es/|_static/|embed/|404\.html$)")
LEFTOVER = re.compile(
    r"\{[\w-]+\}`|:::|```|:otherwise:|\[[\w/]+:\w+\]|%\(|\{\w+:\w+\}|\b(NaN|NaT|nan)\b|<NA>"
)
CODE = f"//pre | //*[{has_class('highlight')}] | //*[{has_class('cell')}] | //*[contains(@class, 'cell_')]"
ELSEWHERE = f"ancestor-or-self::nav[{has_class('editions')}]"

each_book = pytest.mark.parametrize("root", books(), ids=book_name)
each_page = pytest.mark.parametrize("page", pages(), ids=str)


def test_the_plan_is_the_first_book() -> None:
    assert set(plan().editions) == {"latest", "2023-12-27", "2024-01-19"}
    assert {page.chapter for page in plan().pages} >= CHAPTERS
    for edition in plan().editions:
        made = [page for page in plan().of(edition) if page.made]
        assert sum(page.chapter == "nationality" for page in made) == NATIONALITIES
        assert sum(page.chapter == "area" for page in made) == AREAS


@each_book
def test_every_planned_page_is_there_and_no_other(site: Path, root: str) -> None:
    files = {path.relative_to(site / root).as_posix() for path in (site / root).rglob("*.html")}
    own = {name for name in files if not NOT_OURS.match(name)}
    assert own == {f"{page.name}.html" for page in book_pages(root)}


@each_page
def test_every_link_leads_somewhere(site: Path, page: Page) -> None:
    wrong = []
    for node, address in addresses_in(document(page.path)):
        found = target(page, address)
        if found is None:
            continue
        path, fragment = found
        if not address or address.startswith("/") or not path.is_relative_to(SITE) or not path.is_file():
            wrong.append(f"<{node.tag}> {address!r}")
        elif fragment and path.suffix == ".html" and fragment not in anchors(path):
            wrong.append(f"<{node.tag}> {address!r}: no such place there")
    assert not wrong


@each_page
def test_nothing_is_loaded_from_another_host(site: Path, page: Page) -> None:
    root = document(page.path)
    foreign = [(node, address) for node, address in addresses_in(root) if target(page, address) is None]
    assert not [address for node, address in foreign if node.tag != "a"]
    assert not [address for _, address in foreign if not re.match(r"https?://[\w.-]+\.\w+", address)]
    assert not root.xpath("//iframe | //object | //embed | //base | //meta[@http-equiv='refresh']")


def test_stylesheets_name_only_files_that_are_there(site: Path) -> None:
    wrong = []
    for path in site.rglob("*.css"):
        for address in re.findall(r"url\(\s*['\"]?([^'\")]+)", path.read_text("utf-8")):
            if not address.startswith("data:") and not (path.parent / address.partition("?")[0]).is_file():
                wrong.append(f"{path.relative_to(site)}: {address}")
        assert "@import" not in path.read_text("utf-8")
    assert not wrong


@each_page
def test_the_policy_is_exact_and_nothing_is_inline(site: Path, page: Page) -> None:
    root = document(page.path)
    policy = one(root, "//meta[@http-equiv='Content-Security-Policy']")
    assert policy.get("content") == POLICY
    assert not policy.xpath("preceding::script | preceding::link")
    scripts = root.xpath("//script[not(@type='application/ld+json')]")
    assert not [script for script in scripts if not script.get("src") or text(script)]
    assert not root.xpath("//style | //*[@style]")
    assert not root.xpath("//@*[starts-with(name(), 'on')]")
    assert not root.xpath("//@*[starts-with(normalize-space(.), 'javascript:')]")


@each_page
def test_a_page_opens_as_an_article(site: Path, page: Page) -> None:
    root = document(page.path)
    assert root.get("lang") == page.language
    assert text(one(root, "//h1"))
    assert text(one(root, "//head/title"))
    assert one(root, "//meta[@name='viewport']").get("content") == "width=device-width, initial-scale=1"
    if page.name == SEARCH:
        return
    standfirst = text(one(root, f"//p[{has_class('standfirst')}]"))
    assert len(standfirst.split()) > 7
    assert one(root, "//meta[@name='description']").get("content") == standfirst


@each_book
def test_titles_tell_pages_apart(site: Path, root: str) -> None:
    titles = Counter(text(one(document(page.path), "//head/title")) for page in book_pages(root))
    assert not [title for title, times in titles.items() if times > 1]


@each_page
def test_ids_are_unique(site: Path, page: Page) -> None:
    twice = [name for name, times in Counter(document(page.path).xpath("//@id")).items() if times > 1]
    assert not twice


@each_page
def test_the_edition_line_says_the_day_and_leads_to_the_others(site: Path, page: Page) -> None:
    line = one(document(page.path), f"//nav[{has_class('editions')}]")
    links = {target(page, link.get("href", "")) for link in line.xpath(".//a[not(@hreflang)]")}
    others = {other for other in pages() if other.name == page.name and other.language == page.language}
    assert links == {(other.path, "") for other in others if other != page}
    assert said(page) in text(line)
    missing = {edition for edition in plan().editions if edition not in {other.edition for other in others}}
    assert len(line.xpath(f".//p[{has_class('missing')}]")) == len(missing)


def said(page: Page) -> str:
    """What the edition line says first."""
    if page.day is None:
        return {"en": "Latest edition.", "es": "Edición más reciente."}[page.language]
    return {"en": "As known on {}.", "es": "Lo que se sabía el {}."}[page.language].format(
        day_text(page.day, page.language)
    )


@each_page
def test_the_text_stays_in_its_edition(site: Path, page: Page) -> None:
    """Only the edition line leads to other editions; data for download lie at the site's root."""
    own = {other.path for other in book_pages(page.root)}
    inside = document(page.path).xpath(f"//body//a[not({ELSEWHERE})]")
    led = {found[0] for link in inside if (found := target(page, link.get("href", "")))}
    assert not [path for path in led if path.suffix == ".html" and path not in own]


def menu(page: Page) -> list[str]:
    """The names of the links in a page's navigation, without what is on the page and beside it."""
    beside = " or ".join(map(has_class, ("editions", "contents", "siblings", "turn")))
    within = f"//nav[not({beside})]//a"
    return [text(link) for link in document(page.path).xpath(within)]


@each_book
def test_navigation_is_the_same_on_every_page(site: Path, root: str) -> None:
    menus = {tuple(menu(page)) for page in book_pages(root)}
    assert len(menus) == 1
    assert 5 <= len(menus.pop()) <= 30


@each_book
def test_previous_and_next_lead_through_the_book(site: Path, root: str) -> None:
    walk = [page for page in book_pages(root) if page.name != SEARCH]
    for before, after in itertools.pairwise(walk):
        forward = one(document(before.path), f"//nav[{has_class('turn')}]/a[@rel='next']")
        back = one(document(after.path), f"//nav[{has_class('turn')}]/a[@rel='prev']")
        assert target(before, forward.get("href", "")) == (after.path, "")
        assert target(after, back.get("href", "")) == (before.path, "")


@each_book
def test_the_text_alone_leads_to_every_page(site: Path, root: str) -> None:
    book = {page.path: page for page in book_pages(root) if page.name != SEARCH}
    todo = [page for page in book.values() if page.name == "index"]
    reached = {page.path for page in todo}
    for page in todo:
        links = document(page.path).xpath("//article//a[not(ancestor::nav)]")
        led = {found[0] for link in links if (found := target(page, link.get("href", "")))}
        todo += [book[path] for path in book if path in led - reached]
        reached |= led
    assert set(book) <= reached


@each_page
def test_no_code_and_no_markup_is_shown(site: Path, page: Page) -> None:
    root = document(page.path)
    assert not root.xpath(CODE)
    leftovers = [found[0] for found in LEFTOVER.finditer(text(one(root, "//body")))]
    assert not leftovers
    assert not root.xpath("//body//*[normalize-space(text()) = 'None']")


@each_page
def test_no_sentence_holds_an_empty_place(site: Path, page: Page) -> None:
    """A fact without text, or a sentence around nothing, leaves traces like these."""
    body: HtmlElement = one(document(page.path), "//main")
    prose = [text(found) for found in body.xpath(".//p | .//li | .//h1 | .//h2 | .//figcaption")]
    assert not [found for found in prose if re.search(r"\(\s*\)|\s[.,;:](\s|$)|,\s*,|\.\s*\.(\s|$)", found)]
