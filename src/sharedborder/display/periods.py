"""Where a month, a year or a fiscal year lies on an axis of days, and which of them get a label."""

import datetime
from calendar import monthrange
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pandas as pd

from .canvas import Canvas
from .days import as_day, as_year
from .roles import kind_of
from .typography import width

YEARLY: Final = frozenset({"year", "fiscal_year", "stock"})
MONTHS_WITH_NAMES: Final = 30
"""Up to so many months, an axis names months; above, years."""

LABEL: Final = 29
"""Px right of a year's tick that its label needs, the chart's right margin counted in."""


@dataclass(frozen=True)
class Axis:
    """Days (ISO) that carry a label, the labels, and whether these stand right of a tick."""

    days: list[str]
    labels: list[str]
    ticks: bool


def spans(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Give for each row the ISO days `start`, `middle` and `end` (exclusive) of its period in `column`."""
    kind = kind_of(column, frame[column])
    rows = [_span(value, kind) for value in frame[column]]
    return pd.DataFrame(rows, frame.index, ["start", "middle", "end"], dtype="str")


def bounds(periods: pd.DataFrame) -> tuple[str, str]:
    """Give the first day of the first period, and the day after the last."""
    return str(periods["start"].min()), str(periods["end"].max())


def within(found: Axis, first: str, last: str) -> Axis:
    """Keep the labels whose day lies from `first` to `last`."""
    kept = [(day, label) for day, label in zip(found.days, found.labels, strict=True) if first <= day <= last]
    return Axis([day for day, _ in kept], [label for _, label in kept], found.ticks)


def axis(canvas: Canvas, kind: str, first: str, last: str, room: float) -> Axis:
    """Choose the labels of an axis from day `first` to `last` (exclusive) that is `room` px wide."""
    if kind in YEARLY:
        return _years_centred(canvas, kind, first, last, room)
    begin, end = as_day(first), as_day(last)
    months = (end.year - begin.year) * 12 + end.month - begin.month
    if months <= MONTHS_WITH_NAMES:
        return _months(canvas, begin, months, room)
    return _years_at_ticks(begin, end, room)


@cache
def _span(period: Any, kind: str) -> tuple[str, str, str]:
    """Give the span of a period; a chart asks often, and all charts for the same few hundred periods."""
    start = _start(period, kind)
    end = _later(start, 12 if kind in YEARLY else 1)
    return start.isoformat(), (start + (end - start) / 2).isoformat(), end.isoformat()


def _start(period: Any, kind: str) -> datetime.date:
    if kind == "fiscal_year":
        return datetime.date(as_year(period) - 1, 10, 1)
    if kind == "year":
        return datetime.date(as_year(period), 1, 1)
    day = as_day(period)
    return day.replace(month=1, day=1) if kind == "stock" else day


def _later(day: datetime.date, months: int) -> datetime.date:
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return day.replace(day.year + years, month + 1, min(day.day, last))


def _years_centred(canvas: Canvas, kind: str, first: str, last: str, room: float) -> Axis:
    offset = 1 if kind == "fiscal_year" else 0
    years = range(as_day(first).year + offset, as_day(last).year + offset)
    step = _step(len(years), room)
    shown = [year for year in years if step == 1 or year % step == 0]
    days = [f"{year}-{'04-01' if offset else '07-02'}" for year in shown]
    return Axis(days, [str(year) for year in shown], ticks=False)


def _years_at_ticks(begin: datetime.date, end: datetime.date, room: float) -> Axis:
    years = range(begin.year + (begin > datetime.date(begin.year, 1, 1)), end.year + 1)
    pixels_a_day = room / (end - begin).days
    step = _step((end - begin).days / 365.25, room)
    shown = [year for year in years if year % step == 0]
    fits = [year for year in shown if (end - datetime.date(year, 1, 1)).days * pixels_a_day > LABEL]
    return Axis([f"{year}-01-01" for year in fits], [str(year) for year in fits], ticks=True)


def _months(canvas: Canvas, begin: datetime.date, months: int, room: float) -> Axis:
    step = next(step for step in (1, 2, 3, 4, 6, 12) if room / months * step >= width("sept") + 10)
    firsts = [datetime.date(begin.year + place // 12, place % 12 + 1, 1)
              for place in range(begin.month - 1, begin.month - 1 + months)]  # fmt: skip
    shown = [day for day in firsts if (day.month - 1) % step == 0]
    labels = [canvas.write(day, "month_letters") for day in shown]
    years = {day.year: place for place, day in reversed(list(enumerate(shown)))}
    for year, place in years.items():
        labels[place] += f"\n{year}"
    middles = [day.replace(day=1 + monthrange(day.year, day.month)[1] // 2) for day in shown]
    return Axis([day.isoformat() for day in middles], labels, ticks=False)


def _step(years: float, room: float) -> int:
    """Give the distance in years between labels that do not touch."""
    needed = width("2000") + 8
    return next(step for step in (1, 2, 5, 10, 20, 50) if room / max(years, 1) * step >= needed or step == 50)
