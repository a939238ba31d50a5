"""The areas' figures against other tables of the same publisher."""

import pytest

from sharedborder.analysis import pick, totals
from sharedborder.records import ledger

SECTORS = 9
FIELD_OFFICES = 4


@pytest.mark.parametrize("year", [2021, 2022, 2023])
@pytest.mark.parametrize(
    ("component", "areas"), [("between ports", SECTORS), ("at ports", FIELD_OFFICES)], ids=["USBP", "OFO"]
)
def test_the_areas_of_a_component_sum_to_the_southwest_tables_total(
    component: str, areas: int, year: int
) -> None:
    where = {"region": "southwest border", "component": component}
    by_area = totals.by_fiscal_year(ledger.read("nationwide_encounters", where=where), by="area")
    southwest = ledger.read("southwest_encounters", where={"component": component})
    parts = pick.of(by_area, year)
    assert len(parts) == areas
    assert totals.value(parts) == totals.value(pick.of(totals.by_fiscal_year(southwest), year))


def test_the_months_of_each_sector_sum_to_the_publishers_year() -> None:
    months = ledger.read("apprehensions_history", where={"region": "southwest"})
    summed = totals.by_fiscal_year(months, by="sector")
    both = summed.merge(ledger.read("apprehensions_by_year"), on=["fiscal_year", "sector"])
    assert len(both) == SECTORS * 20
    assert (both["apprehensions_x"] == both["apprehensions_y"]).all()
