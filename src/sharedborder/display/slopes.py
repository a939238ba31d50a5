"""Slopes: the same things at two moments, joined by lines, named and numbered at both ends."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from . import ends
from .canvas import Canvas, Record
from .drawing import categories
from .ends import End
from .palette import PALETTE, colour_names, hexes, text_hexes
from .plot import LINE, Margins, fill, fixed, layer, pixels_across, pixels_down, stroke, texts
from .typography import widest, wrap

TOP: Final = 34
STEEPEST: Final = 0.75
"""The scale begins at this share of the highest value or below, so that no small difference looks steep."""


def slopes(
    canvas: Canvas,
    frame: pd.DataFrame,
    *,
    y: str,
    x: str,
    colour: str,
    order: Sequence[str],
    highlight: Sequence[str],
    form: str,
) -> alt.LayerChart:
    """Paint `charts.slopes`."""
    moments = list(frame[x].unique())
    parts = categories(frame, colour, order)
    found = {(str(r[colour]), r[x]): float(r[y]) for r in frame.dropna(subset=[y]).to_dict("records")}
    parts = [part for part in parts if all((part, moment) in found for moment in moments)]
    return _draw(canvas, x, colour, parts, moments, found, colour_names(parts, highlight), form)


def _draw(
    canvas: Canvas,
    x: str,
    colour: str,
    parts: Sequence[str],
    moments: Sequence[Any],
    found: dict[tuple[str, Any], float],
    tones: Sequence[str],
    form: str,
) -> alt.LayerChart:
    room = canvas.choose(130, 200)
    before = [canvas.write(found[part, moments[0]], form) for part in parts]
    after = [
        wrap(f"{canvas.write(found[part, moments[1]], form)} {canvas.name(colour, part)}", room)
        for part in parts
    ]
    left, right = round(widest(before)) + ends.GAP + 4, ends.room_needed(after, room)
    height = max(canvas.choose(260, 320), LINE * sum(text.count("\n") + 1 for text in after))
    down, wide = _scale(list(found.values()), height), canvas.pixels - left - right
    rows: list[Record] = [
        {
            "x": 0,
            "x2": wide,
            "y": down(found[part, moments[0]]),
            "y2": down(found[part, moments[1]]),
            "fill": tone,
        }
        for part, tone in zip(parts, hexes(tones), strict=True)
    ]
    letters = text_hexes(tones)
    starts = [End(text, row["y"], ink) for text, row, ink in zip(before, rows, letters, strict=True)]
    finish = [End(text, row["y2"], ink) for text, row, ink in zip(after, rows, letters, strict=True)]
    heads = [wrap(canvas.name(x, moment), canvas.pixels / 2 - 8, bold=True) for moment in moments]
    top = TOP + LINE * max(head.count("\n") for head in heads)
    layers = [
        *_lines(rows),
        _side(starts, height, -ends.GAP, "right"),
        _side(finish, height, wide + ends.GAP, "left"),
        *_heads(heads, -left, wide + right, top),
    ]
    return fixed(layers, canvas.pixels, height, Margins(left, right, top, 10))


def _scale(values: Sequence[float], height: int) -> Callable[[float], float]:
    """Give the function from a value to px from the top, at least for the upper quarter."""
    high = max(values)
    low = min(min(values), STEEPEST * high)
    return lambda value: round((high - value) / ((high - low) or 1.0) * height, 2)


def _lines(rows: Sequence[Record]) -> list[alt.Chart]:
    ends_of = {"x": pixels_across(), "x2": alt.X2("x2:Q"), "y": pixels_down(), "y2": alt.Y2("y2:Q")}
    line = layer("rule", rows, {**ends_of, "stroke": stroke()}, strokeWidth=2.5)
    corners = (("x", "y"), ("x2", "y2"))
    dots = [{"x": row[x], "y": row[y], "fill": row["fill"]} for row in rows for x, y in corners]
    place = {"x": pixels_across(), "y": pixels_down(), "fill": fill()}
    return [line, layer("point", dots, place, size=60, opacity=1, strokeWidth=0)]


def _side(names: Sequence[End], height: int, x: float, align: str) -> alt.Chart:
    rows = [
        {"x": x, "y": top, "text": end.text, "colour": end.colour} for end, top in ends.apart(names, height)
    ]
    return texts(rows, align=align, baseline="top")


def _heads(heads: Sequence[str], left: int, right: int, top: int) -> list[alt.Chart]:
    """Name the two moments, from the left edge and to the right one."""
    ink = PALETTE["ink"].light
    return [
        texts(
            [{"x": x, "y": 4 - top, "text": head, "colour": ink}], align=align, baseline="top", fontWeight=600
        )
        for head, x, align in zip(heads, (left, right), ("left", "right"), strict=True)
    ]
