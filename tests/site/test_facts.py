"""Every number on a page is the one in facts.json; its source at the foot, its rows in the releases."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from built_site import (
    Page,
    book_name,
    book_pages,
    books,
    dated_books,
    document,
    has_class,
    one,
    pages,
    record,
    text,
)
from lxml.html import HtmlElement
from release_rows import OWN, not_found, resources, total

from sharedborder.press.sphinx.facts import anchor

REASONS = {"not published yet", "not held"}
SHAPES = {
    "value": {"kind", "text", "unit", "evidence", "pages", "value"},
    "words": {"kind", "text", "unit", "evidence", "pages", "value"},
    "absent": {"kind", "text", "unit", "evidence", "pages", "reason"},
}
CLASSES = {"value": "fact", "words": "fact words", "absent": "fact absent"}
FOOT = f"//section[{has_class('provenance')}]"
ORIGIN = re.compile(r"release|chronology|list of claims|entrega|cronología|lista de")
COUNTED = {"encounters", "people", "events", "returns", "apprehensions"}
"""Units of which a fact on one row gives what the row counts."""

ANNOUNCED = {"242,418", "240,986"}
REVISED = {"242,399", "240,927"}
PARTS = {
    "internal_2022": "62,479,565",
    "refugees_2022": "29,413,033",
    "palestine_2022": "5,887,353",
    "asylum_seekers_2022": "5,438,929",
    "other_protection_2022": "5,217,456",
}
GLOBAL_TRENDS = "2023-06-14"

Fact = dict[str, Any]

each_book = pytest.mark.parametrize("root", books(), ids=book_name)
each_dated_book = pytest.mark.parametrize("root", dated_books(), ids=book_name)
each_page = pytest.mark.parametrize("page", pages(), ids=str)
each_telling = pytest.mark.parametrize("name", ["index", "border"])


def facts_of(root: str) -> dict[str, Fact]:
    """The facts of a book by their full name, page:key."""
    given: dict[str, dict[str, Fact]] = record(root, "facts.json")
    return {f"{page}:{key}": fact for page, own in given.items() for key, fact in own.items()}


def shown(page: Page) -> list[HtmlElement]:
    """The elements that show facts on a page, in order."""
    return list(document(page.path).xpath(f"//*[{has_class('fact')}]"))


def full_name(element: HtmlElement) -> str:
    """The fact that an element shows."""
    return str(element.get("data-fact"))


def said(page: Page) -> set[str]:
    """The texts of the facts on a page."""
    return {text(element) for element in shown(page)}


def page_named(root: str, name: str) -> Page:
    """The page of that name in a book."""
    return next(page for page in book_pages(root) if page.name == name)


@each_page
def test_a_fact_on_a_page_is_the_one_in_facts_json(site: Path, page: Page) -> None:
    known = facts_of(page.root)
    for element in shown(page):
        name, fact = full_name(element), known[full_name(element)]
        assert text(element) == " ".join(fact["text"].split()) != "", name
        assert element.get("class") == CLASSES[fact["kind"]], name
        assert element.tag == ("span" if fact["kind"] == "absent" else "data"), name
        assert element.get("value") == as_attribute(fact), name


def as_attribute(fact: Fact) -> str | None:
    """A fact's value as HTML has it: a text as it is, a number in full, an absence not at all."""
    value = fact.get("value")
    return value if value is None or isinstance(value, str) else json.dumps(value)


@each_page
def test_the_foot_lists_each_fact_of_the_page_once(site: Path, page: Page) -> None:
    links = {full_name(element): one(element, "./a").get("href") for element in shown(page)}
    assert links == {name: f"#{anchor(name)}" for name in links}
    entries = document(page.path).xpath(f"{FOOT}//ol/li/@id")
    assert entries == [anchor(name) for name in links]


@each_page
def test_the_foot_names_table_and_release_of_each_number(site: Path, page: Page) -> None:
    for name in {full_name(element) for element in shown(page)}:
        fact = facts_of(page.root)[name]
        entry = one(document(page.path), f"{FOOT}//ol/li[@id='{anchor(name)}']")
        if fact["kind"] == "absent":
            assert len(text(entry).split()) > 4, name
            assert not entry.xpath(".//ul"), name
            continue
        assert text(one(entry, "./p/strong")) == " ".join(fact["text"].split())
        tables = {text(table) for table in entry.xpath("./ul/li//code")}
        assert tables == {row["table"] for row in fact["evidence"]}, name
        assert all(ORIGIN.search(text(line)) for line in entry.xpath("./ul/li")), name


