"""Charts that are read row by row: a name, then a mark on a common scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import pandas as pd

from .canvas import Canvas, Record
from .palette import PALETTE
from .plot import LINE, Margins, fill, fixed, halo, layer, pixels_down, stroke, texts
from .typography import widest, wrap

INK: Final = PALETTE["ink"].light
NARROW: Final = 124
"""Names up to so many px stand left of their rows on a phone too; longer ones above."""


@dataclass(frozen=True)
class Rows:
    """Rows of a chart: their names, whether these stand above, and where each row's mark lies (px)."""

    canvas: Canvas
    names: list[str]
    above: bool
    left: int
    middles: list[float]
    height: int
    thickness: int

    def labels(self) -> list[alt.Chart]:
        """Draw the names: above their marks (with a border, where marks may pass behind), or left of them."""
        lift, share = (self.thickness / 2 + 5, 1.0) if self.above else (0.0, 0.5)
        records = [
            {
                "x": -self.left,
                "y": middle - lift - name.count("\n") * LINE * share,
                "text": name,
                "colour": INK,
            }
            for name, middle in zip(self.names, self.middles, strict=True)
        ]
        if self.above:
            return halo(records, align="left", baseline="bottom")
        return [texts(records, align="left", baseline="middle")]

    def room(self, right: int) -> int:
        """The width in px where marks are drawn, with `right` px kept free."""
        return self.canvas.pixels - self.left - right

    def assemble(self, layers: Sequence[alt.Chart], right: int, top: int = 6) -> alt.LayerChart:
        """Lay the layers over each other at the canvas's width."""
        margins = Margins(self.left, right, top, 6)
        return fixed(layers, self.canvas.pixels, self.height, margins)


def lay(canvas: Canvas, frame: pd.DataFrame, column: str, thickness: int) -> Rows:
    """Set out one row a value of `column`, in the frame's order."""
    full = [canvas.name(column, value) for value in frame[column].unique()]
    above = canvas.phone and widest(full) > NARROW
    names = [wrap(name, canvas.pixels - 10 if above else canvas.choose(NARROW, 220)) for name in full]
    left = 0 if above else math.ceil(widest(names)) + 12
    middles, bottom = [], 0.0
    for name in names:
        lines = name.count("\n") + 1
        needed = thickness + 12 + lines * LINE if above else max(thickness + 10, lines * LINE + 6)
        middles.append(bottom + needed - thickness / 2 - 6 if above else bottom + needed / 2)
        bottom += needed
    return Rows(canvas, names, above, left, middles, round(bottom), thickness)


def place(rows: Rows, frame: pd.DataFrame, column: str) -> "pd.Series[Any]":
    """Give each row of the frame the px of its middle."""
    at = dict(zip(frame[column].unique(), rows.middles, strict=True))
    return frame[column].map(at)


def written(canvas: Canvas, values: Sequence[float], form: str) -> list[str]:
    """Write the values that stand beside marks."""
    return [canvas.write(value, form) for value in values]


def value_texts(rows: Sequence[Record], scale: alt.Scale, **look: Any) -> alt.Chart:
    """Write `text` beside the mark at `value`, on the rows' own scale."""
    words = {"text": alt.Text("text:N"), "color": alt.Color("colour:N", scale=None)}
    return layer("text", rows, {**_place(scale), **words}, baseline="middle", **look)


def dots(rows: Sequence[Record], scale: alt.Scale) -> alt.Chart:
    """Draw a dot at `value` in each row."""
    return layer("point", rows, {**_place(scale), "fill": fill()}, size=110, opacity=1, strokeWidth=0)


def links(rows: Sequence[Record], scale: alt.Scale, thickness: float = 3.0) -> alt.Chart:
    """Draw a bar from `from` to `value` in each row."""
    ends = {"x": across("from:Q", scale), "x2": alt.X2("value:Q"), "y": pixels_down("at:Q")}
    return layer("rule", rows, {**ends, "stroke": stroke()}, strokeWidth=thickness)


def _place(scale: alt.Scale) -> dict[str, Any]:
    return {"x": across("value:Q", scale), "y": pixels_down("at:Q")}


def across(field: str, scale: alt.Scale) -> alt.X:
    """Encode values horizontally, without an axis: each mark carries its number."""
    return alt.X(field, scale=scale, axis=None)
