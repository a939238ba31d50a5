"""The sentences of a page that hold facts, as text and references, in the language of the page."""

import re
from collections.abc import Iterator, Mapping

ROLE = re.compile(r"\{fact\}`([^`]+)`")
OTHER_ROLE = re.compile(r"\{[a-z:-]+\}`([^`<]+?)(?: <[^`]*>)?`")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
EMPHASIS = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w))")
SKIPPED = re.compile(r"^\s*(:{3,}|`{3,}|:(?!otherwise)[a-z-]+:|>|\||\(\S+\)=$)")
OTHERWISE = re.compile(r"^:otherwise:.*$", re.MULTILINE)
HEAD = re.compile(r"^(#+|[-*]|\d+\.)\s+")
END = re.compile(r"(?<=[.!?…])(?<!U\.S\.)(?<!D\.C\.)(?<!EE\.)(?<!UU\.)\s+(?=[A-ZÁÉÍÓÚÑ¿¡“«{\[*])")

Sentence = tuple[str, ...]
"""Texts and references in turn: ("CBP announced ", "border:nov_2023", " encounters.")."""


def sentences(markdown: str, page: str, translated: Mapping[str, str]) -> Iterator[Sentence]:
    """Yield the sentences of a page's Markdown that hold a fact, in order, without those of `:otherwise:`.

    `translated` gives a paragraph in the page's language; one that it lacks stays as it is written.
    """
    alone = ""
    for paragraph, heads in _paragraphs(OTHERWISE.sub("", markdown)):
        if ROLE.fullmatch(paragraph) and not heads:  # a number set large: its words follow
            alone = f"{paragraph} "
            continue
        for sentence in END.split(alone + translated.get(paragraph, paragraph)):
            if ROLE.search(sentence):
                yield _parts(sentence, page)
        alone = ""


def references(sentence: Sentence) -> Sentence:
    """Return the facts of a sentence by their full names."""
    return sentence[1::2]


def _paragraphs(markdown: str) -> Iterator[tuple[str, bool]]:
    """Yield paragraphs, items of lists and headings, each in one line, and whether it is a heading."""
    lines: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        ends = not line.strip() or SKIPPED.match(line)
        if lines and (ends or HEAD.match(line)):
            text = " ".join(lines)
            yield HEAD.sub("", text), text.startswith("#")
            lines = []
        if not ends:
            lines.append(line.strip())


def _parts(sentence: str, page: str) -> Sentence:
    parts = ROLE.split(sentence.strip())
    return tuple(_full(part, page) if place % 2 else _plain(part) for place, part in enumerate(parts))


def _full(reference: str, page: str) -> str:
    return reference if ":" in reference else f"{page}:{reference}"


def _plain(text: str) -> str:
    """Take the marks out of a text: other roles, links, emphasis."""
    return EMPHASIS.sub("", LINK.sub(r"\1", OTHER_ROLE.sub(r"\1", text)))
