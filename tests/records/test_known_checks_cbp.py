"""The committed tables of the border reproduce what their publishers announced, to the last unit.

Each check names the release it belongs to: a later release may revise a figure without failing the check.
"""

import pandas as pd
import pytest

from sharedborder.records import ledger

FIRST = "2022-10-31"
BEFORE_BOTH_MEETINGS = "2023-11-14"
NATIONWIDE = "2024-10-31"
NEWEST = "2025-09-30"
BORDER_PATROL = "2020-01-31"
OHSS_JULY, OHSS_AUGUST = "2024-11-08", "2024-12-06"
BRIDGES = "2026-04-30"


def total(table: str, as_of: str, **where: object) -> int:
    frame = ledger.read(table, as_of=as_of, where=where)
    return int(frame[frame.attrs["count"]].sum(min_count=1))


def by_month(table: str, as_of: str, **where: object) -> pd.Series:
    frame = ledger.read(table, as_of=as_of, where=where)
    counts: pd.Series = frame.groupby("month")[frame.attrs["count"]].sum()
    return counts


def fiscal_year(year: int) -> tuple[str, str]:
    """The first days of a fiscal year's first and last month."""
    return f"{year - 1}-10-01", f"{year}-09-01"


@pytest.mark.parametrize(
    ("as_of", "month", "encounters"),
    [
        (BEFORE_BOTH_MEETINGS, "2023-10-01", 240_988),
        ("2023-12-27", "2023-10-01", 240_988),
        ("2024-01-19", "2023-10-01", 240_988),
        (NEWEST, "2021-11-01", 174_845),
        (NEWEST, "2022-10-01", 231_529),
        (NEWEST, "2022-11-01", 235_173),
        (NEWEST, "2023-10-01", 240_927),
        (NEWEST, "2023-11-01", 242_399),
        (NEWEST, "2023-12-01", 301_981),
        (NEWEST, "2024-01-01", 176_195),
    ],
)
def test_southwest_months(as_of: str, month: str, encounters: int) -> None:
    assert total("southwest_encounters", as_of, month=month) == encounters


@pytest.mark.parametrize("month", ["2023-11-01", "2023-12-01"])
def test_southwest_months_not_held_in_the_editions(month: str) -> None:
    assert ledger.read("southwest_encounters", as_of="2024-01-19", where={"month": month}).empty


def test_southwest_fiscal_years() -> None:
    years = {
        year: total("southwest_encounters", NEWEST, month=fiscal_year(year)) for year in range(2019, 2025)
    }
    assert years == {
        2019: 977_509,
        2020: 458_088,
        2021: 1_734_686,
        2022: 2_378_944,
        2023: 2_475_669,
        2024: 2_135_005,
    }


@pytest.mark.parametrize("year", [2021, 2022])
def test_closed_fiscal_years_did_not_change(year: int) -> None:
    months = fiscal_year(year)
    found = [
        by_month("southwest_encounters", day, month=months) for day in (FIRST, BEFORE_BOTH_MEETINGS, NEWEST)
    ]
    for later in found[1:]:
        pd.testing.assert_series_equal(found[0], later)


def test_the_fall_of_january_2024_is_between_ports() -> None:
    found = {
        (component, month): total("southwest_encounters", NEWEST, month=month, component=component)
        for component in ("between ports", "at ports")
        for month in ("2023-12-01", "2024-01-01")
    }
    assert list(found.values()) == [249_740, 124_215, 52_241, 51_980]


def test_the_first_release_calls_expulsions_of_2022_apprehensions() -> None:
    patrol = {"month": fiscal_year(2022), "component": "between ports", "authority": "Title 42"}
    kinds = ledger.read("southwest_encounters", as_of=FIRST, where=patrol)["encounter_type"]
    assert set(kinds) == {"apprehension"}
    kinds = ledger.read("southwest_encounters", as_of=BEFORE_BOTH_MEETINGS, where=patrol)["encounter_type"]
    assert set(kinds) == {"expulsion"}


def test_nationwide_fiscal_years() -> None:
    years = [
        total("nationwide_encounters", NATIONWIDE, month=fiscal_year(year)) for year in range(2020, 2025)
    ]
    assert years == [646_822, 1_956_519, 2_766_582, 3_201_144, 2_901_142]


def test_both_of_cbps_files_agree_at_the_southwest_border() -> None:
    months = ("2019-10-01", "2024-09-01")
    nationwide = by_month("nationwide_encounters", NATIONWIDE, month=months, region="southwest border")
    pd.testing.assert_series_equal(nationwide, by_month("southwest_encounters", NEWEST, month=months))


