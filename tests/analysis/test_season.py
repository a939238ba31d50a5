"""The usual change between two months."""

import pandas as pd
import pytest

from sharedborder.analysis import season

from .samples import encounters, frame, monthly, series


def test_the_fall_of_january_2024_was_deeper_than_earlier_ones() -> None:
    usual = season.usual(monthly(), "2024-01", leave_out=None)
    assert usual.years == 2
    assert usual.lowest == pytest.approx(157_358 / 252_315 - 1)
    assert usual.highest == pytest.approx(154_874 / 179_253 - 1)
    assert usual.falls == 2
    assert usual.rises == 0
    assert usual.lower == 0
    assert usual.position == "below every earlier year"
    assert usual.observed.difference == -125_786


def test_title_42_is_left_out_unless_told_otherwise() -> None:
    usual = season.usual(monthly(), "2024-01")
    assert usual.years == 0
    assert usual.median is None
    assert usual.position is None
    assert usual.pairs["left_out"].tolist() == [True, True, False]


def test_a_span_to_leave_out_touches_both_months_of_a_pair() -> None:
    steady = series([10, 5] * 24, start="2010-12-01")
    pairs = season.changes(steady, 1, leave_out=("2012-01", "2012-12")).set_index("month")["left_out"]
    assert pairs[pairs].index.tolist() == [pd.Timestamp("2012-01-01"), pd.Timestamp("2013-01-01")]


def test_later_years_never_count() -> None:
    assert season.usual(monthly(), "2023-01", leave_out=None).years == 1


def test_a_month_that_is_not_held_leaves_the_usual_change_known() -> None:
    usual = season.usual(monthly()[monthly()["month"] < "2023-12-01"], "2024-01", leave_out=None)
    assert usual.years == 2
    assert usual.observed.relative is None
    assert usual.position is None
    assert usual.lower is None


def test_since_keeps_older_years_out() -> None:
    assert season.usual(monthly(), "2024-01", leave_out=None, since="2022-06").years == 1


def test_evidence_is_every_month_of_every_pair() -> None:
    (rows,) = season.usual(monthly(), "2024-01", leave_out=None).rows
    assert len(rows) == 6
    assert rows.attrs["key"] == ["month"]


def test_positions() -> None:
    past = pd.Series([-0.4, -0.1])
    assert season.position(-0.41, past) == "below every earlier year"
    assert season.position(-0.4, past) == "within the range of earlier years"
    assert season.position(0.0, past) == "above every earlier year"


def test_every_month_of_the_calendar() -> None:
    table = season.by_calendar_month(series([10, 5] * 12, start="2011-01-01"))
    assert table["calendar_month"].tolist() == list(range(1, 13))
    assert table.loc[table["calendar_month"] == 2, "median"].tolist() == [-0.5]
    assert table["years"].tolist() == [1, *[2] * 11]


def test_nothing_is_usual_in_an_empty_series() -> None:
    usual = season.usual(monthly().iloc[:0], "2024-01")
    assert (usual.years, usual.median, usual.rows) == (0, None, [])


def test_categories_have_their_own_pairs() -> None:
    assert len(season.changes(encounters(), 1)) == 2
    made = frame(
        "t",
        ["month", "series"],
        "events",
        "events",
        [("2023-12-01", "a", 1, "2024-01-01"), ("2024-01-01", "b", 1, "2024-02-01")],
    )
    assert season.changes(made, 1).empty
