"""Monthly counts by nationality, in the form in which the figures of Panama and Mexico reach us.

One row per nationality and month: an ISO first day, the nationality's English name in capitals, a whole
number, and the country whose figures they are. Zeros are kept: they say that the month is covered.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sharedborder.records.publishers.countries import from_names
from sharedborder.records.publishers.reading import ordered, refuse, table, whole_numbers


@dataclass(frozen=True)
class Layout:
    """How one publisher's file is laid out, and what its rows without a country mean."""

    columns: Sequence[str]
    count: str
    """The publisher's column that holds the count."""
    name: str
    """Our name of that column."""
    reporter: str
    """What `country_of_entry` says in every row."""
    specials: Mapping[str, str]
    """The publisher's text in `citizenship` -> our special key."""


def read_months(path: Path, layout: Layout, published: datetime.date) -> pd.DataFrame:
    """Return columns month (datetime64), citizenship (country key) and the count (Int64), sorted by key.

    Raises ParseError where header, reporter, month, nationality or count is not as known, where a month
    begins after the day of release, or where one nationality has two rows for a month.
    """
    frame = table(path, layout.columns)
    column = "country_of_entry"
    refuse(frame, frame[column] != layout.reporter, column, path, f"known is only {layout.reporter!r}")
    result = pd.DataFrame(
        {
            "month": _months(frame, path, published),
            "citizenship": from_names(frame, "citizenship", path, layout.specials),
            layout.name: whole_numbers(frame, layout.count, path),
        }
    )
    return ordered(result, ["month", "citizenship"], path)


def _months(frame: pd.DataFrame, path: Path, published: datetime.date) -> pd.Series[pd.Timestamp]:
    """Return the months of column `date`; refuse other days than the first and months yet to come."""
    months = pd.to_datetime(frame["date"], format="%Y-%m-%d", errors="coerce")
    advice = "not the first day of a month, written YYYY-MM-DD"
    refuse(frame, months.isna() | (months.dt.day != 1), "date", path, advice)
    advice = f"a month after the day of release, {published.isoformat()}: check that day and the file"
    refuse(frame, months > pd.Timestamp(published), "date", path, advice)
    return months
