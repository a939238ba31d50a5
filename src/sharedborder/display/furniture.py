"""What stands under a figure's sources: how fresh it is, what may be taken along, how to cite it."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

from . import days
from .credits import OWN, Describe, release_day, said
from .messages import Language, mark, translate
from .provenance import ANNOUNCED

Json = Mapping[str, Any]
Files = Mapping[str, str]

DOWNLOADS: Final = {
    "csv": mark("Data (CSV)"),
    "svg": mark("Picture (SVG)"),
    "spec": mark("Specification (Vega-Lite)"),
}
EMBED: Final = "embed"
"""Among a figure's files, the page that stands in a frame: only a figure that is kept up to date has one."""


def freshness(sources: Iterable[Json], language: Language, describe: Describe, kept: bool) -> str:
    """Say when a figure's newest numbers were released and, if it is `kept` up to date, what is expected."""
    held = _released(sources)
    if not held:
        return ""
    shown = escape(_newest(held, language, describe))
    written = f'<time datetime="{escape(held[-1]["published"])}">{shown}</time>'
    parts = [translate("Last updated: {day}.", language).format(day=written)]
    parts += _expected(held, language, describe) if kept else []
    return f'<p class="released">{" ".join(parts)}</p>'


def _released(sources: Iterable[Json]) -> list[Json]:
    """Give the releases of publishers, the newest last; the chronology is our own."""
    found = [source for source in sources if source["table"] not in OWN]
    return sorted(found, key=lambda source: str(source["published"]))


def _newest(held: Sequence[Json], language: Language, describe: Describe) -> str:
    """Say the newest release's day, as surely as it is known."""
    table, day = held[-1]["table"], held[-1]["published"]
    return release_day(day, str(describe(table, day).get("precision", "exact")), language)


def _expected(held: Sequence[Json], language: Language, describe: Describe) -> list[str]:
    """Say what the newest release's publisher will release next: the day it gives, else how often it does."""
    regular = [source for source in held if source["table"] != ANNOUNCED]
    found = _next(describe(regular[-1]["table"], regular[-1]["published"]), language) if regular else ""
    return [translate("Next expected: {releases}", language).format(releases=found)] if found else []


def _next(about: Json, language: Language) -> str:
    who = escape(said(about.get("short") or about.get("publisher"), language))
    if day := about.get("next_expected"):
        written = f'<time class="expected" datetime="{escape(str(day))}">{days.day(day, language)}</time>'
        return f"{who}, {written}."
    cadence = escape(said(about.get("cadence"), language))
    return f"{who}, {cadence[:1].lower()}{cadence[1:]}" if cadence else ""


def share(figure: Json, language: Language, files: Files, describe: Describe) -> str:
    """Give what a reader may take along: files, the figure's address, a citation, code for another site.

    What needs the site's full address is written by the script, which knows it.
    """
    if not files:
        return ""
    summary = escape(translate("Download, cite, embed", language))
    parts = [_downloads(files, language), _address(figure, files, language)]
    parts += [_citation(figure, language, describe)]
    parts += [_embed(figure, files[EMBED], language)] if EMBED in files else []
    return "\n".join([f'<details class="share"><summary>{summary}</summary>', *parts, "</details>"])


def _downloads(files: Files, language: Language) -> str:
    links = [
        f'<a href="{escape(files[kind])}" download>{escape(translate(label, language))}</a>'
        for kind, label in DOWNLOADS.items()
        if kind in files
    ]
    picture = escape(translate("Picture (PNG)", language))
    button = f'<button type="button" class="png" hidden>{picture}</button>'
    return f'<p class="downloads">{" ".join([*links, button])}</p>'


def _address(figure: Json, files: Files, language: Language) -> str:
    text = escape(translate("Link to this figure", language))
    place = escape(f"{files.get('page', '')}#figure-{figure['id']}")
    return f'<p><a class="stable" href="{place}">{text}</a>{_copy(language)}</p>'


def _citation(figure: Json, language: Language, describe: Describe) -> str:
    held, headline = _released(figure["sources"]), figure["headline"][language]
    if held:
        text = translate("The Shared Border, “{headline}”, with figures released up to {day}.", language)
        cited = text.format(headline=headline, day=_newest(held, language, describe))
    else:
        cited = translate("The Shared Border, “{headline}”.", language).format(headline=headline)
    return f'<p><span class="citation">{escape(cited)}</span>{_copy(language)}</p>'


def _embed(figure: Json, address: str, language: Language) -> str:
    title = escape(figure["headline"][language])
    label = escape(translate("Code for another site", language))
    code = f'<code data-embed="{escape(address)}" data-title="{title}"></code>'
    return f'<p class="embed-code" hidden>{label}: {code}{_copy(language)}</p>'


def _copy(language: Language) -> str:
    """Give the button that copies what stands before it; there only where the script is."""
    copy, done = (escape(translate(text, language)) for text in (mark("Copy"), mark("Copied")))
    return f' <button type="button" class="copy" data-done="{done}" hidden>{copy}</button>'
