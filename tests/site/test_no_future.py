"""Nothing in an edition comes from a later day: no row, event, text, picture, table, address or search word.

What may be later: links to other editions and the footer, which are the site's and not the edition's; days
that had been announced by then; how we came by a file, which is told of our work and not of the figures.
"""

import csv
import datetime
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from built_site import (
    SITE,
    Page,
    book_name,
    book_pages,
    dated_books,
    document,
    has_class,
    one,
    pages,
    record,
    text,
)
from lxml.html import HtmlElement
from told_dates import Told, address_dates, told_dates

from sharedborder.display.roles import TEMPORAL, kind_of_column
from sharedborder.records import chronology, ledger

OF_THE_SITE = f"//nav[{has_class('editions')}] | //footer | //script"
SAID_IN = ("alt", "title", "aria-label", "content", "datetime", "value")
OF_EVERY_YEAR = (
    "Last day that the row covers: 31 December, or 30 June",
    "Reference day: 31 December; 30 June",
    "Último día que abarca la fila: 31 de diciembre, o 30 de junio",
    "Día de referencia: 31 de diciembre; 30 de junio",
)
"""How columns of tables are described, in every edition."""

TELLING = 10_000
"""From here on, a figure that is found in a text is hardly there by chance."""

DATED = [page for page in pages() if page.day]
each_dated_book = pytest.mark.parametrize("root", dated_books(), ids=book_name)
each_dated_page = pytest.mark.parametrize("page", DATED, ids=str)


def day_of(root: str) -> datetime.date:
    """The day of a book."""
    return datetime.date.fromisoformat(root.split("/")[1])


def language_of(root: str) -> str:
    """The language of a book."""
    return book_pages(root)[0].language


@cache
def announced(day: datetime.date) -> frozenset[datetime.date]:
    """The days after a day that had been announced by then, as the chronology proves."""
    told = yaml.safe_load((SITE / "data" / "events.yml").read_text("utf-8"))
    known = [event for event in told if event["known_from"] <= day.isoformat()]
    days = [ahead for event in known for ahead in event.get("ahead", [])]
    days += [event.get("date") or event["start"] for event in known if event.get("planned")]
    return frozenset(map(datetime.date.fromisoformat, days))


@cache
def ways() -> tuple[str, ...]:
    """How we came by our files."""
    sources = yaml.safe_load((SITE / "data" / "sources.yml").read_text("utf-8"))
    releases = [release for source in sources.values() for release in source.get("releases") or []]
    named = [release["obtained_via"] for release in releases if release.get("obtained_via")]
    return tuple({str(way) for one in named for way in (one.values() if isinstance(one, dict) else [one])})


def later(told: str, day: datetime.date, language: str) -> list[str]:
    """The dates in a text that lie after a day and had not been announced."""
    found = told_dates(told, language, day)
    return [date.written for date in found if date.first > day and date.first not in announced(day)]


def told_on(page: Page) -> str:
    """All that a page tells: text, titles, alternative texts, texts of pictures, tables, days, values."""
    root = document(page.path)
    told = re.sub(r"\s+", " ", " ¶ ".join(_words(root, set(root.xpath(OF_THE_SITE)))))
    for apart in (*OF_EVERY_YEAR, *ways()):
        told = told.replace(apart, "")
    return told


def _words(element: HtmlElement, skipped: set[HtmlElement]) -> Iterator[str]:
    """The text of an element and what is in it, inline parts joined to what is around them."""
    if element in skipped or not isinstance(element.tag, str):
        return
    yield from (said for name in SAID_IN if (said := element.get(name)))
    if element.tag in ("p", "h1", "h2", "h3", "li", "td", "th", "dd", "figcaption", "caption"):
        yield text(element)
    yield element.text or ""
    for child in element:
        yield from _words(child, skipped)
        yield child.tail or ""


def test_a_later_date_is_noticed() -> None:
    day = datetime.date(2023, 12, 27)
    said = "on 28 December 2023, in January 2024, in fiscal year 2024, at the end of 2023, on 1 January"
    assert later(said, day, "en") == ["28 December 2023", "end of 2023", "January 2024", "1 January"]
    assert later("el 28 de diciembre de 2023, en enero de 2024", day, "es") == [
        "28 de diciembre de 2023",
        "enero de 2024",
    ]
    assert later("27 December 2023, December 2023, 2023–24, Jan 2024, 2,024", day, "en") == [
        "2023–24",
        "Jan 2024",
    ]
    assert later("of 2024-01-26; in 2024.", day, "en") == ["2024-01-26", "2024"]


def test_what_is_not_later_is_let_pass() -> None:
    day = datetime.date(2024, 1, 19)
    said = "19 January 2024, in January 2024, mid-2023, the winter of 2023/24, 18 December, 2,031 of 12.2025"
    assert later(said, day, "en") == []
    assert later("a 19 de enero de 2024, a fines de 2023 y en el año fiscal 2024", day, "es") == []
    assert later("by 31 January 2024", day, "en") == [], "announced in December 2023"
    assert later("by 30 January 2024", day, "en") == ["30 January 2024"]


def test_a_date_in_an_address_is_noticed() -> None:
    assert list(address_dates("https://example.org/2024/01/26/politics/border")) == [
        Told("2024/01/26", datetime.date(2024, 1, 26))
    ]
    assert list(address_dates("https://example.org/releases/2024-02-13/fy2024-1234")) == [
        Told("2024-02-13", datetime.date(2024, 2, 13))
    ]
    assert not list(address_dates("https://example.org/story/2024123/99/title-42"))


