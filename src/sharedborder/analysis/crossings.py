"""What the closing of a port of entry did to the month's count of crossings."""

import pandas as pd

from sharedborder.analysis import totals
from sharedborder.analysis.frames import count_of, described
from sharedborder.analysis.periods import Day, earlier, later, month


def effect(crossings: pd.DataFrame, closed: Day, by: totals.By = ("crossing", "mode")) -> pd.DataFrame:
    """The month of a closure beside the one before and the one after, for each crossing and mode.

    Columns: `month` (of the closure), those of `by` (crossing and mode unless told otherwise), `before`,
    `during`, `after` (crossings northbound), `difference` (during minus before), `relative` (fraction of
    before), `doubtful` (a zero among the three: it can mean that nothing was reported), `published`. A
    closure of some days hides in a month's count: little change does not mean that nothing stopped.
    """
    groups = [by] if isinstance(by, str) else list(by)
    summed = totals.by_month(crossings, by=groups)
    names = summed[groups].drop_duplicates().assign(month=month(closed))
    wanted = {"before": earlier(closed, 1), "during": month(closed), "after": later(closed, 1)}
    for column, at in wanted.items():
        rows = summed.loc[summed["month"] == at, [*groups, count_of(summed)]]
        names = names.merge(rows.rename(columns={count_of(summed): column}), on=groups, how="left")
    names = names.dropna(subset=list(wanted), how="all")
    names["difference"] = names["during"] - names["before"]
    names["relative"] = names["difference"] / names["before"].where(names["before"] != 0)
    names["doubtful"] = (names[list(wanted)] == 0).any(axis=1)
    names["published"] = summed.loc[summed["month"].isin(list(wanted.values())), "published"].max()
    columns = ["month", *groups, *wanted, "difference", "relative", "doubtful", "published"]
    ordered = names[columns].sort_values(groups).reset_index(drop=True)
    return described(ordered, summed, key=["month", *groups], count="during")
