"""Where a chart's numbers lie: the row under a reader's pointer is the one that is drawn there, or none."""

import json
import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from sharedborder.display import charts, figures, painting, resolving
from sharedborder.display.drawing import Drawing
from sharedborder.display.language import say
from sharedborder.display.messages import LANGUAGES
from sharedborder.display.palette import MEANINGS, PALETTE
from sharedborder.display.picture import render
from sharedborder.display.readings import positions, reading, taken_out

from .conftest import total

YEARS = pd.DataFrame({"fiscal_year": [2022, 2023, 2024], "encounters": [10, 30, 20]})
SECTORS = pd.DataFrame({"sector": ["Tucson", "Del Rio"], "encounters": [30, 20]})


@pytest.fixture
def built(monthly: pd.DataFrame) -> Callable[[Drawing], dict[str, Any]]:
    """Build a figure of a drawing."""

    def build(drawing: Drawing) -> dict[str, Any]:
        left = figures.build(
            "one", drawing, headline=say("revised"), subtitle=say("share"), alt=say("median"), rows=monthly
        )
        figure = resolving.resolve(json.loads(json.dumps(left)), LANGUAGES)
        specs = {language: painting.specifications(figure, language) for language in LANGUAGES}
        return {**figure, "specs": specs}

    return build


def bars_of(svg: str) -> list[tuple[float, float]]:
    """The left end and the width of each upright bar in a picture, inside its outermost group."""
    found = re.findall(r'd="M([\d.]+),[\d.-]+h([\d.]+)v', svg)
    return [(float(left), float(width)) for left, width in found]


def test_each_column_is_read_in_its_middle(built: Callable[[Drawing], dict[str, Any]]) -> None:
    figure = built(charts.columns(YEARS, x="fiscal_year", y="encounters"))
    spec = figure["specs"]["en"]["column"]
    drawn, read = taken_out(render(spec))
    at = positions(read, figure["table"]["rows"])
    bars = bars_of(drawn)
    assert len(bars) == len(at) == len(YEARS)
    middles = [spec["padding"]["left"] + left + width / 2 for left, width in bars]
    assert at == pytest.approx(middles, abs=1)


def test_bars_are_read_by_row(built: Callable[[Drawing], dict[str, Any]]) -> None:
    figure = built(charts.bars(SECTORS, x="encounters", y="sector"))
    for size in ("phone", "column"):
        read = reading(figure["specs"]["es"][size])
        first, second = positions(read, figure["table"]["rows"])
        assert read["axis"] == "y"
        assert first is not None
        assert second is not None
        assert 0 < first < second < figure["specs"]["es"][size]["usermeta"]["height"]


def test_a_month_without_a_number_has_no_place(built: Callable[[Drawing], dict[str, Any]]) -> None:
    frame = total().reset_index(drop=True).astype({"encounters": "float64"})
    frame.loc[3, "encounters"] = float("nan")
    figure = built(charts.columns(frame, y="encounters"))
    at = positions(reading(figure["specs"]["en"]["phone"]), figure["table"]["rows"])
    assert [index for index, place in enumerate(at) if place is None] == [3]
    known = [place for place in at if place is not None]
    assert known == sorted(known)


def test_stacked_categories_share_their_month(
    built: Callable[[Drawing], dict[str, Any]], monthly: pd.DataFrame
) -> None:
    figure = built(charts.columns(monthly, y="encounters", colour="component"))
    at = positions(reading(figure["specs"]["en"]["phone"]), figure["table"]["rows"])
    assert len(at) == monthly["month"].nunique()
    assert None not in at


def test_the_key_gives_each_category_its_colour(
    built: Callable[[Drawing], dict[str, Any]], monthly: pd.DataFrame
) -> None:
    figure = built(charts.columns(monthly, y="encounters", colour="component"))
    columns = {column["label"]["es"]: column["name"] for column in figure["table"]["columns"][1:]}
    key = reading(figure["specs"]["es"]["phone"])["key"]
    assert {columns[name]: colour for name, colour in key.items()} == {
        name: PALETTE[MEANINGS[name]].light for name in ("between ports", "at ports")
    }
    plain = built(charts.columns(YEARS, x="fiscal_year", y="encounters"))
    assert "key" not in reading(plain["specs"]["en"]["column"])


def test_other_numbers_than_those_of_the_row_give_no_reading() -> None:
    read = {"axis": "x", "places": [[10, 1], [20, 2]], "box": [0, 0, 30, 10]}
    assert positions(read, [["a", 1], ["b", 2]]) == [10, 20]
    assert positions(read, [["a", 2], ["b", 1]]) == []
    assert positions(read, [["a", 1], ["b", 2], ["c", 3]]) == []
    assert positions({}, [["a", 1]]) == []


def test_a_chart_laid_out_in_another_way_has_no_reading() -> None:
    assert reading({"hconcat": [{"layer": []}]}) == {}


def test_panels_are_read_together(built: Callable[[Drawing], dict[str, Any]]) -> None:
    months = pd.DataFrame({"month": pd.date_range("2023-01-01", periods=6, freq="MS")})
    rows = pd.concat([months.assign(area=name, people=range(at, at + 6)) for at, name in enumerate("abcde")])
    figure = built(charts.panels(rows, x="month", y="people", panel="area"))
    for size, columns in (("column", 4), ("phone", 2)):
        spec = figure["specs"]["en"][size]
        read, wide = reading(spec), spec["concat"][0]["width"]
        assert len(read["panels"]) == columns
        assert read["panels"][1] > wide
        at = positions(read, figure["table"]["rows"])
        assert (at[0], at[-1]) == pytest.approx((0, wide), abs=1)
        assert at == sorted(at)
        assert len(at) == len(months)


def test_a_circle_is_read_where_it_lies() -> None:
    read = {"axis": "xy", "places": [[10, 20, 7], [30, 5, 3], [1, 1, 4], [2, 2, 4]]}
    assert positions(read, [["a", 3], ["b", 7], ["c", None]]) == []
    rows = [["a", 3], ["b", 7], ["c", None], ["d", 4], ["e", 4]]
    assert positions(read, rows) == [(30, 5), (10, 20), None, None, None]


def test_a_picture_without_a_reading_stays_as_it_is() -> None:
    assert taken_out("<svg></svg>") == ("<svg></svg>", {})
