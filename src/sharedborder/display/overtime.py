"""What all charts over time share: the frame with its key and its events."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from . import annotations, legend
from .axes import room_for_labels, ticks
from .canvas import Canvas
from .drawing import Event
from .legend import Entry
from .periods import axis, bounds, spans, within
from .plot import BOTTOM, LINE, Margins, Plot
from .roles import kind_of

TOP = 22
"""Px above the data: the label of the top grid line."""


@dataclass(frozen=True)
class Stage:
    """A plot, and the layers of its key and of its events."""

    plot: Plot
    overlays: list[alt.Chart]


def stage(
    canvas: Canvas,
    frame: pd.DataFrame,
    x: str,
    high: float,
    *,
    form: str,
    entries: Sequence[Entry] = (),
    events: Sequence[Event] = (),
    right: int = 6,
    tight: bool = False,
) -> Stage:
    """Set the stage for values from zero to `high` over the periods in column `x` of the frame.

    A `tight` one begins and ends in the middle of its first and last period, as lines and areas do.
    """
    periods, kind = spans(frame, x), kind_of(x, frame[x])
    first, last = (str(periods["middle"].min()), str(periods["middle"].max())) if tight else bounds(periods)
    values = ticks(high, most=canvas.choose(4, 5))
    left = room_for_labels(canvas, values, form)
    room = canvas.pixels - left - right
    named = within(axis(canvas, kind, *bounds(periods), room), first, last)
    placed = annotations.place(canvas, left, room, first, last, events)
    top = legend.height(canvas, entries) + (annotations.height(placed) or TOP)
    margins = Margins(
        left, right, top, BOTTOM + LINE * max((label.count("\n") for label in named.labels), default=0)
    )
    plot = Plot(
        canvas, first, last, named, values, max(high, values[-1]), form, margins, canvas.choose(230, 320)
    )
    return Stage(plot, [*legend.layers(canvas, entries, left, top), *annotations.layers(plot, placed)])


def highest(frame: pd.DataFrame, x: str, y: str, stacked: bool) -> float:
    """Give the highest point that will be drawn: of a stack, the highest sum of a period."""
    values = frame.groupby(x, observed=True)[y].sum() if stacked else frame[y]
    return float(values.max())
