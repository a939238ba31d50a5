"""How a figure changed from release to release.

A *history* is a frame with every value of a key and the day on which each was `published` (`ledger.history`).
"""

from typing import Literal

import pandas as pd

from sharedborder.analysis import announced as announcements
from sharedborder.analysis import pick
from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import count_of, described, kind_of, mixed, narrowed_to, period_of
from sharedborder.analysis.periods import Day
from sharedborder.analysis.totals import By

_ENDS: tuple[Literal["first", "last"], ...] = ("first", "last")


def by_key(history: pd.DataFrame) -> pd.DataFrame:
    """The first and the latest value of each key, a row per key.

    Columns: the key, `first`, `first_published`, `latest`, `latest_published`, `difference` (latest minus
    first), `relative` (fraction of first), `releases` (how many gave it), `gone` (the newest release that
    covers the period lacks the key: then `latest` is unknown), `published` (that of `latest`).
    """
    count, key = count_of(history), list(history.attrs["key"])
    ordered = history.sort_values([*key, "published"])
    newest = ordered.groupby(period_of(history))["published"].transform("max")
    first, last = (ordered.drop_duplicates(key, keep=keep) for keep in _ENDS)
    result = last[key].assign(latest=last[count], latest_published=last["published"])
    result["gone"] = last["published"] < newest.loc[last.index]
    result["latest"] = result["latest"].mask(result["gone"])
    result = result.merge(first[key].assign(first=first[count], first_published=first["published"]), on=key)
    releases = ordered.groupby(key, observed=True, dropna=False)["published"].nunique()
    result = result.merge(releases.rename("releases").reset_index(), on=key)
    result["difference"] = result["latest"] - result["first"]
    result["relative"] = result["difference"] / result["first"].where(result["first"] != 0)
    result["published"] = result["latest_published"]
    columns = ["first", "first_published", "latest", "latest_published", "difference", "relative", "releases"]
    return described(result[[*key, *columns, "gone", "published"]], history, count="latest")


def by_month(history: pd.DataFrame, by: By = ()) -> pd.DataFrame:
    """The first and the latest total of each month (and category): the columns of `by_key`."""
    return by_key(totals(history, by))


def totals(history: pd.DataFrame, by: By = ()) -> pd.DataFrame:
    """The total of each month (and category) in each release.

    Columns `month`, those of `by`, the count, `published`.
    """
    count, key = count_of(history), ["month", *([by] if isinstance(by, str) else by)]
    columns = [*key, "published", *(["table"] if "keys" in history.attrs else [])]
    sums = history.groupby(columns, observed=True)[[count]].sum(min_count=1).reset_index()
    return described(sums, history, key=key)


def course(history: pd.DataFrame, month: Day) -> pd.DataFrame:
    """Every total of one month in the order of publication: the evidence for a revision."""
    return pick.at(totals(history), month=month).sort_values("published").reset_index(drop=True)


def changed(revised: pd.DataFrame) -> pd.DataFrame:
    """Those rows of `by_key` or `by_month` whose value moved or vanished."""
    return revised[(revised["difference"] != 0) & revised["difference"].notna() | revised["gone"]]


def with_announced(history: pd.DataFrame, announced: pd.DataFrame) -> pd.DataFrame:
    """The monthly totals of each release together with the figures announced for the same months.

    A mixed frame with `month`, the count, `published`, `table`, for `by_month` and `course`. On a day that
    has both, the table's own total stands. Announced figures must be of one indicator, place and subject.
    """
    count, table = count_of(history), str(history.attrs["table"])
    own = totals(history).assign(table=table, preferred=1)
    figures = announcements.months(announcements.one_a_day(announced[announced["published"].notna()]))
    figures = figures.rename(columns={count_of(announced): count}).assign(preferred=0)
    both = pd.concat([own, figures]).sort_values(["month", "published", "preferred"])
    chosen = both.drop_duplicates(["month", "published"], keep="last")[["month", count, "published", "table"]]
    named = {table: narrowed_to(history), **announcements.named(figures, announced)}
    keys = {table: ["month"], str(announced.attrs["table"]): announcements.SPAN}
    return mixed(chosen, keys, key=["month"], count=count, kind=kind_of(history), named=named)


def of_announced(announced: pd.DataFrame, monthly: pd.DataFrame) -> pd.DataFrame:
    """Each announced monthly figure beside the table's total, where that was published later.

    Columns: `month`, `announced`, `announced_published`, `table_value`, `published`, `difference` (the
    table's minus the announced), `relative`. AnalysisError where one month has several announced rows:
    choose with `announced.first`.
    """
    figures = announcements.months(announced)[["month", count_of(announced), "published"]]
    if figures["month"].duplicated().any():
        raise AnalysisError(
            "several announced figures for one month: choose with `announced.first` or `announced.latest`"
        )
    figures = figures.rename(columns={count_of(announced): "announced", "published": "announced_published"})
    values = monthly[["month", count_of(monthly), "published"]].rename(
        columns={count_of(monthly): "table_value"}
    )
    result = figures.merge(values, on="month")
    result = result[result["published"] > result["announced_published"]].reset_index(drop=True)
    result["difference"] = result["table_value"] - result["announced"]
    result["relative"] = result["difference"] / result["announced"].where(result["announced"] != 0)
    return described(result, monthly, count="table_value")
