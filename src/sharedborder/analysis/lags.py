"""Whether two series move together, and with which delay. Moving together is not causing."""

import pandas as pd

from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import count_of


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


def _series(monthly: pd.DataFrame) -> "pd.Series[float]":
    if monthly["month"].duplicated().any():
        raise AnalysisError("several rows for one month: add them up first with `totals.by_month`")
    return monthly.set_index("month")[count_of(monthly)].astype("float64")
