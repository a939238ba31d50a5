"""Several series beside one another around the same days, each by its own change: they never add up."""

from collections.abc import Mapping

import pandas as pd

from sharedborder.analysis import around
from sharedborder.analysis.frames import count_of
from sharedborder.analysis.periods import Day, month

COLUMNS = ("series", "around", "before", "during", "after", "relative")


def means(series: Mapping[str, pd.DataFrame], days: Mapping[str, Day], months: int = 3) -> pd.DataFrame:
    """The means before and after each day: `means({"Darién": darien}, {"now": "2023-12-27"})`.

    A row for each series and day, in the order given. Columns `series` and `around` (the names given),
    `before`, `during`, `after` (see `around.means`; each in its series' own unit), `relative` (after as a
    change of before, a fraction). Unknown where a month is missing. For charts: evidence are the rows of each
    series.
    """
    rows = []
    for name, monthly in series.items():
        for called, day in days.items():
            found = around.means(monthly, day, months)
            change = found.change
            rows.append((name, called, change.before, found.during, change.after, change.relative))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def months(series: Mapping[str, pd.DataFrame], start: Day) -> pd.DataFrame:
    """Several series by month under one another, from a month on, each in its own unit.

    Columns `series` (the names given), `month`, `number`. Empty series are left out. For charts that give
    each a scale of its own: people at one place and events at another never add up.
    """
    parts = [
        rows.assign(series=name, number=rows[count_of(rows)].astype("float64"))[["series", "month", "number"]]
        for name, frame in series.items()
        for rows in [frame[frame["month"] >= month(start)]]
        if len(rows)
    ]
    return (
        pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["series", "month", "number"])
    )
