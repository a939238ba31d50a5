"""Change on month and on year."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedborder.analysis import change
from sharedborder.analysis.errors import AnalysisError

from .samples import AUGUST_2025, encounters, frame, monthly, series


def test_the_january_fall_is_between_ports() -> None:
    fall = change.between(monthly(), "2023-12", "2024-01")
    assert fall.difference == -125_786
    assert fall.direction == "fell"
    assert fall.relative == pytest.approx(-0.4165, abs=1e-4)
    beside = change.monthly(encounters())
    january = beside[beside["month"] == "2024-01-01"].set_index("component")["difference"]
    assert january.to_dict() == {"between ports": -125_525, "at ports": -261}


def test_november_on_the_year_and_two_years_before() -> None:
    assert change.on_year(monthly(), "2023-11").difference == 7_226
    assert change.between(monthly(), "2021-11", "2023-11").difference == 67_554
    assert change.on_month(monthly(), "2023-11").before == 240_927


def test_a_change_carries_both_rows_as_evidence() -> None:
    (rows,) = change.on_year(monthly(), "2023-11").rows
    assert rows["encounters"].tolist() == [235_173, 242_399]
    assert rows.attrs["table"] == "southwest_encounters"


def test_what_is_not_held_changes_by_an_unknown_amount() -> None:
    unknown = change.on_month(monthly(), "2024-03")
    assert (unknown.before, unknown.after, unknown.difference, unknown.direction) == (None, None, None, None)
    assert unknown.rows == []
    half = change.on_month(monthly(), "2024-02")
    assert (half.before, half.after, half.relative, half.ratio) == (176_195, None, None, None)


def test_words_for_a_change() -> None:
    assert change.direction(1, 2) == "rose"
    assert change.direction(2, 1) == "fell"
    assert change.direction(0, 0) == "was unchanged"
    assert change.direction(None, 1) is None


def test_similar_means_within_a_fraction() -> None:
    assert change.similar(240_986, 242_418)
    assert change.similar(100, 106) is False
    assert change.similar(None, 106) is None
    assert change.similar(100, 106, within=0.1)


def test_nothing_is_a_fraction_of_zero() -> None:
    assert change.change(0, 5).relative is None
    assert change.change(0, 5).difference == 5
    assert change.monthly(series([0, 5]))["relative"].isna().all()


def test_months_are_matched_by_the_calendar() -> None:
    gap = change.monthly(monthly()).set_index("month")["previous"]
    assert gap.isna()["2022-10-01"]
    assert gap["2022-11-01"] == 231_529


def test_years_of_every_period() -> None:
    assert change.yearly(series([1] * 12 + [3])).iloc[-1]["difference"] == 2
    rows = [(2018, "a", 10, "2020-01-31"), (2019, "a", 15, "2020-01-31")]
    years = frame("border_deaths", ["fiscal_year", "sector"], "deaths", "events", rows)
    assert change.yearly(years)["relative"].tolist()[1] == 0.5
    assert years["fiscal_year"].tolist() == [2018, 2019]


def test_rows_that_were_not_added_up_are_refused() -> None:
    with pytest.raises(AnalysisError, match="several rows"):
        change.monthly(frame("t", ["month"], "events", "events", [("2023-01-01", 1, AUGUST_2025)] * 2))


def test_an_index_starts_at_a_hundred() -> None:
    indexed = change.indexed(encounters(), "2023-12").set_index(["month", "component"])["index"]
    assert indexed.loc[("2023-12-01", "at ports")] == 100
    assert indexed.loc[("2024-01-01", "between ports")] == pytest.approx(49.74, abs=0.01)
    assert change.indexed(monthly(), "2030-01")["index"].isna().all()
    assert change.indexed(monthly(), "2023-12")["index"].max() == 100


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_back_and_forth_cancel(before: int, after: int) -> None:
    there, back = change.change(before, after), change.change(after, before)
    assert there.difference is not None
    assert back.difference == -there.difference
    assert (there.direction == "rose") == (back.direction == "fell")
