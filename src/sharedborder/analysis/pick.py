"""Rows of a frame: at a period, between periods, the latest, the ones before, those of a category.

Every result is a frame with the same columns and `attrs`; where nothing matches it is empty, which a fact
shows as an absence.
"""

from collections.abc import Iterable

import pandas as pd

from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import PERIODS, bare, count_of, described, narrowed, number, period_of
from sharedborder.analysis.periods import Day, earlier
from sharedborder.analysis.periods import month as month_of

Scalar = str | int | float | bool | Day
Period = Day | int


def at(
    frame: pd.DataFrame,
    *,
    month: Day | None = None,
    date: Day | None = None,
    fiscal_year: int | None = None,
    year: int | None = None,
) -> pd.DataFrame:
    """Rows of one period, named by its column: `at(monthly, month="2023-11")`.

    Announced figures have `period_start` and `period_end` instead: those that span exactly the period are
    returned. AnalysisError unless exactly one period is given and the frame has that column.
    """
    given = {"month": month, "date": date, "fiscal_year": fiscal_year, "year": year}
    named = {column: value for column, value in given.items() if value is not None}
    if len(named) != 1:
        raise AnalysisError(
            f"give exactly one of month, date, fiscal_year, year; got {', '.join(named) or 'none'}"
        )
    ((column, value),) = named.items()
    if "period_start" in frame.columns:
        start, end = _span(column, value)
        return frame[(frame["period_start"] == start) & (frame["period_end"] == end)]
    if column not in frame.columns:
        raise AnalysisError(f"the frame has no column {column}; its period is {period_of(frame)}")
    return frame[frame[column] == _cell(column, value)]


def of(frame: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Rows of one period in the frame's own period column: `of(monthly, "2023-11")`, `of(by_year, 2023)`."""
    return frame[frame[period_of(frame)] == _cell(period_of(frame), period)]


def between(frame: pd.DataFrame, start: Period, end: Period) -> pd.DataFrame:
    """Rows from one period to another, both included: `between(monthly, "2023-10", "2024-01")`."""
    if "period_start" in frame.columns:
        first, last = _span("month", start)[0], _span("month", end)[1]
        return frame[(frame["period_start"] >= first) & (frame["period_end"] <= last)]
    column = period_of(frame)
    return frame[frame[column].between(_cell(column, start), _cell(column, end))]


def where(frame: pd.DataFrame, **categories: Scalar | Iterable[Scalar]) -> pd.DataFrame:
    """Rows of the categories given, each a value or several: `where(encounters, citizenship="VEN")`.

    AnalysisError for a column that the frame lacks.
    """
    result = frame
    for column, wanted in categories.items():
        if column not in frame.columns:
            raise AnalysisError(f"the frame has no column {column}; it has {', '.join(frame.columns)}")
        values = [wanted] if isinstance(wanted, Scalar) else list(wanted)
        result = narrowed(result[result[column].isin(values)], result, column, values)
    return result


def counting(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The same rows with another of its columns as the count: `counting(apprehensions, "families")`."""
    if column not in frame.columns:
        raise AnalysisError(f"the frame has no column {column}; it has {', '.join(frame.columns)}")
    return described(frame, frame, count=column)


def cell(frame: pd.DataFrame, column: str) -> int | float | str | bool | pd.Timestamp | None:
    """One cell of a frame of one row: `cell(at(shares, month="2023-12"), "share")`; None if unknown.

    AnalysisError for several rows, or a column that the frame lacks.
    """
    if column not in frame.columns:
        raise AnalysisError(f"the frame has no column {column}; it has {', '.join(frame.columns)}")
    if len(frame) > 1:
        raise AnalysisError(f"{len(frame)} rows where one is needed: choose one with `at` or `where`")
    cells = bare(frame)[column]
    if frame.empty or pd.isna(cells.iloc[0]):
        return None
    value = cells.iloc[0]
    if isinstance(value, str | pd.Timestamp):
        return value
    return bool(value) if pd.api.types.is_bool_dtype(cells) else number(value)


def latest(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the last period in the frame for which it has a value."""
    last = frame.loc[frame[count_of(frame)].notna(), period_of(frame)].max()
    rows: pd.DataFrame = frame[frame[period_of(frame)] == last]
    return rows


def latest_month(frame: pd.DataFrame) -> pd.Timestamp | None:
    """The last month in the frame, None where it is empty."""
    return None if frame.empty else month_of(frame["month"].max())


def first_month(frame: pd.DataFrame) -> pd.Timestamp | None:
    """The first month in the frame, None where it is empty."""
    return None if frame.empty else month_of(frame["month"].min())


def previous(frame: pd.DataFrame, month: Day) -> pd.DataFrame:
    """Rows of the month before the one given."""
    return at(frame, month=earlier(month, months=1))


def year_before(frame: pd.DataFrame, month: Day) -> pd.DataFrame:
    """Rows of the same month a year before the one given."""
    return at(frame, month=earlier(month, years=1))


def year_ends(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of a stock at 31 December: a series by year, without the middle of a year."""
    dates = frame["date"]
    rows: pd.DataFrame = frame[(dates.dt.month == 12) & (dates.dt.day == 31)]
    return rows


def _cell(column: str, value: Period) -> pd.Timestamp | int:
    if column in ("fiscal_year", "year"):
        return int(value)  # type: ignore[arg-type]
    if isinstance(value, int):
        raise AnalysisError(f"{value} is no {column}: write it as a string, YYYY-MM or YYYY-MM-DD")
    return month_of(value) if column == "month" else pd.Timestamp(value).normalize()


def _span(column: str, value: Period) -> tuple[pd.Timestamp, pd.Timestamp]:
    if column == "month":
        return month_of(str(value)), month_of(str(value)) + pd.offsets.MonthEnd(0)
    if column == "date":
        return pd.Timestamp(str(value)), pd.Timestamp(str(value))
    if column == "year":
        return pd.Timestamp(int(str(value)), 1, 1), pd.Timestamp(int(str(value)), 12, 31)
    if column not in PERIODS:
        raise AnalysisError(f"{column} is no period")
    return pd.Timestamp(int(str(value)) - 1, 10, 1), pd.Timestamp(int(str(value)), 9, 30)
