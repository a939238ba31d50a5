"""The page of corrections: figures of earlier editions that their publishers revised since, and our own."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, Final

from . import days
from .changes_page import edition, raw
from .credits import Describe, linkable, release_day, said
from .language import say
from .messages import Language, mark, translate, translate_plural
from .names import capitalise, enumerate_words
from .provenance import chosen

Json = Mapping[str, Any]
Title = Callable[[str], Mapping[str, str]]
"""A table's title in both languages."""

ANNOUNCED: Final = "announced_figures"
WORDS: Final = {
    "title": mark("Corrections"),
    "opening": mark(
        "Publishers revise what they have released. Below is every figure in the text of an earlier "
        "edition whose "
        "rows a later release gives otherwise. The edition keeps the figure of its day. A figure "
        "that moved because "
        "another month is now the newest or the highest is no correction and stands under [what "
        "changed](changes)."
    ),
    "theirs": mark("Revised by their publishers"),
    "none": mark("No figure in the text of an earlier edition has been revised since."),
    "ours": mark("Our own"),
    "no_own": mark(
        "A correction of ours would stand here with the figure before and after, the reason and who "
        "asked for it. "
        "None was needed so far."
    ),
}


def corrections_page(
    revised: Sequence[Json], own: Sequence[Json], language: Language, describe: Describe, title: Title
) -> str:
    """Give the page as MyST Markdown.

    `revised` are revisions with `shown`, the (edition, page, title) that showed them; `own` the entries of
    corrections.yml; `describe` names a release, `title` a table.
    """
    theirs = _by_table(revised, language, describe, title) or _word("none", language)
    mine = [_own(one, language, title) for one in own]
    ours = _list(mine) if mine else _word("no_own", language)
    parts = [f"# {_word('title', language)}", _word("opening", language)]
    parts += [f"## {_word('theirs', language)}", theirs, f"## {_word('ours', language)}", ours]
    return "\n\n".join(parts) + "\n"


def _by_table(revised: Sequence[Json], language: Language, describe: Describe, title: Title) -> str:
    """Give the revisions of each table under its title, in the order in which the tables are met."""
    tables = dict.fromkeys(one["table"] for one in revised)
    parts = []
    for table in tables:
        items = [_revision(one, language, describe) for one in revised if one["table"] == table]
        parts += [f"### {title(table)[language]}", _list(items)]
    return "\n\n".join(parts)


def _list(items: Sequence[str]) -> str:
    return raw('<ul class="revisions">\n' + "\n".join(items) + "\n</ul>")


def _revision(revision: Json, language: Language, describe: Describe) -> str:
    about = describe(revision["gave"], revision["published_now"])
    values = {"then": revision["then"], "now": revision["now"]}
    told = say("{then:exact} became {now:exact}", **values).in_language(language)
    by = said(revision["key"].get("publisher") or about.get("short") or about.get("publisher"), language)
    day = release_day(revision["published_now"], str(about.get("precision", "exact")), language)
    release = days.contracted(
        translate("{who}, release of {day}", language).format(who=by, day=day), language
    )
    what = chosen(_asked(revision), language)
    return (
        f'<li><p class="what">{escape(capitalise(what))}</p>\n'
        f'<p class="move"><strong>{escape(told)}</strong>. {escape(release)}</p>\n'
        f'<p class="where">{_shown(revision["shown"], language)}</p></li>'
    )


def _asked(revision: Json) -> dict[str, Any]:
    unsaid = {"publisher", "geography"} if revision["table"] == ANNOUNCED else set()
    return {name: value for name, value in revision["key"].items() if name not in unsaid}


def _shown(places: Sequence[tuple[str, str, str]], language: Language) -> str:
    """Say in which editions, and on which pages, the figure stands."""
    editions = enumerate_words(
        [edition(one, language) for one in dict.fromkeys(place[0] for place in places)], language
    )
    titles = {page: name for _, page, name in places}
    pages = enumerate_words(
        [f'<a href="{escape(page)}.html">{escape(name)}</a>' for page, name in titles.items()], language
    )
    text = translate_plural(
        "Shown in the edition of {editions}: {pages}.",
        "Shown in the editions of {editions}: {pages}.",
        len({place[0] for place in places}),
        language,
    )
    return text.format(editions=escape(editions), pages=pages)


def _own(correction: Json, language: Language, title: Title) -> str:
    values = {"then": correction["expect"], "now": correction["value"]}
    told = say("{then:exact} became {now:exact}", **values).in_language(language)
    day = days.day(correction["decided"], language)
    asked = translate("{day}, asked for by {who}", language).format(day=day, who=correction["asked_by"])
    address = linkable(correction["address"])
    source = f' <a href="{escape(address)}">{escape(address)}</a>' if address else ""
    what = f"{title(correction['table'])[language]}: {chosen(correction['where'], language)}"
    return (
        f'<li><p class="what">{escape(what)}</p>\n'
        f'<p class="move"><strong>{escape(told)}</strong>. {escape(asked)}</p>\n'
        f'<p class="where">{escape(said(correction["reason"], language))}{source}</p></li>'
    )


def _word(name: str, language: Language) -> str:
    return translate(WORDS[name], language)
