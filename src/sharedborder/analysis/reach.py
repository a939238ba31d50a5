"""How far a series reaches: the months ahead of its last one, which no release held covers."""

import pandas as pd

from sharedborder.analysis.frames import described, groups_of
from sharedborder.analysis.periods import Day
from sharedborder.analysis.periods import month as month_of


def until(monthly: pd.DataFrame, month: Day | None) -> pd.DataFrame:
    """The series with unknown values (and no release) in the months after its last one, up to `month`.

    For a chart whose events go on after the last month held: the blank says so. Columns and key stay;
    unchanged where `month` is None or not ahead. Not evidence: give the series itself as `rows`.
    """
    last = monthly["month"].max()
    if month is None or pd.isna(month) or monthly.empty or month_of(month) <= last:
        return monthly
    ahead = pd.DataFrame({"month": pd.date_range(last, month_of(month), freq="MS", inclusive="right")})
    groups = monthly[groups_of(monthly)].drop_duplicates()
    blank = ahead.merge(groups, how="cross") if groups.columns.size else ahead
    whole = monthly.merge(blank, on=list(blank.columns), how="outer")
    return described(whole[list(monthly.columns)].reset_index(drop=True), monthly)