@each_dated_page
def test_no_page_tells_a_later_date(site: Path, page: Page) -> None:
    assert page.day
    assert not later(told_on(page), page.day, page.language)


@each_dated_page
def test_no_page_tells_a_figure_that_was_announced_later(site: Path, page: Page) -> None:
    assert page.day
    told = told_on(page)
    found = [
        figure for figure in announced_later(page.day) if re.search(rf"(?<![\d,]){figure}(?![\d,])", told)
    ]
    assert not found


@cache
def announced_later(day: datetime.date) -> tuple[str, ...]:
    """The figures first announced after a day, as they are written in full."""
    figures = ledger.read("announced_figures")
    known = set(figures.loc[figures["published"] <= pd.Timestamp(day), "value"])
    new = {value for value in figures["value"] if value >= TELLING and value % 100 and value not in known}
    return tuple(f"{value:,.0f}" for value in sorted(new))


@each_dated_page
def test_no_page_leads_to_what_came_later(site: Path, page: Page) -> None:
    assert page.day
    inside = document(page.path).xpath(f"//a[not(ancestor::nav[{has_class('editions')}])]/@href")
    assert not [address for address in inside for date in address_dates(address) if date.first > page.day]


@each_dated_book
def test_no_row_comes_from_a_later_release(site: Path, root: str) -> None:
    day = day_of(root).isoformat()
    facts = [fact for own in record(root, "facts.json").values() for fact in own.values()]
    days = {entry["published"] for fact in facts for entry in fact["evidence"]}
    days |= {
        source["published"]
        for figure in record(root, "figures.json").values()
        for source in figure["sources"]
    }
    assert days
    assert not [published for published in days if published > day]


@each_dated_book
def test_no_fact_says_a_later_date_shown_or_not(site: Path, root: str) -> None:
    day, language = day_of(root), language_of(root)
    for page, own in record(root, "facts.json").items():
        for key, fact in own.items():
            assert not later(f"{fact['text']} ¶ {fact.get('value', '')}", day, language), f"{page}:{key}"
            cited = [address for entry in fact["evidence"] for address in entry.get("addresses", [])]
            assert not [date for address in cited for date in address_dates(address) if date.first > day]


@each_dated_book
def test_events_are_told_as_they_were_known(site: Path, root: str) -> None:
    """An event on or after the edition's day is told as planned, in the words of that day."""
    day, language = day_of(root), language_of(root)
    known: list[dict[str, Any]] = chronology.events(day.isoformat()).to_dict("records")  # type: ignore[assignment]
    told = [
        mark for page in book_pages(root) for mark in document(page.path).xpath("//ol[@class='marks']/li")
    ]
    assert told
    for mark in told:
        start = one(mark, ".//time").get("datetime")
        events = [event for event in known if event["start"].date().isoformat() == start]
        assert events, f"{text(mark)} was not known"
        if datetime.date.fromisoformat(str(start)) >= day:
            planned = [event[f"title_{language}"] for event in events if event["planned"]]
            named = text(one(mark, "./details/summary"))
            assert any(named.endswith(title) for title in planned), named


@each_dated_book
def test_the_meeting_of_the_day_is_told_as_planned(site: Path, root: str) -> None:
    [page] = [page for page in book_pages(root) if page.name == "cooperation"]
    today = document(page.path).xpath(f"//ol[@class='marks']/li[.//time/@datetime='{day_of(root)}']")
    assert len(today) == 1


@each_dated_book
def test_no_picture_or_table_holds_a_later_date(site: Path, root: str) -> None:
    day, language = day_of(root), language_of(root)
    for name, figure in record(root, "figures.json").items():
        said = [figure["title"], figure["alternative_text"], *_cells(site / root / figure["files"]["csv"])]
        said += re.findall(r">([^<>]+)<", (site / root / figure["files"]["svg"]).read_text("utf-8"))
        assert not later(" ¶ ".join(said), day, language), name


def _cells(path: Path) -> Iterator[str]:
    """The cells of a table that can say a date: in columns of time, and wherever there are letters."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name, cell in row.items():
                if kind_of_column(name) in TEMPORAL or re.search(r"[A-Za-z]|\d{4}-\d\d", cell):
                    yield cell


@each_dated_book
def test_the_search_offers_no_later_title(site: Path, root: str) -> None:
    script = (site / root / "searchindex.js").read_text("utf-8")
    index = json.loads(script[script.index("(") + 1 : script.rindex(")")])
    said = [*index["titles"], *index["alltitles"]]
    assert len(said) > len(book_pages(root))
    assert not later(" ¶ ".join(said), day_of(root), language_of(root))


@each_dated_book
def test_the_data_page_offers_only_releases_of_its_time(site: Path, root: str) -> None:
    root_element = document(site / root / "data.html")
    offered = [
        str(address) for address in root_element.xpath("//a/@href") if address.endswith((".csv", ".csv.gz"))
    ]
    days = [re.sub(r"\..*", "", address.rsplit("/", 1)[1]) for address in offered]
    held = {
        resource for table in ledger.tables() for resource in ledger.releases(table, day_of(root).isoformat())
    }
    assert set(map(datetime.date.fromisoformat, days)) == held
