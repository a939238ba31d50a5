"""What the press is handed of the other rooms: it knows none of them."""

import contextlib
import datetime
import functools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from sharedborder.display.messages import Language
    from sharedborder.press.book.catalogue import Contract
    from sharedborder.press.folders import Folders
    from sharedborder.press.handed import Handed

PAINTING = (
    "sharedborder.display.card",
    "sharedborder.display.markup",
    "sharedborder.display.painting",
    "sharedborder.display.provenance",
    "sharedborder.display.resolving",
    "sharedborder.display.verdicts",
    "sharedborder.records.sources",
    "sharedborder.press.book.laying",
)
"""What processes that lay out pages load."""


def handed(folders: "Folders") -> "Handed":
    """Give the press what it needs of the other rooms."""
    from sharedborder.press.book import catalogue, sentences
    from sharedborder.press.handed import Handed

    contract = catalogue.read_contract(folders.data, sentences.spanish(folders.book))
    return Handed(
        releases=functools.partial(_releases, contract),
        tables=functools.partial(catalogue.tables, contract),
        catalogue=functools.partial(catalogue.catalogue, contract),
        resolve=resolve,
        paint=paint,
        listening=listening,
        translations=translations,
        figure_html=figure_html,
        card=card,
        card_png=card_png,
        painting=PAINTING,
        evidence_html=evidence_html,
        stylesheet=_stylesheet,
        grounds=_grounds,
        replay=_replay,
        claim_html=claim_html,
        claim_entry=claim_entry,
        changes=changes,
        corrections=corrections,
    )


def _releases(contract: "Contract", name: str) -> Sequence[datetime.date]:
    if name not in contract.schemas:
        raise KeyError(name)
    return [
        datetime.date.fromisoformat(item["published"]) for item in contract.resources if item["table"] == name
    ]


def resolve(bundle: Mapping[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    """Write the texts of a fact or a figure in the languages."""
    from sharedborder.display import resolving

    return resolving.resolve(bundle, cast("Sequence[Language]", languages))


def paint(figure: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Paint a figure; called by name in the press's own painting processes."""
    from sharedborder.display import painting

    return painting.paint(figure, cast("Language", language))


@contextlib.contextmanager
def listening() -> Iterator[Mapping[str, Any]]:
    """Give what is asked of the catalogue of figures meanwhile."""
    from sharedborder.display import messages

    with messages.listening() as heard:
        yield heard.asked


def translations(language: str) -> Mapping[str, Any]:
    """Give what the catalogue of figures says."""
    from sharedborder.display import messages

    return messages.translations(cast("Language", language))


def figure_html(
    figure: dict[str, Any], language: str, pictures: Mapping[str, str]
) -> Callable[[Mapping[str, str]], str]:
    """Give what writes a figure for a page, its sources in the words of sources.yml."""
    from sharedborder.display import markup
    from sharedborder.records import sources

    describe = functools.cache(sources.describe)  # a figure names the same release several times
    return markup.figure_html(figure, cast("Language", language), pictures, describe)


def card(language: str, headline: str, picture: str, edition: str) -> str:
    """Compose a page's card for other sites."""
    from sharedborder.display import card

    return card.card(cast("Language", language), headline, picture, edition)


def card_png(svg: str) -> bytes:
    """Draw a card; called by name in the press's own painting processes."""
    from sharedborder.display import card

    return card.png(svg)


def evidence_html(fact: dict[str, Any], language: str) -> str:
    """Write where a fact comes from, or why it is absent."""
    from sharedborder.display import provenance
    from sharedborder.records import sources

    return provenance.evidence_html(fact, cast("Language", language), sources.describe)


def claim_html(claim: dict[str, Any], language: str) -> str:
    """Write a claim for a page, its sources in the words of sources.yml."""
    from sharedborder.display import verdicts
    from sharedborder.records import sources

    return verdicts.claim_html(claim, cast("Language", language), sources.describe)


def claim_entry(claim: dict[str, Any], page: str, language: str) -> dict[str, Any]:
    """Give a claim as claims.json has it."""
    from sharedborder.display import verdicts

    return verdicts.public(claim, page, cast("Language", language))


def changes(comparisons: Sequence[Mapping[str, Any]], language: str) -> str:
    """Write the page of what changed between editions."""
    from sharedborder.display import changes_page

    return changes_page.changes_page(comparisons, cast("Language", language))


def corrections(shown: Sequence[Mapping[str, Any]], edition: str, language: str) -> str:
    """Write the page of corrections."""
    from sharedborder import meeting  # it loads all rooms and their libraries

    return meeting.corrections_page(shown, edition, language)


def _stylesheet() -> str:
    from sharedborder.display import theme

    return theme.stylesheet()


def _grounds(entry: Mapping[str, Any]) -> str:
    from sharedborder.records import grounds

    return grounds.digest(entry)


def _replay(entry: Mapping[str, Any]) -> str:
    """Read again what a chapter read; with one thread, as this process may fork afterwards."""
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    from sharedborder.records import replay

    return replay.digest(entry)
