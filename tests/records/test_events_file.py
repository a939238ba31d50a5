"""data/events.yml: well formed, in both languages, without figures, and nothing told before it was known."""

import datetime
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from sharedborder.records import chronology

DATA = Path(__file__).parents[2] / "data"
LANGUAGES = ("en", "es")
KINDS = {
    "agreement", "closure", "enforcement", "humanitarian", "legal-pathway", "meeting", "milestone", "policy",
    "release",
}  # fmt: skip
NEEDED = {"id", "known_from", "reported", "kind", "actors", "title", "summary", "places", "sources"}
ALLOWED = NEEDED | {
    "date", "start", "end", "precision", "end_known_from", "planned", "ahead", "later", "figures", "weak",
    "note",
}  # fmt: skip
EDITIONS = ("2023-12-27", "2024-01-19")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

# names that the glossary registers, and dates, are the only digits of a text
REGISTERED = re.compile(r"(Title|Título) (8|42)|(Bridge|Puente) 1\b|CBP One")
MONTHS = {
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
    "es": "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
}
DATES = {
    "en": re.compile(rf"(?:(\d{{1,2}}) )?(?:({MONTHS['en']}) )?((?:19|20)\d\d)\b"),
    "es": re.compile(rf"(?:(\d{{1,2}}) de )?(?:({MONTHS['es']}) de )?((?:19|20)\d\d)\b"),
}
# the first of "29 and 30 December 2023"
SEVERAL_DAYS = re.compile(r"\b\d{1,2} (?:and|y) (?=\d{1,2} )")
NUMBER_WORDS = {
    "en": r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|half|halved|twice|doubled?|tripled?|pair|per ?cent",
    "es": r"dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veinte|treinta|cuarenta"
    r"|cincuenta|cien|cientos?|mil|miles|millón|millones|docenas?|mitad|doble|triple|tercios?|por ciento",
}
# people are not water, and no army
METAPHORS = {
    "en": r"flows?|surg(?:e|es|ed|ing)|waves?|flood(?:s|ed|ing)?|influx|tides?|stream|stem|pour(?:ed|ing)?"
    r"|swarm|invasion|onslaught|front ?line|battle|illegals?|aliens?",
    "es": r"flujos?|oleadas?|olas?|avalanchas?|mareas?|inundaci[oó]n|invasi[oó]n|batalla|desborda\w*|ilegales"
    r"|tsunami|ejército",
}


@cache
def raw() -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = yaml.safe_load((DATA / "events.yml").read_text("utf-8"))
    return events


