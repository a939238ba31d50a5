"""Names at the ends of lines and areas, moved apart where they would touch."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import altair as alt

from .plot import LINE, Plot, halo
from .typography import widest, wrap

GAP: Final = 8


@dataclass(frozen=True)
class End:
    """A name, the px from the top of the data where its line ends, and its colour."""

    text: str
    y: float
    colour: str


def wrapped(ends: Sequence[End], room: int) -> list[End]:
    """Break long names into lines of at most `room` px."""
    return [replace(end, text=wrap(end.text, room)) for end in ends]


def room_needed(texts: Sequence[str], room: int) -> int:
    """Give the px that names take right of the data, broken into lines of at most `room`."""
    return round(widest([wrap(text, room) for text in texts])) + GAP + 2 if texts else 0


def layers(plot: Plot, ends: Sequence[End], room: int, x: float | None = None) -> list[alt.Chart]:
    """Write names right of the data (or right of `x`), each as near to its line's end as the others allow."""
    left = (plot.room if x is None else x) + GAP
    rows = [
        {"x": left, "y": top, "text": end.text, "colour": end.colour}
        for end, top in apart(wrapped(ends, room), plot.height)
    ]
    return halo(rows, align="left", baseline="top") if rows else []


def apart(ends: Sequence[End], height: float) -> list[tuple[End, float]]:
    """Give each name the px of its top, so that none overlaps another and the last stays in the chart."""
    ordered = sorted(ends, key=lambda end: end.y)
    tops: list[float] = []
    floor = -float(LINE)
    for end in ordered:
        tops.append(max(end.y - tall(end) / 2, floor))
        floor = tops[-1] + tall(end) + 2
    ceiling = height + LINE / 2
    for place in range(len(ordered) - 1, -1, -1):
        tops[place] = min(tops[place], ceiling - tall(ordered[place]))
        ceiling = tops[place] - 2
    return list(zip(ordered, tops, strict=True))


def tall(end: End) -> float:
    """Give the height of a name in px."""
    return LINE * (end.text.count("\n") + 1) - 2
