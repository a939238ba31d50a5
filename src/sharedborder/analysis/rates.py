"""Counts set against something: inhabitants, days."""

import pandas as pd

from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import count_of, described, period_of


def per_capita(
    frame: pd.DataFrame, population: pd.DataFrame, place: str, per: int = 1000, oldest: int = 2
) -> pd.DataFrame:
    """Adds `rate`: the count per so many inhabitants of the country in column `place`.

    The population is that of the year of the frame's period (a month's calendar year; a fiscal year's own
    number), or else of the newest year before it, no more than `oldest` years back; `population_year` says
    which, `population` how many. Without one, all three are unknown. World Bank populations are mid-year
    estimates (indicator SP.POP.TOTL).
    """
    if place not in frame.columns:
        raise AnalysisError(f"the frame has no column {place}; it has {', '.join(frame.columns)}")
    known = population.rename(columns={"country": place, "people": "population", "year": "population_year"})
    known = known.loc[known["population"].notna(), [place, "population_year", "population"]]
    dated = frame.assign(_year=_years(frame), _order=range(len(frame)))
    matched = pd.merge_asof(
        dated.sort_values("_year"),
        known.astype({"population_year": "int64"})
        .assign(_on=lambda rows: rows["population_year"])
        .sort_values("_on"),
        left_on="_year",
        right_on="_on",
        by=place,
        tolerance=oldest,
    ).sort_values("_order")
    matched["rate"] = matched[count_of(frame)] / matched["population"] * per
    result = matched.drop(columns=["_year", "_on", "_order"]).reset_index(drop=True)
    return described(result, frame)


def population_rows(rated: pd.DataFrame, population: pd.DataFrame, place: str) -> pd.DataFrame:
    """The rows of `population` that the rates of a frame rest on, as evidence beside its own."""
    used = rated.dropna(subset="population_year")[[place, "population_year"]].drop_duplicates()
    used = used.rename(columns={place: "country", "population_year": "year"}).astype({"year": "int64"})
    return described(population.merge(used, on=["country", "year"]), population)


def per_day(monthly: pd.DataFrame) -> pd.DataFrame:
    """Adds `per_day`: a month's count divided by its days, an average that says nothing of any one day."""
    return described(
        monthly.assign(per_day=monthly[count_of(monthly)] / monthly["month"].dt.days_in_month), monthly
    )


def _years(frame: pd.DataFrame) -> "pd.Series[int]":
    column = period_of(frame)
    years = frame[column] if column in ("year", "fiscal_year") else frame[column].dt.year
    return years.astype("int64")
