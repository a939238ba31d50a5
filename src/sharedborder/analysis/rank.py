"""The highest since when: a value's place in its series, and the records of a series."""

from dataclasses import dataclass, field

import pandas as pd

from sharedborder.analysis import pick
from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import count_of, day, number, period_of, split
from sharedborder.analysis.periods import Day


@dataclass(frozen=True, eq=False)
class Rank:
    """A period's place in a series with one value per period, as far as the series is held.

    `rank` (1 is the highest) is among the `of` periods held, `rank_then` among those up to this one.
    `highest_since` is the last earlier period with a value at least as high, None where there is none: then
    `is_record` says that it was the highest on record until then. `lowest_since` and `is_lowest` mirror
    them. `record_before` is the highest earlier value, `record_period` its period. Everything is None where
    the series does not hold the period. `rows` is the row itself as evidence, `record_rows` that of the
    earlier record.
    """

    value: int | float | None = None
    rank: int | None = None
    rank_then: int | None = None
    of: int = 0
    first: pd.Timestamp | int | None = None
    highest_since: pd.Timestamp | int | None = None
    lowest_since: pd.Timestamp | int | None = None
    is_record: bool | None = None
    is_lowest: bool | None = None
    record_before: int | float | None = None
    record_period: pd.Timestamp | int | None = None
    rows: list[pd.DataFrame] = field(default_factory=list)
    record_rows: list[pd.DataFrame] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Place:
    """The place of one category among those of its column.

    `rank` 1 is the largest of `of`; `share` is a fraction of the total.
    """

    value: int | float | None = None
    rank: int | None = None
    of: int = 0
    share: float | None = None
    rows: list[pd.DataFrame] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Leader:
    """The category that came first in the most periods: in `periods` of the `of` periods held.

    `rows` are its own in those periods. Everything is None where no period is held.
    """

    name: str | None = None
    periods: int | None = None
    of: int = 0
    rows: list[pd.DataFrame] = field(default_factory=list)


def of(series: pd.DataFrame, period: pick.Period) -> Rank:
    """A period's place in its series: `of(monthly, "2023-12")`, `of(by_fiscal_year, 2023)`. See `Rank`."""
    held, count, column = _held(series)
    row = pick.of(held, period)
    if row.empty:
        return Rank(of=len(held))
    this = row[count].iloc[0]
    past = held[held[column] < row[column].iloc[0]]
    record = _extreme(past, highest=True)
    return Rank(
        value=number(this),
        rank=int((held[count] > this).sum()) + 1,
        rank_then=int((past[count] > this).sum()) + 1,
        of=len(held),
        first=_period(held, last=False),
        highest_since=_period(past[past[count] >= this], last=True),
        lowest_since=_period(past[past[count] <= this], last=True),
        is_record=bool((past[count] < this).all()),
        is_lowest=bool((past[count] > this).all()),
        record_before=number(record[count].iloc[0]) if len(record) else None,
        record_period=_period(record, last=True),
        rows=split(row),
        record_rows=split(record) if len(record) else [],
    )


def highest_since(series: pd.DataFrame, period: pick.Period) -> pd.Timestamp | int | None:
    """The last earlier period with a value at least as high; None where there is none."""
    return of(series, period).highest_since


def lowest_since(series: pd.DataFrame, period: pick.Period) -> pd.Timestamp | int | None:
    """The last earlier period with a value at least as low; None where there is none."""
    return of(series, period).lowest_since


def peak(series: pd.DataFrame) -> pd.DataFrame:
    """The row of the highest value, the first of equal ones; empty where the series is."""
    return _extreme(_held(series)[0], highest=True)


def trough(series: pd.DataFrame) -> pd.DataFrame:
    """The row of the lowest value, the first of equal ones; empty where the series is."""
    return _extreme(_held(series)[0], highest=False)


def record_before(monthly: pd.DataFrame, before: Day) -> pd.DataFrame:
    """The row of the highest month among those that had ended before a day: the record so far."""
    ended = monthly["month"] + pd.offsets.MonthEnd(0) < pd.Timestamp(before)
    return peak(monthly[ended])


def place(frame: pd.DataFrame, by: str, name: str, apart: tuple[str, ...] = ("other", "unknown")) -> Place:
    """The place of a category in a frame of one period: `place(by_nationality, "citizenship", "VEN")`.

    Rest groups (`apart`) are not ranked, yet count in the total of which `share` is a part.
    """
    count = count_of(frame)
    if frame[by].duplicated().any():
        raise AnalysisError(f"{by} occurs several times: choose one period and add up the rest first")
    known = frame[frame[count].notna()]
    ranked, row = known[~known[by].isin(list(apart))], known[known[by] == name]
    if row.empty:
        return Place(of=len(ranked))
    this, total = row[count].iloc[0], known[count].sum()
    rank = None if name in apart else int((ranked[count] > this).sum()) + 1
    return Place(number(this), rank, len(ranked), float(this / total) if total else None, split(row))


def leader(frame: pd.DataFrame, by: str, apart: tuple[str, ...] = ("other", "unknown")) -> Leader:
    """The category of `by` that had the highest value of its period most often, not counting rest groups.

    `leader(totals.by_month(nationwide, by="citizenship"), by="citizenship")`. Of equal values in a period
    the first by name counts, and of categories that lead equally often.
    """
    count, column = count_of(frame), period_of(frame)
    ranked = frame[frame[count].notna() & ~frame[by].isin(list(apart))]
    first = ranked.sort_values([count, by], ascending=[False, True]).drop_duplicates(column)
    if first.empty:
        return Leader()
    name = (
        first[by]
        .value_counts()
        .sort_index(kind="stable")
        .sort_values(ascending=False, kind="stable")
        .index[0]
    )
    rows = first[first[by] == name].sort_values(column)
    return Leader(str(name), len(rows), len(first), split(rows))


def _held(series: pd.DataFrame) -> tuple[pd.DataFrame, str, str]:
    """The periods with a value in order, the names of the count and of the period."""
    count, column = count_of(series), period_of(series)
    if series[column].duplicated().any():
        raise AnalysisError(
            f"several rows for one {column}: choose one category, or add them up first with `totals`"
        )
    return series[series[count].notna()].sort_values(column), count, column


def _extreme(held: pd.DataFrame, *, highest: bool) -> pd.DataFrame:
    column, count = period_of(held), count_of(held)
    return held.sort_values([count, column], ascending=[not highest, True]).head(1)


def _period(rows: pd.DataFrame, *, last: bool) -> pd.Timestamp | int | None:
    if rows.empty:
        return None
    column = period_of(rows)
    cell = rows[column].max() if last else rows[column].min()
    return int(cell) if column in ("year", "fiscal_year") else day(cell)
