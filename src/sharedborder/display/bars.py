"""Bars by category: how much each has, the number beside it."""

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from . import rows
from .canvas import Canvas, records
from .evidence import plain
from .palette import PALETTE, colour_names, hexes
from .plot import fill, layer, pixels_down
from .typography import widest


def bars(
    canvas: Canvas,
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    highlight: Sequence[Any],
    meanings: bool,
    form: str,
    tone: str,
) -> alt.LayerChart:
    """Paint `charts.bars`."""
    kept = frame.dropna(subset=[x]).reset_index(drop=True)
    laid = rows.lay(canvas, kept, y, thickness=canvas.choose(16, 20))
    values = rows.written(canvas, list(kept[x]), form)
    right = math.ceil(widest(values)) + 10
    drawn = kept.assign(
        value=kept[x],
        text=values,
        at=rows.place(laid, kept, y),
        fill=tones(kept[y], highlight, meanings, tone),
        colour=PALETTE["ink"].light,
    )
    drawn = drawn.assign(y=drawn["at"] - laid.thickness / 2, y2=drawn["at"] + laid.thickness / 2)
    scale = alt.Scale(domain=[0, float(kept[x].max()) or 1.0], range=[0, laid.room(right)], nice=False)
    bar = _bar(drawn, scale)
    number = rows.value_texts(records(drawn, ["value", "at", "text", "colour"]), scale, align="left", dx=6)
    return laid.assemble([bar, number, *laid.labels()], right)


def tones(values: "pd.Series[Any]", highlight: Sequence[Any], meanings: bool, tone: str) -> list[str]:
    """Give each category its hex: by meaning, or one tone, those not highlighted being grey."""
    named = [str(plain(value)) for value in values]
    shown = {str(plain(value)) for value in highlight}
    if meanings:
        return hexes(colour_names(named, list(shown)))
    lit = shown or set(named)
    return [PALETTE[tone if name in lit else "context"].light for name in named]


def _bar(drawn: pd.DataFrame, scale: alt.Scale) -> alt.Chart:
    channels = {
        "x": rows.across("zero:Q", scale),
        "x2": alt.X2("value:Q"),
        "y": pixels_down(),
        "y2": alt.Y2("y2:Q"),
        "fill": fill(),
    }
    return layer("rect", records(drawn.assign(zero=0), ["zero", "value", "y", "y2", "fill"]), channels)
