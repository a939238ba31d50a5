"""The charts that a notebook can draw: each takes a tidy frame and the names of its columns.

`charts.columns(monthly, y="encounters", colour="component")` gives a Drawing for `figures.figure`. A chart is
declared here, with what it refuses; the painter of its name, in a module of its own, draws it outside the
kernel.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from .drawing import Account, Drawing, Event, chart
from .language import Text
from .periods import bounds, spans
from .theme import MOST_CHOICES

Where = Literal["world", "americas", "border"]

__all__ = [
    "Drawing",
    "Event",
    "areas",
    "bars",
    "changes",
    "choices",
    "circles",
    "columns",
    "dumbbells",
    "lines",
    "marks",
    "panels",
    "seasons",
    "slopes",
    "timeline",
]


@chart(measure="y", stacked=True)
def areas(
    frame: pd.DataFrame,
    *,
    y: str,
    colour: str,
    x: str = "year",
    order: Sequence[str] = (),
    highlight: Sequence[str] = (),
    events: Sequence[Event] = (),
    form: str = "exact",
) -> None:
    """Areas by year or month, stacked by `colour` (in `order`, from the base up), from a zero baseline.

    Wide, each area is named at its right edge; on a phone in a key above. `highlight` names the categories
    in colour.
    """


@chart(measure="x")
def bars(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    highlight: Sequence[Any] = (),
    meanings: bool = False,
    form: str = "exact",
    tone: str = "main",
) -> None:
    """Horizontal bars from zero, one a category of `y` in the frame's order, each with its value in `form`.

    `highlight` names the categories in colour, the others being grey; `meanings` gives each category its
    own colour of the palette instead of `tone`.
    """
    if (frame[x] < 0).any():
        raise ValueError("bars: a bar begins at zero; for values below it use changes")


@chart(measure="y", stacked=True)
def columns(
    frame: pd.DataFrame,
    *,
    y: str,
    x: str = "month",
    colour: str | None = None,
    order: Sequence[str] = (),
    highlight: Sequence[Any] = (),
    provisional: str | None = None,
    total: str | None = None,
    events: Sequence[Event] = (),
    form: str = "exact",
    tone: str = "main",
) -> None:
    """Columns by month or year from a zero baseline, stacked by `colour` (in `order`, from the base up).

    With `colour`, `highlight` names categories, the others being grey; without, it names periods (ISO days
    or years), which carry their value. `tone` is the palette's name for columns without `colour`. Rows
    where the column `provisional` is true are drawn hollow. `total` is a column with a period's total as
    its publisher announced it (in any of the period's rows), drawn as a line across the column. `events`
    are marked by rules.
    """


@chart(measure="x")
def changes(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    highlight: Sequence[Any] = (),
    form: str = "change",
    tone: str = "main",
) -> None:
    """Dots left and right of zero, one a row of `y` in the frame's order, each with its value in `form`.

    `highlight` names the values of `y` in colour, the others being grey.
    """


@chart(measure="y", chosen="first")
def choices(
    frame: pd.DataFrame,
    *,
    y: str,
    colour: str,
    first: str,
    x: str = "month",
    form: str = "exact",
) -> None:
    """Lines by month or year from a zero baseline, one a category of `colour`, all grey but the chosen one.

    A reader chooses from a list over the chart, which needs no script; `first` is chosen at first, and in
    the files for download.
    """
    if not 1 < frame[colour].nunique() <= MOST_CHOICES:
        raise ValueError(f"choices: {frame[colour].nunique()} lines are no list of 2 to {MOST_CHOICES}")
    if first not in set(frame[colour].astype(str)):
        raise ValueError(f"choices: column {colour!r} has no category {first!r} to be chosen first")


@chart(measure="x")
def circles(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    on: Where,
    highlight: Sequence[Any] = (),
    beside: Sequence[str] = (),
    form: str = "number",
    tone: str = "main",
) -> None:
    """A map with a circle for each place in `y`, its area as large as the number in `x`.

    `on` is the part of the world. Places are countries (alpha-3), sectors, field offices; one that has no
    point on this map stands in the table alone. `highlight` names those in colour and with a label; without
    it all are in colour, the largest labelled. `beside` are points without a number, such as crossings.
    """


@chart(measure="x")
def dumbbells(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    colour: str,
    order: Sequence[str] = (),
    form: str = "exact",
) -> None:
    """Two dots a row of `y`, one for each category of `colour` (in `order`), joined, with their values.

    The scale does not begin at zero: what is compared is the distance of two dots.
    """


@chart(measure="y")
def lines(
    frame: pd.DataFrame,
    *,
    y: str,
    x: str = "month",
    colour: str | None = None,
    order: Sequence[str] = (),
    highlight: Sequence[str] = (),
    events: Sequence[Event] = (),
    form: str = "exact",
    tone: str = "main",
) -> None:
    """Lines by month or year from a zero baseline, one a category of `colour`, named at its end.

    `highlight` names the categories in colour, the others being grey. A missing value breaks its line.
    `tone` is the palette's name for a line without `colour`.
    """


@chart(measure="y", spread="panel")
def panels(
    frame: pd.DataFrame,
    *,
    y: str,
    panel: str,
    x: str = "month",
    order: Sequence[str] = (),
    shared: bool = True,
    form: str = "exact",
    tone: str = "main",
) -> None:
    """An area over time for each value of `panel`: two side by side on a phone, else four.

    All panels share one vertical scale unless `shared` is false, when each names its own top. A panel with
    a colour of its own has it, others have `tone`.
    """


@chart(measure="y")
def seasons(
    frame: pd.DataFrame,
    *,
    y: str,
    x: str = "month",
    highlight: Sequence[int] = (),
    starts: int = 1,
    form: str = "exact",
) -> None:
    """A line a year over the calendar's months, from zero; `highlight` names the years in colour.

    `starts` is the month with which a year begins: 1, or 10 for fiscal years (2024 is then October 2023 to
    September 2024). The other years are thin and grey; on a phone they are not named.
    """


@chart(measure="y", spread="x")
def slopes(
    frame: pd.DataFrame,
    *,
    y: str,
    x: str,
    colour: str,
    order: Sequence[str] = (),
    highlight: Sequence[str] = (),
    form: str = "exact",
) -> None:
    """A line a category of `colour` from the first to the second value of `x`, in the frame's order.

    Values stand at both ends, names at the right one. The scale need not begin at zero.
    """
    moments = list(frame[x].unique())
    if len(moments) != 2:
        raise ValueError(f"slopes: column {x!r} has {len(moments)} values, not two: {moments}")


@chart(measure="y", listed="events")
def timeline(
    frame: pd.DataFrame,
    *,
    y: str,
    events: Sequence[Event],
    x: str = "month",
    form: str = "exact",
    tone: str = "context",
) -> None:
    """Columns by month with numbered marks over them, one an event; the list stands under the chart.

    Every event must lie in the months drawn, or it would be listed without a mark: others raise.
    """
    first, last = bounds(spans(frame, x))
    outside = [event.day for event in events if not first <= event.day < last]
    if outside:
        raise ValueError(
            f"timeline: the events of {', '.join(outside)} lie outside the chart ({first} to {last})"
        )


def told(chronology: pd.DataFrame) -> list[Event]:
    """Give events of the chronology with all that it tells of them, to be listed under a timeline."""
    return [
        Event(str(row["start"])[:10], Text(row["title_en"], row["title_es"]), _account(row))
        for row in chronology.to_dict("records")
    ]


def _account(row: Mapping[Hashable, Any]) -> Account:
    who, where = _listed(row["actors"]), _listed([place["name"] for place in row["places"]])
    parts = ("publisher", "address", "published")
    sources = tuple({part: source.get(part) for part in parts} for source in row["sources"])
    return Account(who, where, Text(row["summary_en"], row["summary_es"]), sources)


def _listed(named: Sequence[Mapping[str, str]]) -> Text:
    return Text("; ".join(name["en"] for name in named), "; ".join(name["es"] for name in named))


def marks(chronology: pd.DataFrame, labels: dict[str, Text]) -> list[Event]:
    """Pick events of the chronology by id, with short labels; those not known yet are left out."""
    days = dict(zip(chronology["id"], chronology["start"], strict=True))
    return [Event(str(days[name])[:10], text) for name, text in labels.items() if name in days]
