"""Figures and evidence as HTML: whole, in the right language, and safe whatever the data says."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest

from sharedborder.display import charts, facts, figures
from sharedborder.display.credits import release_days
from sharedborder.display.language import Text, say
from sharedborder.display.markup import figure_html
from sharedborder.display.messages import LANGUAGES, Language
from sharedborder.display.painting import paint
from sharedborder.display.provenance import evidence_html
from sharedborder.display.resolving import resolve

from .conftest import described, drawings, events, total

HOSTILE = '"><script>alert(1)</script><b style="x" onload=\'y\'>&'
SVGS = {"phone": "<svg></svg>", "column": "<svg></svg>"}
VOID = {"meta", "br", "img", "hr", "wbr"}


class Reader(HTMLParser):
    """Reads HTML strictly: every tag closed in order; keeps tags, attributes and text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    """Parse HTML and make sure that it is whole and holds neither script nor style."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    for tag, attributes in reader.tags:
        assert tag not in {"script", "style", "b"}
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
    return reader


def describe(table: str, published: str) -> Mapping[str, Any]:
    """Describe releases as records does."""
    return {
        "publisher": {"en": f"Office of {table}", "es": f"Oficina de {table}"},
        "title": {"en": "Encounters", "es": "Encuentros"},
        "address": "https://example.org/?a=1&b=2",
        "precision": "about" if published.endswith("30") else "exact",
    }


def hostile(table: str, published: str) -> Mapping[str, Any]:
    """Describe releases as an attacker would."""
    return {
        "publisher": HOSTILE,
        "title": {"en": HOSTILE},
        "address": f"javascript:{HOSTILE}",
        "precision": "exact",
    }


def number_fact(*given: Any, **more: Any) -> dict[str, Any]:
    """Build a fact, its texts written out."""
    return resolve(facts.number_fact(*given, **more), LANGUAGES)


@pytest.fixture
def figure(monthly: pd.DataFrame) -> dict[str, Any]:
    """Give a figure with everything a figure can have."""
    found = figures.build(
        "monthly",
        charts.timeline(total(), y="encounters", events=events()),
        headline=say("revised"), subtitle=say("share"), alt=say("median"), notes=[say("provisional")],
        rows=monthly,
    )  # fmt: skip
    return resolve(found, LANGUAGES)


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["Source: Office of southwest_encounters, Encounters, release of 14 November 2023",
            "Table of the data", "11 May 2023", "May 2023", "Data (CSV)", "provisional"]),
    ("es", ["Fuente: Oficina de southwest_encounters, Encuentros, entrega del 14 de noviembre de 2023",
            "Tabla de los datos", "11 de mayo de 2023", "Mayo de 2023", "Datos (CSV)", "Encuentros"]),
])  # fmt: skip
def test_a_figure_speaks_the_language(figure: dict[str, Any], language: Any, words: list[str]) -> None:
    page = read(figure_html(figure, language, SVGS, describe)({"csv": "a.csv"}))
    assert all(word in page.text for word in words), page.text


def test_a_figure_holds_its_two_pictures(figure: dict[str, Any]) -> None:
    svgs = paint(figure, "en")["svgs"]
    page = read(figure_html(figure, "en", svgs, describe)({}))
    assert page.tags[0] == (
        "figure", {"class": "chart", "id": "figure-monthly", "aria-labelledby": "figure-monthly-headline"}
    )  # fmt: skip
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert [attributes["class"] for tag, attributes in page.tags if tag == "div"][:2] == [
        "picture phone", "picture column",
    ]  # fmt: skip
    assert sum(tag == "svg" for tag, _ in page.tags) == 2
    assert not any(attributes.get("href") == "a.csv" for _, attributes in page.tags)


def test_the_table_can_be_read_aloud(figure: dict[str, Any]) -> None:
    page = read(figure_html(figure, "en", SVGS, describe)({}))
    assert [tag for tag, _ in page.tags if tag in {"details", "summary", "caption"}] == [
        "details",
        "summary",
        "caption",
    ]
    scopes = [attributes.get("scope") for tag, attributes in page.tags if tag == "th"]
    assert scopes == ["col", "col"] + ["row"] * 64
    numbers = [attributes.get("class") for tag, attributes in page.tags if tag == "td"]
    assert numbers == ["number"] * 64
    region = next(attributes for tag, attributes in page.tags if tag == "section")
    assert region["tabindex"] == "0"
    assert region["aria-label"] == "Table of the data: revised"


def test_hostile_texts_stay_texts(figure: dict[str, Any]) -> None:
    said = {"en": HOSTILE, "es": HOSTILE}
    evil = {
        **figure,
        "headline": said, "subtitle": said, "notes": [said],
        "events": [{"day": "2023-12-27", "text": said}],
        "table": {"columns": [{"name": "a", "label": said, "kind": "proper"}] * 2, "rows": [[HOSTILE] * 2]},
    }  # fmt: skip
    page = read(figure_html(evil, "en", SVGS, hostile)({"csv": HOSTILE}))
    assert page.text.count(HOSTILE) >= 8
    assert not any((attributes.get("href") or "").startswith("javascript") for _, attributes in page.tags)


def test_hostile_labels_stay_texts_in_pictures(monthly: pd.DataFrame) -> None:
    drawing = charts.bars(pd.DataFrame({"sector": [HOSTILE], "people": [1]}), x="people", y="sector")
    figure = figures.build(
        "evil", drawing, headline=Text(HOSTILE, HOSTILE), subtitle=say("share"), alt=Text(HOSTILE, HOSTILE),
        rows=monthly,
    )  # fmt: skip
    told = resolve(figure, LANGUAGES)
    read(figure_html(told, "en", paint(told, "en")["svgs"], hostile)({}))


def test_evidence_says_which_rows_of_which_release(monthly: pd.DataFrame) -> None:
    rows = monthly[monthly["month"] == "2023-11-01"]
    fact = number_fact("nov", 242418, unit="encounters", rows=rows, form="about")
    assert read(evidence_html(fact, "en", describe)).text == (
        "about 242,000 (242,418) encounters\n"
        "Office of southwest_encounters, Encounters, release of 14 November 2023: 2 rows of "
        "southwest_encounters: month: November 2023; component: between ports, at ports"
    )
    assert "encuentros" in evidence_html(fact, "es", describe)
    assert "entre puertos de entrada, en puertos de entrada" in evidence_html(fact, "es", describe)


def test_evidence_of_many_rows_gives_their_span(monthly: pd.DataFrame) -> None:
    fact = number_fact("all", 0.25, unit="share", rows=monthly, form="percent")
    text = read(evidence_html(fact, "en", describe)).text
    assert text.startswith("25%\n")
    assert "month: October 2022 to January 2024 (16)" in text


def test_evidence_of_announced_figures_links_their_pages() -> None:
    frame = pd.DataFrame(
        {"indicator": ["southwest encounters, month"], "address": ["https://www.cbp.gov/a?b=1&c=2"]}
    )
    rows = described(frame, "announced_figures", ["indicator"])
    page = read(evidence_html(number_fact("a", 1, unit="encounters", rows=rows), "es", describe))
    assert "indicador: encuentros en el suroeste, mes; cbp.gov" in page.text
    assert any(attributes.get("href") == "https://www.cbp.gov/a?b=1&c=2" for _, attributes in page.tags)


def test_hostile_evidence_stays_text() -> None:
    frame = pd.DataFrame({"id": [HOSTILE], HOSTILE: [HOSTILE], "address": [f"javascript:{HOSTILE}"]})
    rows = described(frame, HOSTILE, ["id", HOSTILE])
    read(evidence_html(number_fact("a", 1, unit=HOSTILE, rows=rows), "en", hostile))


def test_an_absence_says_why() -> None:
    assert "Not published yet" in evidence_html(
        number_fact("a", None, unit="people", rows=[], absent="not published yet"), "en", describe
    )
    assert "Quizá se publicó" in evidence_html(number_fact("a", None, unit="people", rows=[]), "es", describe)


@pytest.mark.parametrize(("releases", "said"), [
    ([("2023-11-14", "exact")], "release of 14 November 2023"),
    ([("2023-11-30", "about")], "release of November 2023"),
    ([("2023-11-30", "about"), ("2023-06-14", "exact")], "releases of 14 June 2023 and November 2023"),
    ([("2020-01-31", "about"), ("2021-01-31", "about"), ("2022-01-31", "about"), ("2023-01-31", "about")],
     "releases from January 2020 to January 2023"),
])  # fmt: skip
def test_release_days_are_said_as_surely_as_they_are_known(
    releases: list[tuple[str, str]], said: str
) -> None:
    assert release_days(releases, "en") == said


def test_the_chronology_is_our_own() -> None:
    rows = described(pd.DataFrame({"id": ["a"]}), "events", ["id"])
    text = read(evidence_html(number_fact("a", 1, unit="events", rows=rows), "es", describe)).text
    assert "cronología de los hechos" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_chooses_by_name_and_finds_the_first_choice_made(language: Language) -> None:
    drawing = drawings()["choices"]()
    figure = figures.build(
        "chosen", drawing, headline=say("One"), subtitle=say("Two"), alt=say("Three"),
        rows=described(total(), "encounters", ["month"]), labels={"USA": Text(HOSTILE, HOSTILE)},
    )  # fmt: skip
    found = resolve(figure, LANGUAGES)
    reader = read(figure_html(found, language, SVGS, describe)({}))
    options = [attributes for tag, attributes in reader.tags if tag == "option"]
    columns = [column["name"] for column in found["table"]["columns"][1:]]
    assert sorted(option["value"] or "" for option in options) == sorted(map(str, range(len(columns))))
    assert [columns[int(option["value"] or "")] for option in options if "selected" in option] == ["TUR"]
    assert [tag for tag, _ in reader.tags if tag in {"label", "select"}] == ["label", "select"]
