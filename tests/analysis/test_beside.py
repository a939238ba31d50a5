"""Series of different things, each by its own change."""

import pytest

from sharedborder.analysis import beside

from .samples import series


def test_each_series_by_its_own_change() -> None:
    made = beside.means(
        {"rising": series([1, 2, 3, 100, 6, 7, 8]), "falling": series([8, 8, 8, 1, 4, 4, 4])},
        {"april": "2010-04-15"},
    )
    assert made["series"].tolist() == ["rising", "falling"]
    assert made["during"].tolist() == [100, 1]
    assert made["relative"].tolist() == pytest.approx([2.5, -0.5])


def test_a_day_whose_months_are_not_held_is_unknown() -> None:
    made = beside.means({"short": series([1, 2, 3])}, {"now": "2010-02", "later": "2012-02"}, months=1)
    assert made["around"].tolist() == ["now", "later"]
    assert made["relative"].isna().tolist() == [False, True]
