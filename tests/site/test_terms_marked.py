"""The glossary's words: each is linked to its definition where a page's text first uses it."""

import re
from collections.abc import Iterator

import pytest
from built_site import Page, document, has_class, pages, target, text
from lxml.html import HtmlElement

WORDS = {
    "en": {
        "term-encounter": r"encounters?",
        "term-apprehension": r"apprehensions?",
        "term-expulsion": r"expulsions?",
        "term-Title-42": r"Title 42",
        "term-southwest-land-border": r"southwest land border",
        "term-sector": r"sectors?",
        "term-field-office": r"field offices?",
        "term-fiscal-year": r"fiscal years?",
        "term-repatriation": r"repatriations?",
        "term-refugee": r"refugees?",
        "term-application-for-asylum": r"applications? for asylum",
        "term-R4V": r"R4V",
        "term-events-of-persons-in-an-irregular-migration-situation": r"events of persons in an irregular",
    },
    "es": {
        "term-encounter": r"encuentros?",
        "term-apprehension": r"detenci(?:ón|ones)",
        "term-expulsion": r"expulsi(?:ón|ones)",
        "term-Title-42": r"Título 42",
        "term-southwest-land-border": r"frontera terrestre suroeste",
        "term-sector": r"sector(?:es)?",
        "term-field-office": r"oficinas? de campo",
        "term-fiscal-year": r"años? fiscal(?:es)?",
        "term-repatriation": r"repatriaci(?:ón|ones)",
        "term-refugee": r"personas? refugiadas?",
        "term-application-for-asylum": r"solicitud(?:es)? de asilo",
        "term-R4V": r"R4V",
        "term-events-of-persons-in-an-irregular-migration-situation": r"eventos de personas en situación",
    },
}
MADE = ("claims", "corrections", "data", "changes", "glossary", "search")  # their text is listed, or defines
FOUND_ELSEWHERE = ("figure", "table", "blockquote", "nav", "aside", "details", "footer")
SHORT = ("card", "key-figures", "fact")
CHAPTERS = [page for page in pages() if page.name not in MADE]


def paragraphs(page: Page) -> list[HtmlElement]:
    """The paragraphs of a page's own prose."""
    around = " or ".join(
        [*(f"ancestor::{tag}" for tag in FOUND_ELSEWHERE), *(f"ancestor::*[{has_class(it)}]" for it in SHORT)]
    )
    found: list[HtmlElement] = document(page.path).xpath(f"//article//p[not({around})]")
    return found


def pieces(element: HtmlElement) -> Iterator[str]:
    """The texts of an element outside its facts and links."""
    yield element.text or ""
    for child in element:
        if child.tag != "a" and "fact" not in child.get("class", "").split():
            yield from pieces(child)
        yield child.tail or ""


def linked(page: Page, paragraph: HtmlElement) -> set[str]:
    """The definitions that a paragraph leads to."""
    found = [target(page, link.get("href", "")) for link in paragraph.xpath(".//a")]
    return {fragment for path, fragment in filter(None, found) if path.name == "glossary.html"}


@pytest.mark.parametrize("page", CHAPTERS, ids=str)
def test_a_term_is_linked_where_it_first_stands(page: Page) -> None:
    known: set[str] = set()
    for paragraph in paragraphs(page):
        known |= linked(page, paragraph)
        used = {
            anchor
            for anchor, word in WORDS[page.language].items()
            if any(re.search(rf"\b{word}\b", piece, re.IGNORECASE) for piece in pieces(paragraph))
        }
        assert used <= known, text(paragraph)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_word_is_defined_and_met(language: str) -> None:
    read = [page for page in CHAPTERS if page.language == language]
    assert set(WORDS[language]) == {
        anchor
        for page in read
        for paragraph in paragraphs(page)
        for anchor in linked(page, paragraph) & set(WORDS[language])
    }
