"""Small multiples: the same chart for each of several groups, on one scale."""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from .axes import day_scale, lookup, milliseconds, tick_labels, ticks
from .canvas import Canvas, records
from .palette import MEANINGS, PALETTE
from .periods import Axis, axis, bounds, spans, within
from .plot import LINE, Layers, layer, texts
from .roles import kind_of
from .typography import width, wrap

ACROSS: Final = 18
LABEL: Final = 22
"""Px over a panel's data, for the label of its top grid line; its name stands above."""
BELOW: Final = 24


def panels(
    canvas: Canvas,
    frame: pd.DataFrame,
    *,
    y: str,
    panel: str,
    x: str,
    order: Sequence[str],
    shared: bool,
    form: str,
    tone: str,
) -> alt.ConcatChart:
    """Paint `charts.panels`."""
    names = list(order) or [str(value) for value in frame[panel].unique()]
    many = min(canvas.choose(2, 4), len(names))
    wide = (canvas.pixels - ACROSS * (many - 1)) // many
    tall = canvas.choose(84, 96)
    titles = [wrap(canvas.name(panel, name), wide, bold=True) for name in names]
    above = LABEL + LINE * max(title.count("\n") + 1 for title in titles)
    cells = [
        _cell(canvas, frame, x, y, panel, name, (wide, tall), shared, form, tone, _name(title, above))
        for name, title in zip(names, titles, strict=True)
    ]
    lines = -(-len(names) // many)
    chart = alt.concat(*cells, columns=many, spacing={"row": above + BELOW, "column": ACROSS}, bounds="flush")
    return chart.properties(
        padding={"left": 0, "right": 0, "top": above, "bottom": BELOW},
        autosize=alt.AutoSizeParams(type="none"),
        usermeta={"width": canvas.pixels, "height": lines * (tall + above + BELOW)},
    )


def _cell(
    canvas: Canvas,
    frame: pd.DataFrame,
    x: str,
    y: str,
    panel: str,
    name: str,
    size: tuple[int, int],
    shared: bool,
    form: str,
    tone: str,
    title: alt.Chart,
) -> alt.LayerChart:
    """Draw one panel: name, area with its line, the top grid line with its value, first and last year."""
    rows = frame[frame[panel].astype(str) == name].reset_index(drop=True)
    values = ticks(float((frame if shared else rows)[y].max()), most=2, overshoot=0)
    periods = spans(frame, x)
    first, last = str(periods["middle"].min()), str(periods["middle"].max())
    days = _edges(canvas, kind_of(x, frame[x]), *bounds(periods), first, last, size[0])
    fill = PALETTE[MEANINGS.get(name, tone) if MEANINGS.get(name) != "context" else tone].light
    across = alt.X("middle:T", axis=_days(days), scale=day_scale(first, last), title=None)
    down = alt.Y(
        "value:Q",
        axis=_values(canvas, values, form),
        scale=alt.Scale(domain=[0, values[-1]], nice=False),
        title=None,
    )
    drawn = records(
        spans(rows, x)[["middle"]].assign(value=rows[y]).sort_values("middle"), ["middle", "value"]
    )
    place = {"x": across, "y": down}
    area = layer("area", drawn, place, color=fill, opacity=0.35)
    line = layer("line", drawn, place, color=fill, strokeWidth=1.5)
    return Layers([area, line, title], width=size[0], height=size[1])


def _name(title: str, above: int) -> alt.Chart:
    row = {"x": 0, "y": -above + 2, "text": title, "colour": PALETTE["ink"].light}
    return texts([row], align="left", baseline="top", fontWeight=600)


def _edges(canvas: Canvas, kind: str, start: str, end: str, first: str, last: str, room: int) -> Axis:
    """Keep the labels of an axis that fit under a panel and stand apart."""
    named = within(axis(canvas, kind, start, end, room), first, last)
    kept: list[tuple[str, str]] = []
    free = -1.0
    for day, label in zip(named.days, named.labels, strict=True):
        text = label.replace("\n", " ")
        at = (milliseconds(day) - milliseconds(first)) / (milliseconds(last) - milliseconds(first)) * room
        left = at + 3 if named.ticks else at - width(text) / 2
        if free <= left and left + width(text) <= room + 1:
            kept.append((day, text))
            free = left + width(text) + 8
    return Axis([day for day, _ in kept], [text for _, text in kept], named.ticks)


def _days(days: Axis) -> alt.Axis:
    at = [milliseconds(day) for day in days.days]
    return alt.Axis(
        values=at,
        labelExpr=lookup(at, list(days.labels), "time(datum.value)"),
        domain=True,
        ticks=days.ticks,
        tickSize=5,
        tickColor=PALETTE["quiet"].light,
        labelAlign="left" if days.ticks else "center",
        labelOffset=3 if days.ticks else 0,
        labelPadding=2,
        zindex=1,
    )


def _values(canvas: Canvas, values: Sequence[float], form: str) -> alt.Axis:
    """Draw grid lines, with a label over the top one only."""
    labels: list[Any] = ["" for _ in values[:-1]] + [tick_labels(canvas, values, form)[-1]]
    return alt.Axis(
        values=list(values),
        labelExpr=lookup(values, labels, "datum.value"),
        grid=True,
        ticks=False,
        labelPadding=0,
        labelAlign="left",
        labelBaseline="bottom",
        labelOffset=-2,
    )
