"""What readings rest on: told without opening a table, and never too little."""

import datetime
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sharedborder.records import chronology, claims, grounds, ledger, places, replay, sources

DAY = "2023-12-27"
SOURCE = """\
border:
  publisher: P
  short: P
  title: T
  tables: [crossings, staff]
  address: a
  licence: {name: L}
  unit: u
  releases: [{day: "2023-12-20"}]
  through: [{table: staff, counted: [2000, null]}]
"""


NO_CLAIMS = "stories: {}\nspeakers: {}\nways: {}\nclaims: []\n"


@pytest.fixture
def shelf(ledger_folder: Path) -> Path:
    (ledger_folder / "events.yml").write_text("[]", "utf-8")
    (ledger_folder / "claims.yml").write_text(NO_CLAIMS, "utf-8")
    (ledger_folder / "sources.yml").write_text(SOURCE, "utf-8")
    (ledger_folder / "places.csv").write_text("country,name_en,name_es,region,subregion\n", "utf-8")
    append(day="2023-12-20")
    return ledger_folder


@pytest.fixture
def entries(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """One reading of each kind, as of a day, as logged."""
    with monkeypatch.context() as patch:
        patch.setenv("SHAREDBORDER_READ_LOG", str(tmp_path / "log"))
        ledger.read("crossings", DAY)
        ledger.history("crossings", {}, DAY)
        ledger.releases("crossings", DAY)
        ledger.coverage("crossings", DAY)
        ledger.reason("crossings", {"month": "2024-01-01"}, DAY)
        chronology.events(DAY)
        claims.claims(DAY)
        places.places()
        sources.counted("staff")
        sources.describe("crossings", "2023-12-20")
    logged = [json.loads(line) for line in (tmp_path / "log").read_text("utf-8").splitlines()]
    return {entry["call"]: entry for entry in logged}


def append(day: str, table: str = "crossings", month: str = "2023-11-01") -> None:
    frames = {
        "crossings": pd.DataFrame(
            [(month, "by car", 1, None, "")], columns=["month", "mode", "crossings", "lanes", "remark"]
        ),
        "staff": pd.DataFrame({"country": ["MEX"], "year": [2022], "people": [7]}),
    }
    ledger.append({table: frames[table]}, datetime.date.fromisoformat(day))


def write(name: str, text: str) -> Callable[[Path], Any]:
    return lambda folder: (folder / name).write_text(text, "utf-8")


TABLE = {"read", "history", "releases", "coverage", "reason"}
CHANGES: dict[str, tuple[Callable[[Path], Any], set[str]]] = {
    "a release by the day": (lambda _: append("2023-12-21"), TABLE),
    "a later release": (lambda _: append("2024-01-20"), {"reason"}),
    "another table's": (lambda _: append("2023-12-21", "staff"), set()),
    "events": (write("events.yml", "[]\n"), {"events"}),
    "places": (write("places.csv", "country,name_en,name_es,region,subregion\nMEX,M,M,A,C\n"), {"places"}),
    "sources": (write("sources.yml", SOURCE.replace("2000", "2001")), {"reason", "counted", "describe"}),
    "corrections": (write("corrections.yml", "[]\n"), TABLE),
    "claims": (write("claims.yml", f"{NO_CLAIMS}\n"), {"claims"}),
}


def test_every_kind_of_reading_has_grounds_and_a_replay(entries: dict[str, Any]) -> None:
    assert set(entries) == set(grounds.GROUNDS) == set(replay.CALLS)
    assert all(replay.digest(entry) == entry["digest"] for entry in entries.values())


@pytest.mark.parametrize("kind", CHANGES)
def test_grounds_change_with_what_the_answer_may_depend_on(
    shelf: Path, entries: dict[str, Any], kind: str
) -> None:
    change, expected = CHANGES[kind]
    before = {call: grounds.digest(entry) for call, entry in entries.items()}
    change(shelf)
    assert {call for call, entry in entries.items() if grounds.digest(entry) != before[call]} == expected
    answers = {call for call, entry in entries.items() if replay.digest(entry) != entry["digest"]}
    assert answers <= expected, "an answer changed, but not what it is said to rest on"


def test_a_schema_is_part_of_the_grounds_and_of_the_answer(shelf: Path, entries: dict[str, Any]) -> None:
    before = grounds.digest(entries["read"])
    schema = shelf / "schemas" / "crossings.json"
    schema.write_text(schema.read_text("utf-8").replace('"flow"', '"events"'), "utf-8")
    assert grounds.digest(entries["read"]) != before
    assert replay.digest(entries["read"]) != entries["read"]["digest"]


def test_a_table_that_is_gone_is_refused(shelf: Path, entries: dict[str, Any]) -> None:
    gone = entries["read"] | {"table": "sea"}
    assert grounds.digest(gone) != grounds.digest(entries["read"])
    assert replay.digest(gone) == replay.digest(entries["read"] | {"call": "dream"}) == "refused"


def test_grounds_import_no_library_for_tables() -> None:
    code = "import sys, sharedborder.records.grounds; print(*({'pandas', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
