"""The frame of a chart over time: margins, axes and scales, all fixed before anything is drawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import altair as alt

from .axes import day_scale, milliseconds, time_axis, value_axis
from .canvas import Canvas, Record
from .palette import PALETTE
from .periods import Axis

Mark = Literal["area", "bar", "line", "point", "rect", "rule", "text"]

BOTTOM: Final = 26
LINE: Final = 18
"""Height in px of a line of text."""


@dataclass(frozen=True)
class Margins:
    """Px around the part of a chart where data is drawn."""

    left: int
    right: int
    top: int
    bottom: int = BOTTOM


@dataclass(frozen=True)
class Plot:
    """A chart of values from the first of `ticks` up to `high`, over the days (ISO) `first` to `last`.

    `axis` names periods on the horizontal axis.
    """

    canvas: Canvas
    first: str
    last: str
    axis: Axis
    ticks: Sequence[float]
    high: float
    form: str
    margins: Margins
    height: int

    @property
    def room(self) -> int:
        """The width in px of the part where data is drawn."""
        return self.canvas.pixels - self.margins.left - self.margins.right

    def x(self, field: str = "middle:T") -> alt.X:
        """Encode days horizontally."""
        return alt.X(field, axis=time_axis(self.axis), scale=day_scale(self.first, self.last), title=None)

    def y(self, field: str, **more: Any) -> alt.Y:
        """Encode values vertically."""
        axis = value_axis(self.canvas, self.ticks, self.form, self.margins.left)
        scale = alt.Scale(domain=[self.ticks[0], self.high], nice=False)
        return alt.Y(field, axis=axis, scale=scale, title=None, **more)

    def pixel_of_day(self, day: str) -> float:
        """Where a day lies, in px from the left of the data."""
        first, last, at = (milliseconds(value) for value in (self.first, self.last, day))
        return (at - first) / (last - first) * self.room

    def pixel_of_value(self, value: float) -> float:
        """Where a value lies, in px from the top of the data."""
        return (self.high - value) / (self.high - self.ticks[0]) * self.height

    def assemble(self, layers: Iterable[alt.Chart]) -> alt.LayerChart:
        """Lay the layers over each other at exactly the canvas's width."""
        return fixed(layers, self.canvas.pixels, self.height, self.margins)


class Layers(alt.LayerChart):
    """Layers laid as they are: Altair's own copies each of them, to bring together what they may share."""

    def __init__(self, layer: Iterable[alt.Chart], **look: Any) -> None:
        super(alt.LayerChart, self).__init__(layer=list(layer), **look)


def fixed(layers: Iterable[alt.Chart], pixels: int, height: int, margins: Margins) -> alt.LayerChart:
    """Lay layers over each other at a size; Vega's fitting would measure text in the machine's fonts."""
    return Layers(  # `properties` would copy all of it once more
        layers,
        width=pixels - margins.left - margins.right,
        height=height,
        padding={"left": margins.left, "right": margins.right, "top": margins.top, "bottom": margins.bottom},
        autosize=alt.AutoSizeParams(type="none"),
        usermeta={"width": pixels, "height": height + margins.top + margins.bottom},
    )


def data(records: Sequence[Record]) -> dict[str, Any]:
    """Wrap plain rows as the data of a layer: of a dictionary with a tuple, Altair looks at no row."""
    return {"values": tuple(records)}


def layer(mark: Mark, rows: Sequence[Record], channels: Mapping[str, Any], **look: Any) -> alt.Chart:
    """Draw one mark a row: its channels, and how it looks (the properties of Vega-Lite's mark)."""
    encoding = alt.FacetedEncoding(**channels)
    return alt.Chart(data(rows), mark=alt.MarkDef(type=mark, **look), encoding=encoding)


def texts(rows: Sequence[Record], **look: Any) -> alt.Chart:
    """Draw labels at px positions: rows with x, y, text and colour; a line feed breaks a label."""
    channels = {
        "x": pixels_across(),
        "y": pixels_down(),
        "text": alt.Text("text:N"),
        "color": alt.Color("colour:N", scale=None),
    }
    return layer("text", rows, channels, lineBreak="\n", **look)


def fill(field: str = "fill:N") -> alt.Fill:
    """Fill with the colour that each row gives."""
    return alt.Fill(field, scale=None)


def stroke(field: str = "fill:N") -> alt.Stroke:
    """Draw lines in the colour that each row gives."""
    return alt.Stroke(field, scale=None)


def halo(records: Sequence[Record], **mark: Any) -> list[alt.Chart]:
    """Draw labels over data: first a border in the colour of the paper, then the letters."""
    paper = PALETTE["paper"].light
    behind = [{**record, "colour": paper} for record in records]
    return [texts(behind, stroke=paper, strokeWidth=4, strokeJoin="round", **mark), texts(records, **mark)]


def pixels_across(field: str = "x:Q") -> alt.X:
    """Encode px from the left of the data."""
    return alt.X(field, scale=None, axis=None)


def pixels_down(field: str = "y:Q") -> alt.Y:
    """Encode px from the top of the data."""
    return alt.Y(field, scale=None, axis=None)