def entries() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each event with itself, then with each of its later entries."""
    for event in raw():
        yield event, event
        for later in event.get("later", []):
            yield event, later


def texts(entry: dict[str, Any], language: str) -> list[str]:
    return [entry[part][language] for part in ("title", "summary") if entry.get(part)]


def start_of(event: dict[str, Any]) -> str:
    return str(event.get("date") or event["start"])


@pytest.mark.parametrize("event", raw(), ids=lambda event: event["id"])
def test_an_event_has_its_parts(event: dict[str, Any]) -> None:
    assert set(event) >= NEEDED
    assert set(event) <= ALLOWED
    assert ("date" in event) != ("start" in event)
    assert ("start" in event) == ("end" in event)
    assert event["kind"] in KINDS
    assert event["actors"]
    assert event["places"]
    assert event["sources"]


def test_ids_are_unique_and_in_order_of_time() -> None:
    ids = [event["id"] for event in raw()]
    assert len(set(ids)) == len(ids)
    assert [start_of(event) for event in raw()] == sorted(start_of(event) for event in raw())


def test_days_are_quoted_days() -> None:
    for event, entry in entries():
        parts = ("date", "start", "end", "known_from", "reported", "end_known_from")
        days = [entry.get(part) for part in parts]
        days += event.get("ahead", []) + [source["published"] for source in entry["sources"]]
        for day in filter(None, days):
            assert isinstance(day, str), f"{event['id']}: {day} lacks its quotes"
            assert DAY.fullmatch(day), f"{event['id']}: {day}"
            assert datetime.date.fromisoformat(day)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_in_both_languages(language: str) -> None:
    for event, entry in entries():
        written = texts(entry, language)
        written += [actor[language] for actor in event["actors"]]
        written += [place["name"][language] for place in event["places"]]
        for text in written:
            assert text.strip() == text
            assert text, event["id"]
        assert entry["summary"][language].endswith("."), event["id"]
        if entry.get("title"):
            assert not entry["title"][language].removesuffix("EE. UU.").endswith("."), event["id"]


def test_sources_are_named_with_an_address() -> None:
    for event, entry in entries():
        for source in entry["sources"]:
            assert set(source) == {"publisher", "title", "address", "published"}, event["id"]
            assert re.match(r"https?://", source["address"]), event["id"]


@pytest.mark.parametrize("event", raw(), ids=lambda event: event["id"])
def test_nothing_is_known_before_it_happened_or_was_announced(event: dict[str, Any]) -> None:
    start, known, reported = start_of(event), event["known_from"], event["reported"]
    dated = sorted(source["published"] for source in event["sources"] if source["published"])
    if event.get("planned"):
        assert known <= start
        assert reported >= start
        assert dated, "an announcement needs a source with a day"
        assert known >= dated[0], "known_from has no proof"
    else:
        assert known >= start
        assert reported == known
        # a public act is known on its own day; anything else needs a source by then
        assert known == start or "end" in event or (dated and known >= dated[0]), "known_from has no proof"
    if event.get("end_known_from"):
        assert known <= event["end_known_from"] <= event["end"]


@pytest.mark.parametrize("event", raw(), ids=lambda event: event["id"])
def test_what_came_later_is_later_and_has_its_source(event: dict[str, Any]) -> None:
    known = event["known_from"]
    for later in event.get("later", []):
        assert later["known_from"] > known
        known = later["known_from"]
        dated = sorted(source["published"] for source in later["sources"] if source["published"])
        assert dated
        assert known >= dated[0], "known_from has no proof"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_is_typed(language: str) -> None:
    words = re.compile(rf"\b(?:{NUMBER_WORDS[language]})\b", re.IGNORECASE)
    for event, entry in entries():
        for text in texts(entry, language):
            left = DATES[language].sub("", SEVERAL_DAYS.sub("", REGISTERED.sub("", text)))
            assert not re.search(r"\d", left), f"{event['id']}: digits in {left!r}"
            assert not words.search(left), f"{event['id']}: a number word in {left!r}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_are_not_spoken_of_as_water_or_war(language: str) -> None:
    banned = re.compile(rf"\b(?:{METAPHORS[language]})\b", re.IGNORECASE)
    for event, entry in entries():
        for text in texts(entry, language):
            assert not banned.search(text), f"{event['id']}: {text!r}"


def told_days(text: str, language: str) -> Iterator[str]:
    """The first possible day of each date that a text names, ISO."""
    for day, month, year in DATES[language].findall(SEVERAL_DAYS.sub("", text)):
        number = MONTHS[language].split("|").index(month) + 1 if month else 1
        yield f"{year}-{number:02d}-{int(day) if day and month else 1:02d}"


def test_dates_in_texts_are_recognised() -> None:
    assert list(told_days("On 2 January 2024 it was said of May 2023", "en")) == ["2024-01-02", "2023-05-01"]
    assert list(told_days("El 2 de enero de 2024 se dijo de 2023", "es")) == ["2024-01-02", "2023-01-01"]
    assert list(told_days("on 29 and 30 December 2023", "en")) == ["2023-12-30"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_names_a_day_that_lies_ahead(language: str) -> None:
    for event, entry in entries():
        known = entry["known_from"]
        limit = [known, *event.get("ahead", [])]
        if event.get("planned"):
            limit.append(start_of(event))
        if event.get("end_known_from", "9999") <= known:
            limit.append(event["end"])
        for text in texts(entry, language):
            for day in told_days(text, language):
                assert day <= max(limit), f"{event['id']}: {day} is told in {text!r}, known from {known}"


def test_both_languages_name_the_same_days() -> None:
    for event, entry in entries():
        english, spanish = (
            sorted(day for text in texts(entry, language) for day in told_days(text, language))
            for language in LANGUAGES
        )
        assert english == spanish, event["id"]


def known_on(day: str) -> dict[str, dict[str, Any]]:
    """The events as they were known on a day: id -> row."""
    told: list[Any] = chronology.events(day).to_dict("records")
    return {event["id"]: event for event in told}


def planned(told: dict[str, dict[str, Any]]) -> list[str]:
    return [name for name, event in told.items() if event["planned"]]


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_cites_a_source_for_each_event(edition: str) -> None:
    told = known_on(edition)
    assert len(told) > 40
    assert [name for name, event in told.items() if not event["sources"]] == []


def test_before_the_mexico_city_talks() -> None:
    told = known_on("2023-12-27")
    assert planned(told) == ["mexico-city-talks"]
    assert told["rail-closure"]["end"] == pd.Timestamp("2023-12-22")
    for still_closed in ("eagle-pass-bridge1", "lukeville-closed", "pedwest-closed"):
        assert pd.isna(told[still_closed]["end"])
    assert not {"joint-communique-dec28", "cbp-dec-release", "new-year-drop"} & set(told)
    for event in told.values():
        for column in ("title_en", "summary_en", "title_es", "summary_es"):
            assert "2024" not in event[column], event["id"]


def test_before_the_washington_talks() -> None:
    told = known_on("2024-01-19")
    assert planned(told) == ["washington-talks"]
    assert told["mexico-city-talks"]["title_en"].startswith("U.S. delegation meets")
    assert told["eagle-pass-bridge1"]["end"] == pd.Timestamp("2024-01-04")
    assert not {"cbp-dec-release", "venezuela-halts-flights"} & set(told)


def test_rail_closure_day_by_day() -> None:
    assert planned(known_on("2023-12-17")) == ["rail-closure"]
    assert pd.isna(known_on("2023-12-21")["rail-closure"]["end"])
    assert "22 December" not in known_on("2023-12-21")["rail-closure"]["summary_en"]


def test_figures_are_rows_of_the_announced_figures() -> None:
    parts = {"indicator", "geography", "period_start", "period_end", "subject", "publisher", "vintage"}
    wanted = [(event["id"], figure) for event in raw() for figure in event.get("figures", [])]
    assert wanted
    assert all({"indicator", "period_start"} <= set(figure) <= parts for _, figure in wanted)
    releases = sorted((DATA / "announced_figures").glob("*.csv"))
    assert releases, "the ledger holds no announced figures: ingest the list of them"
    rows = pd.concat([pd.read_csv(path, dtype="str", keep_default_na=False) for path in releases])
    for name, figure in wanted:
        held = rows
        for part, value in figure.items():
            held = held[held[part] == value]
        assert not held.empty, f"{name}: no announced figure is {figure}"
