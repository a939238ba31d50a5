"""Which figures of an edition a later release revised: by key, in the real ledger."""

from typing import Any

import pytest

from sharedborder.records import revised

MONTH = {"month": "2023-11-01"}


def entry(table: str, published: str, *keys: dict[str, Any]) -> dict[str, Any]:
    return {"table": table, "published": published, "keys": list(keys), "rows": len(keys)}


def announced(value_day: str, month: str, end: str) -> dict[str, Any]:
    key = {
        "indicator": "southwest encounters, month", "geography": "southwest border", "subject": "",
        "period_start": month, "period_end": end, "publisher": "CBP",
    }  # fmt: skip
    return entry("announced_figures", value_day, key)


NOVEMBER = announced("2023-12-22", "2023-11-01", "2023-11-30")
OCTOBER = announced("2023-12-22", "2023-10-01", "2023-10-31")


def values(found: list[dict[str, Any]]) -> list[tuple[Any, Any, str, str]]:
    return [(one["then"], one["now"], one["published_then"], one["published_now"]) for one in found]


def test_an_announced_month_is_followed_into_the_publishers_table() -> None:
    assert values(revised.revisions(NOVEMBER)) == [(242_418, 242_399, "2023-12-22", "2025-09-30")]
    assert revised.revisions(NOVEMBER)[0]["gave"] == "southwest_encounters"


def test_an_edition_does_not_know_later_releases() -> None:
    assert revised.revisions(NOVEMBER, "2024-01-19") == []


def test_an_older_table_is_no_revision_of_a_newer_announcement() -> None:
    assert revised.revisions(OCTOBER, "2024-01-19") == []
    assert values(revised.revisions(OCTOBER)) == [(240_986, 240_927, "2023-12-22", "2025-09-30")]


def test_what_the_edition_knew_itself_is_no_correction_of_it() -> None:
    first = announced("2023-11-14", "2023-10-01", "2023-10-31")
    assert len(revised.revisions(first, "2023-12-27")) == 1
    assert revised.since(first, "2023-12-27") == []
    assert len(revised.since(OCTOBER, "2023-12-27")) == 1


def test_months_that_came_after_are_no_revision_of_a_year() -> None:
    assert (
        revised.revisions(entry("darien_transit", "2023-08-31", {"citizenship": "VEN", "year": 2023})) == []
    )


def test_a_stock_is_compared_at_its_date() -> None:
    found = revised.revisions(entry("internal_displacement", "2023-06-14", {"date": "2022-12-31"}))
    assert values(found) == [(62_479_565, 61_246_388, "2023-06-14", "2025-06-12")]


@pytest.mark.parametrize(
    "other",
    [
        entry("events", "2023-12-22", {"id": "mexico-city-talks"}),
        entry("claims", "2023-12-27", {"id": "s000-host"}),
        entry("darien_transit", "2023-08-31", {"month": "2023-01-01", "shoe size": 43}),
        entry("darien_transit", "2023-08-31", {"month": "2023-01-01"}),  # unchanged
    ],
)
def test_what_cannot_be_compared_or_did_not_change_is_passed_by(other: dict[str, Any]) -> None:
    assert revised.revisions(other) == []


def test_a_revision_is_told_once_with_every_place_that_showed_it() -> None:
    fact = {"kind": "value", "evidence": [NOVEMBER]}
    shown = [
        {"edition": edition, "page": page, "title": page.title(), "fact": fact}
        for edition in ("2023-12-27", "2024-01-19")
        for page in ("index", "border")
    ]
    (found,) = revised.gathered([*shown, {**shown[0], "fact": {"kind": "words", "evidence": [NOVEMBER]}}])
    assert [place[:2] for place in found["shown"]] == [
        ("2023-12-27", "index"), ("2023-12-27", "border"), ("2024-01-19", "index"), ("2024-01-19", "border"),
    ]  # fmt: skip
