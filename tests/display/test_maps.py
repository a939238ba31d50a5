"""Maps: places lie where they are, areas are true, circles are as large as their numbers."""

import math
import re
from typing import Any

import pandas as pd
import pytest

from sharedborder.display import charts, painting
from sharedborder.display.canvas import Canvas
from sharedborder.display.picture import render
from sharedborder.display.projection import PARTS, Part, Sheet, points

from .conftest import handed

GLOBE = Sheet(Part("world", -180, -90, 180, 90), 1_000_000, 1_000_000)
LARGEST_PICTURE = 40_000


def cell(latitude: float) -> float:
    """The area in square px of a cell of one degree by one, at a latitude of the globe."""
    (left, low), (right, _) = GLOBE.place((0, latitude)), GLOBE.place((1, latitude))
    (upper_left, high), (upper_right, _) = GLOBE.place((0, latitude + 1)), GLOBE.place((1, latitude + 1))
    return (right - left + upper_right - upper_left) / 2 * (low - high)


def drawn(drawing: charts.Drawing, width: Any = "column") -> dict[str, Any]:
    found: dict[str, Any] = painting.draw(handed(drawing), Canvas("en", width)).to_dict()
    about = {"figure": "map", "size": width, "language": "en", "title": "T", "description": "D"}
    return {**found, "usermeta": {**found["usermeta"], **about}}


def circles_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    name = next(layer["data"]["name"] for layer in spec["layer"] if "size" in layer.get("encoding", {}))
    rows: list[dict[str, Any]] = spec["datasets"][name]
    return rows


@pytest.mark.parametrize("latitude", [20, 45, 60])
def test_areas_are_true(latitude: int) -> None:
    half = math.radians(0.5)
    wanted = (
        math.sin(math.radians(latitude + 0.5) + half) - math.sin(math.radians(latitude + 0.5) - half)
    ) / (2 * math.sin(half) * math.cos(half))
    assert cell(latitude) / cell(0) == pytest.approx(wanted, rel=0.01)


def test_north_is_up_and_east_is_right() -> None:
    sheet = Sheet(PARTS["border"], 680, 520)
    san_diego, laredo = (sheet.place(points()[f"{name} Sector"]) for name in ("San Diego", "Laredo"))
    assert san_diego[0] < laredo[0]
    assert san_diego[1] < laredo[1]


def test_every_place_of_the_border_lies_on_its_map() -> None:
    sheet = Sheet(PARTS["border"], 340, 420)
    named = [place for name, place in points().items() if len(name) > 3]
    assert len(named) > 40
    for place in named:
        x, y = sheet.place(place)
        assert 0 < x < 340
        assert 0 < y < sheet.height


def test_a_circle_is_as_large_as_its_number() -> None:
    frame = pd.DataFrame({"asylum": ["COL", "PER", "CHL"], "people": [4_000, 1_000, 0]})
    first, second = circles_of(drawn(charts.circles(frame, x="people", y="asylum", on="americas")))
    assert first["size"] / second["size"] == pytest.approx(4, rel=0.01)


def test_a_place_without_a_point_stands_in_the_table_alone() -> None:
    frame = pd.DataFrame({"asylum": ["COL", "other", "ESP"], "people": [5, 4, 3]})
    drawing = charts.circles(frame, x="people", y="asylum", on="americas")
    assert len(circles_of(drawn(drawing))) == 1
    assert list(drawing.frame["asylum"]) == ["COL", "other", "ESP"]


def test_a_map_of_no_known_place_is_refused() -> None:
    frame = pd.DataFrame({"asylum": ["other"], "people": [5]})
    with pytest.raises(ValueError, match="has a point"):
        drawn(charts.circles(frame, x="people", y="asylum", on="world"))


def test_a_picture_of_a_map_stays_small() -> None:
    hosts = pd.DataFrame(
        {"asylum": [name for name in points() if len(name) == 3][:40], "people": range(40, 0, -1)}
    )
    for width in ("phone", "column"):
        svg = render(drawn(charts.circles(hosts, x="people", y="asylum", on="world"), width))
        assert len(svg) < LARGEST_PICTURE
        assert not re.search(r"NaN|Infinity", svg)
