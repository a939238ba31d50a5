"""Series that move together, and with which delay."""

import pandas as pd
import pytest

from sharedborder.analysis import beside, lags
from sharedborder.analysis.errors import AnalysisError

MOVES = [3, 9, 4, 1, 7, 2, 8, 8, 1, 5, 9, 2, 6, 4, 3, 7, 1, 9, 5, 2, 8, 6, 3, 4, 9, 1, 7, 5, 2, 8]


def series(values: list[int], first: str = "2021-01-01", name: str = "VEN") -> pd.DataFrame:
    months = pd.date_range(first, periods=len(values), freq="MS")
    frame = pd.DataFrame({"month": months, "citizenship": name, "people": values})
    frame.attrs = {
        "table": "darien_transit",
        "key": ["month", "citizenship"],
        "count": "people",
        "kind": "flow",
    }
    return frame


def test_a_series_that_follows_two_months_later_is_found_at_two() -> None:
    found = lags.delay(lags.correlations(series(MOVES), series(MOVES, "2021-03-01")))
    assert (found.lag, found.correlation, found.months) == (2, 1.0, len(MOVES))
    assert found.lowest is not None
    assert found.lowest < 0.5


def test_a_common_trend_is_no_common_movement() -> None:
    rising = [100 * place for place in range(30)]
    first, second = ([a + b for a, b in zip(rising, moves, strict=True)] for moves in (MOVES, MOVES[::-1]))
    levels = lags.delay(lags.correlations(series(first), series(second)))
    changes = lags.of_changes(series(first), series(second))
    assert levels.correlation == 1.0
    assert changes.correlation is not None
    assert changes.correlation < 0.7


def test_too_few_months_say_nothing() -> None:
    assert lags.of_changes(series(MOVES[:20]), series(MOVES[:20])) == lags.Delay()


def test_each_category_has_its_own_delay_and_those_without_months_are_left_out() -> None:
    leading = pd.concat([series(MOVES), series(MOVES, name="CHN"), series(MOVES[:5], name="PER")])
    following = pd.concat([series(MOVES, "2021-02-01"), series(MOVES, name="CHN"), series(MOVES, name="PER")])
    leading.attrs = following.attrs = series(MOVES).attrs
    table = lags.by_category(leading, following, "citizenship", ["VEN", "CHN", "PER", "CUB"])
    assert table[["citizenship", "lag"]].to_numpy().tolist() == [["CHN", 0], ["VEN", 1]]


def test_a_series_with_two_rows_for_a_month_is_refused() -> None:
    with pytest.raises(AnalysisError, match="add them up first"):
        lags.correlations(pd.concat([series(MOVES), series(MOVES)]).pipe(like), series(MOVES))


def like(frame: pd.DataFrame) -> pd.DataFrame:
    frame.attrs = series(MOVES).attrs
    return frame


def test_series_beside_one_another_keep_their_names_and_their_empty_ones_out() -> None:
    table = beside.months({"Darién": series(MOVES), "Mexico": series([])}, "2023-05-01")
    assert table.to_dict("list") == {
        "series": ["Darién"] * 2, "month": list(pd.date_range("2023-05-01", periods=2, freq="MS")),
        "number": [2.0, 8.0],
    }  # fmt: skip
    assert list(beside.months({}, "2023-05-01").columns) == ["series", "month", "number"]
