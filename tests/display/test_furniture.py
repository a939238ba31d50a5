"""What stands under a figure: how fresh it is, and what may be taken along."""

from collections.abc import Mapping
from typing import Any

from sharedborder.display.furniture import freshness, share

from .test_markup import HOSTILE, describe, hostile, read

SOURCES = [
    {"table": "southwest_encounters", "published": "2023-11-30"},
    {"table": "announced_figures", "published": "2023-12-22"},
    {"table": "events", "published": "2024-05-01"},
]
FIGURE = {
    "id": "monthly",
    "headline": {"en": "It rose", "es": "Subió"},
    "sources": SOURCES,
}
FILES = {"csv": "a.csv", "svg": "a.svg", "spec": "a.json", "page": "../border.html", "embed": "e.html"}


def expected(table: str, published: str) -> Mapping[str, Any]:
    """Describe a source that says when it will release next, and one that says how often."""
    known = {"next_expected": "2024-01-26"} if published == "2023-11-30" else {}
    cadence = {"en": "Monthly.", "es": "Mensual."}
    return {"short": {"en": "CBP", "es": "CBP"}, "cadence": cadence, "precision": "exact"} | known


def test_the_newest_release_of_a_publisher_is_the_last_update() -> None:
    page = read(freshness(SOURCES, "en", describe, kept=False))
    assert page.text == "Last updated: 22 December 2023."
    assert ("time", {"datetime": "2023-12-22"}) in page.tags


def test_a_release_whose_day_is_not_certain_is_said_by_its_month() -> None:
    assert "noviembre de 2023" in freshness(SOURCES[:1], "es", describe, kept=False)
    assert "30 de" not in freshness(SOURCES[:1], "es", describe, kept=False)


def test_a_figure_that_is_kept_up_to_date_says_what_is_expected() -> None:
    page = read(freshness(SOURCES, "en", expected, kept=True))
    assert page.text.endswith("Next expected: CBP, 26 January 2024.")
    assert ("time", {"class": "expected", "datetime": "2024-01-26"}) in page.tags
    often = [{"table": "southwest_encounters", "published": "2024-02-01"}]
    assert "CBP, mensual." in freshness(often, "es", expected, kept=True)


def test_an_earlier_edition_expects_nothing() -> None:
    assert "expected" not in freshness(SOURCES, "en", expected, kept=False)


def test_our_own_chronology_is_no_release() -> None:
    assert freshness(SOURCES[2:], "en", describe, kept=True) == ""
    assert "“It rose”." in share({**FIGURE, "sources": SOURCES[2:]}, "en", FILES, describe)


def test_what_may_be_taken_along() -> None:
    page = read(share(FIGURE, "en", FILES, describe))
    links = [attributes.get("href") for tag, attributes in page.tags if tag == "a"]
    assert links == ["a.csv", "a.svg", "a.json", "../border.html#figure-monthly"]
    assert "The Shared Border, “It rose”, with figures released up to 22 December 2023." in page.text
    # buttons and code for frames need the script, which unhides them
    buttons = [attributes for tag, attributes in page.tags if tag == "button"]
    assert buttons
    assert all("hidden" in attributes for attributes in buttons)


def test_only_a_figure_that_is_kept_up_to_date_can_be_embedded() -> None:
    assert "data-embed" in share(FIGURE, "en", FILES, describe)
    dated = {kind: file for kind, file in FILES.items() if kind != "embed"}
    assert "data-embed" not in share(FIGURE, "en", dated, describe)
    assert share(FIGURE, "en", {}, describe) == ""


def test_hostile_sources_and_headlines_stay_texts() -> None:
    evil = {**FIGURE, "headline": {"en": HOSTILE, "es": HOSTILE}}
    read(share(evil, "en", dict.fromkeys(FILES, HOSTILE), hostile))
    read(freshness(SOURCES, "en", lambda *_: {"short": HOSTILE, "cadence": HOSTILE}, kept=True))
