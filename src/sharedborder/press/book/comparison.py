"""What the generated pages compare: facts and sentences of every edition, as their notebooks left them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from sharedborder.press import fingerprint
from sharedborder.press.book import changes
from sharedborder.press.book.phrases import references, sentences
from sharedborder.press.book.sentences import spanish
from sharedborder.press.book.toc import Entry, in_language
from sharedborder.press.folders import Folders
from sharedborder.press.harvest import FACTS, Bundle, Resolve
from sharedborder.press.plan import LATEST, Plan

FRONT = "index"
FRONT_TITLE = {"en": "The front page", "es": "La portada"}


@dataclass(frozen=True)
class Told:
    """A page of an edition: its Markdown and its facts by full name."""

    markdown: str
    facts: Mapping[str, Bundle]


@dataclass(frozen=True)
class Comparison:
    """One edition against the one before it, in one language: `pages` changed, `new` had not been made."""

    before: str
    after: str
    pages: Sequence[changes.PageChanges]
    new: Sequence[str]
    facts_before: Mapping[str, Bundle]
    facts_after: Mapping[str, Bundle]


@dataclass(frozen=True)
class Book:
    """What to compare: the project's folders, its plan, its contents; `resolve` writes out a fact's texts.

    `tools` is the digest of the code and the data that the comparison is made with.
    """

    folders: Folders
    plan: Plan
    parts: Sequence[Entry]
    resolve: Resolve
    tools: str


class Facts(Mapping[str, Bundle]):
    """Facts by full name, their texts written out when they are asked for: most of them never are.

    `left` has them as notebooks left them.
    """

    def __init__(self, left: Mapping[str, Bundle], resolve: Resolve, language: str) -> None:
        self.left, self._resolve, self._language = left, resolve, language
        self._written: dict[str, Bundle] = {}

    def text(self, fact: Bundle) -> Any:
        """Return the text of a fact as a notebook left it."""
        return self._resolve(fact, [self._language])["text"]

    def __getitem__(self, name: str) -> Bundle:
        if name not in self._written:
            self._written[name] = self._resolve(self.left[name], [self._language])
        return self._written[name]

    def __contains__(self, name: object) -> bool:
        return name in self.left

    def __iter__(self) -> Iterator[str]:
        return iter(self.left)

    def __len__(self) -> int:
        return len(self.left)


def in_order(editions: Sequence[str]) -> list[str]:
    """Return editions from the first day to the latest."""
    return sorted(editions, key=lambda edition: (edition == LATEST, edition))


def pairs(book: Book, edition: str) -> list[tuple[str, str]]:
    """Return the pairs of neighbouring editions up to one, the newest first; executed ones alone."""
    before = earlier(book, edition)
    if not (before and _executed(book, edition)):
        return []
    known = [one for one in before if _executed(book, one)]
    return list(reversed(list(pairwise([*known, edition]))))


def earlier(book: Book, edition: str) -> list[str]:
    """Return the editions before one, from the first day on."""
    ordered = in_order(book.plan.editions)
    return ordered[: ordered.index(edition)]


def states(book: Book, edition: str) -> dict[str, str]:
    """Return the digest of each executed notebook of an edition, by page."""
    return {page: fingerprint.file_digest(path) for page, path in _executed(book, edition).items()}


def shown_before(book: Book, edition: str, language: str) -> Iterator[dict[str, Any]]:
    """Yield the facts that stand in the prose of earlier editions: edition, page, title, fact."""
    for other in earlier(book, edition):
        facts = _facts(book, other, language)
        for prose in _prose(book, other, language):
            names = {name for sentence in prose.sentences for name in references(sentence)}
            for name in sorted(names & set(facts)):
                yield {"edition": other, "page": prose.page, "title": prose.title, "fact": facts[name]}


def compared(book: Book, before: str, after: str, language: str) -> Comparison:
    """Return what reads otherwise in an edition than in the one before it."""
    then, now = _facts(book, before, language), _facts(book, after, language)
    prose = _prose(book, after, language)
    made = {*_told(book, before), FRONT}
    new = [one.title for one in prose if one.page not in made]
    changed = changes.between(then.left, now.left, prose, then.text)
    return Comparison(before, after, changed, new, then, now)


def _facts(book: Book, edition: str, language: str) -> Facts:
    told = _told(book, edition).values()
    left = {name: fact for page in told for name, fact in page.facts.items()}
    return Facts(left, book.resolve, language)


def _prose(book: Book, edition: str, language: str) -> list[changes.Prose]:
    """Return the pages of an edition in the book's order, each with the sentences that hold facts."""
    told = _told(book, edition)
    words = spanish(book.folders.book) if language == "es" else {}
    titles = _titles(book, edition, language)
    texts = {FRONT: (book.folders.book / f"{FRONT}.md").read_text("utf-8")}
    texts |= {page: told[page].markdown for page in titles if page in told}
    return [
        changes.Prose(page, titles.get(page, page), list(sentences(text, page, words)))
        for page, text in texts.items()
    ]