def test_the_border_patrols_own_totals() -> None:
    """Southwest and nation as in its own sums, which the parser checks against the sectors and drops."""
    southwest = {
        year: total("apprehensions_history", BORDER_PATROL, month=fiscal_year(year), region="southwest")
        for year in (2000, 2005, 2010, 2019)
    }
    assert southwest == {2000: 1_643_679, 2005: 1_171_396, 2010: 447_731, 2019: 851_508}
    nation = {
        year: total("apprehensions_history", BORDER_PATROL, month=fiscal_year(year))
        for year in (2000, 2005, 2019)
    }
    assert nation == {2000: 1_676_438, 2005: 1_189_075, 2019: 859_501}


def test_months_add_up_to_the_file_of_years() -> None:
    history = ledger.read("apprehensions_history", as_of=BORDER_PATROL, where={"region": "southwest"})
    year = history["month"].dt.year + (history["month"].dt.month >= 10)
    months = history.groupby([year, "sector"])["apprehensions"].sum()
    years = ledger.read("apprehensions_by_year", as_of=BORDER_PATROL, where={"fiscal_year": (2000, 2019)})
    assert months.to_list() == years["apprehensions"].to_list()
    assert total("apprehensions_by_year", BORDER_PATROL, fiscal_year=1960) == 21_022


def test_border_patrol_and_cbp_agree_where_they_meet() -> None:
    months = fiscal_year(2019)
    patrol = by_month("apprehensions_history", BORDER_PATROL, month=months, region="southwest")
    cbp = by_month("southwest_encounters", FIRST, month=months, component="between ports")
    assert patrol.to_list() == cbp.to_list()


def test_northern_families_of_2018_as_the_sectors_give_them() -> None:
    where = {"month": fiscal_year(2018), "region": "northern"}
    northern = ledger.read("apprehensions_history", as_of=BORDER_PATROL, where=where)
    assert northern["families"].sum() == 235, "the publisher's own sum for the border says 230"


def test_deaths() -> None:
    deaths = {
        year: total("border_deaths", BORDER_PATROL, fiscal_year=year) for year in (1998, 2005, 2012, 2019)
    }
    assert deaths == {1998: 263, 2005: 492, 2012: 471, 2019: 300}


@pytest.mark.parametrize(
    ("component", "series"),
    [
        (["between ports", "at ports"], "encounters, southwest border: total"),
        ("between ports", "encounters, southwest border, between ports: total"),
        ("at ports", "encounters, southwest border, at ports: total"),
    ],
)
def test_ohss_is_cbp_rounded_to_ten(component: object, series: str) -> None:
    """From fiscal year 2021 on; before, the two differ by up to 126 in a month of tens of thousands."""
    months = ("2020-10-01", "2024-08-01")
    cbp = by_month(
        "nationwide_encounters", NATIONWIDE, month=months, region="southwest border", component=component
    )
    rounded = by_month("enforcement_monthly", OHSS_AUGUST, month=months, series=series)
    assert len(rounded) == 47
    assert (rounded - cbp).abs().max() <= 5


@pytest.mark.parametrize(
    ("as_of", "series", "month", "events"),
    [
        (OHSS_AUGUST, "encounters, southwest border: total", "2023-12-01", 301_980),
        (OHSS_AUGUST, "repatriations: total", "2024-08-01", 57_630),
        (OHSS_AUGUST, "repatriations: removals", "2024-08-01", 28_110),
        (OHSS_AUGUST, "CBP One appointments: total", "2024-08-01", 45_500),
        (OHSS_AUGUST, "CBP One appointments: VEN", "2024-08-01", 14_730),
        (OHSS_AUGUST, "CHNV paroles: HTI", "2024-08-01", 4_740),
        (OHSS_AUGUST, "book-outs, southwest border: transfers to ICE", "2024-07-01", 23_740),
        (OHSS_JULY, "CBP One appointments: total", "2024-07-01", 45_220),
    ],
)
def test_ohss_cells(as_of: str, series: str, month: str, events: int) -> None:
    assert total("enforcement_monthly", as_of, series=series, month=month) == events


def test_what_ohss_marks_as_not_applicable_is_no_zero() -> None:
    where = {"series": "CHNV paroles: CUB", "month": "2022-12-01"}
    assert ledger.read("enforcement_monthly", as_of=OHSS_AUGUST, where=where).empty


def test_the_bridge_that_closed_and_the_rail_bridges_that_hardly_show_it() -> None:
    bridge = {"crossing": "Eagle Pass International Bridge", "mode": "passenger vehicles"}
    cars = by_month("port_crossings", BRIDGES, month=("2023-11-01", "2023-12-01"), **bridge)
    assert cars.to_list() == [99_269, 551]
    for port, change in (("Eagle Pass", -2), ("El Paso", -6)):
        railcars = by_month(
            "port_crossings", BRIDGES, month=("2023-11-01", "2023-12-01"), port=port, mode="railcars"
        )
        assert round(100 * railcars.pct_change().iloc[-1]) == change
