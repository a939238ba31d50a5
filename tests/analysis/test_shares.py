"""Shares, and the largest with the rest."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharedborder.analysis import pick, shares, small
from sharedborder.analysis.errors import AnalysisError, KindError

from .samples import AUGUST_2025, december_2023, encounters, frame


def nationalities(values: dict[str, float | None]) -> pd.DataFrame:
    rows = [("2023-12-01", name, value, AUGUST_2025) for name, value in values.items()]
    return frame("nationwide_encounters", ["month", "citizenship"], "encounters", "events", rows)


def test_shares_add_up_to_one_in_each_month() -> None:
    parts = shares.of(encounters(), by="component")
    assert parts.groupby("month")["share"].sum().tolist() == pytest.approx([1, 1])
    ports = pick.at(pick.where(parts, component="at ports"), month="2023-12")
    assert ports["share"].iloc[0] == pytest.approx(52_241 / 301_981)


def test_a_share_of_the_unknown_is_unknown() -> None:
    assert shares.of(nationalities({"VEN": 1, "CUB": None}), by="citizenship")["share"].isna().all()
    assert shares.of(nationalities({"VEN": 0}), by="citizenship")["share"].isna().all()
    assert shares.share(None, 1) is None
    assert shares.share(1, 0) is None
    assert shares.share(1, 4) == 0.25


def test_a_frame_of_one_category_alone() -> None:
    made = nationalities({"VEN": 1, "CUB": 3}).drop(columns="month")
    made.attrs["key"] = ["citizenship"]
    assert shares.of(made, by="citizenship")["share"].tolist() == [0.25, 0.75]


def test_shares_need_parts_of_a_whole() -> None:
    with pytest.raises(AnalysisError, match="not in the frame's key"):
        shares.of(encounters(), by="citizenship")
    with pytest.raises(KindError):
        shares.of(december_2023(), by="subject")


def test_the_largest_and_the_rest() -> None:
    top = shares.top(
        nationalities({"VEN": 5, "CUB": 9, "HTI": 5, "MEX": 1, "other": 99}), by="citizenship", n=2
    )
    assert top["citizenship"].tolist() == ["CUB", "HTI", "other"]
    assert top["encounters"].tolist() == [9, 5, 5 + 1 + 99]
    assert top.attrs["key"] == ["month", "citizenship"]


def test_the_largest_may_be_chosen_elsewhere() -> None:
    made = nationalities({"VEN": 5, "CUB": 9})
    top = shares.top(made, by="citizenship", n=1, among=nationalities({"VEN": 2, "CUB": 1}))
    assert top["citizenship"].tolist() == ["VEN", "other"]


def test_an_unknown_category_is_not_ranked() -> None:
    top = shares.top(nationalities({"VEN": None, "CUB": 9}), by="citizenship", n=5)
    assert top["citizenship"].tolist() == ["CUB", "other"]
    assert top["encounters"].isna().tolist() == [False, True]


def test_small_counts_are_hidden_but_zero_is_not() -> None:
    hidden = small.hide(nationalities({"VEN": 9, "CUB": 10, "HTI": 0, "MEX": 1}))
    assert hidden["encounters"].isna().tolist() == [True, False, False, True]
    assert hidden["small"].tolist() == [True, False, False, True]


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 1000), min_size=1), st.integers(1, 9))
def test_the_total_is_kept(values: dict[str, int], n: int) -> None:
    made = nationalities(dict(values))
    top = shares.top(made, by="citizenship", n=n)
    assert top["encounters"].sum() == sum(values.values())
    assert len(top) == min(n, len(values)) + (len(values) > n)
