"""Whether two series move together, and with which delay. Moving together is not causing."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sharedborder.analysis import change, pick
from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import count_of, number


@dataclass(frozen=True)
class Delay:
    """The lag (months) at which two series correlate most, over how many months, and the range over all lags.

    Everything is None, or 0 months, where no lag has enough of them.
    """

    lag: int | None = None
    correlation: float | None = None
    months: int = 0
    lowest: float | None = None
    highest: float | None = None


def correlations(
    leading: pd.DataFrame, following: pd.DataFrame, furthest: int = 6, fewest: int = 12
) -> pd.DataFrame:
    """Pearson's correlation of two series by month at each lag: columns `lag`, `correlation`, `months`.

    At a lag of 2 each month of `following` is set against the month two before it of `leading`. `months` is
    the number of pairs; with fewer than `fewest` the correlation is unknown. Both series trend, which raises
    any correlation: give changes (`change.monthly` and `pick.counting(…, "difference")`) to compare their
    movements.
    """
    first, second = _series(leading), _series(following)
    rows = []
    for lag in range(furthest + 1):
        moved = first.set_axis(first.index + pd.DateOffset(months=lag))
        pairs = pd.concat([moved, second], axis=1, join="inner").dropna()
        known = len(pairs) >= fewest
        rows.append((lag, pairs.iloc[:, 0].corr(pairs.iloc[:, 1]) if known else float("nan"), len(pairs)))
    return pd.DataFrame(rows, columns=["lag", "correlation", "months"])


def delay(table: pd.DataFrame) -> Delay:
    """The strongest of the `correlations`, the shortest lag of equal ones, rounded to hundredths."""
    known = table.dropna(subset="correlation")
    if known.empty:
        return Delay()
    rounded = known["correlation"].round(2)
    best = known.iloc[int(rounded.to_numpy().argmax())]
    return Delay(
        int(best["lag"]),
        float(rounded.max()),
        int(best["months"]),
        float(rounded.min()),
        float(rounded.max()),
    )


def of_changes(leading: pd.DataFrame, following: pd.DataFrame, furthest: int = 3, fewest: int = 24) -> Delay:
    """How two series by month move together: the delay between their changes from month to month."""
    first, second = (pick.counting(change.monthly(one), "difference") for one in (leading, following))
    return delay(correlations(first, second, furthest, fewest))


def by_category(
    leading: pd.DataFrame,
    following: pd.DataFrame,
    by: str,
    names: Sequence[str],
    furthest: int = 3,
    fewest: int = 24,
) -> pd.DataFrame:
    """The delay between the changes of two series, for each category that both hold.

    Columns: `by`, `lag`, `correlation`, `months`, the highest correlation first; categories without enough
    months are left out. With many categories and lags some correlate by chance. Evidence are the two frames.
    """
    rows = []
    for name in names:
        found = of_changes(
            pick.where(leading, **{by: name}), pick.where(following, **{by: name}), furthest, fewest
        )
        if number(found.correlation) is not None:
            rows.append((name, found.lag, found.correlation, found.months))
    result = pd.DataFrame(rows, columns=[by, "lag", "correlation", "months"])
    return result.sort_values(["correlation", by], ascending=[False, True], ignore_index=True)


def _series(monthly: pd.DataFrame) -> "pd.Series[float]":
    if monthly["month"].duplicated().any():
        raise AnalysisError("several rows for one month: add them up first with `totals.by_month`")
    return monthly.set_index("month")[count_of(monthly)].astype("float64")
