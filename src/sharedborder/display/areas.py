"""Areas over time: what a growing whole is made of."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from . import ends, legend
from .canvas import Canvas, Record, records
from .drawing import Event, categories
from .ends import End
from .overtime import highest, stage
from .palette import PALETTE, colour_names, hexes, text_hexes
from .periods import spans
from .plot import Plot, fill, layer


def areas(
    canvas: Canvas,
    frame: pd.DataFrame,
    *,
    y: str,
    colour: str,
    x: str,
    order: Sequence[str],
    highlight: Sequence[str],
    events: Sequence[Event],
    form: str,
) -> alt.LayerChart:
    """Paint `charts.areas`."""
    kept = frame.dropna(subset=[y]).reset_index(drop=True)
    parts = categories(kept, colour, order)
    tones = colour_names(parts, highlight)
    names = [canvas.name(colour, part) for part in parts]
    room = 150
    entries = (
        [legend.Entry(name, fill) for name, fill in zip(names, hexes(tones), strict=True)]
        if canvas.phone
        else []
    )
    right = 20 if canvas.phone else ends.room_needed(names, room)
    high = highest(kept, x, y, stacked=True)
    here = stage(
        canvas, kept, x, high, form=form, entries=entries[::-1], events=events, right=right, tight=True
    )
    rows = _rows(kept, x, y, colour, dict(zip(parts, hexes(tones), strict=True)))
    labels = _labels(here.plot, kept, x, y, colour, parts, names, text_hexes(tones))
    named = [] if canvas.phone else ends.layers(here.plot, labels, room)
    return here.plot.assemble([_stack(here.plot, rows), *here.overlays, *named])


def _rows(frame: pd.DataFrame, x: str, y: str, colour: str, fills: dict[str, str]) -> list[Record]:
    parts = frame[colour].astype(str)
    rank = {part: place for place, part in enumerate(fills)}
    drawn = spans(frame, x)[["middle"]].assign(value=frame[y], fill=parts.map(fills), rank=parts.map(rank))
    return records(drawn, list(drawn.columns))


def _stack(plot: Plot, rows: Sequence[Record]) -> alt.Chart:
    paper = PALETTE["paper"].light
    channels = {
        "x": plot.x("middle:T"),
        "y": plot.y("value:Q", stack="zero"),
        "order": alt.Order("rank:Q", sort="ascending"),
        "fill": fill(),
        "detail": alt.Detail("rank:O"),
    }
    return layer("area", rows, channels, stroke=paper, strokeWidth=0.75)


def _labels(
    plot: Plot,
    frame: pd.DataFrame,
    x: str,
    y: str,
    colour: str,
    parts: Sequence[str],
    names: Sequence[str],
    fills: Sequence[str],
) -> list[End]:
    """Name each area at the middle of its right edge."""
    last = frame[frame[x] == frame[x].max()]
    known = dict(zip(last[colour].astype(str), last[y].astype(float), strict=True))
    heights = [known.get(part, 0.0) for part in parts]
    return [
        End(name, plot.pixel_of_value(sum(heights[:place]) + heights[place] / 2), fill)
        for place, (name, fill) in enumerate(zip(names, fills, strict=True))
    ]
