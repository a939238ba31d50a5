"""Who a figure is owed to: publisher, title and release days in the words of a source line."""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any, Final
from urllib.parse import urlsplit

from . import days
from .messages import Language, mark, translate, translate_plural
from .names import enumerate_words

Describe = Callable[[str, str], Mapping[str, Any]]
"""(table, release day) -> publisher {en, es}, title {en, es}, address, precision ("exact" or "about")."""

OWN: Final = {
    "events": mark("The Shared Border, chronology of events"),
    "claims": mark("The Shared Border, list of claims"),
}
"""What this publication keeps itself: no publisher's release."""

MOST_DAYS: Final = 3
"""So many release days are listed; of more, the first and the last."""


def source_line(sources: Iterable[Mapping[str, str]], language: Language, describe: Describe) -> str:
    """Give the HTML of a figure's source line, one credit a publisher and title, all escaped."""
    owed = credit_lines(sources, language, describe)
    word = translate_plural("Source: {sources}", "Sources: {sources}", len(owed), language)
    return word.format(sources="; ".join(owed))


def credit_lines(sources: Iterable[Mapping[str, str]], language: Language, describe: Describe) -> list[str]:
    """Give the HTML of each credit: publisher, title (linked), release days."""
    grouped: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for source in sources:
        table = source["table"]
        if table in OWN:
            grouped.setdefault(("", translate(OWN[table], language), ""), [])
            continue
        about = describe(table, source["published"])
        who = (
            said(about.get("publisher"), language),
            said(about.get("title"), language),
            linkable(about.get("address")),
        )
        grouped.setdefault(who, []).append((source["published"], str(about.get("precision", "exact"))))
    return [_credit(*who, releases, language) for who, releases in grouped.items()]


def release_days(releases: Iterable[tuple[str, str]], language: Language) -> str:
    """Say release days (ISO day, precision): about ones by their month; of many, the first and the last."""
    ordered = sorted(set(releases))
    written = list(dict.fromkeys(release_day(day, precision, language) for day, precision in ordered))
    if len(written) > MOST_DAYS:
        text = translate("releases from {first} to {last}", language)
        return text.format(first=written[0], last=written[-1])
    text = translate_plural("release of {days}", "releases of {days}", len(written), language)
    return days.contracted(text.format(days=enumerate_words(written, language)), language)


def release_day(day: str, precision: str, language: Language) -> str:
    """Say one release day: exactly, or the month if only that is certain."""
    return days.day(day, language) if precision == "exact" else days.month(day, language)


def said(text: Any, language: Language) -> str:
    """Take one language of a text that may have both, one, or be plain."""
    if isinstance(text, Mapping):
        return str(text.get(language) or text.get("en") or "")
    return str(text or "")


def linkable(address: Any) -> str:
    """Give an address that may be linked: http or https, or none."""
    found = str(address or "")
    return found if urlsplit(found).scheme in {"http", "https"} else ""


def link(address: str) -> str:
    """Give an address as HTML, called by its host; one that may not be linked, as text."""
    if not linkable(address):
        return escape(address)
    host = (urlsplit(address).hostname or address).removeprefix("www.")
    return f'<a href="{escape(address)}">{escape(host)}</a>'


def _credit(
    publisher: str, title: str, home: str, releases: list[tuple[str, str]], language: Language
) -> str:
    named = f'<a href="{escape(home)}">{escape(title)}</a>' if home else escape(title)
    told = escape(release_days(releases, language)) if releases else ""
    return ", ".join(part for part in (escape(publisher), named, told) if part)
