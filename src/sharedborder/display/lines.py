"""Lines over time: how several things went, each named where its line ends."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from . import ends
from .canvas import Canvas, Record, records
from .drawing import Event, categories
from .ends import End
from .overtime import highest, stage
from .palette import colour_names, hexes, text_hexes
from .periods import spans
from .plot import Plot, fill, layer, stroke


def lines(
    canvas: Canvas,
    frame: pd.DataFrame,
    *,
    y: str,
    x: str,
    colour: str | None,
    order: Sequence[str],
    highlight: Sequence[str],
    events: Sequence[Event],
    form: str,
    tone: str,
) -> alt.LayerChart:
    """Paint `charts.lines`."""
    parts = categories(frame, colour, order)
    names = [canvas.name(str(colour), part) for part in parts]
    room = canvas.choose(96, 150)
    right = max(ends.room_needed(names, room), 20)
    here = stage(
        canvas,
        frame,
        x,
        highest(frame, x, y, stacked=False),
        form=form,
        events=events,
        right=right,
        tight=True,
    )
    tones = colour_names(parts, highlight) if colour else [tone]
    drawn = rows_of(frame, x, y, colour, parts, hexes(tones))
    labels = [
        End(name, here.plot.pixel_of_value(value), fill)
        for name, value, fill in zip(
            names, _last_values(frame, x, y, colour, parts), text_hexes(tones), strict=bool(parts)
        )
    ]
    layers = [*paths(here.plot, drawn), *here.overlays, *ends.layers(here.plot, labels, room)]
    return here.plot.assemble(layers)


def paths(plot: Plot, rows: Sequence[Record], **look: Any) -> list[alt.Chart]:
    """Draw a line a series, and a dot on its last value; each says to which column of a table it belongs."""
    told = {"description": alt.Description("part:N")} if "part" in rows[0] else {}
    place = {"x": plot.x("middle:T"), "y": plot.y("value:Q"), **told}
    series = {"stroke": stroke(), "detail": alt.Detail("series:N"), "order": alt.Order("middle:T")}
    dots = [row for row in rows if row["end"]]
    dot = layer("point", dots, {**place, "fill": fill()}, size=36, opacity=1, strokeWidth=0)
    line = layer("line", rows, {**place, **series}, **look)
    return [line, dot] if dots else [line]


def part(parts: Sequence[str], series: str) -> str:
    """Name a series in the picture by its column of the table: "part-0" follows the periods."""
    return f"part-{list(parts).index(series)}"


def columns_of(frame: pd.DataFrame, x: str, colour: str) -> list[str]:
    """List the categories of `colour` in the order of the table's columns."""
    return list(frame.sort_values(x, kind="stable")[colour].astype(str).drop_duplicates())


def rows_of(
    frame: pd.DataFrame, x: str, y: str, colour: str | None, parts: Sequence[str], fills: Sequence[str]
) -> list[Record]:
    """Give each row its day, value, series, its part and colour; a series' last known value is its end."""
    series = frame[colour].astype(str) if colour else pd.Series("", index=frame.index)
    tone = dict(zip(parts, fills, strict=True)) if colour else {"": fills[0]}
    drawn = spans(frame, x)[["middle"]].assign(value=frame[y], series=series, fill=series.map(tone))
    if colour:
        columns = columns_of(frame, x, colour)
        drawn["part"] = [part(columns, name) for name in series]
    drawn = drawn.sort_values(["series", "middle"])
    known = drawn.dropna(subset=["value"])
    drawn["end"] = drawn.index.isin(known.groupby("series").tail(1).index)
    return records(drawn, list(drawn.columns))


def _last_values(
    frame: pd.DataFrame, x: str, y: str, colour: str | None, parts: Sequence[str]
) -> list[float]:
    known = frame.dropna(subset=[y]).sort_values(x)
    return (
        [float(known.loc[known[colour].astype(str) == part, y].iloc[-1]) for part in parts] if colour else []
    )
