"""What the change from one month to the next usually is, and how an observed one compares.

A pair is one month and the one before it, in one year. The usual change is described by the pairs of earlier
years: their number, median and range; no test of significance is made, for a handful of years supports none.
"""

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from sharedborder.analysis import change, pick
from sharedborder.analysis.frames import described, number, split
from sharedborder.analysis.periods import Day, earlier, month

Position = Literal[
    "below every earlier year", "above every earlier year", "within the range of earlier years"
]
"""Where an observed change lies among those of earlier years; `display` translates the words."""

TITLE_42 = ("2020-03", "2023-05")
"""The months in which CBP expelled people under Title 42: from the CDC order of 20 March 2020 to 11 May
2023.
"""


@dataclass(frozen=True, eq=False)
class Season:
    """The usual change between two months of the calendar, and the observed one of `month`.

    `median`, `lowest` and `highest` are relative changes (fractions) of the `years` earlier pairs, `falls`
    and `rises` how many of those went down and up; `lower` how many were lower than the observed change.
    `pairs` is the table behind them, `rows` the evidence.
    """

    month: pd.Timestamp
    observed: change.Change
    years: int
    median: float | None
    lowest: float | None
    highest: float | None
    falls: int
    rises: int
    lower: int | None
    position: Position | None
    pairs: pd.DataFrame
    rows: list[pd.DataFrame] = field(default_factory=list)


def changes(monthly: pd.DataFrame, into: int, leave_out: tuple[Day, Day] | None = TITLE_42) -> pd.DataFrame:
    """Every change into a month of the calendar, a row per year: 1 is from December to January.

    Columns: `month`, other key columns, the count, `published`, `previous`, `difference`, `relative`, and
    `left_out`: whether one of the two months lies in the span given (both ends included).
    """
    beside = change.monthly(monthly)
    pairs = beside[(beside["month"].dt.month == into) & beside["difference"].notna()]
    before = pairs["month"] - pd.DateOffset(months=1)
    if leave_out is None:
        outside = pairs["month"].notna()
    else:
        start, end = month(leave_out[0]), month(leave_out[1])
        outside = (pairs["month"] < start) | (before > end)
    return described(pairs.assign(left_out=~outside).reset_index(drop=True), monthly)


def usual(
    monthly: pd.DataFrame,
    observed: Day,
    leave_out: tuple[Day, Day] | None = TITLE_42,
    since: Day | None = None,
) -> Season:
    """The change into a month beside those of earlier years: `usual(monthly, "2024-01")`.

    Earlier pairs that touch `leave_out` do not count, nor those before `since`. The months of Title 42 are
    left out unless told otherwise. Later years never count. Where the series does not reach the month, the
    usual change is known all the same, the observed one None.
    """
    this = month(observed)
    table = changes(monthly, this.month, leave_out)
    past = table[(table["month"] < this) & ~table["left_out"]]
    past = past if since is None else past[past["month"] > month(since)]
    seen = change.on_month(monthly, this)
    relative = past["relative"].dropna()
    return Season(
        month=this,
        observed=seen,
        years=len(relative),
        median=number(relative.median()),
        lowest=number(relative.min()),
        highest=number(relative.max()),
        falls=int((relative < 0).sum()),
        rises=int((relative > 0).sum()),
        lower=None if seen.relative is None else int((relative < seen.relative).sum()),
        position=position(seen.relative, relative),
        pairs=table,
        rows=_evidence(monthly, [*past["month"], this]),
    )


def position(observed: float | None, earlier_years: "pd.Series[float]") -> Position | None:
    """Where a relative change lies among those of earlier years; None where unknown or without any."""
    if observed is None or earlier_years.empty:
        return None
    if observed < earlier_years.min():
        return "below every earlier year"
    if observed > earlier_years.max():
        return "above every earlier year"
    return "within the range of earlier years"


def by_calendar_month(monthly: pd.DataFrame, leave_out: tuple[Day, Day] | None = TITLE_42) -> pd.DataFrame:
    """The usual change into each month of the calendar.

    Columns `calendar_month` (1 to 12), `years`, `median`, `lowest`, `highest` (relative changes).
    """
    tables = {into: changes(monthly, into, leave_out) for into in range(1, 13)}
    usable = {into: table.loc[~table["left_out"], "relative"].dropna() for into, table in tables.items()}
    rows = [
        {"calendar_month": into, "years": len(s), "median": s.median(), "lowest": s.min(), "highest": s.max()}
        for into, s in usable.items()
    ]
    return described(pd.DataFrame(rows), monthly, key=["calendar_month"], count="median")


def _evidence(monthly: pd.DataFrame, months: list[pd.Timestamp]) -> list[pd.DataFrame]:
    both = [*months, *(earlier(one, months=1) for one in months)]
    rows = pick.where(monthly, month=both).sort_values("month")
    return split(rows) if len(rows) else []
