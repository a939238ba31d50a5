"""Each nationality and each area that CBP's nationwide file names has a page, and no other has one."""

from pathlib import Path
from typing import Any

import pytest

from sharedborder.press.folders import Folders
from sharedborder.press.plan import read_plan
from sharedborder.records import chronology, ledger

ROOT = Path(__file__).resolve().parents[2]
PLAN = read_plan(Folders.of(ROOT).notebooks / "chapters.yml", ledger.releases)


def parameters(chapter: str) -> list[dict[str, Any]]:
    return [dict(page.parameters) for page in PLAN.of("latest") if page.chapter == chapter]


def test_each_named_nationality_has_its_page() -> None:
    encounters = ledger.read("nationwide_encounters")
    named = set(encounters["citizenship"]) - {"other"}
    given = [page["nationality"] for page in parameters("nationality")]
    assert sorted(given) == sorted(named)


def test_each_area_of_the_southwest_border_has_its_page() -> None:
    encounters = ledger.read("nationwide_encounters", where={"region": "southwest border"})
    given = parameters("area")
    assert sorted(page["area"] for page in given) == sorted(set(encounters["area"]))
    assert all(page["area"] == f"{page['sector']} Sector" for page in given if page["sector"])


@pytest.mark.parametrize("chapter", ["nationality", "area"])
def test_the_events_of_a_page_are_in_the_chronology(chapter: str) -> None:
    known = set(chronology.events("latest")["id"])
    named = {
        event for page in parameters(chapter) for event in [*page.get("events", []), page.get("turn", "")]
    }
    assert named - {""} <= known


def test_the_ports_of_the_sectors_are_those_of_the_table_each_in_one() -> None:
    ports = [port for page in parameters("area") if page["sector"] for port in page.get("ports", [])]
    assert sorted(ports) == sorted(set(ledger.read("port_crossings")["port"]))
    offices = [port for page in parameters("area") if not page["sector"] for port in page.get("ports", [])]
    assert sorted(offices) == sorted(ports)
