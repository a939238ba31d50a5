"""What stands over a headline: how new a page's figures are, and how long it takes to read."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from babel.dates import format_date
from docutils import nodes  # type: ignore[import-untyped]
from sphinx.application import Sphinx

from sharedborder.press.edition import LOCALES
from sharedborder.press.sphinx_facts import edition_of, fact_at, facts_in

WORDS_A_MINUTE = 220
MONTH = {"en": "MMMM y", "es": "MMMM 'de' y"}


def dateline(app: Sphinx, doctree: Any) -> dict[str, Any]:
    """Return `as_of` (the newest release among a page's facts: day, and month as text) and `minutes`."""
    if doctree is None:
        return {"as_of": None, "minutes": None}
    edition = edition_of(app)
    names = dict.fromkeys(node["name"] for node in facts_in(doctree))
    newest = newest_release(fact_at(edition, name) or {} for name in names)
    return {"as_of": newest and _as_of(newest, edition["language"]), "minutes": minutes(doctree)}


def newest_release(facts: Iterable[dict[str, Any]]) -> str | None:
    """Return the newest day on which figures behind these facts were released."""
    days = [entry["published"] for fact in facts for entry in fact.get("evidence", [])]
    return max(days, default=None)


def _as_of(day: str, language: str) -> dict[str, str]:
    """Say the month only: of some releases the day is not certain."""
    text = format_date(date.fromisoformat(day), MONTH[language], locale=LOCALES[language])
    return {"day": day[:7], "text": text}


def minutes(doctree: Any) -> int:
    """Return the minutes that a page's own prose takes; figures and their tables are not counted."""
    said = " ".join(node.astext() for node in doctree.findall(nodes.paragraph))
    return max(1, round(len(re.findall(r"\w+", said)) / WORDS_A_MINUTE))
