"""From a function that paints one chart to something a figure can draw for each language and width."""

import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, Final, ParamSpec, cast

import altair as alt
import pandas as pd

from .canvas import Canvas
from .language import Text

COLUMN_OPTIONS: Final = ("x", "y", "panel", "colour", "provisional", "total")
BESIDE: Final = ("provisional", "total")
"""Options whose columns say something about a row, but do not tell one drawn number from another."""

Options = ParamSpec("Options")
Chart = alt.LayerChart | alt.ConcatChart
Painter = Callable[Concatenate[Canvas, pd.DataFrame, Options], Chart]


@dataclass(frozen=True)
class Event:
    """Something that happened on a day (ISO text), to be marked in a chart."""

    day: str
    text: Text


@dataclass(frozen=True)
class Drawing:
    """A chart that can be drawn on any canvas, with the data that it shows.

    `keys` tell one drawn number from another, `measure` is the column that holds the numbers, written in
    `form`. In a `stacked` chart a reader also sees the sums by its first key. Under the chart, the values
    of the key `spread` head the table's columns, and the columns `beside` are added. `listed` are events
    whose texts stand under the chart.
    """

    frame: pd.DataFrame
    draw: Callable[[Canvas], Chart]
    keys: tuple[str, ...]
    measure: str
    form: str
    stacked: bool = False
    spread: str | None = None
    beside: tuple[str, ...] = ()
    listed: tuple[Event, ...] = ()


def drawing(
    measure: str = "y", spread: str = "colour", stacked: bool = False, listed: str = ""
) -> Callable[[Painter[Options]], Callable[Concatenate[pd.DataFrame, Options], Drawing]]:
    """Turn a painter of (canvas, frame, options) into a function of (frame, options) giving a Drawing.

    The options in COLUMN_OPTIONS name columns; `measure` is the one of them that names the drawn number,
    `spread` the one whose values head the table's columns, `listed` the option that holds events to be
    listed under the chart.
    """

    def wrap(paint: Painter[Options]) -> Callable[Concatenate[pd.DataFrame, Options], Drawing]:
        @functools.wraps(paint)
        def make(frame: pd.DataFrame, *args: Options.args, **options: Options.kwargs) -> Drawing:
            given = _given(paint, frame, args, options)
            number = str(given[measure])
            beside = [given[option] for option in BESIDE if given.get(option)]
            keys = [given[option] for option in COLUMN_OPTIONS if given.get(option)]
            keys = [column for column in keys if column not in (number, *beside)]
            _check(paint.__name__, frame, keys, [number, *beside])
            kept = frame[[*keys, number, *beside]].reset_index(drop=True)
            kept.attrs = {}
            return Drawing(
                frame=kept,
                draw=lambda canvas: paint(canvas, kept, *args, **options),
                keys=tuple(keys),
                measure=number,
                form=str(given.get("form", "exact")),
                stacked=stacked,
                spread=given.get(spread),
                beside=tuple(beside),
                listed=tuple(given.get(listed, ())),
            )

        return cast(Callable[Concatenate[pd.DataFrame, Options], Drawing], make)

    return wrap


def _given(paint: Callable[..., Any], frame: pd.DataFrame, args: Any, options: Any) -> dict[str, Any]:
    bound = inspect.signature(paint).bind(None, frame, *args, **options)
    bound.apply_defaults()
    return dict(list(bound.arguments.items())[2:])


def _check(chart: str, frame: pd.DataFrame, keys: Sequence[str], others: Sequence[str]) -> None:
    """Refuse a frame that lacks a column or has no rows, or two of whose rows share a place in the chart."""
    lost = [column for column in [*keys, *others] if column not in frame]
    if lost:
        raise ValueError(f"{chart}: the frame has no column {lost}; it has {list(map(str, frame.columns))}")
    if frame.empty:
        raise ValueError(f"{chart}: the frame has no rows, there is nothing to draw")
    doubled = frame[frame.duplicated(list(keys), keep=False)]
    if len(doubled):
        example = doubled.iloc[0][list(keys)].to_dict()
        raise ValueError(
            f"{chart}: {len(doubled)} rows share a place in the chart, such as {example}: sum them first"
        )
