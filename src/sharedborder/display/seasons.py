"""The season: every year a line over the months of the calendar, the year in question in colour."""

from collections.abc import Sequence
from typing import Final

import altair as alt
import pandas as pd

from . import ends
from .axes import room_for_labels, ticks
from .canvas import Canvas, records
from .ends import End
from .lines import paths
from .names import capitalise
from .palette import PALETTE, colour_names, hexes, text_hexes
from .periods import Axis
from .plot import BOTTOM, Margins, Plot

LEAP: Final = 2000
"""The year on whose days all years are laid."""
TOP: Final = 22


def seasons(
    canvas: Canvas,
    frame: pd.DataFrame,
    *,
    y: str,
    x: str,
    highlight: Sequence[int],
    starts: int,
    form: str,
) -> alt.LayerChart:
    """Paint `charts.seasons`."""
    laid = _laid(frame, x, y, starts)
    years = [int(year) for year in laid["year"].unique()]
    lit = dict(zip(highlight, colour_names([str(year) for year in highlight]), strict=True))
    tones = {year: lit.get(year, "context") for year in years}
    named = [year for year in years if year in lit or not canvas.phone]
    names = {year: capitalise(canvas.write(year, "fiscal_year" if starts > 1 else "year")) for year in named}
    room = canvas.choose(70, 120)
    high = float(laid["value"].max())
    values = ticks(high, most=canvas.choose(4, 5))
    left, right = room_for_labels(canvas, values, form), max(ends.room_needed(list(names.values()), room), 20)
    plot = Plot(
        canvas,
        first=str(laid["middle"].min()),
        last=str(laid["middle"].max()),
        axis=_months(canvas, starts),
        ticks=values,
        high=max(high, values[-1]),
        form=form,
        margins=Margins(left, right, TOP, BOTTOM),
        height=canvas.choose(230, 320),
    )
    layers = _context(plot, laid[~laid["year"].isin(list(lit))])
    for year in lit:
        layers += paths(plot, records(laid[laid["year"] == year].assign(fill=hexes([tones[year]])[0]), DRAWN))
    return plot.assemble([*layers, *_names(plot, laid[laid["end"]], names, tones, room)])


def _names(
    plot: Plot, last: pd.DataFrame, names: dict[int, str], tones: dict[int, str], room: int
) -> list[alt.Chart]:
    """Name the years where their lines end: in the margin, or in the chart where a year is not over."""
    layers: list[alt.Chart] = []
    for day, ending in last[last["year"].isin(list(names))].groupby("middle"):
        found = [
            End(names[row["year"]], plot.pixel_of_value(row["value"]), text_hexes([tones[row["year"]]])[0])
            for row in ending.to_dict("records")
        ]
        layers += ends.layers(plot, found, room, x=plot.pixel_of_day(str(day)))
    return layers


DRAWN: Final = ["middle", "value", "series", "fill", "end"]


def _laid(frame: pd.DataFrame, x: str, y: str, starts: int) -> pd.DataFrame:
    """Lay each month on one year: `middle` (ISO day), `year`, `value`, and `end` for a year's last month."""
    months = pd.to_datetime(frame[x])
    later = (months.dt.month >= starts) if starts > 1 else pd.Series(False, index=frame.index)
    shown = [f"{LEAP - int(late)}-{month:02d}-15" for late, month in zip(later, months.dt.month, strict=True)]
    laid = pd.DataFrame({"middle": shown, "year": months.dt.year + later.astype(int), "value": frame[y]})
    laid = laid.sort_values(["year", "middle"]).assign(series=laid["year"].astype(str))
    known = laid.dropna(subset=["value"])
    return laid.assign(end=laid.index.isin(known.groupby("year").tail(1).index))


def _context(plot: Plot, grey: pd.DataFrame) -> list[alt.Chart]:
    """Draw the other years, thin."""
    if grey.empty:
        return []
    rows = records(grey.assign(fill=PALETTE["context"].light, end=False), DRAWN)
    return paths(plot, rows, strokeWidth=1, opacity=0.75)


def _months(canvas: Canvas, starts: int) -> Axis:
    """Name every second or third month, beginning with the season's first."""
    step = canvas.choose(3, 1)
    order = [(starts - 1 + place) % 12 + 1 for place in range(0, 12, step)]
    days = [f"{LEAP - int(starts > 1 and month >= starts)}-{month:02d}-15" for month in order]
    return Axis(days, [canvas.write(day, "month_letters") for day in days], ticks=False)
