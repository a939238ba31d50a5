"""Figures: their rules, their table, their JSON."""

import json
from typing import Any

import pandas as pd
import pytest

from sharedborder.display import charts, figures, painting
from sharedborder.display.language import Text, say, unpacked
from sharedborder.display.messages import LANGUAGES
from sharedborder.display.resolving import resolve
from sharedborder.display.tables import numbers, table

from .conftest import COMPONENTS, displaced, events, total


def made(monthly: pd.DataFrame, **other: Any) -> dict[str, Any]:
    """Build a figure of encounters by month and component."""
    given: dict[str, Any] = {
        "name": "monthly",
        "drawing": charts.columns(monthly, y="encounters", colour="component", order=COMPONENTS),
        "headline": say("Encounters rose"),
        "subtitle": say("Southwest border, by month"),
        "alt": say("Columns by month, the last {n:about}", n=int(monthly["encounters"].iloc[-1])),
        "rows": monthly,
        **other,
    }
    return figures.build(given.pop("name"), given.pop("drawing"), **given)


def written_labels(found: dict[str, Any]) -> list[dict[str, str]]:
    """Write the labels of a table's columns in both languages."""
    texts = [unpacked(column["label"]) for column in found["columns"]]
    return [{"en": text.en, "es": text.es} for text in texts]


def test_a_figure_is_what_the_interface_says(monthly: pd.DataFrame) -> None:
    figure = made(monthly, notes=[say("provisional")])
    keys = {"version", "id", "headline", "subtitle", "alt", "notes", "sources", "table", "drawing"}
    assert set(figure) == keys
    assert figure["sources"] == [{"table": "southwest_encounters", "published": "2023-11-14"}]
    told = resolve(figure, LANGUAGES)
    spec = painting.specifications(told, "es")["phone"]
    assert spec["usermeta"] | {"height": 0} == {
        "width": 340, "height": 0, "figure": "monthly", "size": "phone", "language": "es",
        "title": "Encounters rose", "description": told["alt"]["es"],
    }  # fmt: skip
    assert json.loads(json.dumps(figure)) == figure
    assert json.dumps(made(monthly)) == json.dumps(made(monthly))


def test_the_table_spreads_categories_and_sorts_periods(monthly: pd.DataFrame) -> None:
    shuffled = monthly.sample(frac=1, random_state=1)
    found = table(charts.columns(shuffled, y="encounters", colour="component"), {})
    assert [column["kind"] for column in found["columns"]] == ["month", "number", "number"]
    assert written_labels(found)[0] == {"en": "Month", "es": "Mes"}
    by_name = {column["name"]: place for place, column in enumerate(found["columns"])}
    assert [row[0] for row in found["rows"]] == [f"{day:%Y-%m-%d}" for day in monthly["month"].unique()]
    first = monthly[monthly["component"] == "at ports"]["encounters"].iloc[0]
    assert found["rows"][0][by_name["at ports"]] == first


def test_the_table_adds_what_stands_beside() -> None:
    drawing = charts.columns(displaced(), x="year", y="people", colour="category", total="announced total")
    found = table(drawing, {"people": Text("x", "y")})
    assert found["columns"][-1]["name"] == "announced total"
    assert found["rows"][-1][-1] == 400_000_000
    flagged = total(3).assign(partial=[False, False, True])
    rows = table(charts.columns(flagged, y="encounters", provisional="partial"), {})
    assert rows["columns"][-1]["kind"] == "flag"
    assert [row[-1] for row in rows["rows"]] == [False, False, True]


def test_labels_name_what_the_catalogue_does_not_know() -> None:
    frame = pd.DataFrame({"month": pd.to_datetime(["2023-11-01"]), "route": ["jungle"], "people": [1]})
    drawing = charts.columns(frame, y="people", colour="route")
    labels = {"jungle": Text("through the jungle", "por la selva")}
    found = table(drawing, labels)
    assert written_labels(found)[1] == {"en": "through the jungle", "es": "por la selva"}


def test_slopes_head_the_columns_with_their_moments(monthly: pd.DataFrame) -> None:
    two = monthly[monthly["month"] >= "2023-12-01"]
    found = table(charts.slopes(two, x="month", y="encounters", colour="component"), {})
    assert [column["name"] for column in found["columns"]] == ["component", "2023-12-01", "2024-01-01"]
    assert written_labels(found)[1]["es"] == "diciembre de 2023"


def test_a_stack_shows_its_sums(monthly: pd.DataFrame) -> None:
    sums = monthly.groupby("month")["encounters"].sum()
    drawn = numbers(charts.columns(monthly, y="encounters", colour="component"))
    assert set(sums.astype(float)) <= drawn
    assert not set(sums.astype(float)) <= numbers(charts.lines(monthly, y="encounters", colour="component"))


def test_events_of_a_timeline_are_listed(monthly: pd.DataFrame) -> None:
    figure = made(
        monthly, drawing=charts.timeline(total(), y="encounters", events=events()[::-1]), alt=say("Months")
    )
    days = [event["day"] for event in figure["events"]]
    assert days == sorted(days)
    assert resolve(figure, LANGUAGES)["events"][0]["text"]["es"].endswith("cronología de los hechos")


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"name": "Monthly chart"}, "an id is lower case"),
        ({"headline": Text("", "")}, "no headline"),
        ({"subtitle": Text(" ", "a")}, "no subtitle"),
        ({"rows": []}, "no rows to name its sources"),
        ({"alt": Text("a" * 251, "a")}, "251 characters"),
        ({"alt": say("Columns, the highest 302,034")}, "typed number"),
        ({"alt": say("Columns, the highest {n:exact}", n=302034)}, "'302,034', which is not drawn"),
        ({"alt": say("A rise of {n:percent}", n=0.24)}, "'24%', which is not drawn"),
    ],
)
def test_a_broken_rule_is_named(monthly: pd.DataFrame, other: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        made(monthly, **other)


@pytest.mark.parametrize(
    "alt",
    [
        say("Columns since 2022, Title 42 included"),
        say("The {n:ordinal} highest of {m:spelled}", n=2, m=5),
        say("Up to {n:about} in {m:month}", n=83_000, m="2023-12-01"),
    ],
)
def test_years_ranks_and_drawn_numbers_are_allowed(monthly: pd.DataFrame, alt: Text) -> None:
    assert made(monthly, alt=alt)["alt"] == alt.json()


def test_a_cell_shows_one_bundle(monthly: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[dict[str, Any]] = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data))
    drawing = charts.columns(monthly, y="encounters", colour="component")
    figures.figure(
        "monthly", drawing, headline=say("<i>Up</i>"), subtitle=say("s"), alt=say("a"), rows=monthly
    )
    (data,) = shown
    assert data[figures.MIME]["id"] == "monthly"
    assert "<i>" not in data["text/html"]
    assert data["text/plain"].startswith("monthly: ")
