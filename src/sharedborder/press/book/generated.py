"""Pages written from data: the data page, what changed between editions, the corrections."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sharedborder.press import fingerprint
from sharedborder.press.book import comparison
from sharedborder.press.book.comparison import Book
from sharedborder.press.files import write_whole
from sharedborder.press.handed import Handed

CATALOGUE, CHANGES, CORRECTIONS = PAGES = ("data", "changes", "corrections")
"""Their names; a file of the book with such a name is taken instead."""


def written(book: Book, handed: Handed, page: str, edition: str, language: str) -> str:
    """Return a page of an edition in a language as MyST Markdown."""
    if page == CHANGES:
        pairs = comparison.comparisons(book, edition, language)
        return handed.changes([comparison.as_told(pair, language) for pair in pairs], language)
    if page == CORRECTIONS:
        return _corrections(book, handed, edition, language)
    return handed.catalogue(edition, language)


def _corrections(book: Book, handed: Handed, edition: str, language: str) -> str:
    """Return the page of corrections, kept from the last build while nothing that it tells of changed.

    It follows every row behind every figure of earlier editions through all releases, which takes seconds.
    """
    shown = list(comparison.shown_before(book, edition, language))
    grounds = _grounds(book, shown, edition, language)
    place = book.folders.build / "generated" / edition / language / f"{CORRECTIONS}.json"
    kept = _load(place)
    if kept.get("grounds") == grounds:
        return str(kept["text"])
    text = handed.corrections(shown, edition, language)
    write_whole(place, json.dumps({"grounds": grounds, "text": text}))
    return text


def _grounds(book: Book, shown: list[dict[str, Any]], edition: str, language: str) -> str:
    locales = book.folders.book / "locales" / language
    return fingerprint.digest(
        [
            *(edition, language, shown),
            fingerprint.data_digest(book.folders.data),
            fingerprint.code_digest("records", "display"),
            fingerprint.tree_digest(locales) if locales.exists() else None,
        ]
    )


def _load(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
