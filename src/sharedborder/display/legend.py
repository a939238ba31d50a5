"""A key above a chart: one swatch and name a category, in the order in which the eye meets them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import altair as alt

from .canvas import Canvas, Record
from .palette import PALETTE
from .plot import LINE, fill, layer, pixels_across, pixels_down, stroke, texts
from .typography import widest, wrap

SWATCH: Final = 12
HOLLOW: Final = 0.3
"""How much of its colour a provisional column keeps."""

BETWEEN: Final = 18
ROW: Final = LINE + 3


@dataclass(frozen=True)
class Entry:
    """One entry of a key; a hollow one stands for provisional figures, a line for a mark across columns."""

    text: str
    colour: str
    hollow: bool = False
    line: bool = False


def height(canvas: Canvas, entries: Sequence[Entry]) -> int:
    """Give the px that a key takes above the data, its distance included."""
    if not entries:
        return 0
    last, _, row = _placed(canvas, entries)[-1]
    return (row + lines(last)) * ROW + 10


def layers(canvas: Canvas, entries: Sequence[Entry], left: int, top: int) -> list[alt.Chart]:
    """Draw a key from the canvas's left edge, its first row at the canvas's top.

    `left` and `top` are the margins of the chart: positions count from the corner of its data.
    """
    rows: list[Record] = []
    for entry, x, row in _placed(canvas, entries):
        upper, lower = (4.5, 7.5) if entry.line else (0, SWATCH)
        rows.append({
            "x": x - left, "x2": x - left + SWATCH, "middle": 4 + row * ROW + SWATCH / 2 - top,
            "y": 4 + row * ROW + upper - top, "y2": 4 + row * ROW + lower - top,
            "text": entry.text, "fill": entry.colour, "colour": PALETTE["ink"].light,
            "opacity": HOLLOW if entry.hollow else 1,
        })  # fmt: skip
    names = [{**row, "x": row["x2"] + 6, "y": row["middle"]} for row in rows]
    return [_swatches(rows), texts(names, align="left", baseline="middle")] if rows else []


def _placed(canvas: Canvas, entries: Sequence[Entry]) -> list[tuple[Entry, float, int]]:
    """Set the entries in rows: (entry, px from the canvas's left, row); a name wider than that is broken."""
    placed: list[tuple[Entry, float, int]] = []
    x, row = 0.0, 0
    for entry in entries:
        text = wrap(entry.text, canvas.pixels - SWATCH - 6)
        needed = SWATCH + 6 + widest([text])
        if placed and x + needed > canvas.pixels:
            x, row = 0.0, row + lines(placed[-1][0])
        placed.append((replace(entry, text=text), x, row))
        x += needed + BETWEEN
    return placed


def lines(entry: Entry) -> int:
    """Give how many rows an entry fills."""
    return entry.text.count("\n") + 1


def _swatches(rows: Sequence[Record]) -> alt.Chart:
    channels = {
        "x": pixels_across(),
        "x2": alt.X2("x2:Q"),
        "y": pixels_down(),
        "y2": alt.Y2("y2:Q"),
        "fill": fill(),
        "stroke": stroke(),
        "fillOpacity": alt.FillOpacity("opacity:Q", scale=None),
    }
    return layer("rect", rows, channels, strokeWidth=1.5)
