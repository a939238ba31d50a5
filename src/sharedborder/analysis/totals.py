"""Totals by month, fiscal year, calendar year or date, for any category.

Sums keep unknown apart from zero: a group whose values are all unknown is unknown (`min_count=1`).
`published` is the newest release day among the rows that were added. Adding what must not be added raises
KindError: a stock over time, announced figures, series that count different things.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from sharedborder.analysis.errors import AnalysisError, KindError
from sharedborder.analysis.frames import (
    bare,
    count_of,
    described,
    kind_of,
    mixed,
    narrowed_to,
    number,
    period_of,
)
from sharedborder.analysis.periods import Day, month_of_fiscal_year

By = str | Sequence[str]
"""One category column or several."""


def by_month(frame: pd.DataFrame, by: By = ()) -> pd.DataFrame:
    """Total per calendar month and category.

    Columns `month`, those of `by`, the count, `published`; sorted by the first ones.
    """
    return _summed(frame, "month", by)


def by_date(frame: pd.DataFrame, by: By = ()) -> pd.DataFrame:
    """Total of a stock per reference date and category.

    Columns `date`, those of `by`, the count, `published`.
    """
    return _summed(frame, "date", by)


def by_year(frame: pd.DataFrame, by: By = (), covered: pd.DataFrame | None = None) -> pd.DataFrame:
    """Total per calendar year and category.

    Columns `year`, those of `by`, the count, `months`, `complete`, `published`. `months` counts those which
    the frame has (or `covered`, any frame of the same table: a rare category has months without a row);
    `complete` says that it is all twelve. A frame by year is complete, unless `through` says that it ends
    earlier. A stock by year (population) is only added over categories, and has no `months`.
    """
    return _yearly(frame, "year", by, covered)


def by_fiscal_year(frame: pd.DataFrame, by: By = (), covered: pd.DataFrame | None = None) -> pd.DataFrame:
    """Total per U.S. fiscal year (October to September) and category.

    The columns are those of `by_year`, with `fiscal_year`. `complete` tells closed years from the year to
    date.
    """
    return _yearly(frame, "fiscal_year", by, covered)


def to_date(frame: pd.DataFrame, through: Day, by: By = ()) -> pd.DataFrame:
    """Each fiscal year from October to the same month: the year to date beside earlier ones.

    `to_date(encounters, "2023-11")` has October and November of every year. Columns as of `by_fiscal_year`,
    `complete` meaning that all of those months are in the frame.
    """
    wanted = month_of_fiscal_year(through)
    within = frame[(frame["month"].dt.month - 10) % 12 < wanted]
    result = by_fiscal_year(within, by)
    return result.assign(complete=result["months"] == wanted)


def over(frame: pd.DataFrame, by: By = ()) -> pd.DataFrame:
    """Total over all of the frame's periods, by category.

    Columns `start` and `end` (first and last period), those of `by`, the count, `published`. For a span that
    is no year: `over(between(encounters, "2023-10", "2024-01"), by="component")`.
    """
    period, columns = period_of(frame), _columns(by)
    spanned = frame.assign(start=frame[period].min(), end=frame[period].max())
    return _grouped(described(spanned, frame), ["start", "end", *columns])


def rolling(monthly: pd.DataFrame, months: int = 12) -> pd.DataFrame:
    """Sums of the last so many months, at each month and category of a frame by month.

    Unknown where one of the months is missing.
    """
    _refuse(monthly, monthly.attrs["key"])
    count, groups = count_of(monthly), [name for name in monthly.attrs["key"] if name != "month"]
    parts = [part for _, part in monthly.groupby(groups)] if groups else [monthly]
    rolled = [_rolled(part.sort_values("month"), count, months) for part in parts]
    result = pd.concat(rolled) if rolled else monthly
    return described(result.sort_values(monthly.attrs["key"]).reset_index(drop=True), monthly)


def filled(monthly: pd.DataFrame, covered: pd.DataFrame) -> pd.DataFrame:
    """The frame with a zero for each category in each month that the release covers but where it has no row.

    `covered` is any frame of the same table and edition (its months are those that the table covers): CBP's
    files list no empty combinations, so inside a covered month no row means zero. Months outside stay
    absent: unknown.
    """
    count, key, rows = count_of(monthly), list(monthly.attrs["key"]), bare(monthly)
    days = bare(covered).groupby("month", as_index=False)["published"].max()
    groups = rows[[name for name in key if name != "month"]].drop_duplicates()
    grid = days.merge(groups, how="cross") if groups.columns.size else days
    whole = grid.merge(rows, on=key, how="left", suffixes=("_covered", ""), indicator="found")
    absent = whole["found"] == "left_only"
    whole["published"] = whole["published"].mask(absent, whole["published_covered"])
    whole[count] = whole[count].mask(absent, 0).astype(rows[count].dtype)
    columns = [*key, count, "published"]
    return described(whole[columns].sort_values(key).reset_index(drop=True), monthly)


def value(frame: pd.DataFrame) -> int | float | None:
    """The frame as one number: its only value or the sum of several; None where nothing is known.

    KindError where several values must not be added (a stock at two dates, announced figures, several
    series).
    """
    if len(frame) > 1:
        _refuse(frame, [])
    return number(frame[count_of(frame)].sum(min_count=1)) if len(frame) else None


def combined(*frames: pd.DataFrame, count: str) -> pd.DataFrame:
    """Rows of several tables that count the same kind of thing, under one another, with a column `table`.

    The count column is renamed to `count`; columns that not all of them have are dropped. KindError where
    the kinds differ: stocks, flows and events never add up to one number.
    """
    kinds = {kind_of(frame) for frame in frames}
    if len(kinds) != 1:
        raise KindError(f"never add up: {' and '.join(sorted(kinds))}")
    named = [
        frame.rename(columns={count_of(frame): count}).assign(table=frame.attrs["table"]) for frame in frames
    ]
    shared = [column for column in named[0].columns if all(column in other.columns for other in named)]
    keys = {
        str(frame.attrs["table"]): [name for name in frame.attrs["key"] if name in shared] for frame in frames
    }
    key = [
        name for name in keys[str(frames[0].attrs["table"])] if all(name in other for other in keys.values())
    ]
    rows = pd.concat([part[shared] for part in named])
    where = {str(frame.attrs["table"]): narrowed_to(frame) for frame in frames}
    return mixed(rows, keys, key=key, count=count, kind=kinds.pop(), named=where)


def _summed(frame: pd.DataFrame, period: str, by: By) -> pd.DataFrame:
    if period not in frame.columns:
        raise AnalysisError(f"the frame has no column {period}; it has {', '.join(frame.columns)}")
    return _grouped(frame, [period, *_columns(by)])


def _yearly(frame: pd.DataFrame, period: str, by: By, covered: pd.DataFrame | None) -> pd.DataFrame:
    dated = _dated(frame, period)
    result = _grouped(dated, [period, *_columns(by)])
    if kind_of(frame) == "stock":
        return result
    months = _months(dated if covered is None else _dated(covered, period), period)
    held = bare(result)[period].map(months).fillna(0).astype(int)
    result.insert(len(result.columns) - 1, "months", held)
    result.insert(len(result.columns) - 1, "complete", held == 12)
    return result


def _dated(frame: pd.DataFrame, period: str) -> pd.DataFrame:
    """The frame with the column `period` (`year` or `fiscal_year`), if need be from its months."""
    if period in frame.columns:
        return frame
    if "month" not in frame.columns:
        raise AnalysisError(f"the frame has neither {period} nor month; it has {', '.join(frame.columns)}")
    rows = bare(frame)
    months = rows["month"].dt
    years = months.year + (months.month >= 10) if period == "fiscal_year" else months.year
    return described(rows.assign(**{period: years.astype("int64")}), frame)


def _months(frame: pd.DataFrame, period: str) -> "pd.Series[int]":
    """How many months of each year the frame has."""
    years = bare(frame).groupby(period)
    if "month" in frame.columns:
        return years["month"].nunique()
    if "through" in frame.columns:
        months: pd.Series[int] = years["through"].min().dt.month
        return months
    return years.size().mask(years.size() > 0, 12)


def _grouped(frame: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    _refuse(frame, key)
    count = count_of(frame)
    groups = bare(frame).groupby(key, observed=True)
    result = groups[[count]].sum(min_count=1)
    if "published" in frame.columns:
        result["published"] = groups["published"].max()
    if "keys" in frame.attrs:
        return _still_mixed(result, groups["table"], frame)
    return described(result.reset_index(), frame, key=key)


def _still_mixed(result: pd.DataFrame, tables: Any, frame: pd.DataFrame) -> pd.DataFrame:
    """Totals of a mixed frame: each must rest on one table, or nothing could say where it comes from."""
    if (tables.nunique() > 1).any():
        raise AnalysisError("rows of several tables would be added: name the column that tells them apart")
    rows = result.assign(table=tables.first()).reset_index()
    key = [str(name) for name in result.index.names]
    keys = dict.fromkeys(frame.attrs["keys"], key[:1])
    count, kind, named = count_of(frame), kind_of(frame), frame.attrs["named"]
    return mixed(rows, keys, key=key, count=count, kind=kind, named=named)


def _refuse(frame: pd.DataFrame, key: Sequence[str]) -> None:
    kind = kind_of(frame)
    if kind == "as announced":
        raise KindError("announced figures are not added: choose one with `announced`")
    if kind == "stock":
        period = period_of(frame)
        if period not in key and frame[period].nunique() > 1:
            raise KindError(f"a stock is not added over time: choose one {period}")
    if "series" in frame.columns and "series" not in key and frame["series"].nunique() > 1:
        raise KindError('different series are not added: choose one, or give by="series"')


def _columns(by: By) -> list[str]:
    return [by] if isinstance(by, str) else list(by)


def _rolled(part: pd.DataFrame, count: str, months: int) -> pd.DataFrame:
    """Sums over a window of calendar months, of one category's months in order."""
    series = part.set_index("month")
    sums = series[count].asfreq("MS").rolling(months).sum()
    days = (series["published"] - pd.Timestamp("1970-01-01")).dt.days.asfreq("MS").rolling(months, 1).max()
    published = pd.Timestamp("1970-01-01") + pd.to_timedelta(days, unit="D")
    wanted = {count: sums.reindex(part["month"]), "published": published.reindex(part["month"])}
    return part.assign(**{name: values.to_numpy() for name, values in wanted.items()})
