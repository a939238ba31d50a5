"""Before and after a day: means, crossings, delays, and two series that meet."""

import pandas as pd
import pytest

from sharedborder.analysis import around, continuity, crossings, lags, pick, season
from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import split

from .samples import AUGUST_2025, encounters, frame, monthly, series


def test_means_before_and_after() -> None:
    made = around.means(series([1, 2, 3, 100, 6, 7, 8]), "2010-04-15")
    assert (made.change.before, made.during, made.change.after) == (2, 100, 7)
    assert made.change.difference == 5
    assert len(made.rows[0]) == 7


def test_a_mean_needs_all_of_its_months() -> None:
    made = around.means(monthly(), "2023-12-27")
    assert made.change.before is None
    assert made.change.after is None
    assert made.during == 301_981
    assert around.means(monthly(), "2023-12-27", months=1).change.after == 176_195
    assert around.means(series([1, None, 3]), "2010-03", months=2).change.before is None
    assert around.means(monthly().iloc[:0], "2023-12-27").rows == []


def test_means_by_category() -> None:
    made = around.table(encounters(), "2023-12-27", months=1).set_index("component")
    assert made["during"].to_dict() == {"at ports": 52_241, "between ports": 249_740}
    assert made["after"].to_dict() == {"at ports": 51_980, "between ports": 124_215}
    assert made["before"].isna().all()
    assert made["relative"].isna().all()
    assert around.table(encounters(), "2019-01-01").empty
    with pytest.raises(AnalysisError, match="use `means`"):
        around.table(monthly(), "2023-12-27")


def bridges() -> pd.DataFrame:
    """Northbound crossings around the closures of December 2023 (CBP, compiled by UNT)."""
    counts = {
        ("Union Pacific Eagle Pass Railroad Bridge", "trains"): (25_549, 25_077, 29_262),
        ("El Paso Railroad Bridges", "trains"): (10_313, 9_697, 12_613),
        ("Eagle Pass International Bridge", "passenger vehicles"): (99_269, 551, 97_235),
        ("Eagle Pass International Bridge", "trains"): (0, 0, 0),
    }
    months = ("2023-11-01", "2023-12-01", "2024-01-01")
    rows = [
        (month, *key, value, "2026-04-30")
        for key, values in counts.items()
        for month, value in zip(months, values, strict=True)
    ]
    return frame("port_crossings", ["month", "crossing", "mode"], "crossings", "flow", rows)


def test_the_rail_closure_hardly_moved_the_month() -> None:
    effect = crossings.effect(bridges(), "2023-12-18").set_index(["crossing", "mode"])
    assert effect.loc[("Union Pacific Eagle Pass Railroad Bridge", "trains"), "relative"] == pytest.approx(
        -0.018, abs=1e-3
    )
    assert effect.loc[("El Paso Railroad Bridges", "trains"), "relative"] == pytest.approx(-0.060, abs=1e-3)
    assert effect.loc[("Eagle Pass International Bridge", "passenger vehicles"), "difference"] == 551 - 99_269


def test_a_zero_is_doubtful() -> None:
    effect = crossings.effect(bridges(), "2023-12-18")
    assert effect.loc[effect["doubtful"], "mode"].tolist() == ["trains"]
    assert effect.attrs["key"] == ["month", "crossing", "mode"]
    by_mode = crossings.effect(bridges(), "2023-12-18", by="mode")
    assert by_mode["before"].tolist() == [99_269, 25_549 + 10_313]
    assert crossings.effect(bridges().iloc[:0], "2023-12-18").empty


def apprehensions(change: int = 0) -> pd.DataFrame:
    """The Border Patrol's southwest apprehensions, the last months of fiscal year 2019."""
    rows = [
        ("2019-07-01", "southwest", 71_978, "2020-01-31"),
        ("2019-08-01", "southwest", 50_684, "2020-01-31"),
        ("2019-09-01", "southwest", 40_507 + change, "2020-01-31"),
        ("2019-09-01", "northern", 400, "2020-01-31"),
    ]
    return frame("apprehensions_history", ["month", "region"], "apprehensions", "events", rows)


def southwest() -> pd.DataFrame:
    rows = [
        ("2019-08-01", "between ports", 50_684, "2022-10-31"),
        ("2019-09-01", "between ports", 40_507, "2022-10-31"),
        ("2019-09-01", "at ports", 12_000, "2022-10-31"),
        ("2020-04-01", "between ports", 16_182, "2022-10-31"),
    ]
    return frame("southwest_encounters", ["month", "component"], "encounters", "events", rows)


def test_both_series_agree_where_they_overlap() -> None:
    both = continuity.joined(apprehensions(), southwest())
    assert both["series"].value_counts().to_dict() == {"apprehensions": 3, "encounters between ports": 3}
    assert continuity.agreement(both)["difference"].tolist() == [0, 0]
    assert continuity.agrees(both)
    assert both.loc[both["title_42"], "month"].tolist() == [pd.Timestamp("2020-04-01")]


def test_each_month_once_only_where_they_agree() -> None:
    once = continuity.without_overlap(continuity.joined(apprehensions(), southwest()))
    assert once["month"].is_unique
    assert once["series"].tolist() == ["apprehensions", *["encounters between ports"] * 3]
    assert [rows.attrs["table"] for rows in split(once)] == ["apprehensions_history", "southwest_encounters"]
    assert [rows.attrs["key"] for rows in split(once)] == [["region", "month"], ["component", "month"]]
    with pytest.raises(AnalysisError, match="disagree"):
        continuity.without_overlap(continuity.joined(apprehensions(change=1_000), southwest()))
    with pytest.raises(AnalysisError, match="no common month"):
        continuity.without_overlap(continuity.joined(apprehensions(), southwest().iloc[:0]))


def test_seasons_do_not_cross_from_one_series_to_the_other() -> None:
    once = continuity.without_overlap(continuity.joined(apprehensions(), southwest()))
    assert season.changes(once, 8).empty
    assert season.changes(once, 9)["events"].tolist() == [40_507]
    assert season.usual(once, "2019-09").observed.difference == 40_507 - 50_684


def test_a_series_follows_another_with_a_delay() -> None:
    waves = [float((7 * n) % 11) for n in range(40)]
    leading = series(list(waves))
    following = series([0.0, 0.0, *waves[:-2]])
    table = lags.correlations(leading, following, furthest=3)
    assert table["lag"].tolist() == [0, 1, 2, 3]
    best = table.loc[table["correlation"].idxmax()]
    assert best["lag"] == 2
    assert best["correlation"] == pytest.approx(1)
    assert table["months"].tolist() == [40, 39, 38, 37]


def test_few_months_correlate_with_nothing() -> None:
    assert lags.correlations(series([1, 2, 3]), series([1, 2, 3]))["correlation"].isna().all()
    with pytest.raises(AnalysisError, match="several rows"):
        lags.correlations(encounters(), series([1]))


def test_what_was_picked_is_still_the_ledgers() -> None:
    assert pick.at(monthly(), month="2023-12")["published"].tolist() == [pd.Timestamp(AUGUST_2025)]
