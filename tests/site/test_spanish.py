"""The Spanish site: a reader of Spanish meets no English sentence, and nothing waits for a translation."""

import re
from collections.abc import Iterator

import built_site
import pytest
from lxml.html import HtmlElement

from sharedborder.display import catalogue, messages
from sharedborder.press.book import sentences
from sharedborder.press.folders import Folders

SPANISH = [page for page in built_site.pages() if page.language == "es"]
ENGLISH = re.compile(
    r"\b(the|of|and|with|which|from|that|this|were|was|by|to|is|are|or|but|not|at|on|more|than|their|its)\b",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"(?:[A-Z]\w+ (?:(?:of|to|the|at) )*)*Bridge(?: (?:of|at|the|[A-Z]\w+))*|\bVoice of America\b|"
    r"'[^']*'|\bCC BY\b|\bCBP One\b|\bThe Shared Border\b|\bCreative Commons \w+\b|\bSIL Open Font License\b"
)
TOLD = ("alt", "aria-label", "title", "content", "placeholder", "data-label")
NOT_READ = ("script", "style", "code")


def foreign(element: HtmlElement) -> bool:
    """Whether an element is a name or a quotation in its own language, or is not read at all."""
    return any(
        node.tag in NOT_READ or node.get("lang") == "en" or node.get("translate") == "no"
        for node in [element, *element.iterancestors()]
    )


def told(root: HtmlElement) -> Iterator[str]:
    """Every text that a page shows or tells, piece by piece."""
    for element in root.iter():
        if isinstance(element.tag, str):
            own = not foreign(element)
            if own:
                yield from filter(None, [element.text, *(element.get(name) for name in TOLD)])
            if element.tail and not foreign(element.getparent() if element.getparent() is not None else root):
                yield element.tail


def english_in(text: str) -> list[str]:
    """The English words that no Spanish sentence holds."""
    return ENGLISH.findall(NAMES.sub(" ", text))


def test_the_search_for_english_finds_it() -> None:
    assert english_in("People of the border") == ["of", "the"]
    assert english_in("Personas en la frontera, 'between ports' y CBP One") == []


@pytest.mark.parametrize("page", SPANISH, ids=str)
def test_no_english_sentence_is_left(page: built_site.Page) -> None:
    root = built_site.document(page.path)
    assert root.get("lang") == "es"
    left = [" ".join(text.split())[:120] for text in told(root) if english_in(text)]
    assert not left


def test_nothing_waits_for_its_spanish() -> None:
    folders = Folders.of(built_site.REPOSITORY)
    kept = sentences.spanish(folders.book)
    waiting = [
        str(message.id) for message in sentences.extracted(folders) if message.id and message.id not in kept
    ]
    assert not waiting, "run `make catalogue` and write the Spanish of these"
    assert not catalogue.missing(folders.root / messages.CATALOGUE)


def test_a_page_is_kept_for_the_next_build_without_the_whole_book_beside_it() -> None:
    kept = sorted(Folders.of(built_site.REPOSITORY).made("latest", "es").rglob("*.doctree"))
    assert kept
    assert [path.name for path in kept if b"BuildEnvironment" in path.read_bytes()] == []
