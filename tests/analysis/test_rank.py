"""The highest since when."""

from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedborder.analysis import rank
from sharedborder.analysis.errors import AnalysisError

from .samples import AUGUST_2025, encounters, frame, monthly, series


def test_december_2023_was_the_highest_on_record() -> None:
    december = rank.of(monthly(), "2023-12")
    assert (december.rank, december.rank_then, december.of) == (1, 1, 11)
    assert december.is_record
    assert december.highest_since is None
    assert december.record_before == 252_315
    assert december.record_period == pd.Timestamp("2022-12-01")
    assert december.first == pd.Timestamp("2021-11-01")


def test_since_when() -> None:
    november = rank.of(monthly(), "2023-11")
    assert november.highest_since == pd.Timestamp("2022-12-01")
    assert november.lowest_since == pd.Timestamp("2023-10-01")
    assert (november.rank, november.rank_then) == (3, 2)
    assert november.is_record is False
    assert rank.highest_since(monthly(), "2023-11") == november.highest_since
    assert rank.lowest_since(monthly(), "2024-01") == pd.Timestamp("2023-01-01")


def test_a_tie_is_no_record() -> None:
    tied = rank.of(series([5, 3, 5]), "2010-03")
    assert tied.is_record is False
    assert tied.rank == 1
    assert tied.highest_since == pd.Timestamp("2010-01-01")


def test_a_month_that_is_not_held_has_no_rank() -> None:
    nothing = rank.of(monthly(), "2024-02")
    assert (nothing.rank, nothing.is_record, nothing.rows) == (None, None, [])
    assert rank.of(monthly().iloc[:0], "2024-02").of == 0


def test_the_first_period_is_a_record_of_nothing() -> None:
    first = rank.of(series([1, 2]), "2010-01")
    assert first.record_before is None
    assert first.record_rows == []


def test_peaks_troughs_and_records_before_a_day() -> None:
    assert rank.peak(monthly())["encounters"].tolist() == [301_981]
    assert rank.trough(monthly())["encounters"].tolist() == [154_874]
    assert rank.record_before(monthly(), "2023-12-27")["encounters"].tolist() == [252_315]
    assert rank.record_before(monthly(), "2024-01-01")["encounters"].tolist() == [301_981]
    assert rank.record_before(monthly(), "2020-01-01").empty


def test_years_are_ranked_by_number() -> None:
    rows = [(y, v, AUGUST_2025) for y, v in {2021: 1_734_686, 2022: 2_378_944, 2023: 2_475_669}.items()]
    years = frame("southwest_encounters", ["fiscal_year"], "encounters", "events", rows)
    assert rank.of(years, 2023).record_period == 2022


def test_evidence_is_the_row_itself() -> None:
    (rows,) = rank.of(monthly(), "2023-12").rows
    assert rows["encounters"].tolist() == [301_981]
    assert rows.attrs["key"] == ["month"]


def test_categories_must_be_chosen_first() -> None:
    with pytest.raises(AnalysisError, match="several rows for one month"):
        rank.of(encounters(), "2023-12")


def test_the_place_of_a_nationality() -> None:
    rows = [("2023-12-01", n, v, AUGUST_2025) for n, v in {"MEX": 5, "VEN": 3, "CUB": 2, "other": 90}.items()]
    made = frame("nationwide_encounters", ["month", "citizenship"], "encounters", "events", rows)
    venezuela = rank.place(made, "citizenship", "VEN")
    assert (venezuela.rank, venezuela.of, venezuela.value, venezuela.share) == (2, 3, 3, 0.03)
    assert rank.place(made, "citizenship", "NIC").rank is None
    assert rank.place(made, "citizenship", "other").rank is None
    with pytest.raises(AnalysisError, match="several times"):
        rank.place(encounters(), "component", "at ports")


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=30))
def test_a_record_is_what_nothing_before_reached(values: list[int]) -> None:
    last = pd.Timestamp("2010-01-01") + pd.DateOffset(months=len(values) - 1)
    ranked = rank.of(series(list(values)), last)
    assert ranked.is_record == all(value < values[-1] for value in values[:-1])
    assert (ranked.highest_since is None) == ranked.is_record
    assert ranked.rank == ranked.rank_then == 1 + sum(value > values[-1] for value in values)


def by_country(values: Sequence[tuple[str, str, float | None]]) -> pd.DataFrame:
    rows = [(month, country, value, AUGUST_2025) for month, country, value in values]
    return frame("nationwide_encounters", ["month", "citizenship"], "encounters", "events", rows)


def test_who_came_first_most_often() -> None:
    found = rank.leader(
        by_country([
            ("2023-10-01", "MEX", 3), ("2023-10-01", "VEN", 5), ("2023-10-01", "other", 9),
            ("2023-11-01", "MEX", 4), ("2023-11-01", "VEN", 4),
            ("2023-12-01", "MEX", 6), ("2023-12-01", "VEN", None),
        ]),
        by="citizenship",
    )  # fmt: skip
    assert (found.name, found.periods, found.of) == ("MEX", 2, 3)
    assert [list(rows["encounters"]) for rows in found.rows] == [[4, 6]]


def test_nobody_leads_where_nothing_is_held() -> None:
    nothing = rank.leader(by_country([("2023-10-01", "VEN", None)]), by="citizenship")
    assert (nothing.name, nothing.periods, nothing.of, nothing.rows) == (None, None, 0, [])
