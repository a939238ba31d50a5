"""Rows of a period."""

import pandas as pd
import pytest

from sharedborder.analysis import periods, pick
from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import count_of, kind_of, period_of
from sharedborder.analysis.totals import value

from .samples import announced, december_2023, displaced, encounters, frame, monthly


def test_months_are_named_as_people_write_them() -> None:
    assert value(pick.at(monthly(), month="2023-11")) == 242_399
    assert value(pick.at(monthly(), month=pd.Timestamp("2023-11-30"))) == 242_399
    assert value(pick.of(monthly(), "2023-11")) == 242_399
    assert pick.at(monthly(), month="2030-01").empty


def test_stocks_have_dates() -> None:
    assert len(pick.at(displaced(), date="2022-12-31")) == 5
    with pytest.raises(AnalysisError, match="no column month; its period is date"):
        pick.at(displaced(), month="2022-12")


def test_exactly_one_period_is_asked_for() -> None:
    with pytest.raises(AnalysisError, match="exactly one"):
        pick.at(monthly())
    with pytest.raises(AnalysisError, match="exactly one"):
        pick.at(monthly(), month="2023-11", year=2023)


def test_announced_figures_are_picked_by_the_span_they_cover() -> None:
    whole = ("2022-10-01", "2023-09-30", 2_475_669, "2023-10-21")
    week = ("2023-12-01", "2023-12-07", 69_462, "2024-01-01")
    figures = announced(("2023-11-01", "2023-11-30", 242_418, "2023-12-22"), whole, week)
    assert value(pick.at(figures, month="2023-11")) == 242_418
    assert value(pick.at(figures, fiscal_year=2023)) == 2_475_669
    assert pick.at(figures, month="2023-12").empty
    assert pick.at(figures, year=2023).empty
    assert pick.at(figures, date="2023-11-01").empty
    assert len(pick.between(figures, "2023-11", "2023-12")) == 2


def test_spans_include_both_ends() -> None:
    assert len(pick.between(monthly(), "2022-10", "2023-01")) == 4
    assert len(pick.between(displaced(), "1951-01-01", "2000-01-01")) == 1
    years = frame("t", ["fiscal_year"], "deaths", "events", [(y, 1, "2020-01-31") for y in range(2010, 2020)])
    assert pick.between(years, 2012, 2014)["fiscal_year"].tolist() == [2012, 2013, 2014]
    assert value(pick.of(years, 2012)) == 1
    with pytest.raises(AnalysisError, match="2012 is no month"):
        pick.of(monthly(), 2012)


def test_categories_one_or_several() -> None:
    assert len(pick.where(encounters(), component="at ports")) == 2
    assert len(pick.where(encounters(), component=["at ports", "between ports"])) == 4
    narrow = pick.where(encounters(), component="at ports").attrs
    assert narrow == {**encounters().attrs, "where": {"component": ["at ports"]}}
    with pytest.raises(AnalysisError, match="no column sector"):
        pick.where(encounters(), sector="Del Rio")


def test_a_cell_of_one_row() -> None:
    november = pick.at(monthly(), month="2023-11").assign(share=0.25, closed=True, place="MEX", unknown=None)
    cells = [pick.cell(november, name) for name in ("encounters", "share", "closed", "place", "unknown")]
    assert cells == [242_399, 0.25, True, "MEX", None]
    assert isinstance(cells[2], bool)
    assert pick.cell(november, "month") == pd.Timestamp("2023-11-01")
    assert pick.cell(november.iloc[:0], "share") is None
    with pytest.raises(AnalysisError, match="11 rows where one is needed"):
        pick.cell(monthly(), "encounters")
    with pytest.raises(AnalysisError, match="no column rate"):
        pick.cell(november, "rate")


def test_another_count_of_the_same_rows() -> None:
    assert count_of(pick.counting(december_2023(), "weak")) == "weak"
    with pytest.raises(AnalysisError, match="no column families"):
        pick.counting(monthly(), "families")


def test_latest_first_and_the_ones_before() -> None:
    assert pick.latest_month(monthly()) == pd.Timestamp("2024-01-01")
    assert pick.first_month(monthly()) == pd.Timestamp("2021-11-01")
    assert value(pick.latest(monthly())) == 176_195
    assert value(pick.previous(monthly(), "2024-01")) == 301_981
    assert value(pick.year_before(monthly(), "2023-11")) == 235_173


def test_nothing_is_in_an_empty_frame() -> None:
    nothing = monthly().iloc[:0]
    assert pick.latest_month(nothing) is None
    assert pick.first_month(nothing) is None
    assert pick.latest(nothing).empty


def test_year_ends_leave_out_the_middle_of_a_year() -> None:
    rows = [("2022-12-31", "COL", 1, "2023-10-25"), ("2023-06-30", "COL", 2, "2023-10-25")]
    made = frame("internal_displacement", ["date", "country"], "people", "stock", rows)
    assert pick.year_ends(made)["people"].tolist() == [1]


def test_fiscal_years_and_months() -> None:
    assert periods.fiscal_year("2023-10") == 2024
    assert periods.fiscal_year("2023-09-30") == 2023
    assert periods.fiscal_months(2024)[0] == pd.Timestamp("2023-10-01")
    assert len(periods.fiscal_months(2024)) == 12
    assert periods.earlier("2024-01-19", months=1) == pd.Timestamp("2023-12-01")
    assert periods.later("2023-12", years=1, months=1) == pd.Timestamp("2025-01-01")
    assert [periods.month_of_fiscal_year(f"2024-{m:02}") for m in (10, 12, 1, 9)] == [1, 3, 4, 12]


def test_a_frame_that_says_nothing_of_itself_is_refused() -> None:
    bare = pd.DataFrame({"x": [1]})
    for question in (count_of, kind_of, period_of):
        with pytest.raises(AnalysisError):
            question(bare)