def _titles(book: Book, edition: str, language: str) -> dict[str, str]:
    """Return the short titles of pages in the order of the contents."""
    made = {page.name: in_language(dict(page.title), language) for page in book.plan.of(edition)}
    listed = [entry for part in book.parts for entry in part["entries"]]
    titles = {
        entry["page"]: str(in_language(entry["title"], language) or made.get(entry["page"]) or entry["page"])
        for entry in listed
    }
    return titles | {FRONT: FRONT_TITLE[language]}


def _told(book: Book, edition: str) -> dict[str, Told]:
    executed = _executed(book, edition)
    return {page: _read(path, path.stat().st_mtime_ns, page) for page, path in executed.items()}


def _executed(book: Book, edition: str) -> dict[str, Path]:
    made = [page.name for page in book.plan.of(edition) if page.made]
    paths = {page: book.folders.executed(edition, page) for page in made}
    return {page: path for page, path in paths.items() if path.exists() and _speaks(path, page, book.resolve)}


def _speaks(path: Path, page: str, resolve: Resolve) -> bool:
    return _can_be_told(path, path.stat().st_mtime_ns, page, resolve)


@lru_cache(maxsize=1024)
def _can_be_told(path: Path, stamp: int, page: str, resolve: Resolve) -> bool:
    """Say whether a notebook's facts are of today's form.

    One of an edition that this build leaves out may be older; it counts as not executed, until that edition
    is built. A notebook leaves all of its facts in one form, so the first speaks for all.
    """
    try:
        for fact in list(_read(path, stamp, page).facts.values())[:1]:
            resolve(fact, ["en"])
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1024)
def _read(path: Path, _stamp: int, page: str) -> Told:
    """Read only what is needed, as plain JSON: a check of the whole notebook would cost ten times as much."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    markdown = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    facts = {f"{page}:{fact['key']}": fact for data in outputs for fact in data.get(FACTS, [])}
    return Told("\n\n".join(markdown), facts)


def as_told(comparison: Comparison, language: str) -> dict[str, Any]:
    """Return a comparison as display reads it: sentences now and then, as (text, whether it changed)."""
    return {
        "before": comparison.before,
        "after": comparison.after,
        "new": list(comparison.new),
        "pages": [
            {
                "page": page.page,
                "title": page.title,
                "changes": [_sentence(comparison, change, language) for change in page.changes],
            }
            for page in comparison.pages
        ],
    }


def _sentence(comparison: Comparison, change: changes.Change, language: str) -> dict[str, Any]:
    absent = [comparison.facts_before[name] for name in sorted(change.changed)]
    return {
        "why": change.why,
        "absent": next((fact["text"][language] for fact in absent if fact["kind"] == "absent"), None),
        "now": _written(change, comparison.facts_after, language),
        "then": _written(change, comparison.facts_before, language),
    }


def _written(change: changes.Change, facts: Mapping[str, Bundle], language: str) -> list[tuple[str, bool]]:
    return [
        (facts[part]["text"][language], part in change.changed) if place % 2 else (part, False)
        for place, part in enumerate(change.sentence)
    ]
