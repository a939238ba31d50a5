"""What stands over a headline: how new a page's figures are, and how long it takes to read."""

import re
from datetime import date
from typing import Any

from babel.dates import format_date
from docutils import nodes  # type: ignore[import-untyped]
from sphinx.application import Sphinx

from sharedborder.press.book.edition import LOCALES
from sharedborder.press.sphinx.facts import edition_of, fact_at, facts_in

WORDS_A_MINUTE = 220
MONTH = {"en": "MMMM y", "es": "MMMM 'de' y"}


def dateline(app: Sphinx, doctree: Any) -> dict[str, Any]:
    """Return `as_of` (the newest release among a page's facts), `tables_used` by them, and `minutes`."""
    if doctree is None:
        return {"as_of": None, "tables_used": [], "minutes": None}
    edition = edition_of(app)
    names = dict.fromkeys(node["name"] for node in facts_in(doctree))
    evidence = [one for name in names for one in (fact_at(edition, name) or {}).get("evidence", [])]
    newest = max((entry["published"] for entry in evidence), default=None)
    return {
        "as_of": newest and _as_of(newest, edition["language"]),
        "tables_used": list(dict.fromkeys(entry["table"] for entry in evidence)),
        "minutes": minutes(doctree),
    }


def _as_of(day: str, language: str) -> dict[str, str]:
    """Say the month only, as `day` and as `text`: of some releases the day is not certain."""
    text = format_date(date.fromisoformat(day), MONTH[language], locale=LOCALES[language])
    return {"day": day[:7], "text": text}


def minutes(doctree: Any) -> int:
    """Return the minutes that a page's own prose takes; figures and their tables are not counted."""
    said = " ".join(node.astext() for node in doctree.findall(nodes.paragraph))
    return max(1, round(len(re.findall(r"\w+", said)) / WORDS_A_MINUTE))
