"""Counts per inhabitant and per day."""

import pandas as pd
import pytest

from sharedborder.analysis import rates
from sharedborder.analysis.errors import AnalysisError

from .samples import AUGUST_2025, frame, monthly

JULY_2025 = "2025-07-31"


def hosted() -> pd.DataFrame:
    """Refugees at the end of 2022 (UNHCR, Global Trends 2022), rounded."""
    rows = [("2022-12-31", "LBN", 818_900, "2023-06-14"), ("2022-12-31", "TUR", 3_568_300, "2023-06-14")]
    return frame("displaced_population", ["date", "asylum"], "people", "stock", rows)


def population(*rows: tuple[int, str, float | None]) -> pd.DataFrame:
    return frame("population", ["year", "country"], "people", "stock", [(*row, JULY_2025) for row in rows])


def test_the_population_is_that_of_the_same_year() -> None:
    people = population((2021, "LBN", 5_600_000), (2022, "LBN", 5_500_000), (2023, "LBN", 5_700_000))
    rated = rates.per_capita(hosted(), people, place="asylum")
    assert rated["population_year"].tolist()[0] == 2022
    assert rated["rate"].tolist()[0] == pytest.approx(818_900 / 5_500)


def test_or_the_newest_before_it_that_is_not_too_old() -> None:
    people = population((2020, "LBN", 5_700_000), (2019, "TUR", 83_000_000), (2022, "LBN", None))
    rated = rates.per_capita(hosted(), people, place="asylum", per=100_000).set_index("asylum")
    assert rated.loc["LBN", "population_year"] == 2020
    assert rated.loc[["TUR"], ["rate", "population", "population_year"]].isna().all(axis=None)


def test_never_a_later_year() -> None:
    assert rates.per_capita(hosted(), population((2023, "LBN", 1)), place="asylum")["rate"].isna().all()


def test_without_a_population_the_rate_is_unknown() -> None:
    rated = rates.per_capita(hosted(), population(), place="asylum")
    assert rated["rate"].isna().all()
    assert rated["people"].tolist() == hosted()["people"].tolist()
    assert rates.per_capita(hosted().iloc[:0], population((2022, "LBN", 1)), place="asylum").empty


def test_order_and_description_stay() -> None:
    rated = rates.per_capita(hosted(), population((2022, "TUR", 1), (2022, "LBN", 1)), place="asylum")
    assert rated["asylum"].tolist() == ["LBN", "TUR"]
    assert rated.attrs == hosted().attrs
    assert "published" in rated


def test_the_rows_of_the_population_are_evidence_too() -> None:
    people = population((2022, "LBN", 5_500_000), (2021, "LBN", 5_600_000), (2022, "MEX", 127_000_000))
    used = rates.population_rows(rates.per_capita(hosted(), people, place="asylum"), people, place="asylum")
    assert used[["year", "country"]].to_numpy().tolist() == [[2022, "LBN"]]
    assert used.attrs["table"] == "population"


def test_months_and_fiscal_years_have_a_population_year() -> None:
    rows = [(2019, "MEX", 166_458, AUGUST_2025)]
    years = frame("nationwide_encounters", ["fiscal_year", "citizenship"], "encounters", "events", rows)
    assert (
        rates.per_capita(years, population((2019, "MEX", 125_000_000)), place="citizenship")["rate"]
        .notna()
        .all()
    )
    with pytest.raises(AnalysisError, match="no column asylum"):
        rates.per_capita(years, population(), place="asylum")


def test_december_2023_per_day() -> None:
    daily = rates.per_day(monthly()).set_index("month")["per_day"]
    assert daily["2023-12-01"] == pytest.approx(301_981 / 31)
