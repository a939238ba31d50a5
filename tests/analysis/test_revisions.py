"""How figures changed between releases."""

import pandas as pd
import pytest

from sharedborder.analysis import announced as announcements
from sharedborder.analysis import revisions
from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import split

from .samples import AUGUST_2025, announced, december_2023, frame, monthly

NOVEMBER_RELEASE = "2023-11-14"


def history() -> pd.DataFrame:
    """October 2023 in two releases of CBP's file, by made-up components that sum to the published totals."""
    rows = [
        ("2023-10-01", "between ports", 188_000, NOVEMBER_RELEASE),
        ("2023-10-01", "at ports", 52_987, NOVEMBER_RELEASE),
        ("2023-10-01", "unclear", 1, NOVEMBER_RELEASE),
        ("2023-10-01", "between ports", 188_000, AUGUST_2025),
        ("2023-10-01", "at ports", 52_927, AUGUST_2025),
        ("2023-11-01", "at ports", 242_399, AUGUST_2025),
    ]
    return frame("southwest_encounters", ["month", "component"], "encounters", "events", rows)


def test_october_2023_was_revised_down_by_61() -> None:
    october = revisions.by_month(history()).iloc[0]
    assert (october["first"], october["latest"], october["difference"], october["releases"]) == (
        240_988,
        240_927,
        -61,
        2,
    )
    assert october["first_published"] == pd.Timestamp(NOVEMBER_RELEASE)
    assert october["latest_published"] == october["published"] == pd.Timestamp(AUGUST_2025)


def test_keys_that_vanish_are_unknown_not_zero() -> None:
    by_key = revisions.by_key(history()).set_index(["month", "component"])
    unclear = by_key.loc[("2023-10-01", "unclear")]
    assert unclear["gone"]
    assert pd.isna(unclear["latest"])
    changed = revisions.changed(revisions.by_key(history()))
    assert changed["component"].tolist() == ["at ports", "unclear"]


def test_a_course_is_every_release_in_order() -> None:
    course = revisions.course(history(), "2023-10")
    assert course["encounters"].tolist() == [240_988, 240_927]
    assert course.attrs["key"] == ["month"]


def test_announcements_join_the_course() -> None:
    whole = revisions.with_announced(history(), december_2023())
    course = revisions.course(whole, "2023-10")
    assert course["encounters"].tolist() == [240_988, 240_986, 240_927]
    november = revisions.by_month(whole).iloc[1]
    assert (november["first"], november["latest"], november["difference"]) == (242_418, 242_399, -19)
    assert [part.attrs["table"] for part in split(course)] == ["southwest_encounters", "announced_figures"]


def test_on_the_same_day_the_tables_own_total_stands() -> None:
    twin = announced(("2023-10-01", "2023-10-31", 1, NOVEMBER_RELEASE))
    assert revisions.course(revisions.with_announced(history(), twin), "2023-10")["encounters"].tolist() == [
        240_988,
        240_927,
    ]


def test_an_announced_figure_beside_the_table_that_came_later() -> None:
    beside = revisions.of_announced(december_2023(), monthly())
    assert beside["announced"].tolist() == [240_986, 242_418]
    assert beside["table_value"].tolist() == [240_927, 242_399]
    assert beside["difference"].tolist() == [-59, -19]
    assert revisions.of_announced(
        december_2023(), monthly().assign(published=pd.Timestamp("2023-01-01"))
    ).empty


def test_one_announcement_a_month() -> None:
    twice = announced(
        ("2022-12-01", "2022-12-31", 1, "2023-01-20"), ("2022-12-01", "2022-12-31", 2, "2023-02-10")
    )
    with pytest.raises(AnalysisError, match="several announced figures for one month"):
        revisions.of_announced(twice, monthly())
    assert revisions.of_announced(announcements.first(twice), monthly())["announced"].tolist() == [1]


def test_an_empty_history() -> None:
    nothing = history().iloc[:0]
    assert revisions.by_month(nothing).empty
    assert revisions.course(nothing, "2023-10").empty
    assert revisions.with_announced(nothing, december_2023())["encounters"].tolist() == [240_986, 242_418]
