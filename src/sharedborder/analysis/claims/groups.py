"""Claims about people who walk together: nobody counts them, there are estimates."""

import pandas as pd

from sharedborder.analysis.claims.finding import (
    CONTRADICTED,
    IN_CONTEXT,
    NOT_YET,
    SUPPORTED,
    Behind,
    Finding,
    Said,
    told,
)
from sharedborder.analysis.claims.known import Known
from sharedborder.analysis.claims.registry import checks

TAPACHULA = "people in a group leaving Tapachula"


@checks("s000-caravan-6000")
def caravan_estimate(known: Known) -> Finding:
    """The estimate of the group of Christmas Eve, and others of the same group."""
    every = known.announced(TAPACHULA)
    group = every[every["period_start"].between(pd.Timestamp("2023-12-24"), pd.Timestamp("2024-01-02"))]
    estimate = group[group["value"].eq(6_000) & group["period_start"].eq("2023-12-24")].head(1)
    if group.empty:
        return Finding(NOT_YET, told("No estimate of the group is held."))
    figures = [_estimate(row) for row in _rows(group)]
    if estimate.empty:
        reason = told("The estimates held are others, {n:exact} at most.", n=int(group["value"].max()))
        return Finding(CONTRADICTED, reason, figures)
    others = group[group["value"].ne(6_000)]
    if others.empty:
        return Finding(
            SUPPORTED, told("AP reported such an estimate from Tapachula; nobody counted the group."), figures
        )
    lowest = others[others["value"].eq(others["value"].min())]
    reason = told(
        "AP reported such an estimate on {day:day}. On {later:day} {who:proper} spoke of {n:exact}. "
        "Nobody counted "
        "the group.",
        day=estimate["period_start"].max(),
        later=lowest["period_start"].max(),
        who=str(lowest["publisher"].iloc[0]),
        n=int(lowest["value"].iloc[0]),
    )
    return Finding(IN_CONTEXT, reason, figures)


@checks("s000-caravan-largest")
def caravan_among_largest(known: Known) -> Finding:
    """The agency's estimate against its own and others' of the groups of the year before."""
    every = known.announced(TAPACHULA)
    this = every[every["period_start"].eq("2023-12-24") & every["publisher"].eq("AP")]
    past = every[every["period_start"].between(pd.Timestamp("2022-12-24"), pd.Timestamp("2023-12-23"))]
    if this.empty or past.empty:
        return Finding(NOT_YET, told("No estimates of earlier groups are held."))
    size, same = int(this["value"].max()), past[past["publisher"].eq("AP")]["value"]
    figures = [_estimate(row) for row in _rows(pd.concat([past, this]), like=every)]
    largest = past[past["value"].eq(past["value"].max())]
    if len(same) and size < same.max():
        reason = told("By AP’s estimates a group before it was larger: {n:exact}.", n=int(same.max()))
        return Finding(CONTRADICTED, reason, figures)
    if size < largest["value"].max():
        reason = told(
            "By AP’s estimates it was the largest of the year; of the group of {day:day}, "
            "{who:proper} had spoken of "
            "{n:exact}. All are estimates, and of other groups we hold none.",
            day=largest["period_start"].max(),
            who=str(largest["publisher"].iloc[0]),
            n=int(largest["value"].iloc[0]),
        )
        return Finding(IN_CONTEXT, reason, figures)
    return Finding(
        SUPPORTED, told("Of the groups of that year whose estimates are held it was the largest."), figures
    )


def _rows(group: pd.DataFrame, like: pd.DataFrame | None = None) -> list[pd.DataFrame]:
    attrs = (group if like is None else like).attrs
    rows = [group.iloc[[place]] for place in range(len(group))]
    for row in rows:
        row.attrs = dict(attrs)
    return rows


def _estimate(row: pd.DataFrame) -> Behind:
    label: Said = told(
        "{who:proper}, of the group of {day:day}",
        who=str(row["publisher"].iloc[0]),
        day=row["period_start"].max(),
    )
    return Behind(label, int(row["value"].iloc[0]), "people", "exact", [row])
