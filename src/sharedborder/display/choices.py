"""Lines of which a reader chooses one: the others are grey, the chosen one has its highest value named."""

from typing import Any, Final

import altair as alt
import pandas as pd

from .canvas import Canvas, Record
from .lines import columns_of, part, paths, rows_of
from .overtime import highest, stage
from .palette import PALETTE
from .periods import spans
from .plot import Plot, layer, pixels_across, pixels_down

ROOM: Final = 1.18
"""How far the scale reaches over the highest value, for the two lines of its label."""
EDGE: Final = 44
"""Px from an edge within which a label leans away from it."""


def choices(
    canvas: Canvas, frame: pd.DataFrame, *, y: str, colour: str, first: str, x: str, form: str
) -> alt.LayerChart:
    """Paint `charts.choices`."""
    parts = columns_of(frame, x, colour)
    high = highest(frame, x, y, stacked=False) * ROOM
    here = stage(canvas, frame, x, high, form=form, right=20, tight=True)
    tones = [PALETTE["main" if part == first else "context"].light for part in parts]
    drawn = [row | {"end": False} for row in rows_of(frame, x, y, colour, parts, tones)]
    rest = paths(here.plot, [row for row in drawn if row["series"] != first], strokeWidth=1)
    lit = paths(here.plot, [row for row in drawn if row["series"] == first])
    names = [row | {"part": part(parts, row["series"]), "seen": int(row["series"] == first)}
             for row in _peaks(canvas, here.plot, frame, x, y, colour, form)]  # fmt: skip
    return here.plot.assemble([*rest, *lit, *here.overlays, *_layers(names)])


def _peaks(
    canvas: Canvas, plot: Plot, frame: pd.DataFrame, x: str, y: str, colour: str, form: str
) -> list[Record]:
    """Give each line's highest value, the last of equal ones, with its period and its place."""
    known = frame.dropna(subset=[y]).sort_values([y, x], kind="stable")
    tops = known.drop_duplicates(colour, keep="last").reset_index(drop=True)
    middles = spans(tops, x)["middle"]
    return [
        {
            "series": str(row[colour]),
            "text": f"{canvas.write(row[y], form)}\n{canvas.name(x, row[x])}",
            **_over(plot, plot.pixel_of_day(middle), plot.pixel_of_value(float(row[y]))),
        }
        for middle, row in zip(middles, tops.to_dict("records"), strict=True)
    ]


def _over(plot: Plot, across: float, down: float) -> dict[str, Any]:
    align = "left" if across < EDGE else "right" if across > plot.room - EDGE else "center"
    return {"x": across, "y": down - 6, "align": align}


def _layers(names: list[Record]) -> list[alt.Chart]:
    """Draw the labels, those of lines that are not chosen unseen."""
    channels = {
        "x": pixels_across(),
        "y": pixels_down(),
        "text": alt.Text("text:N"),
        "color": alt.value(PALETTE["main"].light),
        "fillOpacity": alt.FillOpacity("seen:Q", scale=None),
        "description": alt.Description("part:N"),
    }
    leaning = {row["align"]: [other for other in names if other["align"] == row["align"]] for row in names}
    return [
        layer("text", rows, channels, lineBreak="\n", baseline="line-bottom", align=align, fontWeight=600)
        for align, rows in leaning.items()
    ]
