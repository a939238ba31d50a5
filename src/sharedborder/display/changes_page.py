"""The page "What changed between editions", as MyST Markdown with HTML in it, all of it escaped."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

from . import days
from .language import write
from .messages import Language, mark, translate, translate_plural
from .names import capitalise

Json = Mapping[str, Any]

LATEST: Final = "latest"
OPEN: Final = 6
"""So many sentences of a page are shown at once; the others on demand."""

WORDS: Final = {
    "title": mark("What changed between editions"),
    "opening": mark(
        "An edition stands as it was known on its day. This page lays each one beside the one before "
        "it and shows "
        "the sentences whose figures read otherwise: first what could not be said yet, then what "
        "moved on because "
        "a newer month or total is the newest, then what the publishers revised."
    ),
    "first": mark("This is the first edition: there is none before it to compare."),
    "same": mark("No sentence of a page that both editions have reads otherwise."),
    "pair": mark("From {before} to {after}"),
    "to_latest": mark("From {before} to the latest edition"),
    "latest": mark("the latest edition"),
    "known": mark("Now known"),
    "moved": mark("The newest has moved on"),
    "revised": mark("Revised by its publisher"),
    "new": mark("Pages that the earlier edition could not have: {pages}."),
}


def changes_page(comparisons: Sequence[Json], language: Language) -> str:
    """Give the page: each pair of editions, the newest first, by page; pages of a series in one line each."""
    parts = [f"# {_word('title', language)}", _word("opening" if comparisons else "first", language)]
    for comparison in comparisons:
        before, after = (edition(comparison[one], language) for one in ("before", "after"))
        pair = _word("to_latest" if comparison["after"] == LATEST else "pair", language)
        parts += [f"## {pair.format(before=before, after=after)}", *_comparison(comparison, language)]
    return "\n\n".join(parts) + "\n"


def edition(name: str, language: Language) -> str:
    """Name an edition within a sentence: its day, or "the latest edition"."""
    return _word("latest", language) if name == LATEST else days.day(name, language)


def raw(html: str) -> str:
    """Put HTML into Markdown."""
    return f"```{{raw}} html\n{html}\n```"


def _comparison(comparison: Json, language: Language) -> list[str]:
    single = [page for page in comparison["pages"] if "/" not in page["page"]]
    series = [page for page in comparison["pages"] if "/" in page["page"]]
    parts = [part for page in single for part in _page(page, comparison["before"], language)]
    if series:
        listed = "".join(f"<li>{_in_short(page, language)}</li>" for page in series)
        parts.append(raw(f'<ul class="series">{listed}</ul>'))
    if comparison["new"]:
        pages = ", ".join(comparison["new"])
        parts.append(_word("new", language).format(pages=pages))
    return parts or [_word("same", language)]


def _page(page: Json, before: str, language: Language) -> list[str]:
    items = [_item(change, before, language) for change in page["changes"]]
    shown, more = _list(items[:OPEN]), ""
    if rest := items[OPEN:]:
        text = translate_plural("{count} more sentence", "{count} more sentences", len(rest), language)
        summary = escape(text.format(count=write(len(rest), "exact", language)))
        more = f"\n<details><summary>{summary}</summary>\n{_list(rest)}\n</details>"
    return [f"### [{page['title']}]({page['page']})", raw(shown + more)]


def _list(items: Sequence[str]) -> str:
    return '<ul class="changes">\n' + "\n".join(items) + "\n</ul>"


def _in_short(page: Json, language: Language) -> str:
    count = len(page["changes"])
    text = translate_plural(
        "{count} sentence reads otherwise", "{count} sentences read otherwise", count, language
    )
    said = text.format(count=write(count, "exact", language))
    return f'<a href="{escape(page["page"])}.html">{escape(page["title"])}</a>: {escape(said)}'


def _item(change: Json, before: str, language: Language) -> str:
    why = f'<span class="why">{escape(_word(change["why"], language))}</span>'
    when = f"{escape(capitalise(edition(before, language)))}: "
    then = escape(change["absent"]) if change["absent"] else _sentence(change["then"])
    return (
        f'<li class="{escape(change["why"])}">{why}\n<p class="now">{_sentence(change["now"])}</p>\n'
        f'<p class="then"><span class="day">{when}</span>{then}</p></li>'
    )


def _sentence(parts: Iterable[tuple[str, bool]]) -> str:
    return "".join(f"<strong>{escape(text)}</strong>" if changed else escape(text) for text, changed in parts)


def _word(name: str, language: Language) -> str:
    return translate(WORDS[name], language)
