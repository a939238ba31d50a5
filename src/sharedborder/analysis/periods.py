"""Months, U.S. fiscal years, and the way from one to another."""

import datetime as dt

import pandas as pd

Day = str | dt.date
"""A day or month as notebooks write it: "2023-11", "2023-11-30", a date or a timestamp."""


def month(value: Day) -> pd.Timestamp:
    """The first day of the month in which a day lies: `month("2023-12-27")` is 1 December 2023."""
    return pd.Timestamp(value).normalize().replace(day=1)


def earlier(value: Day, months: int = 0, years: int = 0) -> pd.Timestamp:
    """The month so many months and years before: `earlier("2024-01", months=1)` is December 2023."""
    return month(value) - pd.DateOffset(months=months + 12 * years)


def later(value: Day, months: int = 0, years: int = 0) -> pd.Timestamp:
    """The month that lies so many months and years after."""
    return earlier(value, months=-months, years=-years)


def fiscal_year(value: Day) -> int:
    """The U.S. federal fiscal year of a month (31 U.S.C. 1102).

    It starts on 1 October: October 2023 is in 2024.
    """
    first = month(value)
    return first.year + (first.month >= 10)


def fiscal_months(year: int) -> list[pd.Timestamp]:
    """The twelve months of a fiscal year, from October of the year before to September."""
    return list(pd.date_range(f"{year - 1}-10-01", f"{year}-09-01", freq="MS"))


def month_of_fiscal_year(value: Day) -> int:
    """Which month of the fiscal year it is: October is 1, September 12."""
    return (month(value).month - 10) % 12 + 1
