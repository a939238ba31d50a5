"""Figures as their publishers announced them, beside the tables that came before or after.

A row of `announced_figures` is one figure: `indicator`, `geography`, `period_start`, `period_end`,
`subject`, `value`, with the day on which it was `published`. Rows without a day never count: nobody can say
what they were known for.
"""

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import count_of, day, described, kind_of, mixed, narrowed_to, number, split
from sharedborder.analysis.totals import value

FIGURE = ["indicator", "geography", "subject"]
"""What a figure is about; with its period it says which figures are releases of the same one."""

SPAN = ["period_start", "period_end"]


@dataclass(frozen=True, eq=False)
class Newest:
    """The newer of two figures for the same thing, and the other one.

    `origin` and `other_origin` name their tables, `rows` and `other_rows` are their evidence, `difference`
    is this value minus the other. What is not held is None, with no rows.
    """

    value: int | float | None = None
    published: pd.Timestamp | None = None
    origin: str | None = None
    rows: list[pd.DataFrame] = field(default_factory=list)
    other_value: int | float | None = None
    other_published: pd.Timestamp | None = None
    other_origin: str | None = None
    other_rows: list[pd.DataFrame] = field(default_factory=list)
    difference: int | float | None = None


def first(announced: pd.DataFrame) -> pd.DataFrame:
    """The earliest announcement of each figure and period.

    AnalysisError where that day has two values for one.
    """
    return _extreme(announced, "min")


def latest(announced: pd.DataFrame) -> pd.DataFrame:
    """The newest announcement of each figure and period.

    AnalysisError where that day has two values for one.
    """
    return _extreme(announced, "max")


def newest(table_total: pd.DataFrame, announced: pd.DataFrame) -> Newest:
    """Which of two figures is newer by the day it was published: the table's or the announced one.

    `newest(at(monthly, month="2023-11"), at(announced, month="2023-11"))`. Read both as of the edition's
    day. On the same day the table counts as the newer: it has the parts. Either frame may be empty.
    AnalysisError where `announced` has several figures or periods.
    """
    last = latest(announced)
    if len(last) > 1:
        raise AnalysisError(f"{len(last)} announced figures; choose one indicator, subject and period")
    table, figure = _known(table_total), _known(last)
    if figure and (not table or figure[1] > table[1]):
        return _paired(figure, table)
    return _paired(table, figure)


def with_newer(monthly: pd.DataFrame, announced: pd.DataFrame) -> pd.DataFrame:
    """A series by month, each with its newest figure: the table's or the announced one.

    Announced figures count where they span one whole month. Columns `month`, the count, `published`,
    `table`. The result is a mixed frame (`frames.split` gives its evidence). AnalysisError where the series
    has other key columns, or where there are several indicators, places or subjects.
    """
    if monthly.attrs["key"] != ["month"]:
        raise AnalysisError(f"a series by month alone is needed, not by {', '.join(monthly.attrs['key'])}")
    count, table = count_of(monthly), str(monthly.attrs["table"])
    figures = months(latest(announced)).rename(columns={count_of(announced): count})
    columns = ["month", count, "published", "table"]
    both = pd.concat([monthly.assign(table=table, preferred=1), figures.assign(preferred=0)])
    ordered = both.sort_values(["month", "published", "preferred"])
    chosen = ordered[ordered[count].notna()].drop_duplicates("month", keep="last")
    keys = {table: ["month"], str(announced.attrs["table"]): SPAN}
    return mixed(
        chosen[columns],
        keys,
        key=["month"],
        count=count,
        kind=kind_of(monthly),
        named={table: narrowed_to(monthly), **named(figures, announced)},
    )


def months(announced: pd.DataFrame) -> pd.DataFrame:
    """Announced figures that span exactly one month, with a column `month` and one `table`.

    AnalysisError where there are several indicators, places or subjects: they would be one series.
    """
    start, end = announced["period_start"], announced["period_end"]
    whole = announced[(start.dt.day == 1) & (end == start + pd.offsets.MonthEnd(0))]
    if len(whole[FIGURE].drop_duplicates()) > 1:
        raise AnalysisError("several announced figures; choose one indicator, geography and subject")
    return described(whole.assign(month=whole["period_start"], table=announced.attrs["table"]), announced)


def _extreme(announced: pd.DataFrame, which: Literal["min", "max"]) -> pd.DataFrame:
    dated = announced[announced["published"].notna()]
    days = dated.groupby([*FIGURE, *SPAN], dropna=False)["published"].transform(which)
    return one_a_day(dated[dated["published"] == days])


def one_a_day(announced: pd.DataFrame) -> pd.DataFrame:
    """One row per figure, period and day, exact and sound sources before approximate and weak ones.

    AnalysisError where two equally good rows disagree: a person must choose.
    """
    key, count = [*FIGURE, *SPAN, "published"], count_of(announced)
    if not announced.duplicated(key).any():
        return announced.sort_values([*SPAN, "published"])
    grade = announced["weak"].astype(bool) * 2 + announced["approximate"].astype(bool)
    best = announced[grade == grade.groupby([announced[name] for name in key], dropna=False).transform("min")]
    values = best.groupby(key, dropna=False)[count].nunique()
    if (values > 1).any():
        raise AnalysisError(
            f"two values were announced on one day: {values[values > 1].index.tolist()[0]}; choose one"
        )
    return best.drop_duplicates(key).sort_values([*SPAN, "published"])


def named(figures: pd.DataFrame, announced: pd.DataFrame) -> dict[str, dict[str, str]]:
    """What all rows of one announced series have in common: indicator, geography and subject."""
    if figures.empty:
        return {}
    return {str(announced.attrs["table"]): {name: str(figures[name].iloc[0]) for name in FIGURE}}


def _known(rows: pd.DataFrame) -> tuple[int | float, pd.Timestamp, str, list[pd.DataFrame]] | None:
    """Value, day, table and evidence of the rows, None where they have no value."""
    total, published = value(rows), day(rows["published"].max())
    if total is None or published is None:
        return None
    origins = split(rows)
    return total, published, str(origins[0].attrs["table"]), origins


def _paired(
    this: tuple[int | float, pd.Timestamp, str, list[pd.DataFrame]] | None,
    other: tuple[int | float, pd.Timestamp, str, list[pd.DataFrame]] | None,
) -> Newest:
    if this is None:
        return Newest()
    if other is None:
        return Newest(*this)
    return Newest(*this, *other, difference=number(this[0] - other[0]))
