"""edition.json: what the pages of an edition in a language know about themselves and other editions."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from babel.dates import format_date

from sharedborder.press.book.toc import Entry, in_language
from sharedborder.press.folders import site_path
from sharedborder.press.harvest import Bundle
from sharedborder.press.plan import Page, Plan, day_of

LOCALES = {"en": "en_GB", "es": "es_MX"}
LATEST_LABEL = {"en": "Latest", "es": "La más reciente"}
MISSING = {
    "en": (
        "Not made: it needs {tables}, and no release of that up to {day} is held.",
        "Not made: no release of {tables} is held.",
    ),
    "es": (
        "No se hizo: necesita {tables} y no se tiene ninguna entrega de eso hasta el {day}.",
        "No se hizo: no se tiene ninguna entrega de {tables}.",
    ),
}


def day_text(day: datetime.date, language: str) -> str:
    """Return a day as a reader reads it: "27 December 2023"."""
    return str(format_date(day, "long", locale=LOCALES[language]))


def label(edition: str, language: str) -> str:
    """Return an edition's name for readers."""
    day = day_of(edition)
    return LATEST_LABEL[language] if day is None else day_text(day, language)


def missing_reason(page: Page, language: str, titles: Mapping[str, str]) -> str:
    """Return one sentence saying why a page is not made in its edition."""
    names = ", ".join(titles.get(table, table.replace("_", " ")) for table in page.missing)
    day = day_of(page.edition)
    dated, undated = MISSING[language]
    return dated.format(tables=names, day=day_text(day, language)) if day else undated.format(tables=names)


def present_pages(plan: Plan, edition: str, parts: Sequence[Entry]) -> list[str]:
    """Return the pages an edition has, in the book's order."""
    from_notebooks = {page.name for page in plan.pages}
    made = {page.name for page in plan.of(edition) if page.made}
    listed = [entry["page"] for part in parts for entry in part["entries"]]
    return [page for page in listed if page in made or page not in from_notebooks]


def edition_record(
    plan: Plan,
    parts: Sequence[Entry],
    edition: str,
    language: str,
    facts: Mapping[str, Mapping[str, Bundle]],
    tables: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """Return the content of edition.json (its form is described where it is read: sphinx_context)."""
    titles = {table: str(about["title"]) for table, about in tables.items() if about.get("title")}
    day = day_of(edition)
    return {
        "edition": edition,
        "language": language,
        "day": day.isoformat() if day else None,
        "root": site_path(edition, language),
        "label": {name: label(edition, name) for name in LOCALES},
        "pages": _pages(plan, parts, edition, language),
        "navigation": _navigation(plan, parts, edition, language),
        "editions": [_other(plan, parts, other, language, titles) for other in plan.editions],
        "languages": [{"language": name, "root": site_path(edition, name)} for name in plan.languages],
        "facts": facts,
        "tables": tables,
    }


def _pages(plan: Plan, parts: Sequence[Entry], edition: str, language: str) -> dict[str, Any]:
    titles = {
        entry["page"]: in_language(entry["title"], language) for part in parts for entry in part["entries"]
    }
    chapters = {page.name: page for page in plan.of(edition)}
    pages: dict[str, Any] = {}
    for name in present_pages(plan, edition, parts):
        page = chapters.get(name)
        own = in_language(dict(page.title), language) if page else None
        pages[name] = {"title": titles[name] or own}
        if page:
            pages[name] |= {"notebook": page.chapter, "parameters": dict(page.parameters)}
    return pages


def _navigation(plan: Plan, parts: Sequence[Entry], edition: str, language: str) -> list[dict[str, Any]]:
    present = present_pages(plan, edition, parts)
    groups = [
        {
            "caption": in_language(part["caption"], language),
            "pages": [entry["page"] for entry in part["entries"] if entry["page"] in present],
        }
        for part in parts
    ]
    return [group for group in groups if group["pages"]]


def _other(
    plan: Plan, parts: Sequence[Entry], edition: str, language: str, titles: Mapping[str, str]
) -> dict[str, Any]:
    day = day_of(edition)
    return {
        "edition": edition,
        "day": day.isoformat() if day else None,
        "label": label(edition, language),
        "root": site_path(edition, language),
        "pages": present_pages(plan, edition, parts),
        "missing": {
            page.name: missing_reason(page, language, titles) for page in plan.of(edition) if not page.made
        },
    }
