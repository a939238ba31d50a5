"""A timeline: numbered events laid along the figures of their months; their texts stand under the chart."""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from .axes import milliseconds, room_for_labels, ticks
from .canvas import Canvas, Record, records
from .drawing import Event
from .overtime import TOP, highest
from .palette import PALETTE
from .periods import axis, bounds, spans
from .plot import BOTTOM, LINE, Margins, Plot, layer, pixels_across, pixels_down, texts
from .roles import kind_of

RADIUS: Final = 10
LEVEL: Final = 2 * RADIUS + 2


def timeline(
    canvas: Canvas,
    frame: pd.DataFrame,
    *,
    y: str,
    events: Sequence[Event],
    x: str,
    form: str,
    tone: str,
) -> alt.LayerChart:
    """Paint `charts.timeline`."""
    periods = spans(frame, x)
    first, last = bounds(periods)
    high = highest(frame, x, y, stacked=True)
    values = ticks(high, most=canvas.choose(4, 5))
    left = room_for_labels(canvas, values, form)
    room = canvas.pixels - left - RADIUS
    marks = _placed(sorted(events, key=lambda event: event.day), first, last, room)
    levels = 1 + max((mark["level"] for mark in marks), default=0)
    named = axis(canvas, kind_of(x, frame[x]), first, last, room)
    below = BOTTOM + LINE * max((label.count("\n") for label in named.labels), default=0)
    margins = Margins(left, RADIUS, TOP + levels * LEVEL, below)
    plot = Plot(
        canvas, first, last, named, values, max(high, values[-1]), form, margins, canvas.choose(200, 260)
    )
    return plot.assemble([_columns(plot, periods.assign(value=frame[y]), tone), *_marks(plot, marks)])


def _placed(events: Sequence[Event], first: str, last: str, room: float) -> list[Record]:
    """Number the events in order; marks that would touch stand one level higher."""
    marks: list[Record] = []
    ends: list[float] = []
    for number, event in enumerate(events, start=1):
        share = (milliseconds(event.day) - milliseconds(first)) / (milliseconds(last) - milliseconds(first))
        x = share * room
        level = next((place for place, end in enumerate(ends) if x - RADIUS >= end), len(ends))
        ends = [*ends[:level], x + RADIUS + 1, *ends[level + 1 :]]
        marks.append({"x": round(x, 2), "level": level, "text": str(number)})
    return marks


def _columns(plot: Plot, drawn: pd.DataFrame, tone: str) -> alt.Chart:
    rows = records(drawn, ["start", "end", "value"])
    channels = {"x": plot.x("start:T"), "x2": alt.X2("end:T"), "y": plot.y("value:Q", stack=None)}
    colour = PALETTE[tone].light
    return layer("bar", rows, channels, orient="vertical", xOffset=0.5, x2Offset=-0.5, color=colour)


def _marks(plot: Plot, marks: Sequence[Record]) -> list[alt.Chart]:
    """Draw rules from the marks to the base line, discs, and numbers on them."""
    ink, paper = PALETTE["ink"].light, PALETTE["paper"].light
    rows: list[dict[str, Any]] = [
        {**mark, "y": -TOP - RADIUS - mark["level"] * LEVEL, "y2": plot.height, "colour": paper}
        for mark in marks
    ]
    place = {"x": pixels_across(), "y": pixels_down()}
    rules = layer("rule", rows, {**place, "y2": alt.Y2("y2:Q")}, color=ink, strokeWidth=1, strokeDash=[2, 2])
    discs = layer("point", rows, place, size=RADIUS * RADIUS * 3.14, fill=ink, opacity=1, strokeWidth=0)
    return [rules, discs, texts(rows, align="center", baseline="middle", fontSize=12, fontWeight=600)]
