"""The committed tables reproduce totals that their publishers announced, to the last unit.

Each check names the release it belongs to: a later release may revise a figure without failing the check.
"""

import pandas as pd
import pytest

from sharedborder.records import ledger
from sharedborder.records.places import places

GLOBAL_TRENDS_2022 = "2023-06-14"
MID_YEAR_2023 = "2023-10-25"
GLOBAL_TRENDS_2023 = "2024-06-17"
GLOBAL_TRENDS_2024 = "2025-06-12"

UNDER_UNHCR = ["refugees", "asylum-seekers", "other people in need of international protection"]
SEEN_FIRST_IN_2024 = {"refugees": 29_429_078, "asylum-seekers": 5_442_319}


def total(table: str, as_of: str, **where: object) -> int:
    frame = ledger.read(table, as_of=as_of, where=where)
    return int(frame[frame.attrs["count"]].sum())


def parts(day: str, as_of: str) -> dict[str, int]:
    """Return the five parts of the forcibly displaced on a day, in people."""
    displaced = {
        category: total("displaced_population", as_of, date=day, category=category)
        for category in UNDER_UNHCR
    }
    return displaced | {
        "internally displaced": total("internal_displacement", as_of, date=day),
        "Palestine refugees": total("palestine_refugees", as_of, date=day),
    }


def millions(people: float) -> float:
    return round(people / 1_000_000, 1)


def test_the_forcibly_displaced_at_the_end_of_2022() -> None:
    found = parts("2022-12-31", GLOBAL_TRENDS_2022)
    assert found == {
        "refugees": 29_413_033,
        "asylum-seekers": 5_438_929,
        "other people in need of international protection": 5_217_456,
        "internally displaced": 62_479_565,
        "Palestine refugees": 5_887_353,
    }
    assert sum(found.values()) == 108_436_336


def test_the_mid_year_release_leaves_the_end_of_2022_as_it_was() -> None:
    assert parts("2022-12-31", MID_YEAR_2023) == parts("2022-12-31", GLOBAL_TRENDS_2022)


def test_the_end_of_2022_has_two_values_each_with_its_day() -> None:
    later = parts("2022-12-31", GLOBAL_TRENDS_2023)
    assert {name: later[name] for name in SEEN_FIRST_IN_2024} == SEEN_FIRST_IN_2024
    assert later["internally displaced"] == 62_500_170
    assert parts("2022-12-31", GLOBAL_TRENDS_2024)["internally displaced"] == 61_246_388


def test_the_middle_of_2023_is_not_its_end() -> None:
    # Mid-Year Trends 2023: 30.5, 6.1 and 5.3 million; 5.9 million Palestine refugees
    found = {name: millions(people) for name, people in parts("2023-06-30", MID_YEAR_2023).items()}
    assert found == {
        "refugees": 30.5,
        "asylum-seekers": 6.1,
        "other people in need of international protection": 5.3,
        "internally displaced": 0.0,
        "Palestine refugees": 5.9,
    }
    assert ledger.read("displaced_population", as_of=MID_YEAR_2023, where={"date": "2023-12-31"}).empty


@pytest.mark.parametrize(
    ("day", "as_of", "sum_of_parts", "announced"),
    [
        ("2023-12-31", GLOBAL_TRENDS_2023, 118_466_517, 117.3),
        ("2024-12-31", GLOBAL_TRENDS_2024, 124_609_873, 123.2),
    ],
)
def test_later_parts_overlap_by_the_palestine_refugees_displaced_in_gaza(
    day: str, as_of: str, sum_of_parts: int, announced: float
) -> None:
    # UNHCR's note: UNRWA estimates that 70 per cent of the displaced in Gaza are Palestine refugees
    # under its mandate; in the announced total they are counted once
    gaza = total("internal_displacement", as_of, date=day, country="PSE")
    found = sum(parts(day, as_of).values())
    assert found == sum_of_parts
    assert millions(found) > announced
    assert millions(found - 0.7 * gaza) == announced


@pytest.mark.parametrize(
    ("asylum", "year", "as_of", "applications"),
    [
        ("MEX", 2021, GLOBAL_TRENDS_2022, 131_418),
        ("MEX", 2023, MID_YEAR_2023, 74_766),
        ("USA", 2023, MID_YEAR_2023, 540_626),
        ("MEX", 2023, GLOBAL_TRENDS_2023, 140_979),
    ],
)
def test_new_asylum_applications(asylum: str, year: int, as_of: str, applications: int) -> None:
    # the report for the middle of 2023 rounds to 74,800 and 540,600
    where = {"asylum": asylum, "year": year, "application_type": "new", "counted": "persons"}
    assert total("asylum_applications", as_of, **where) == applications


def test_half_a_year_of_applications_says_so() -> None:
    half = ledger.read("asylum_applications", as_of=MID_YEAR_2023, where={"year": [2022, 2023]})
    through = half.groupby("year")["through"].unique().map(list).to_dict()
    assert through == {2022: [pd.Timestamp("2022-12-31")], 2023: [pd.Timestamp("2023-06-30")]}
    full = ledger.read("asylum_applications", as_of=GLOBAL_TRENDS_2023, where={"year": 2023})
    assert full["through"].unique().tolist() == [pd.Timestamp("2023-12-31")]


@pytest.mark.parametrize(
    ("year", "people"), [(2020, 6_465), (2021, 129_993), (2022, 248_284), (2023, 519_261)]
)
def test_people_through_the_darien(year: int, people: int) -> None:
    months = (f"{year}-01-01", f"{year}-12-01")
    assert total("darien_transit", "2024-01-31", month=months) == people
    assert total("darien_transit", "2024-12-31", month=months) == people


def test_the_darien_as_known_before_the_first_meeting() -> None:
    frame = ledger.read("darien_transit", as_of="2023-12-27", where={"month": ("2023-01-01", "2023-12-01")})
    assert frame["month"].max() == pd.Timestamp("2023-07-01")
    assert frame["people"].sum() == 251_758
    # months in which nobody came are published as zeros, not as gaps
    assert ledger.read("darien_transit", where={"month": "2020-04-01"})["people"].eq(0).all()


@pytest.mark.parametrize(("year", "events"), [(2019, 182_940), (2022, 441_423), (2023, 778_986)])
def test_irregular_migration_events_in_mexico(year: int, events: int) -> None:
    assert total("mexico_migration_events", "2024-10-31", month=(f"{year}-01-01", f"{year}-12-01")) == events


def test_population() -> None:
    frame = ledger.read("population", as_of="2025-07-31", where={"year": 2022})
    assert frame["country"].is_unique
    countries = frame.loc[frame["country"] != "WLD", "people"].sum()
    world = frame.loc[frame["country"] == "WLD", "people"].sum()
    # what is missing are the few territories that the World Bank does not list, Taiwan the largest
    assert 0.99 < countries / world < 1


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("displaced_population", ["origin", "asylum"]),
        ("asylum_applications", ["origin", "asylum"]),
        ("internal_displacement", ["country"]),
        ("palestine_refugees", ["country"]),
        ("darien_transit", ["citizenship"]),
        ("mexico_migration_events", ["citizenship"]),
        ("mexico_returns", ["citizenship"]),
        ("population", ["country"]),
    ],
)
def test_every_place_in_a_table_has_a_name(table: str, columns: list[str]) -> None:
    frame = ledger.read(table)
    used = {place for column in columns for place in frame[column].unique()}
    assert used
    assert used <= set(places()["country"])
