"""The finished site as the tests see it: which pages the plan asks for, and what their files hold."""

import datetime
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml.html import HtmlElement

from sharedborder.press.book import catalogue, stage, toc
from sharedborder.press.book.edition import present_pages
from sharedborder.press.folders import Folders, site_path
from sharedborder.press.plan import LATEST, Plan, day_of, read_plan

REPOSITORY = Path(__file__).resolve().parents[2]
SITE = Path(os.environ.get("SHAREDBORDER_SITE") or REPOSITORY / "_build" / "site").resolve()
MISSING = f"There is no site in {SITE}: run `make site` first."
SEARCH = "search"
XLINK = "{http://www.w3.org/1999/xlink}href"
ADDRESSES = ("href", "src", "srcset", "action", "data", "poster", "formaction", XLINK)


@dataclass(frozen=True)
class Page:
    """A page of an edition in a language; `name` as in the plan, `notebook` what it is made from, if any."""

    edition: str
    language: str
    name: str
    notebook: str | None = None

    def __str__(self) -> str:
        return f"{self.edition}-{self.name}" if self.language == "en" else f"{self.address}"

    @property
    def root(self) -> str:
        """Where its edition lies below the site's root."""
        return site_path(self.edition, self.language)

    @property
    def address(self) -> str:
        return f"{self.root}{self.name}.html"

    @property
    def path(self) -> Path:
        return SITE / self.address

    @property
    def day(self) -> datetime.date | None:
        return day_of(self.edition)

    @property
    def kind(self) -> str:
        """What kind of page it is: its notebook's name, or its own."""
        return self.notebook or self.name


def project() -> Path:
    """The project that the site was built from: the folder above it that has a plan, else this one."""
    return next(
        (folder for folder in SITE.parents if (folder / "notebooks" / "chapters.yml").is_file()), REPOSITORY
    )


@cache
def plan() -> Plan:
    """The project's plan, expanded from notebooks/chapters.yml."""
    folders = Folders.of(project())
    resources = catalogue.read_contract(folders.data).resources
    days: dict[str, list[datetime.date]] = {}
    for item in resources:
        days.setdefault(item["table"], []).append(datetime.date.fromisoformat(item["published"]))
    return read_plan(folders.chapters, days.__getitem__)


@cache
def pages() -> tuple[Page, ...]:
    """Every page that the plan and the contents ask for, in the book's order, and each edition's search."""
    book = Folders.of(project()).book
    chapters = list(dict.fromkeys(page.name for page in plan().pages))
    parts = toc.contents(book / "_toc.yml", chapters, stage.written_pages(book))
    made_from = {page.name: page.chapter for page in plan().pages}
    return tuple(
        Page(edition, language, name, made_from.get(name))
        for edition in plan().editions
        for language in plan().languages
        for name in [*present_pages(plan(), edition, parts), SEARCH]
    )


def books() -> list[str]:
    """The root of each edition in each language."""
    return list(dict.fromkeys(page.root for page in pages()))


def dated_books() -> list[str]:
    """The roots of the editions that stand on a day."""
    return list(dict.fromkeys(page.root for page in pages() if page.day))


def book_pages(root: str) -> list[Page]:
    """The pages of one edition in one language."""
    return [page for page in pages() if page.root == root]


def book_name(root: str) -> str:
    """The name of a book for a test's id."""
    return root.removeprefix("editions/").strip("/") or LATEST


@cache
def document(path: Path) -> HtmlElement:
    """The root element of a page."""
    return lxml.html.fromstring(path.read_bytes())


def one(element: HtmlElement, path: str) -> HtmlElement:
    """The only element that an XPath finds."""
    found = element.xpath(path)
    assert len(found) == 1, f"{len(found)} of {path}, not one"
    return found[0]


def text(element: HtmlElement) -> str:
    """The text of an element, in one line."""
    return re.sub(r"\s+", " ", element.text_content()).strip()


def has_class(name: str) -> str:
    """The XPath condition for a class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


@cache
def record(root: str, name: str) -> Any:
    """A JSON file at an edition's root."""
    return json.loads((SITE / root / name).read_text("utf-8"))


def addresses(element: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Every address that an element or what is in it names."""
    for node in element.iter():
        if isinstance(node.tag, str):
            for name in ADDRESSES:
                if (address := node.get(name)) is not None:
                    yield node, address.strip()


def target(page: Page, address: str) -> tuple[Path, str] | None:
    """The file and fragment that an address on a page leads to; None for one on another host."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    path = page.path.parent / unquote(parts.path) if parts.path else page.path
    return Path(os.path.normpath(path)), unquote(parts.fragment)


@cache
def anchors(path: Path) -> frozenset[str]:
    """The ids on a page."""
    return frozenset(document(path).xpath("//@id"))
