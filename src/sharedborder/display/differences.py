"""Differences by row: changes around zero, and two states of the same thing side by side."""

import math
from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from . import legend, rows
from .bars import tones
from .canvas import Canvas, records
from .drawing import categories
from .palette import PALETTE, colour_names, hexes, text_hexes
from .plot import layer, pixels_down
from .typography import widest

GREY: Final = PALETTE["context"].light
BESIDE: Final = 11
"""Px from the middle of a dot to its number."""


def changes(
    canvas: Canvas,
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    highlight: Sequence[Any],
    form: str,
    tone: str,
) -> alt.LayerChart:
    """Paint `charts.changes`."""
    kept = frame.dropna(subset=[x]).reset_index(drop=True)
    laid = rows.lay(canvas, kept, y, thickness=14)
    values = rows.written(canvas, list(kept[x]), form)
    aside = math.ceil(widest(values)) + BESIDE + 2
    drawn = kept.assign(
        value=kept[x],
        text=values,
        at=rows.place(laid, kept, y),
        fill=tones(kept[y], highlight, False, tone),
        colour=PALETTE["ink"].light,
    )
    drawn["from"] = 0
    low, high = min(0.0, float(kept[x].min())), max(0.0, float(kept[x].max()))
    falls, rises = aside if low < 0 else 8, aside if high > 0 else 8
    scale = alt.Scale(domain=[low, high], range=[falls, laid.room(0) - rises], nice=False)
    plain = records(drawn, ["value", "text", "at", "fill", "from", "colour"])
    numbers = [
        *_numbers([row for row in plain if row["value"] >= 0], scale, "left"),
        *_numbers([row for row in plain if row["value"] < 0], scale, "right"),
    ]
    return laid.assemble(
        [
            _zero(scale, laid.height),
            rows.links(plain, scale),
            rows.dots(plain, scale),
            *numbers,
            *laid.labels(),
        ],
        0,
    )


def dumbbells(
    canvas: Canvas,
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    colour: str,
    order: Sequence[str],
    form: str,
) -> alt.LayerChart:
    """Paint `charts.dumbbells`."""
    kept = frame.dropna(subset=[x]).reset_index(drop=True)
    stages = categories(kept, colour, order)
    tones_of = colour_names(stages)
    fills = dict(zip(stages, hexes(tones_of), strict=True))
    letters = dict(zip(stages, text_hexes(tones_of), strict=True))
    laid = rows.lay(canvas, kept, y, thickness=14)
    values = rows.written(canvas, list(kept[x]), form)
    drawn = kept.assign(
        value=kept[x],
        text=values,
        at=rows.place(laid, kept, y),
        fill=kept[colour].astype(str).map(fills),
        colour=kept[colour].astype(str).map(letters),
    )
    aside = math.ceil(widest(values)) + BESIDE + 2
    low, high = float(kept[x].min()), float(kept[x].max())
    scale = alt.Scale(
        domain=[low, high if high > low else low + 1], range=[aside, laid.room(0) - aside], nice=False
    )
    entries = [legend.Entry(canvas.name(colour, stage), fill) for stage, fill in fills.items()]
    top = legend.height(canvas, entries)
    return laid.assemble(
        [*_pairs(drawn, y, scale), *legend.layers(canvas, entries, laid.left, top), *laid.labels()], 0, top
    )


def _pairs(drawn: pd.DataFrame, y: str, scale: alt.Scale) -> list[alt.Chart]:
    """Draw each row's dots, the line between them, and the numbers on the outer sides."""
    least = drawn.groupby(y, sort=False)["value"].transform("min")
    left = (drawn["value"] == least) & ~drawn.duplicated([y, "value"])
    span = drawn.assign(fill=GREY)
    span["from"] = least
    plain = ["value", "text", "at", "fill", "colour"]
    return [
        rows.links(records(span[~left], ["value", "from", "at", "fill"]), scale, 2),
        rows.dots(records(drawn, plain), scale),
        *_numbers(records(drawn[left], plain), scale, "right"),
        *_numbers(records(drawn[~left], plain), scale, "left"),
    ]


def _numbers(plain: Sequence[dict[str, Any]], scale: alt.Scale, align: str) -> list[alt.Chart]:
    """Write numbers beside their dots: aligned left they stand right of them."""
    shift = BESIDE if align == "left" else -BESIDE
    return [rows.value_texts(plain, scale, align=align, dx=shift)] if plain else []


def _zero(scale: alt.Scale, height: int) -> alt.Chart:
    channels = {"x": rows.across("zero:Q", scale), "y": pixels_down(), "y2": alt.Y2("y2:Q")}
    ink = PALETTE["ink"].light
    return layer("rule", [{"zero": 0, "y": 0, "y2": height}], channels, color=ink, strokeWidth=1)
