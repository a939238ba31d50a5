"""What a reading gave has a digest of its own: equal answers the same, others another."""

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sharedborder.records.contents import digest

COLUMNS: list[list[Any]] = [
    ["a", "b"], ["b", "a"], ["ab", ""], ["", "ab"], ["a", np.nan], ["a", ""], [np.nan, "a"], ["a", "NaN"],
    ["a\0b", ""], ["a", "b\0"], ["a"], [""], [np.nan], ["[NaN]"], [],
]  # fmt: skip


def frame(values: list[Any], dtype: str = "str") -> pd.DataFrame:
    return pd.DataFrame({"place": pd.Series(values, dtype=dtype)})


def test_every_column_of_texts_has_its_own_digest() -> None:
    for one, other in combinations(COLUMNS, 2):
        assert digest(frame(one)) != digest(frame(other)), (one, other)
    assert all(digest(frame(values)) == digest(frame([*values])) for values in COLUMNS)


@pytest.mark.parametrize("other", [{"table": "crossings"}, {"table": "encounters", "key": ["month"]}])
def test_what_a_frame_says_of_itself_counts(other: dict[str, Any]) -> None:
    one, two = frame(["a"]), frame(["a"])
    one.attrs, two.attrs = {"table": "encounters"}, other
    assert digest(one) != digest(two)


def test_types_and_missing_numbers_count() -> None:
    numbers = pd.DataFrame({"n": pd.Series([0, None], dtype="Int64")})
    zeros = pd.DataFrame({"n": pd.Series([0, 0], dtype="Int64")})
    assert digest(numbers) != digest(zeros)
    assert digest(zeros) != digest(pd.DataFrame({"n": pd.Series([0, 0], dtype="int64")}))
