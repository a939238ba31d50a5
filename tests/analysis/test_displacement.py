"""The five parts of UNHCR's total."""

import pandas as pd
import pytest

from sharedborder.analysis import displacement, pick, regions, totals
from sharedborder.analysis.errors import AnalysisError
from sharedborder.analysis.frames import split

from .samples import announced_world, displaced, frame, internal, palestine

COUNTED = {
    "refugees": (1951, None),
    "asylum-seekers": (1993, None),
    "other people in need of international protection": (2018, None),
    "internal_displacement": (1989, None),
    "Palestine refugees under UNRWA's mandate": (1952, None),
}
END_2022 = "2022-12-31"


def parts() -> pd.DataFrame:
    return displacement.forcibly_displaced(displaced(), internal(), palestine(), COUNTED)


def test_five_parts_at_the_end_of_2022() -> None:
    now = pick.at(parts(), date=END_2022).set_index("part")["people"]
    assert now.index.tolist() == list(displacement.PARTS)
    assert now.tolist() == [29_413_033, 5_887_353, 62_479_565, 5_438_929, 5_217_456]


def test_they_sum_to_the_announced_total_but_for_its_rounding() -> None:
    world = displacement.world(parts(), announced_world(), END_2022)
    assert world.announced == 108_400_000
    assert world.sum_of_parts == 108_436_336
    assert world.difference == 36_336
    assert world.explanation == "equal but for the rounding of the announced figure"
    assert world.announced_published == world.parts_published == pd.Timestamp("2023-06-14")
    assert world.rows[0].attrs["table"] == "announced_figures"
    assert {rows.attrs["table"] for rows in world.part_rows} == {
        "displaced_population",
        "internal_displacement",
        "palestine_refugees",
    }


def test_later_totals_count_once_whom_two_parts_include() -> None:
    assert displacement.world(parts(), announced_world(107_200_000), END_2022).explanation == (
        "the parts sum to more than the announced total"
    )
    assert displacement.world(parts(), announced_world(109_600_000), END_2022).explanation == (
        "the parts sum to less than the announced total"
    )


def test_what_was_not_counted_is_unknown_and_no_part_of_the_sum() -> None:
    then = pick.at(parts(), date="1951-12-31").set_index("part")
    assert then["state"].tolist() == ["counted", "not counted", "not counted", "not counted", "not counted"]
    assert then["people"].isna().sum() == 4
    sums = displacement.sum_of_parts(parts())
    assert sums["sum_of_parts"].tolist() == [180_000, 108_436_336]
    assert sums["complete"].tolist() == [True, True]


def test_what_is_not_held_leaves_the_sum_incomplete() -> None:
    incomplete = displacement.forcibly_displaced(displaced(), internal().iloc[:0], palestine(), COUNTED)
    world = displacement.world(incomplete, announced_world(), END_2022)
    assert world.explanation == "not all parts are held"
    assert world.difference is None
    assert pick.at(displacement.sum_of_parts(incomplete), date=END_2022)["complete"].tolist() == [False]
    assert displacement.part_shares(pick.at(incomplete, date=END_2022))["share"].isna().all()


def test_inside_the_counted_years_no_row_means_zero() -> None:
    without = displaced()[displaced()["category"] != "asylum-seekers"]
    made = displacement.forcibly_displaced(without, internal(), palestine(), COUNTED)
    seekers = pick.where(pick.at(made, date=END_2022), part="asylum-seekers")
    assert seekers[["people", "state"]].to_numpy().tolist() == [[0, "counted"]]
    assert seekers["published"].notna().all()
    unsaid = displacement.forcibly_displaced(without, internal(), palestine())
    assert pick.where(pick.at(unsaid, date=END_2022), part="asylum-seekers")["state"].tolist() == ["not held"]


def test_the_parts_of_a_region_do_without_unrwa() -> None:
    americas = displacement.forcibly_displaced(
        pick.where(displaced(), asylum=regions.AMERICAS), pick.where(internal(), country=regions.AMERICAS)
    )
    assert "Palestine refugees under UNRWA's mandate" not in set(americas["part"])
    refugees = pick.where(pick.at(americas, date=END_2022), part="refugees under UNHCR's mandate")
    assert totals.value(refugees) == 9_413_033


def test_evidence_leads_to_each_table() -> None:
    first, *_ = split(pick.at(parts(), date=END_2022))
    assert first.attrs["key"] == ["date", "category"]
    assert first["category"].tolist() == list(dict.fromkeys(first["category"]))
    assert all(rows["people"].notna().all() for rows in split(parts()))


def test_an_edition_without_tables_or_announcement() -> None:
    nothing = displacement.forcibly_displaced(displaced().iloc[:0], internal().iloc[:0], palestine().iloc[:0])
    world = displacement.world(nothing, announced_world(), END_2022)
    assert (world.announced, world.sum_of_parts, world.explanation) == (108_400_000, None, None)
    assert world.parts_published is None
    silent = displacement.world(parts(), announced_world().iloc[:0], END_2022)
    assert (silent.announced, silent.sum_of_parts, silent.rows) == (None, 108_436_336, [])
    assert displacement.world(nothing, announced_world().iloc[:0], END_2022).sum_of_parts is None


def test_announced_totals_must_be_of_one_indicator() -> None:
    other = announced_world(1).assign(indicator="something else")
    both = pd.concat([announced_world(), other])
    both.attrs = announced_world().attrs
    with pytest.raises(AnalysisError, match="several announced figures"):
        displacement.beside_announced(parts(), both)


def test_shares_of_the_parts() -> None:
    shares = displacement.part_shares(parts())
    now = pick.at(shares, date=END_2022).set_index("part")["share"]
    assert now["internally displaced people"] == pytest.approx(62_479_565 / 108_436_336)
    assert pick.at(shares, date="1951-12-31")["share"].tolist() == [1]


def test_where_people_come_from_and_where_they_are() -> None:
    origins = displacement.origins(displaced(), END_2022, n=1)
    assert origins["origin"].tolist() == ["SYR", "other"]
    assert origins["people"].tolist() == [20_000_000, 9_413_033 + 5_217_456]
    hosts = displacement.hosts(
        pick.where(displaced(), origin="VEN"), END_2022, categories=displacement.ABROAD
    )
    assert hosts["asylum"].tolist() == ["COL", "USA"]
    assert hosts["share"].sum() == pytest.approx(1)


def test_hosts_per_inhabitant() -> None:
    rows = [(2022, "COL", 52_000_000, "2025-07-31")]
    people = frame("population", ["year", "country"], "people", "stock", rows)
    hosts = displacement.hosts_per_inhabitant(displaced(), people, END_2022)
    assert hosts["asylum"].tolist() == ["COL"]
    assert hosts["rate"].tolist() == pytest.approx([(9_413_033 + 5_217_456) / 52_000])
    assert displacement.hosts_per_inhabitant(displaced(), people.iloc[:0], END_2022).empty


def test_the_americas_are_57_countries_and_areas() -> None:
    assert len(set(regions.AMERICAS)) == len(regions.AMERICAS) == 57
