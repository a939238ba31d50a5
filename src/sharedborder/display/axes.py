"""Axes and grid: few lines, labels in the reader's words, room for each before anything is drawn."""

import json
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

import altair as alt

from .canvas import Canvas
from .numerals import MILLION
from .palette import PALETTE
from .periods import Axis
from .typography import widest

GAP: Final = 8
OVERSHOOT: Final = 0.35
"""By how much of a step the highest value may pass the top grid line."""


def ticks(high: float, low: float = 0.0, most: int = 5, overshoot: float = OVERSHOOT) -> list[float]:
    """Give round, evenly spaced values from `low` to `high`, which may pass the last by `overshoot` steps."""
    reach = (high - low) or abs(high) or 1.0
    scale = 10.0 ** math.floor(math.log10(reach / most))
    step = next(scale * part for part in (1, 2, 2.5, 5, 10) if scale * part * most >= reach * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - overshoot)
    return [round(place * step, 10) for place in range(first, last + 1)]


def tick_labels(canvas: Canvas, values: Sequence[float], form: str) -> list[str]:
    """Write the ticks of an axis; large counts are said in millions, with the word at the top only."""
    top = max(abs(value) for value in values)
    if form not in {"exact", "millions", "about", "number"} or top < MILLION:
        return [
            canvas.write(value, "exact" if form in {"millions", "about", "number"} else form)
            for value in values
        ]
    labels = [canvas.write(value / MILLION, "exact") for value in values]
    labels[-1] = canvas.write(values[-1], "millions")
    return labels


def value_axis(canvas: Canvas, values: Sequence[float], form: str, left: int) -> alt.Axis:
    """Give the vertical axis: grid lines from the canvas's edge, labels above them in the `left` px."""
    return alt.Axis(
        values=list(values),
        labelExpr=lookup(values, tick_labels(canvas, values, form), "datum.value"),
        grid=True,
        ticks=True,
        tickSize=left,
        labelPadding=0,
        labelAlign="left",
        labelBaseline="bottom",
        labelOffset=-2,
    )


def room_for_labels(canvas: Canvas, values: Sequence[float], form: str) -> int:
    """Give the px that a vertical axis needs: all labels but the top one, which stands above everything."""
    return math.ceil(widest(tick_labels(canvas, values, form)[:-1])) + GAP


def time_axis(chosen: Axis) -> alt.Axis:
    """Give the horizontal axis of days with the labels that `periods.axis` chose."""
    at = [milliseconds(day) for day in chosen.days]
    return alt.Axis(
        values=at,
        labelExpr=lookup(at, [label.split("\n") for label in chosen.labels], "time(datum.value)"),
        domain=True,
        ticks=chosen.ticks,
        tickSize=7,
        tickColor=PALETTE["quiet"].light,
        labelAlign="left" if chosen.ticks else "center",
        labelOffset=4 if chosen.ticks else 0,
        labelPadding=2 if chosen.ticks else 6,
        zindex=1,
    )


def day_scale(first: str, last: str) -> alt.Scale:
    """Give a scale of days that begins and ends exactly there (Vega-Lite would leave 5 px around bars).

    It has no `domain`: Vega-Lite takes that of days for another beside an end of theirs, and warns.
    """
    low, high = milliseconds(first), milliseconds(last)
    return alt.Scale(type="utc", domainMin=low, domainMax=high, nice=False, padding=0)


def milliseconds(day: str) -> int:
    """Turn an ISO day into the milliseconds since 1970 (UTC) that Vega counts in."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000)


def lookup(keys: Sequence[float], labels: Sequence[Any], datum: str) -> str:
    """Give a Vega expression that finds each tick's label, so that no locale has to be loaded to draw it."""
    table = {format(key, ".15g"): label for key, label in zip(keys, labels, strict=True)}
    return f"{json.dumps(table, ensure_ascii=False)}[{datum}]"
