"""Corrections of ours: applied from their day on, refused where they expect too much, lapsing loudly."""

import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from sharedborder.records import corrections, ledger
from sharedborder.records.errors import LedgerError

FIRST, SECOND = datetime.date(2023, 12, 14), datetime.date(2024, 1, 26)
NOVEMBER = "2023-11-01"
WHERE = {"month": NOVEMBER, "mode": "by car"}
CORRECTION: dict[str, Any] = {
    "id": "a-slip",
    "table": "crossings",
    "published": "2023-12-14",
    "where": WHERE,
    "column": "crossings",
    "expect": 20,
    "value": 25,
    "reason": {"en": "A slip of the pen.", "es": "Un error de pluma."},
    "asked_by": "a reader",
    "decided": "2024-01-10",
    "address": "https://example.org",
}


def release(cars: int) -> dict[str, pd.DataFrame]:
    rows = [(NOVEMBER, "on foot", 10, None, ""), (NOVEMBER, "by car", cars, None, "")]
    return {"crossings": pd.DataFrame(rows, columns=["month", "mode", "crossings", "lanes", "remark"])}


@pytest.fixture
def folder(ledger_folder: Path) -> Path:
    ledger.append(release(20), FIRST)
    return ledger_folder


def correct(folder: Path, **changes: Any) -> None:
    (folder / "corrections.yml").write_text(yaml.safe_dump([{**CORRECTION, **changes}]), "utf-8")


def cars(as_of: str | None = None) -> int:
    return int(ledger.read("crossings", as_of, WHERE)["crossings"].iloc[0])


def test_a_correction_changes_its_rows_and_no_other(folder: Path) -> None:
    correct(folder)
    rows = ledger.read("crossings")
    assert dict(zip(rows["mode"], rows["crossings"], strict=True)) == {"by car": 25, "on foot": 10}
    assert rows["crossings"].dtype == "int64"
    assert list(corrections.lapsed()) == []


def test_an_edition_before_the_decision_stands_as_it_was_known(folder: Path) -> None:
    correct(folder)
    assert (cars("2024-01-09"), cars("2024-01-10")) == (20, 25)


def test_history_keeps_what_was_published(folder: Path) -> None:
    correct(folder)
    assert ledger.history("crossings", WHERE)["crossings"].tolist() == [20]


def test_a_release_without_the_expected_value_is_refused(folder: Path) -> None:
    correct(folder, expect=21)
    with pytest.raises(LedgerError, match="a-slip expects 21, but crossings of 2023-12-14 has 20"):
        cars()


def test_a_later_release_with_the_same_fault_is_corrected_too(folder: Path) -> None:
    correct(folder)
    ledger.append(release(20), SECOND)
    assert cars() == 25
    assert list(corrections.lapsed()) == []


def test_once_the_publisher_repairs_it_the_correction_lapses_and_check_says_so(folder: Path) -> None:
    correct(folder)
    ledger.append(release(26), SECOND)
    assert cars() == 26
    (said,) = corrections.lapsed()
    assert (
        said
        == "data/corrections.yml: a-slip has lapsed: crossings of 2024-01-26 gives 26, not 20; take it out"
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": {"en": "Only English"}}, "needs its reason in en and es"),
        ({"asked_by": ""}, "has no asked_by"),
        ({"column": "month"}, "'month' is no count of crossings"),
        ({"published": "2023-12-15"}, "names the release of 2023-12-15, which is not held"),
    ],
)
def test_a_faulty_correction_is_refused(folder: Path, changes: dict[str, Any], sentence: str) -> None:
    correct(folder, **changes)
    with pytest.raises(LedgerError, match=sentence):
        cars()


def test_no_figure_needed_a_correction_so_far() -> None:
    assert corrections.corrections() == []
