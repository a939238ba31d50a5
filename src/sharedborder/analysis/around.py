"""What a series was before and after a day. A difference between the two is no proof of a cause."""

from dataclasses import dataclass, field

import pandas as pd

from sharedborder.analysis import pick
from sharedborder.analysis.change import Change, change
from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import count_of, described, groups_of, number, split
from sharedborder.analysis.periods import Day, earlier, later, month
from sharedborder.analysis.totals import value


@dataclass(frozen=True, eq=False)
class Around:
    """Means of the months before and after that of a day; `during` is that month itself, in neither.

    `change` is that of the means. A mean is None unless all of its months are held. `rows` is the evidence.
    """

    during: int | float | None
    change: Change
    rows: list[pd.DataFrame] = field(default_factory=list)


def means(monthly: pd.DataFrame, day: Day, months: int = 3) -> Around:
    """The mean of so many months before that of a day and after it: `means(monthly, "2023-12-27")`.

    For a series with one value per month, of events or flows.
    """
    before = pick.between(monthly, earlier(day, months), earlier(day, 1))
    after = pick.between(monthly, later(day, 1), later(day, months))
    during = pick.at(monthly, month=day)
    rows = pick.between(monthly, earlier(day, months), later(day, months))
    return Around(
        value(during), change(_mean(before, months), _mean(after, months)), split(rows) if len(rows) else []
    )


def table(monthly: pd.DataFrame, day: Day, months: int = 3) -> pd.DataFrame:
    """The means before and after for each category of a series.

    Columns: `month` (that of the day), the series' other key columns, `before`, `during`, `after`,
    `difference` (after minus before), `relative` (fraction of before), `published`; unknown where a month is
    missing. AnalysisError for a series without categories: `means` is for that.
    """
    groups = groups_of(monthly)
    if not groups:
        raise AnalysisError("the series has no category: use `means`")
    window = pick.between(monthly, earlier(day, months), later(day, months))
    names = window[groups].drop_duplicates().assign(month=month(day))
    for column, start, end in (
        ("before", earlier(day, months), earlier(day, 1)),
        ("during", month(day), month(day)),
        ("after", later(day, 1), later(day, months)),
    ):
        span = 1 if column == "during" else months
        part = _means(pick.between(monthly, start, end), groups, span).rename(column)
        names = names.merge(part, left_on=groups, right_index=True, how="left")
    names["difference"] = names["after"] - names["before"]
    names["relative"] = names["difference"] / names["before"].where(names["before"] != 0)
    names["published"] = window["published"].max()
    columns = ["month", *groups, "before", "during", "after", "difference", "relative", "published"]
    ordered = names[columns].sort_values(groups).reset_index(drop=True)
    return described(ordered, monthly, key=["month", *groups], count="during")


def _mean(rows: pd.DataFrame, months: int) -> int | float | None:
    whole = rows["month"].nunique() == months and rows[count_of(rows)].notna().all()
    total = value(rows) if whole else None
    return None if total is None else number(total / months)


def _means(rows: pd.DataFrame, groups: list[str], months: int) -> "pd.Series[float]":
    values = rows.groupby(groups)[count_of(rows)]
    return values.mean().where(values.count() == months)
