"""What the command line hands to the press of the other rooms, which the press does not import."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sharedborder.press.harvest import Bundle, Resolve
from sharedborder.press.pictures import Paint, Translations

Files = Mapping[
    str, str
]  # "csv", "svg", "spec", "page", "embed" (latest only) -> address relative to the page


@dataclass(frozen=True)
class Handed:
    """Callables of the other rooms; `edition` is "latest" or a day, `language` "en" or "es".

    releases(table) -> days of its releases; KeyError for an unknown table
    tables(edition, language) -> table -> {"title", "last_period", "published"} as of that edition
    catalogue(edition, language) -> the data page as MyST Markdown, with its heading
    resolve(bundle, languages) -> the fact or figure with its texts by language; ValueError where one
        breaks a rule
    paint(resolved figure, language) -> {"svgs"} by width, {"spec"}: the column's specification as JSON,
        {"asked"}: what the pictures took from the translations; a function of a module, it is called in
        other processes
    listening() -> a context in which texts are written; it gives what was asked of the translations meanwhile
    translations(language) -> what the translations say now, by the names that "asked" has
    figure_html(figure, language, pictures by width) -> what writes the figure with its files
    card(language, headline, picture, edition's name) -> a page's card for other sites as SVG; without
        headline and picture, that of the publication
    card_png(card's SVG) -> PNG of 1200 x 630 px; a function of a module, it is called in other processes
    evidence_html(fact, language) -> the content of one entry of "Where the numbers come from"
    stylesheet() -> the palette as CSS
    grounds(entry of a read log) -> a digest of what the answer rests on; quick, opens no table
    replay(entry of a read log) -> the digest of the answer now
    claim_html(claim, language) -> the claim in the page
    claim_entry(claim, page, language) -> its entry of claims.json
    changes(comparisons, language) -> the page of changes as MyST Markdown (see comparison.as_told)
    corrections(shown, edition, language) -> the page of corrections (see comparison.shown_before)
    painting -> not called: names of the modules that processes load which lay out pages
    """

    releases: Callable[[str], Sequence[datetime.date]]
    tables: Callable[[str, str], Mapping[str, Mapping[str, Any]]]
    catalogue: Callable[[str, str], str]
    resolve: Resolve
    paint: Paint
    listening: Callable[[], AbstractContextManager[Mapping[str, Any]]]
    translations: Translations
    figure_html: Callable[[Bundle, str, Mapping[str, str]], Callable[[Files], str]]
    card: Callable[[str, str, str, str], str]
    card_png: Callable[[str], bytes]
    evidence_html: Callable[[Bundle, str], str]
    stylesheet: Callable[[], str]
    grounds: Callable[[Mapping[str, Any]], str]
    replay: Callable[[Mapping[str, Any]], str]
    claim_html: Callable[[Bundle, str], str]
    claim_entry: Callable[[Bundle, str, str], dict[str, Any]]
    changes: Callable[[Sequence[Mapping[str, Any]], str], str]
    corrections: Callable[[Sequence[Mapping[str, Any]], str, str], str]
    painting: Sequence[str]
