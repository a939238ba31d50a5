"""Sentences of a page, and what changed in them from one edition to the next."""

from operator import itemgetter
from typing import Any

import pytest

from sharedborder.press.book import changes
from sharedborder.press.book.changes import KNOWN, MOVED, REVISED, Prose
from sharedborder.press.book.phrases import references, sentences

MARKDOWN = """\
# {fact}`lead`

U.S. Customs announced {fact}`nov` {term}`encounters <encounter>` in **all**. Nothing here.
[It fell](border) by {fact}`b:fall`.

:::{known} nov
:otherwise: Not {fact}`nov` yet.

Known: {fact}`nov`.
:::

| a | {fact}`nov` |

> A quote of {fact}`nov`.

{fact}`nov`

people in all
"""


def told(text: str | None, month: str = "2023-11-01", published: str = "2023-12-22") -> dict[str, Any]:
    evidence = [{"table": "encounters", "published": published, "keys": [{"month": month}], "rows": 1}]
    if text is None:
        return {"kind": "absent", "text": {"en": "not published yet"}, "evidence": []}
    return {"kind": "value", "text": {"en": text}, "evidence": evidence}


def test_sentences_are_found_without_their_marks() -> None:
    found = list(sentences(MARKDOWN, "a", {}))
    assert found == [
        ("", "a:lead", ""),
        ("U.S. Customs announced ", "a:nov", " encounters in all."),
        ("It fell by ", "b:fall", "."),
        ("Known: ", "a:nov", "."),
        ("", "a:nov", " people in all"),
    ]
    assert references(found[2]) == ("b:fall",)


def test_a_translated_paragraph_is_told_in_its_language() -> None:
    spanish = {"people in all": "personas en total", "Known: {fact}`nov`.": "Se sabe: {fact}`nov`."}
    found = list(sentences(MARKDOWN, "a", spanish))
    assert found[3:] == [("Se sabe: ", "a:nov", "."), ("", "a:nov", " personas en total")]


SENTENCE = ("It was ", "a:nov", ".")
TEXT = itemgetter("text")


@pytest.mark.parametrize(
    ("then", "now", "why"),
    [
        (told(None), told("242,418"), KNOWN),
        (told("242,418"), told("242,399", published="2025-09-30"), REVISED),
        (told("242,418"), told("301,981", month="2023-12-01"), MOVED),
    ],
)
def test_why_a_sentence_reads_otherwise(then: dict[str, Any], now: dict[str, Any], why: str) -> None:
    (page,) = changes.between({"a:nov": then}, {"a:nov": now}, [Prose("a", "A", [SENTENCE])], TEXT)
    assert [(change.why, change.changed) for change in page.changes] == [(why, {"a:nov"})]


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ({"a:nov": told("1")}, {"a:nov": told("1", published="2025-09-30")}),  # reads the same
        ({"a:nov": told("1")}, {"a:nov": told(None)}),  # is not on the page now
        ({}, {"a:nov": told("1")}),  # the earlier edition had no such page
    ],
)
def test_what_is_no_change(then: dict[str, Any], now: dict[str, Any]) -> None:
    assert changes.between(then, now, [Prose("a", "A", [SENTENCE])], TEXT) == []


def test_texts_are_written_only_where_notebooks_left_others() -> None:
    asked = []

    def rounded(fact: dict[str, Any]) -> str:
        asked.append(fact["text"]["en"])
        return "about 242,000"

    prose = [Prose("a", "A", [SENTENCE, ("It fell to ", "a:same", ".")])]
    then, now = ({"a:nov": told(nov), "a:same": told("5")} for nov in ("242,418", "242,399"))
    assert changes.between(then, now, prose, rounded) == []
    assert asked == ["242,418", "242,399"]


def test_what_became_known_comes_first_and_nothing_is_told_twice() -> None:
    prose = Prose("a", "A", [("It rose to ", "a:top", "."), SENTENCE, SENTENCE])
    then = {"a:top": told("5"), "a:nov": told(None)}
    now = {"a:top": told("6", month="2023-12-01"), "a:nov": told("4")}
    (page,) = changes.between(then, now, [prose], TEXT)
    assert [change.why for change in page.changes] == [KNOWN, MOVED]
