"""Pages written from data: the data page, what changed between editions, the corrections."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sharedborder.press import fingerprint
from sharedborder.press.book import comparison
from sharedborder.press.book.comparison import Book
from sharedborder.press.book.edition import present_pages
from sharedborder.press.book.leaves import Key
from sharedborder.press.handed import Handed
from sharedborder.press.kept import keep, kept

CATALOGUE, CHANGES, CORRECTIONS = PAGES = ("data", "changes", "corrections")
"""Their names; a file of the book with such a name is taken instead."""


def wanted(book: Book, pairs: Iterable[tuple[str, str]]) -> list[Key]:
    """Return the generated pages that books have, given by edition and language."""
    own = [page for page in PAGES if not (book.folders.book / f"{page}.md").exists()]
    return [
        (edition, page, language)
        for edition, language in pairs
        for page in present_pages(book.plan, edition, book.parts)
        if page in own
    ]


def written(book: Book, handed: Handed, page: str, edition: str, languages: Sequence[str]) -> dict[str, str]:
    """Return a page of an edition as MyST Markdown, by language: what is found for one serves the others."""
    return {language: _written(book, handed, page, edition, language) for language in languages}


def _written(book: Book, handed: Handed, page: str, edition: str, language: str) -> str:
    if page == CATALOGUE:
        return handed.catalogue(edition, language)
    with handed.listening():  # so that the catalogue of messages is looked up once, not for each of them
        return (_changes if page == CHANGES else _corrections)(book, handed, edition, language)


def _changes(book: Book, handed: Handed, edition: str, language: str) -> str:
    """Return the page of changes; each pair of editions is compared once."""
    told = [
        _once(book, f"{before}-{after}", language, (before, after), _comparing(book, before, after, language))
        for before, after in comparison.pairs(book, edition)
    ]
    return handed.changes(told, language)


def _comparing(book: Book, before: str, after: str, language: str) -> Callable[[], Any]:
    return lambda: comparison.as_told(comparison.compared(book, before, after, language), language)


def _corrections(book: Book, handed: Handed, edition: str, language: str) -> str:
    """Return the page of corrections; it follows every row behind every figure through all releases."""
    text: str = _once(
        book,
        f"{CORRECTIONS}-{edition}",
        language,
        comparison.earlier(book, edition),
        lambda: handed.corrections(list(comparison.shown_before(book, edition, language)), edition, language),
    )
    return text


def _once(book: Book, name: str, language: str, editions: Sequence[str], make: Callable[[], Any]) -> Any:
    """Return what is told of some editions, kept from the last build while they and what tells it stand."""
    place = book.folders.build / "generated" / language / f"{name}.json"
    grounds = _grounds(book, editions, language)
    known = kept(place) or {}
    if known.get("grounds") != grounds:
        known = {"grounds": grounds, "told": make()}
        keep(place, known)
    return known["told"]


def _grounds(book: Book, editions: Sequence[str], language: str) -> str:
    folders = book.folders
    locales = folders.book / "locales" / language
    written = [folders.chapters, folders.book / "_toc.yml", folders.book / f"{comparison.FRONT}.md"]
    return fingerprint.digest(
        [
            *(language, book.tools, [fingerprint.file_digest(path) for path in written if path.exists()]),
            {edition: comparison.states(book, edition) for edition in editions},
            fingerprint.tree_digest(locales) if locales.exists() else None,
        ]
    )
