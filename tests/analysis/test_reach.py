"""How far a series reaches: blank months ahead of it, and nothing invented in them."""

import pandas as pd
import pytest

from sharedborder.analysis import reach

from .samples import encounters, monthly, series


def test_months_ahead_are_unknown() -> None:
    longer = reach.until(series([5.0, 7.0], start="2023-08-01"), "2023-10-27")
    assert list(longer["month"].dt.strftime("%Y-%m")) == ["2023-08", "2023-09", "2023-10"]
    assert list(longer["events"].dropna()) == [5.0, 7.0]
    assert longer["published"].isna().tolist() == [False, False, True]


def test_every_category_has_them() -> None:
    longer = reach.until(encounters(), "2024-02")
    assert set(longer.loc[longer["month"] == "2024-02-01", "component"]) == {"between ports", "at ports"}
    assert longer.attrs == encounters().attrs


@pytest.mark.parametrize("month", ["2024-01-31", "2020-01", None, pd.NaT])
def test_a_month_that_is_held_changes_nothing(month: str | None) -> None:
    assert reach.until(monthly(), month).equals(monthly())