@each_book
def test_facts_json_names_exactly_the_pages_that_show_a_fact(site: Path, root: str) -> None:
    showing: dict[str, list[str]] = {name: [] for name in facts_of(root)}
    for page in sorted(book_pages(root), key=lambda page: page.name):
        for name in dict.fromkeys(map(full_name, shown(page))):
            showing[name].append(page.name)
    assert {name: fact["pages"] for name, fact in facts_of(root).items()} == showing


@each_book
def test_facts_json_holds_what_it_promises_and_no_more(site: Path, root: str) -> None:
    for name, fact in facts_of(root).items():
        assert set(fact) == SHAPES[fact["kind"]], name
        assert fact["text"], name
        if fact["kind"] == "absent":
            assert fact["reason"] in REASONS, name
            assert fact["unit"] is None, name
        else:
            assert fact["value"] is not None, name
            assert fact["evidence"], f"{name}: no rows, no fact"
            assert (fact["unit"] is None) == (fact["kind"] == "words"), name


@each_book
def test_the_latest_edition_waits_for_nothing(site: Path, root: str) -> None:
    waiting = {name for name, fact in facts_of(root).items() if fact.get("reason") == "not published yet"}
    assert bool(waiting) == (root in dated_books())


@each_book
def test_evidence_names_releases_that_are_held(site: Path, root: str) -> None:
    for name, fact in facts_of(root).items():
        for entry in fact["evidence"]:
            assert {"table", "published", "keys", "rows"} <= set(entry), name
            assert entry["table"] in OWN or (entry["table"], entry["published"]) in resources(), name
            assert isinstance(entry["keys"], dict) or len(entry["keys"]) == entry["rows"] > 0, name


@each_book
def test_every_row_of_the_evidence_is_in_the_release_that_it_names(site: Path, root: str) -> None:
    wrong = [
        f"{name}: {entry['table']} of {entry['published']} has no {missing[0]}"
        for name, fact in facts_of(root).items()
        for entry in fact["evidence"]
        if (missing := not_found(entry))
    ]
    assert not wrong


@each_book
def test_a_count_on_one_row_is_what_the_release_counts_there(site: Path, root: str) -> None:
    """A reader who looks up the row that is named must find the number."""
    wrong = [
        f"{name}: {fact['value']} is said, {total(fact['evidence'][0])} counted"
        for name, fact in facts_of(root).items()
        if fact["unit"] in COUNTED
        and [entry["rows"] for entry in fact["evidence"]] == [1]
        and total(fact["evidence"][0]) != fact["value"]
    ]
    assert not wrong


@each_telling
def test_the_first_edition_says_what_was_announced(site: Path, name: str) -> None:
    page = page_named("editions/2023-12-27/", name)
    assert said(page) >= ANNOUNCED
    assert not said(page) & REVISED
    november = facts_of(page.root)["border:nov_2023_announced"]
    assert [entry["published"] for entry in november["evidence"]] == ["2023-12-22"]


@each_telling
def test_the_latest_edition_says_that_it_was_revised(site: Path, name: str) -> None:
    page = page_named("", name)
    assert said(page) >= ANNOUNCED | REVISED
    around = {
        text(paragraph)
        for element in shown(page)
        if text(element) in REVISED
        for paragraph in element.xpath("ancestor::p[1]")
    }
    assert all(re.search(r"\brevised\b", sentence) for sentence in around)


def test_the_displaced_of_january_2024_in_five_parts(site: Path) -> None:
    page = page_named("editions/2024-01-19/", "displacement")
    assert "108.4 million" in said(page)
    for key, amount in PARTS.items():
        fact = facts_of(page.root)[f"displacement:{key}"]
        assert fact["text"] == amount
        assert amount in said(page)
        assert {entry["published"] for entry in fact["evidence"]} == {GLOBAL_TRENDS}


@each_dated_book
def test_the_total_of_december_2023_was_not_published_yet(site: Path, root: str) -> None:
    fact = facts_of(root)["border:dec_2023_announced"]
    assert (fact["kind"], fact["reason"]) == ("absent", "not published yet")
    assert "index" in fact["pages"]
    known = facts_of("")["border:dec_2023_announced"]
    assert known["text"] == "302,034"
    assert all(entry["published"] == "2024-01-26" for entry in known["evidence"])


@each_book
def test_facts_are_of_the_chapters_that_the_edition_has(site: Path, root: str) -> None:
    chapters = {page.name for page in book_pages(root) if page.notebook}
    assert {name.rpartition(":")[0] for name in facts_of(root)} == chapters
