"""What changed from one edition to the next, sentence by sentence, and which shown figures were revised."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sharedborder.press.book.phrases import Sentence, references
from sharedborder.press.harvest import Bundle

Facts = Mapping[str, Bundle]  # by full name: "border:nov_2023"
KNOWN, REVISED, MOVED = "known", "revised", "moved"


@dataclass(frozen=True)
class Prose:
    """The sentences with facts of a page: its name, its title, the sentences in one language."""

    page: str
    title: str
    sentences: Sequence[Sentence]


@dataclass(frozen=True)
class Change:
    """A sentence that reads otherwise: its parts, and the facts that changed (full names).

    `why` is "known" (a figure was absent), "revised" (the same rows, from a newer release) or "moved" (other
    rows: the newest month, the highest one, is another).
    """

    sentence: Sentence
    changed: frozenset[str]
    why: str


@dataclass(frozen=True)
class PageChanges:
    """The sentences of a page that changed; those that became known first."""

    page: str
    title: str
    changes: Sequence[Change] = field(default=())


def between(
    before: Facts, after: Facts, prose: Sequence[Prose], text: Callable[[Bundle], Any]
) -> list[PageChanges]:
    """Return the pages on which a sentence changed between two editions, in the order given.

    `text` writes out a fact's text: it is asked only where what the notebooks left of it differs.
    """
    told = [PageChanges(one.page, one.title, _ordered(_changes(before, after, one, text))) for one in prose]
    return [one for one in told if one.changes]


def _changes(before: Facts, after: Facts, prose: Prose, text: Callable[[Bundle], Any]) -> Iterator[Change]:
    seen: set[Sentence] = set()
    for sentence in prose.sentences:
        names = references(sentence)
        told = sentence in seen or any(name not in before or _absent(after.get(name)) for name in names)
        changed = frozenset(
            name for name in names if not told and _reads_otherwise(before[name], after[name], text)
        )
        seen.add(sentence)
        if changed:
            yield Change(sentence, changed, _why(before, after, changed))


def _ordered(changes: Iterator[Change]) -> list[Change]:
    order = {KNOWN: 0, MOVED: 1, REVISED: 2}
    return sorted(changes, key=lambda change: order[change.why])


def _absent(fact: Bundle | None) -> bool:
    return fact is None or fact["kind"] == "absent"


def _reads_otherwise(then: Bundle, now: Bundle, text: Callable[[Bundle], Any]) -> bool:
    return bool(then["text"] != now["text"] and text(then) != text(now))


def _why(before: Facts, after: Facts, changed: frozenset[str]) -> str:
    if any(_absent(before[name]) for name in changed):
        return KNOWN
    same = all(_rows(before[name]) == _rows(after[name]) for name in changed)
    return REVISED if same else MOVED


def _rows(fact: Bundle) -> list[Any]:
    return sorted((entry["table"], repr(entry["keys"])) for entry in fact["evidence"])
