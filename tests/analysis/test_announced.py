"""Announced figures beside tables."""

import pandas as pd
import pytest

from sharedborder.analysis import announced as announcements
from sharedborder.analysis import pick
from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import split

from .samples import announced, december_2023, encounters, frame, monthly

NOVEMBER_RELEASE = "2023-11-14"


def table() -> pd.DataFrame:
    """The table as of the Mexico City meeting: CBP's file of November 2023 ends with October."""
    rows = [("2023-09-01", 269_735, NOVEMBER_RELEASE), ("2023-10-01", 240_988, NOVEMBER_RELEASE)]
    return frame("southwest_encounters", ["month"], "encounters", "events", rows)


def newest(month: str) -> announcements.Newest:
    return announcements.newest(pick.at(table(), month=month), pick.at(december_2023(), month=month))


def test_october_2023_is_the_announced_one_on_27_december() -> None:
    october = newest("2023-10")
    assert (october.value, october.other_value, october.difference) == (240_986, 240_988, -2)
    assert (october.origin, october.other_origin) == ("announced_figures", "southwest_encounters")
    assert october.published == pd.Timestamp("2023-12-22")
    assert october.rows[0]["value"].tolist() == [240_986]
    assert october.other_rows[0]["encounters"].tolist() == [240_988]


def test_either_side_may_be_missing() -> None:
    november = newest("2023-11")
    assert (november.value, november.other_value, november.difference) == (242_418, None, None)
    assert newest("2023-09").origin == "southwest_encounters"
    assert newest("2023-12").value is None
    assert newest("2023-12").rows == []


def test_a_newer_table_wins_and_so_does_one_of_the_same_day() -> None:
    held = pick.at(monthly(), month="2023-11")
    november = announcements.newest(held, pick.at(december_2023(), month="2023-11"))
    assert (november.value, november.other_value) == (242_399, 242_418)
    same_day = pick.at(table(), month="2023-10").assign(published=pd.Timestamp("2023-12-22"))
    october = pick.at(december_2023(), month="2023-10")
    assert announcements.newest(same_day, october).origin == "southwest_encounters"


def test_one_figure_must_be_chosen() -> None:
    with pytest.raises(AnalysisError, match="2 announced figures"):
        announcements.newest(table(), december_2023())


def test_first_and_latest() -> None:
    december = "2022-12-01", "2022-12-31"
    figures = announced((*december, 251_487, "2023-01-20"), (*december, 251_978, "2023-02-10"))
    assert announcements.first(figures)["value"].tolist() == [251_487]
    assert announcements.latest(figures)["value"].tolist() == [251_978]


def test_rows_without_a_day_never_count() -> None:
    figures = announced(("2023-11-01", "2023-11-30", 1, "2023-12-22"), ("2023-11-01", "2023-11-30", 2, "NaT"))
    assert announcements.latest(figures)["value"].tolist() == [1]


def test_of_one_day_the_sound_source_counts_and_a_conflict_is_for_a_person() -> None:
    day = "2023-12-18", "2023-12-18"
    figures = announced((*day, 12_498, "2024-05-14"), (*day, 14_509, "2024-05-14"))
    with pytest.raises(AnalysisError, match="two values were announced on one day"):
        announcements.latest(figures)
    figures["weak"] = [False, True]
    assert announcements.latest(figures)["value"].tolist() == [12_498]


def test_a_series_shows_the_newest_of_both() -> None:
    both = announcements.with_newer(table(), december_2023())
    assert both["encounters"].tolist() == [269_735, 240_986, 242_418]
    assert both["table"].tolist() == ["southwest_encounters", "announced_figures", "announced_figures"]
    with pytest.raises(AnalysisError, match="by month alone"):
        announcements.with_newer(encounters(), december_2023())


def test_its_evidence_names_the_rows_of_each_table() -> None:
    own, figures = split(announcements.with_newer(table(), december_2023()))
    assert own.attrs["table"] == "southwest_encounters"
    assert own.attrs["key"] == ["month"]
    assert figures.attrs["key"] == ["indicator", "geography", "subject", "period_start", "period_end"]
    assert figures["period_end"].tolist() == [pd.Timestamp("2023-10-31"), pd.Timestamp("2023-11-30")]
    assert figures["indicator"].unique().tolist() == ["cbp_sw_encounters_total"]


def test_without_announcements_the_table_stands() -> None:
    assert announcements.with_newer(table(), december_2023().iloc[:0])["encounters"].tolist() == [
        269_735,
        240_988,
    ]


def test_only_whole_months_are_a_series_and_of_one_thing() -> None:
    week = announced(("2023-12-01", "2023-12-07", 69_462, "2024-01-01"))
    assert announcements.months(week).empty
    two = december_2023().assign(subject=["", "families"])
    with pytest.raises(AnalysisError, match="several announced figures"):
        announcements.months(two)
