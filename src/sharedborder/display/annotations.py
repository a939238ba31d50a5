"""Events in a chart: a rule at the day, a few words above the data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import altair as alt

from .axes import milliseconds
from .canvas import Canvas, Record
from .drawing import Event
from .palette import PALETTE
from .plot import LINE, Plot, layer, pixels_across, pixels_down, texts
from .typography import widest, wrap

QUIET: Final = PALETTE["quiet"].light
GAP: Final = 5
MOST_ROWS: Final = 24
ABOVE: Final = 20
"""Px between the labels and the data: the top grid line's label stands there."""


@dataclass(frozen=True)
class Placed:
    """An event's label: px of its rule and its text, its first row, how it is aligned, its width in px."""

    text: str
    rule: float
    row: int
    align: str
    long: float

    @property
    def lines(self) -> int:
        """How many rows the label fills."""
        return self.text.count("\n") + 1

    @property
    def edges(self) -> tuple[float, float]:
        """The px where the label begins and ends."""
        start = self.rule + GAP if self.align == "left" else self.rule - GAP - self.long
        return start, start + self.long

    def meets(self, other: "Placed") -> bool:
        """Whether the two labels touch, or the rule of one runs through the label of the other."""
        (start, end), (begin, stop) = self.edges, other.edges
        rows = self.row < other.row + other.lines and other.row < self.row + self.lines
        crossed = start < other.rule < end and other.row < self.row + self.lines
        crosses = begin < self.rule < stop and self.row < other.row + other.lines
        return (rows and start - 8 < stop and begin < end + 8) or crossed or crosses


def place(
    canvas: Canvas, left: int, room: int, first: str, last: str, events: Sequence[Event]
) -> list[Placed]:
    """Set the labels of the events between two days, in data `room` px wide and `left` px from the edge.

    A label stands right of its rule, or left of it, in the first row where it is clear of the other labels
    and of their rules. Of several orders to set them in, the best is taken.
    """
    begin, end = milliseconds(first), milliseconds(last)
    labels = []
    for event in sorted(events, key=lambda event: event.day):
        if first <= event.day < last:
            text = wrap(canvas.text(event.text), canvas.choose(120, 170))
            rule = (milliseconds(event.day) - begin) / (end - begin) * room
            labels.append(Placed(text, rule, 0, "left", widest([text])))
    edges = (-left, canvas.pixels - left)
    ways = [_set(labels, edges), _set(labels[::-1], edges)]
    if all(map(_clashes, ways)):
        turned = [labels[at:] + labels[:at] for at in range(len(labels))]
        ways += [_set(order, edges) for one in turned for order in (one, one[::-1])]
    return min(ways, key=lambda way: (_clashes(way), max((one.row + one.lines for one in way), default=0)))


def _set(labels: Sequence[Placed], edges: tuple[int, int]) -> list[Placed]:
    """Set labels one after the other, each in its first free place between the canvas's edges."""
    found: list[Placed] = []
    for label in labels:
        ways = [
            replace(label, row=row, align=align) for row in range(MOST_ROWS) for align in ("left", "right")
        ]
        inside = [way for way in ways if edges[0] <= way.edges[0] and way.edges[1] <= edges[1]] or ways
        free = (way for way in inside if not any(way.meets(other) for other in found))
        found.append(next(free, inside[0]))
    return found


def _clashes(placed: Sequence[Placed]) -> int:
    return sum(one.meets(other) for place, one in enumerate(placed) for other in placed[:place])


def height(placed: Sequence[Placed]) -> int:
    """Give the px that the labels take above the data."""
    rows = max((label.row + label.lines for label in placed), default=0)
    return rows * LINE + ABOVE if rows else 0


def layers(plot: Plot, placed: Sequence[Placed]) -> list[alt.Chart]:
    """Draw the rules and the labels of events."""
    if not placed:
        return []
    top = -height(placed)
    rules = [{"x": label.rule, "y": top + label.row * LINE, "y2": plot.height} for label in placed]
    drawn = [_rules(rules)]
    for align in ("left", "right"):
        these = [
            {
                "x": label.edges[align == "right"],
                "y": top + label.row * LINE,
                "text": label.text,
                "colour": QUIET,
            }
            for label in placed
            if label.align == align
        ]
        drawn += [texts(these, align=align, baseline="top")] if these else []
    return drawn


def _rules(rows: Sequence[Record]) -> alt.Chart:
    channels = {"x": pixels_across(), "y": pixels_down(), "y2": alt.Y2("y2:Q")}
    return layer("rule", rows, channels, color=QUIET, strokeWidth=1, strokeDash=[2, 2])
