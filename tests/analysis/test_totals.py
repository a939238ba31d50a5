"""Totals, and what must never be added."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedborder.analysis import pick, totals
from sharedborder.analysis.errors import AnalysisError, KindError
from sharedborder.analysis.frames import count_of, split

from .samples import AUGUST_2025, december_2023, displaced, encounters, frame, internal, monthly, series


def test_months_reproduce_the_announced_totals() -> None:
    by_month = totals.by_month(encounters())
    assert by_month["encounters"].tolist() == [301_981, 176_195]
    assert by_month.columns.tolist() == ["month", "encounters", "published"]
    assert by_month.attrs["key"] == ["month"]
    assert by_month.attrs["table"] == "southwest_encounters"


def test_categories_stay_apart_when_named() -> None:
    by_component = totals.by_month(encounters(), by="component")
    ports = pick.at(pick.where(by_component, component="at ports"), month="2024-01")
    assert totals.value(ports) == 51_980
    assert by_component.attrs["key"] == ["month", "component"]


def test_published_is_the_newest_of_the_parts() -> None:
    rows = [("2023-12-01", "a", 1, "2024-01-01"), ("2023-12-01", "b", 2, "2024-02-01")]
    summed = totals.by_month(frame("t", ["month", "component"], "encounters", "events", rows))
    assert summed["published"].tolist() == [pd.Timestamp("2024-02-01")]


def test_unknown_is_not_zero() -> None:
    rows = [("2023-01-01", None, AUGUST_2025), ("2023-02-01", 0, AUGUST_2025)]
    summed = totals.by_month(frame("t", ["month"], "events", "events", rows))
    assert pd.isna(summed["events"].iloc[0])
    assert summed["events"].iloc[1] == 0
    assert totals.value(pick.at(summed, month="2023-01")) is None
    assert totals.value(pick.at(summed, month="2023-02")) == 0


def test_fiscal_years_start_in_october_and_tell_whether_they_are_closed() -> None:
    years = totals.by_fiscal_year(series([1] * 15, start="2022-10-01"))
    assert years["fiscal_year"].tolist() == [2023, 2024]
    assert years["events"].tolist() == [12, 3]
    assert years["months"].tolist() == [12, 3]
    assert years["complete"].tolist() == [True, False]
    assert years.columns.tolist() == ["fiscal_year", "events", "months", "complete", "published"]


def test_a_rare_category_is_complete_where_the_table_is() -> None:
    whole = series([1] * 12, start="2022-10-01")
    rare = whole.iloc[:3]
    assert totals.by_fiscal_year(rare)["complete"].tolist() == [False]
    assert totals.by_fiscal_year(rare, covered=whole)["complete"].tolist() == [True]


def test_calendar_years_of_months() -> None:
    years = totals.by_year(series([1] * 15, start="2022-10-01"))
    assert years[["year", "events", "complete"]].to_numpy().tolist() == [[2022, 3, False], [2023, 12, True]]


def test_years_that_end_early_are_not_complete() -> None:
    rows = [(2022, "2022-12-31", 5, "2023-10-25"), (2023, "2023-06-30", 3, "2023-10-25")]
    made = frame("asylum_applications", ["year", "through"], "applications", "flow", rows)
    assert totals.by_year(made)[["months", "complete"]].to_numpy().tolist() == [[12, True], [6, False]]


def test_yearly_tables_are_complete() -> None:
    rows = [(1960, "Del Rio", 100, "2020-01-31"), (1960, "Tucson", 50, "2020-01-31")]
    made = frame("apprehensions_by_year", ["fiscal_year", "sector"], "apprehensions", "events", rows)
    assert totals.by_fiscal_year(made)[["apprehensions", "complete"]].to_numpy().tolist() == [[150, True]]


def test_the_year_to_date_is_set_beside_the_same_months() -> None:
    to_date = totals.to_date(series(list(range(1, 16)), start="2022-10-01"), "2023-11")
    assert to_date["events"].tolist() == [1 + 2, 13 + 14]
    assert to_date["complete"].tolist() == [True, True]


def test_a_span_names_its_ends() -> None:
    spanned = totals.over(encounters(), by="component")
    assert spanned.attrs["key"] == ["start", "end", "component"]
    assert totals.value(pick.where(spanned, component="at ports")) == 52_241 + 51_980


def test_rolling_sums_need_every_month() -> None:
    gap = series([1, 2, 3, 4])
    assert totals.rolling(gap, 3)["events"].tolist()[2:] == [6, 9]
    with_gap = totals.rolling(gap.iloc[[0, 1, 3]], 3)
    assert with_gap["events"].isna().all()


def test_rolling_keeps_categories_apart_and_the_newest_day() -> None:
    rows = [
        ("2023-01-01", "a", 1, "2023-03-01"),
        ("2023-02-01", "a", 2, "2023-02-15"),
        ("2023-01-01", "b", 10, "2023-02-15"),
        ("2023-02-01", "b", 20, "2023-02-15"),
    ]
    rolled = totals.rolling(frame("t", ["month", "mode"], "crossings", "flow", rows), 2)
    assert rolled.loc[rolled["month"] == "2023-02-01", "crossings"].tolist() == [3, 30]
    assert rolled["published"].max() == pd.Timestamp("2023-03-01")


def test_filled_writes_a_zero_only_inside_covered_months() -> None:
    rows = [("2023-12-01", "VEN", 5, AUGUST_2025), ("2024-01-01", "CUB", 3, AUGUST_2025)]
    sparse = frame("t", ["month", "citizenship"], "encounters", "events", rows)
    whole = totals.filled(sparse, covered=encounters())
    assert whole["encounters"].tolist() == [0, 5, 3, 0]
    assert whole["published"].notna().all()
    assert whole["encounters"].dtype == sparse["encounters"].dtype


def test_filled_leaves_the_unknown_unknown() -> None:
    assert totals.filled(series([1, None]), covered=series([1, 1, 1]))["events"].isna().tolist() == [
        False,
        True,
        False,
    ]


def test_a_stock_is_not_added_over_time() -> None:
    with pytest.raises(KindError, match="not added over time"):
        totals.value(displaced())
    with pytest.raises(KindError, match="not added over time"):
        totals.over(displaced())


def test_announced_figures_are_not_added() -> None:
    with pytest.raises(KindError, match="announced figures"):
        totals.value(december_2023())


def test_different_series_are_not_added() -> None:
    rows = [("2024-01-01", "parole", 10, AUGUST_2025), ("2024-01-01", "repatriations", 20, AUGUST_2025)]
    made = frame("enforcement_monthly", ["month", "series"], "events", "events", rows)
    with pytest.raises(KindError, match="different series"):
        totals.by_month(made)
    assert len(totals.by_month(made, by="series")) == 2


def test_kinds_are_never_mixed() -> None:
    with pytest.raises(KindError, match="never add up: events and stock"):
        totals.combined(encounters(), internal(), count="people")


def test_tables_of_one_kind_are_combined_and_taken_apart_again() -> None:
    both = totals.combined(displaced(), internal(), count="people")
    assert both["table"].unique().tolist() == ["displaced_population", "internal_displacement"]
    assert [part.attrs["table"] for part in split(both)] == both["table"].unique().tolist()
    with pytest.raises(AnalysisError, match="several tables"):
        totals.by_date(both)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(AnalysisError, match="no column month"):
        totals.by_month(displaced())
    with pytest.raises(AnalysisError, match="neither year nor month"):
        totals.by_year(displaced())


def test_an_empty_frame_gives_empty_totals() -> None:
    nothing = encounters().iloc[:0]
    for made in (
        totals.by_month(nothing),
        totals.by_fiscal_year(nothing),
        totals.over(nothing),
        totals.by_year(nothing),
    ):
        assert made.empty
        assert totals.value(made) is None
    assert totals.rolling(monthly().iloc[:0]).empty
    assert totals.filled(totals.by_month(nothing), covered=nothing).empty


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
def test_nothing_is_lost_between_months_and_years(values: list[int]) -> None:
    made = series(values)
    for summed in (
        totals.by_month(made),
        totals.by_year(made),
        totals.by_fiscal_year(made),
        totals.over(made),
    ):
        assert summed[count_of(summed)].sum() == sum(values)
    assert totals.value(made) == sum(values)
