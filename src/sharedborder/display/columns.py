"""Columns over time: how many, month by month or year by year, and what they are made of."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from . import legend
from .canvas import Canvas, Record, records
from .drawing import Event, categories
from .language import say
from .overtime import highest, stage
from .palette import PALETTE, colour_names, hexes
from .periods import spans
from .plot import Plot, fill, halo, layer, stroke
from .typography import width

INK = PALETTE["ink"].light


def columns(
    canvas: Canvas,
    frame: pd.DataFrame,
    *,
    y: str,
    x: str,
    colour: str | None,
    order: Sequence[str],
    highlight: Sequence[Any],
    provisional: str | None,
    total: str | None,
    events: Sequence[Event],
    form: str,
    tone: str,
) -> alt.LayerChart:
    """Paint `charts.columns`."""
    kept = frame.dropna(subset=[y]).reset_index(drop=True)
    parts = categories(kept, colour, order)
    rows = _rows(kept, x, y, colour, parts, highlight, provisional, tone)
    hollow = any(row["hollow"] for row in rows)
    entries = key(canvas, colour, parts, highlight, hollow=hollow, tone=tone)
    entries += [legend.Entry(canvas.name("", total), INK, line=True)] if total else []
    high = max(highest(kept, x, y, stacked=True), float(kept[total].max()) if total else 0.0)
    here = stage(canvas, kept, x, high, form=form, entries=entries, events=events)
    values = _values(here.plot, rows) if highlight and colour is None else []
    totals = _totals(here.plot, kept, x, total) if total else []
    return here.plot.assemble([_bars(here.plot, rows), *totals, *here.overlays, *values])


def key(
    canvas: Canvas,
    colour: str | None,
    parts: Sequence[str],
    highlight: Sequence[Any],
    *,
    hollow: bool,
    tone: str,
) -> list[legend.Entry]:
    """Give the entries of a chart's key: its categories, and what hollow means where something is hollow."""
    fills = hexes(colour_names(parts, [str(name) for name in highlight]))
    entries = [
        legend.Entry(canvas.name(str(colour), part), fill) for part, fill in zip(parts, fills, strict=True)
    ]
    if hollow:
        shade = PALETTE["quiet" if parts else tone].light
        entries.append(legend.Entry(canvas.text(say("Provisional")), shade, hollow=True))
    return entries


def _rows(
    frame: pd.DataFrame,
    x: str,
    y: str,
    colour: str | None,
    parts: Sequence[str],
    highlight: Sequence[Any],
    provisional: str | None,
    tone: str,
) -> list[Record]:
    """Give each row its period, value, colour and place in the stack."""
    drawn = spans(frame, x).assign(value=frame[y], hollow=frame[provisional] if provisional else False)
    drawn["opacity"], drawn["edge"] = (
        drawn["hollow"].map({True: legend.HOLLOW, False: 1.0}),
        drawn["hollow"].astype(int),
    )
    if colour is None:
        lit = set(spans(pd.DataFrame({x: list(highlight)}), x)["start"]) if highlight else set(drawn["start"])
        drawn["fill"] = [PALETTE[tone if day in lit else "context"].light for day in drawn["start"]]
        drawn["rank"] = 0
        drawn["lit"] = [bool(highlight) and day in lit for day in drawn["start"]]
    else:
        fills = dict(zip(parts, hexes(colour_names(parts, [str(name) for name in highlight])), strict=True))
        drawn["fill"] = frame[colour].astype(str).map(fills)
        drawn["rank"] = frame[colour].astype(str).map({part: rank for rank, part in enumerate(parts)})
        drawn["lit"] = False
    return records(drawn, list(drawn.columns))


def _bars(plot: Plot, rows: Sequence[Record]) -> alt.Chart:
    gap = 0.5 if plot.room / max(len({row["start"] for row in rows}), 1) > 4 else 0.0
    channels = {
        "x": plot.x("start:T"),
        "x2": alt.X2("end:T"),
        "y": plot.y("value:Q", stack="zero"),
        "order": alt.Order("rank:Q", sort="ascending"),
        "fill": fill(),
        "stroke": stroke(),
        "fillOpacity": alt.FillOpacity("opacity:Q", scale=None),
        "strokeOpacity": alt.StrokeOpacity("edge:Q", scale=None),
    }
    return layer("bar", rows, channels, orient="vertical", xOffset=gap, x2Offset=-gap, strokeWidth=1)


def _totals(plot: Plot, frame: pd.DataFrame, x: str, total: str) -> list[alt.Chart]:
    """Draw the announced totals across their columns."""
    drawn = spans(frame, x).assign(value=frame[total]).dropna(subset=["value"]).drop_duplicates("start")
    rows = records(drawn, ["start", "end", "value"])
    channels = {"x": plot.x("start:T"), "x2": alt.X2("end:T"), "y": plot.y("value:Q")}
    return [layer("rule", rows, channels, color=INK, strokeWidth=3)] if rows else []


def _values(plot: Plot, rows: Sequence[Record]) -> list[alt.Chart]:
    """Write the value over each highlighted column, within the canvas."""
    labels = []
    for row in (row for row in rows if row["lit"]):
        text = plot.canvas.write(row["value"], plot.form)
        half = width(text, bold=True) / 2
        at = min(plot.pixel_of_day(row["middle"]), plot.room + plot.margins.right - half)
        y = plot.pixel_of_value(row["value"]) - 5
        labels.append(
            {"x": max(at, half - plot.margins.left), "y": y, "text": text, "colour": PALETTE["ink"].light}
        )
    return halo(labels, baseline="bottom", fontWeight=600) if labels else []
