"""The glossary's words in prose: each is linked to its definition where a page first uses it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]
from sphinx.addnodes import glossary
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from sharedborder.press.sphinx.facts import FactNode

MARKED = "marked"  # the class of a container in the glossary, whose terms mean the same wherever they stand
NOT_PROSE = (FactNode, nodes.reference, nodes.table, nodes.block_quote, nodes.literal)
SHORT = (["card"], ["key-figures"])  # containers of a few words beside a link or a figure


@dataclass(frozen=True)
class Term:
    """A glossary's entry: the page that defines it and the place there."""

    page: str
    anchor: str


class Marker:
    """Links terms in the pages of a build; it looks the terms up once, for the first page that is written."""

    def __init__(self) -> None:
        self.terms: dict[str, Term] | None = None

    def forget(self, _app: Sphinx, _env: BuildEnvironment) -> None:
        """Look the terms up again: the glossary may have been read anew."""
        self.terms = None

    def mark(self, app: Sphinx, doctree: Any, page: str) -> None:
        """Link the terms in a page."""
        if app.builder.format == "html":
            self.terms = dict(marked_terms(app.env)) if self.terms is None else self.terms
            mark_terms(app, doctree, page, self.terms)


def mark_terms(app: Sphinx, doctree: Any, page: str, terms: Mapping[str, Term]) -> None:
    """Link the first use of each term in a page's paragraphs, unless the author linked it before."""
    wanted = dict(terms)
    if any(term.page == page for term in wanted.values()):
        return
    for text in list(_texts(doctree)):
        linked = _term_linked(text)
        wanted = {word: term for word, term in wanted.items() if term.anchor != linked}
        if _is_prose(text):
            _mark(app, text, page, wanted)


def marked_terms(env: BuildEnvironment) -> Iterator[tuple[str, Term]]:
    """Yield each term that the glossary's containers of class "marked" define, as written there."""
    places = env.domains["std"].data["objects"]
    for page in sorted({page for (kind, _), (page, _) in places.items() if kind == "term"}):
        for term in _terms_of(env.get_doctree(page)):
            yield term.astext(), Term(page, term["ids"][0])


def _terms_of(doctree: Any) -> Iterator[Any]:
    for box in doctree.findall(nodes.container):
        if MARKED in box["classes"]:
            for listed in box.findall(glossary):
                yield from listed.findall(nodes.term)


def _texts(doctree: Any) -> Iterator[Any]:
    for paragraph in doctree.findall(nodes.paragraph):
        yield from paragraph.findall(nodes.Text)


def _around(node: Any) -> Iterator[Any]:
    while (node := node.parent) is not None:
        yield node


def _term_linked(text: Any) -> str:
    """Return the anchor of the term that an author's link leads to, if the text is of such a link."""
    if "std-term" not in text.parent.get("classes", ()):
        return ""
    link = next(node for node in _around(text) if isinstance(node, nodes.reference))
    return str(link.get("refid") or link["refuri"].rpartition("#")[2])


def _is_prose(text: Any) -> bool:
    return not any(isinstance(node, NOT_PROSE) or node.get("classes") in SHORT for node in _around(text))


def _mark(app: Sphinx, text: Any, page: str, wanted: dict[str, Term]) -> None:
    """Link the wanted terms in a text, and want them no more."""
    while found := first(wanted, folded(text)):
        word, start, end = found
        link, rest = _link(app, page, wanted.pop(word), text[start:end]), nodes.Text(text[end:])
        text.parent.replace(text, [nodes.Text(text[:start]), link, rest])
        text = rest


def _link(app: Sphinx, page: str, term: Term, shown: str) -> Any:
    inline = nodes.inline("", shown, classes=["xref", "std", "std-term"])
    return make_refnode(app.builder, page, term.page, term.anchor, inline)


def first(terms: Iterable[str], text: str) -> tuple[str, int, int] | None:
    """Return the first term in a folded text (of two at one place the longer), its start and its end."""
    found = [(term, match) for term in terms if (match := expression(term).search(text))]
    if not found:
        return None
    term, match = min(found, key=lambda one: (one[1].start(), -len(one[0])))
    return term, match.start(), match.end()


@lru_cache(maxsize=512)
def expression(term: str) -> re.Pattern[str]:
    """Return what finds a term in folded text, each word with or without the end of a plural."""
    words = (re.escape(word.removesuffix("s")) + "(?:e?s)?" for word in folded(term).split())
    return re.compile(r"(?<![\w-])" + r"\s+".join(words) + r"(?![\w-])")


def folded(text: str) -> str:
    """Return a text of the same length in lower case, without accents."""
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[:1] for letter in text)
