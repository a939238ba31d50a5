"""Parts of a whole: shares, and the largest with the rest."""

from collections.abc import Sequence

import pandas as pd

from sharedborder.analysis.errors import AnalysisError, KindError
from sharedborder.analysis.frames import bare, count_of, described, kind_of

REST = "other"
"""The name of the row that holds what is not among the largest; also a publisher's own rest group, which it
then includes.
"""

APART = ("other", "unknown", "stateless")
"""Categories that are no place: never ranked, always part of the rest."""


def share(part: float | None, whole: float | None) -> float | None:
    """Part divided by whole, a fraction from 0 to 1; None where one is unknown or the whole is 0."""
    return None if part is None or not whole else part / whole


def of(frame: pd.DataFrame, by: str) -> pd.DataFrame:
    """Adds `share`: the fraction that each category in column `by` has of the total of its period.

    `of(totals.by_month(encounters, by="component"), by="component")`. Where a part of a whole is unknown, so
    are all shares in it.
    """
    if by not in frame.attrs["key"]:
        raise AnalysisError(f"{by} is not in the frame's key ({', '.join(frame.attrs['key'])})")
    if kind_of(frame) == "as announced":
        raise KindError("announced figures are no parts of one whole")
    count, others = count_of(frame), [name for name in frame.attrs["key"] if name != by]
    values = frame[count].astype("float64")
    if others:
        whole = values.groupby([frame[name] for name in others]).transform("sum", skipna=False)
    else:
        whole = pd.Series(values.sum(skipna=False), index=frame.index)
    return described(frame.assign(share=values / whole.where(whole != 0)), frame)


def top(
    frame: pd.DataFrame, by: str, n: int = 10, apart: Sequence[str] = APART, among: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The n largest categories of column `by`, largest first, and a last row `other` with the rest.

    Which are the largest is decided over the whole frame, or by `among` (say, the last year of a series), so
    that a series keeps the same ones throughout; a tie goes by name. Rows that belong to no category
    (`apart`) go to the rest. The total is kept.
    """
    count, key, rows = count_of(frame), list(frame.attrs["key"]), bare(frame)
    largest = _largest(frame if among is None else among, by, n, apart)
    renamed = rows.assign(**{by: rows[by].where(rows[by].isin(largest), REST)})
    groups = renamed.groupby(key, observed=True)
    result = groups[[count]].sum(min_count=1)
    if "published" in frame.columns:
        result["published"] = groups["published"].max()
    result = result.reset_index()
    order = {name: place for place, name in enumerate([*largest, REST])}
    result = result.assign(place=result[by].map(order)).sort_values([*(k for k in key if k != by), "place"])
    return described(result.drop(columns="place").reset_index(drop=True), frame)


def _largest(frame: pd.DataFrame, by: str, n: int, apart: Sequence[str]) -> list[str]:
    count, rows = count_of(frame), bare(frame)
    sums = (
        rows.loc[~rows[by].isin(list(apart))]
        .groupby(by, observed=True)[[count]]
        .sum(min_count=1)
        .reset_index()
    )
    ordered = sums.dropna(subset=count).sort_values([count, by], ascending=[False, True])
    return [str(name) for name in ordered[by].head(n)]
