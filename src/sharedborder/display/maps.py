"""Maps: circles on outlines, each as large as its number."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import pandas as pd

from .canvas import Canvas, Record
from .palette import PALETTE
from .plot import LINE, Margins, data, fixed, halo, layer, pixels_across, pixels_down, stroke, texts
from .projection import PARTS, Point, Sheet, points
from .typography import widest

GAP: Final = 5
INK: Final = PALETTE["ink"].light
PAPER: Final = PALETTE["paper"].light
Box = tuple[float, float, float, float]
"""Left, top, right and bottom in px."""


@dataclass(frozen=True)
class Spot:
    """A circle on the map: what it stands for, its number, where it lies and how large it is (px)."""

    name: str
    number: float
    at: Point
    radius: float
    lit: bool


def circles(
    canvas: Canvas,
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    on: str,
    highlight: Sequence[Any],
    beside: Sequence[str],
    form: str,
    tone: str,
) -> alt.LayerChart:
    """Paint `charts.circles`."""
    sheet = Sheet(PARTS[on], canvas.pixels, canvas.choose(420, 520))
    spots = _spots(canvas, sheet, frame.dropna(subset=[x]), x, y, highlight)
    layers = [*_outlines(sheet), *_names(canvas, sheet), _circles(spots, tone), *_beside(sheet, beside)]
    layers += _labels(canvas, sheet, spots, y, form)
    return fixed(layers, canvas.pixels, int(sheet.height), Margins(0, 0, 0, 0))


def _spots(
    canvas: Canvas, sheet: Sheet, frame: pd.DataFrame, x: str, y: str, highlight: Sequence[Any]
) -> list[Spot]:
    """Lay out the circles, the largest first, so that small ones lie on top."""
    most = float(frame[x].max()) or 1.0
    largest = canvas.choose(17, 30)
    known = points()
    spots = [
        Spot(str(place), float(number), sheet.place(known[place]), largest * math.sqrt(number / most), lit)
        for place, number in zip(frame[y], frame[x], strict=True)
        if place in known and sheet.holds(known[place]) and number > 0
        for lit in [not highlight or place in highlight]
    ]
    if not spots:
        raise ValueError(f"circles: no place in {y!r} has a point on the map: {list(frame[y])[:5]}")
    return sorted(spots, key=lambda spot: -spot.number)


def _outlines(sheet: Sheet) -> list[alt.Chart]:
    land = [[ring] for ring in sheet.lines("land")]
    shapes = [_shape("MultiPolygon", land, fill=PALETTE["grid"].light, strokeWidth=0)]
    for kind, colour, thick in (("lines", PAPER, 1), ("frontier", PALETTE["quiet"].light, 1.5)):
        if found := sheet.lines(kind):
            shapes.append(_shape("MultiLineString", found, filled=False, stroke=colour, strokeWidth=thick))
    return shapes


def _shape(kind: str, lines: Sequence[Any], **look: Any) -> alt.Chart:
    """Draw a shape whose coordinates are px already."""
    mark = alt.MarkDef(type="geoshape", clip=True, **look)
    placed = alt.Projection(type="identity", scale=1, translate=[0, 0])
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": lines}}
    return alt.Chart(data([feature]), mark=mark, projection=placed)


def _names(canvas: Canvas, sheet: Sheet) -> list[alt.Chart]:
    """Write the names of countries on the map, quietly."""
    quiet = {"colour": PALETTE["quiet"].light}
    rows = [
        {**dict(zip("xy", sheet.place(point), strict=True)), "text": canvas.name("country", code), **quiet}
        for code, point in sheet.part.named.items()
    ]
    return [texts(rows, align="center", baseline="middle")] if rows else []


def _beside(sheet: Sheet, names: Sequence[str]) -> list[alt.Chart]:
    """Draw small squares for points that have no number."""
    known = points()
    rows = [dict(zip("xy", sheet.place(known[name]), strict=True)) for name in names if name in known]
    look = {"shape": "square", "size": 22, "filled": True, "opacity": 1, "color": INK}
    return [layer("point", rows, {"x": pixels_across(), "y": pixels_down()}, **look)] if rows else []


def _circles(spots: Sequence[Spot], tone: str) -> alt.Chart:
    rows: list[Record] = [
        {
            "x": spot.at[0],
            "y": spot.at[1],
            "size": round(math.pi * spot.radius**2, 1),
            "value": spot.number,
            "fill": PALETTE[tone if spot.lit else "context"].light,
            "edge": PAPER,
        }
        for spot in spots
    ]
    channels = {
        "x": pixels_across(), "y": pixels_down(), "size": alt.Size("size:Q", scale=None),
        "fill": alt.Fill("fill:N", scale=None), "stroke": stroke("edge:N"),
    }  # fmt: skip
    return layer("point", rows, channels, shape="circle", fillOpacity=0.85, strokeWidth=1, opacity=1)


def _labels(canvas: Canvas, sheet: Sheet, spots: Sequence[Spot], column: str, form: str) -> list[alt.Chart]:
    """Name the circles in colour with their numbers, the largest first, as far as there is room."""
    named = [spot for spot in spots if spot.lit][: canvas.choose(4, 8)]
    taken = [_around(spot) for spot in named] + [
        (x - 60, y - LINE / 2, x + 60, y + LINE / 2) for x, y in map(sheet.place, sheet.part.named.values())
    ]
    rows: dict[str, list[Record]] = {"left": [], "right": []}
    for spot in named:
        text = f"{canvas.name(column, spot.name)}\n{canvas.write(spot.number, form)}"
        for align, box in _boxes(spot, text):
            if _free(box, taken, sheet):
                taken.append(box)
                x = box[0] if align == "left" else box[2]
                rows[align].append({"x": x, "y": spot.at[1] - LINE / 2, "text": text, "colour": INK})
                break
    drawn = [halo(found, align=align, baseline="middle") for align, found in rows.items() if found]
    return [part for pair in drawn for part in pair]


def _around(spot: Spot) -> Box:
    (x, y), radius = spot.at, spot.radius
    return x - radius, y - radius, x + radius, y + radius


def _boxes(spot: Spot, text: str) -> list[tuple[str, Box]]:
    """Give the two places of a label: right of its circle, and left of it."""
    wide, (x, y) = widest([text]), spot.at
    right, left = x + spot.radius + GAP, x - spot.radius - GAP
    top, bottom = y - LINE, y + LINE
    return [("left", (right, top, right + wide, bottom)), ("right", (left - wide, top, left, bottom))]


def _free(box: Box, taken: Sequence[Box], sheet: Sheet) -> bool:
    """Say whether a label lies on the map and touches no other one."""
    inside = box[0] >= 2 and box[2] <= sheet.width - 2 and box[1] >= 0 and box[3] <= sheet.height
    return inside and not any(
        box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1] for other in taken
    )
