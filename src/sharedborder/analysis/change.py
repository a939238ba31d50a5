"""Change from one period to another, absolute and relative, for one pair of figures or along a series."""

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from sharedborder.analysis import pick
from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import count_of, described, split
from sharedborder.analysis.periods import Day, earlier, month
from sharedborder.analysis.totals import value

Direction = Literal["rose", "fell", "was unchanged"]
"""Words for the sense of a change; `display` translates them."""


@dataclass(frozen=True, eq=False)
class Change:
    """Two figures and what lies between them; whatever rests on an unknown one is None.

    `difference` is after minus before, in the unit of both; `relative` the difference as a fraction of
    before (0.25 is a rise by a quarter; None where before is 0); `ratio` after divided by before. `rows` is
    the evidence.
    """

    before: int | float | None
    after: int | float | None
    difference: int | float | None
    relative: float | None
    ratio: float | None
    direction: Direction | None
    rows: list[pd.DataFrame] = field(default_factory=list)


def change(before: float | None, after: float | None, rows: list[pd.DataFrame] | None = None) -> Change:
    """The change from one number to another."""
    if before is None or after is None:
        return Change(before, after, None, None, None, None, rows or [])
    difference = after - before
    relative, ratio = (difference / before, after / before) if before else (None, None)
    return Change(before, after, difference, relative, ratio, direction(before, after), rows or [])


def direction(before: float | None, after: float | None) -> Direction | None:
    """`rose`, `fell` or `was unchanged`; None where one of the two is unknown."""
    if before is None or after is None:
        return None
    if after == before:
        return "was unchanged"
    return "rose" if after > before else "fell"


def similar(before: float | None, after: float | None, within: float = 0.05) -> bool | None:
    """Whether two figures differ by no more than a fraction of the earlier one; None if unknown."""
    relative = change(before, after).relative
    return None if relative is None else abs(relative) <= within


def between(frame: pd.DataFrame, before: pick.Period, after: pick.Period) -> Change:
    """The change between two periods of a frame: `between(monthly, "2022-11", "2023-11")`.

    Several rows of a period are added (see `totals.value`); a period that the frame lacks makes the change
    unknown.
    """
    first, last = pick.of(frame, before), pick.of(frame, after)
    both = described(pd.concat([first, last]), frame)
    return change(value(first), value(last), split(both) if len(both) else [])


def on_month(monthly: pd.DataFrame, month: Day) -> Change:
    """The change from the month before to the one given."""
    return between(monthly, earlier(month, months=1), month)


def on_year(monthly: pd.DataFrame, month: Day) -> Change:
    """The change from the same month a year before to the one given."""
    return between(monthly, earlier(month, years=1), month)


def monthly(frame: pd.DataFrame) -> pd.DataFrame:
    """Each month of a frame by month (and category) beside the month before.

    Adds `previous`, `difference` (this minus previous), `relative` (fraction of previous; unknown where that
    is 0). Months are matched by the calendar, never by the order of rows: after a gap the previous value is
    unknown.
    """
    return _beside(frame, "month", pd.DateOffset(months=1))


def yearly(frame: pd.DataFrame) -> pd.DataFrame:
    """Each period beside the same one a year before; adds the columns of `monthly`.

    For frames by month, date, year or fiscal year.
    """
    for period in ("month", "date"):
        if period in frame.columns:
            return _beside(frame, period, pd.DateOffset(years=1))
    return _beside(frame, "fiscal_year" if "fiscal_year" in frame.columns else "year", 1)


def indexed(monthly: pd.DataFrame, base: Day) -> pd.DataFrame:
    """Adds `index`: the count with the same category in the base month as 100.

    To lay series of different size side by side. Unknown throughout a category that has no value in the base
    month, or 0.
    """
    count, groups = count_of(monthly), [name for name in monthly.attrs["key"] if name != "month"]
    start = monthly.loc[monthly["month"] == month(base), [*groups, count]].rename(columns={count: "base"})
    whole = (
        monthly.merge(start, on=groups, how="left") if groups else monthly.assign(base=_only(start["base"]))
    )
    whole["index"] = whole[count] / whole["base"].where(whole["base"] != 0) * 100
    return described(whole.drop(columns="base"), monthly)


def _only(values: "pd.Series[float]") -> float:
    if len(values) > 1:
        raise AnalysisError("the base month has several rows: name their categories in the frame's key")
    return float(values.iloc[0]) if len(values) else float("nan")


def _beside(frame: pd.DataFrame, period: str, step: pd.DateOffset | int) -> pd.DataFrame:
    count, key = count_of(frame), list(frame.attrs["key"])
    if frame.duplicated(key).any():
        raise AnalysisError(
            f"the frame has several rows for one {', '.join(key)}: add them up first with `totals`"
        )
    earlier_rows = frame[[*key, count]].rename(columns={count: "previous"})
    earlier_rows[period] = earlier_rows[period] + step
    whole = frame.merge(earlier_rows, on=key, how="left")
    whole["difference"] = whole[count] - whole["previous"]
    whole["relative"] = whole["difference"] / whole["previous"].where(whole["previous"] != 0)
    return described(whole, frame)
