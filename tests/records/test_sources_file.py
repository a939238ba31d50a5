"""data/sources.yml: every source complete, in both languages, and every table of the contract described."""

import datetime
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

DATA = Path(__file__).parents[2] / "data"
SOURCES = {
    "cbp-southwest", "cbp-nationwide", "usbp", "ohss", "unhcr", "panama", "mexico", "cbp-crossings",
    "worldbank", "announced",
}  # fmt: skip
NEEDED = {
    "publisher", "short", "title", "tables", "citation", "address", "licence", "cadence", "next_expected",
    "unit", "breaks", "releases",
}  # fmt: skip
RELEASE = {
    "day", "precision", "title", "obtained_via", "files", "checked_against_publisher", "note",
}  # fmt: skip
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# dates, fiscal years and registered names are the only digits of a text that readers see
ALLOWED_DIGITS = re.compile(
    r"(\d{1,2} (de )?)?([A-Za-z]+ (de )?)?(19|20)\d\d|el \d{1,2}\b|\d{1,2} (June|de junio)"
    r"|(Title|Título) (8|42)"
)


@cache
def sources() -> dict[str, dict[str, Any]]:
    given: dict[str, dict[str, Any]] = yaml.safe_load((DATA / "sources.yml").read_text("utf-8"))
    return given


def releases() -> list[tuple[str, dict[str, Any]]]:
    return [(name, release) for name, source in sources().items() for release in source["releases"]]


def in_both_languages(text: Any) -> bool:
    return set(text) == {"en", "es"} and all(text[language].strip() for language in text)


def test_every_source_is_there() -> None:
    assert set(sources()) == SOURCES


def breaks(source: dict[str, Any]) -> list[dict[str, str]]:
    """The texts of a source's breaks; one that became known later also has the day, `known_from`."""
    return [{key: text for key, text in item.items() if key != "known_from"} for item in source["breaks"]]


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_source_is_complete(name: str) -> None:
    source = sources()[name]
    assert set(source) >= NEEDED
    assert set(source) <= NEEDED | {"counted", "through"}
    for part in ("publisher", "short", "title", "cadence", "unit"):
        assert in_both_languages(source[part]), part
    assert source["tables"]
    assert source["citation"]
    assert all(in_both_languages(text) for text in breaks(source))
    assert all(DAY.fullmatch(item.get("known_from", "2000-01-01")) for item in source["breaks"])
    assert in_both_languages(source["licence"]["name"])
    assert DAY.fullmatch(source["licence"]["checked"])
    assert source["next_expected"] is None or DAY.fullmatch(source["next_expected"])


@pytest.mark.parametrize("name", sorted(SOURCES - {"announced"}))
def test_a_publisher_can_be_found(name: str) -> None:
    source = sources()[name]
    assert source["address"].startswith("https://")
    assert source["licence"]["address"].startswith("https://")
    assert source["releases"]


def test_announced_figures_describe_themselves() -> None:
    assert sources()["announced"]["releases"] == []


def test_every_table_has_exactly_one_source() -> None:
    named = [table for source in sources().values() for table in source["tables"]]
    assert sorted(named) == sorted(path.stem for path in (DATA / "schemas").glob("*.json"))


@pytest.mark.parametrize("release", [pytest.param(r, id=f"{n}-{r['day']}") for n, r in releases()])
def test_a_release_is_complete(release: dict[str, Any]) -> None:
    assert RELEASE <= set(release) <= RELEASE | {"tables", "first_publication"}
    assert isinstance(release["day"], str), "a day lacks its quotes"
    assert datetime.date.fromisoformat(release["day"])
    assert release["precision"] in ("exact", "about")
    assert release["title"]
    assert release["obtained_via"]
    assert release["checked_against_publisher"] is False
    assert release["note"] is None or in_both_languages(release["note"])
    assert release["files"]
    for file in release["files"]:
        assert set(file) == {"name", "sha256"}
        assert re.fullmatch(r"[0-9a-f]{64}", file["sha256"])


def test_releases_are_in_order_and_their_files_are_named_once() -> None:
    for name, source in sources().items():
        days = [release["day"] for release in source["releases"]]
        assert days == sorted(days), name
        for release in source["releases"]:
            names = [file["name"] for file in release["files"]]
            assert len(set(names)) == len(names), name


def test_a_day_that_is_about_the_last_of_its_month_is_not_called_exact() -> None:
    for name, release in releases():
        day = datetime.date.fromisoformat(release["day"])
        ends_month = (day + datetime.timedelta(days=1)).day == 1
        assert not (ends_month and release["precision"] == "exact"), f"{name} of {day}"


def test_unhcr_says_when_each_category_was_counted() -> None:
    unhcr = sources()["unhcr"]
    spans = [*unhcr["counted"].values(), *(body["counted"] for body in unhcr["through"])]
    assert all(first >= 1951 and last is None for first, last in spans)
    assert unhcr["counted"]["other people in need of international protection"] == [2018, None]
    assert {body["short"]["en"] for body in unhcr["through"]} == {"IDMC", "UNRWA"}


def test_no_figure_is_typed() -> None:
    for name, source in sources().items():
        texts = [source["unit"], source["cadence"], *breaks(source)]
        texts += [release["note"] for release in source["releases"] if release["note"]]
        for text in (held for both in texts for held in both.values()):
            assert not re.search(r"\d", ALLOWED_DIGITS.sub("", text)), f"{name}: {text!r}"


def test_corrections_are_a_list() -> None:
    assert yaml.safe_load((DATA / "corrections.yml").read_text("utf-8")) == []
